"""What was drawn is read again, by the reader that everybody has, before it leaves: it must give back what it holds.

A text that stands in a file may look like a part of the file's own structure. Whether it misleads a reader is not
guessed here from the text; it is tried.
"""

from importlib.util import find_spec
from typing import Final

from verifier import pictures, reading
from verifier.format.errors import FormatError

from ..errors import IssuerError
from .qr import Code, Form

UNREADABLE: Final = "deliver.unreadable"


def carries(content: bytes, credential: bytes) -> bytes:
    """The same PDF, PNG or SVG, which has the credential inside. Raises IssuerError `deliver.unreadable`."""
    try:
        found = reading.unpacked(content)
    except FormatError as error:
        raise _unreadable(error.code) from None
    if found != credential:
        raise _unreadable("other bytes")
    return content


def shows(content: bytes, code: Code) -> bytes:
    """The same PNG or SVG, which shows the code. Raises IssuerError `deliver.unreadable`, and ModuleNotFoundError."""
    if find_spec("zxingcpp") is None:
        raise ModuleNotFoundError("No reader of codes", name="zxingcpp")
    try:
        found, why = pictures.text_in(content).decode(), "another text"
    except FormatError as error:
        found, why = error.detail, error.code
    wanted = f"The number is {code.public_id}." if code.form is Form.NUMBER else str(code.text)
    if found != wanted:
        raise _unreadable(why)
    return content


def _unreadable(why: str) -> IssuerError:
    return IssuerError(
        UNREADABLE,
        f"What was drawn could not be read again ({why}), so it is not delivered. The credential itself is sound: "
        "give out its .json file, and report this.",
    )
