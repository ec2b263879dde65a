"""What goes into a holder's QR code: the whole signed credential where a phone can read that, else its number. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import qrcode
from qrcode.exceptions import DataOverflowError
from qrcode.util import MODE_8BIT_BYTE, MODE_NUMBER, QRData

from verifier.format import qrtext

MAX_VERSION: Final = 14
"""73 modules a side: 0.6 mm each on a print of 44 mm, which a phone still tells apart at arm's length."""
_ECC: Final = qrcode.ERROR_CORRECT_M
"""15 % may be lost. L fails with a stain of 7 %; Q and H need smaller modules, and lose distance."""


class Form(StrEnum):
    """What a code holds."""

    CREDENTIAL = "credential"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Text:
    """What a code says, in its two segments: bytes, then decimal digits, which may be none."""

    head: str
    digits: str = ""

    def __str__(self) -> str:
        return self.head + self.digits


@dataclass(frozen=True)
class Code:
    """One code. `needed`: the version (1 to 40) that the whole credential would take, None where none is enough."""

    form: Form
    text: Text
    host: str
    public_id: str
    needed: int | None

    @cached_property
    def version(self) -> int:
        """The version of this code: a side has 17 modules, and 4 more for each version."""
        version = version_of(self.text)
        assert version is not None  # noqa: S101 - a number always fits, and a credential was measured
        return version

    @cached_property
    def modules(self) -> list[list[bool]]:
        """Rows of modules, true is dark, without the quiet zone; takes a tenth of a second."""
        made = _prepared(self.text)
        made.make(fit=True)
        return [[bool(module) for module in row] for row in made.modules]

    @property
    def caption(self) -> tuple[str, str]:
        """What is printed below: where it leads, and what it holds."""
        if self.form is Form.CREDENTIAL:
            return self.host, f"{self.public_id}: whole credential, works offline"
        return self.host, f"{self.public_id}: number only"


def choose(
    compact: Mapping[str, Any],
    public_id: str,
    host: str,
    dictionaries: Mapping[int, bytes],
    *,
    number_only: bool = False,
) -> Code:
    """The code for a compact credential: with all of it up to version 14, else, or when that is wished, its number.

    `dictionaries`: built-in and own ones by number. Of the texts under each the shortest is taken, of equals the first.
    """
    texts = (Text(*qrtext.parts(dict(compact), host, number, content)) for number, content in dictionaries.items())
    whole = min(texts, key=lambda text: len(text.digits))
    needed = version_of(whole)
    if number_only or needed is None or needed > MAX_VERSION:
        return Code(Form.NUMBER, Text(f"https://{host}/certify/verify?id={public_id}"), host, public_id, needed)
    return Code(Form.CREDENTIAL, whole, host, public_id, needed)


def version_of(text: Text) -> int | None:
    """The smallest version that holds a text; None when the largest, 40, does not."""
    try:
        return int(_prepared(text).best_fit())
    except DataOverflowError:
        return None


def _prepared(text: Text) -> Any:
    made = qrcode.QRCode(error_correction=_ECC, border=0)
    made.add_data(QRData(text.head.encode(), mode=MODE_8BIT_BYTE))
    if text.digits:
        made.add_data(QRData(text.digits.encode(), mode=MODE_NUMBER))
    return made
