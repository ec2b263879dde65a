"""A compact credential as the text of one QR code: `https://HOST/v#` and decimal digits (docs/qr-format.md).

The text is transport. Who issued what it carries, the signature inside says; HOST only opens a page, and names the
dictionary where it is an operator's own.
"""

import re
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from ..limits import MAX_QR_CHARACTERS, MAX_QR_DICTIONARIES, MAX_QR_INFLATED_BYTES
from . import digits
from .errors import FormatError
from .jcs import canonicalize
from .proof import JCS, suite_of
from .strictjson import load_object
from .types import Json, JsonObject, as_list

CODEC: Final = "1"
"""JCS bytes, raw DEFLATE with a preset dictionary, 7 bytes as 17 digits."""
FIRST_OWN: Final = 100
"""Dictionaries below are built in; from here to 999 they are an operator's own."""
LAST_OWN: Final = 999
NO_DICTIONARIES: Final[Mapping[str, bytes]] = MappingProxyType({})
_DATA: Final = Path(__file__).parents[1] / "data" / "qr"
_WINDOW: Final = -15
_LEVEL: Final = 9
_HOST: Final = r"[a-z0-9][a-z0-9.-]{0,252}(?::[1-9][0-9]{0,4})?"
_BEGINS: Final = re.compile(rb"https://[^/\s]{1,300}/v#")
_FORM: Final = re.compile(rf"https://({_HOST})/v#([0-9])([0-9]{{3}})([0-9]*)".encode())
_ADDRESS: Final = re.compile(rf"https://{_HOST}/qr/([1-9][0-9]{{2}})\.bin", re.ASCII)


class _Found(NamedTuple):
    """Dictionaries to try in turn. `certain`: it is the one, so that what it does not fit is damaged."""

    dictionaries: tuple[bytes, ...]
    certain: bool


def address(host: str, number: int) -> str:
    """Where an operator serves its dictionary, which is also what a trust file calls it."""
    return f"https://{host}/qr/{number:03}.bin"


def is_address(text: str) -> bool:
    """Whether `text` is one."""
    return _ADDRESS.fullmatch(text) is not None


@cache
def built_in(number: int) -> bytes | None:
    """A dictionary that every reader has, frozen for ever; None where there is none."""
    path = _DATA / f"{number:03}.bin"
    return path.read_bytes() if number < FIRST_OWN and path.is_file() else None


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin like such a text, and so cannot be JSON."""
    return _BEGINS.match(data.lstrip()[:400]) is not None


def parts(document: JsonObject, host: str, number: int, dictionary: bytes) -> tuple[str, str]:
    """The text in two: its address, and the digits behind that, which a QR code holds in its numeric mode.

    `document`: a credential with one eddsa-jcs-2022 proof. `host`: lower case, with a port if there is one. Raises
    FormatError `qr.content` for any other document, `qr.size` for one that no reader would inflate.
    """
    content = _canonical(document)
    if len(content) > MAX_QR_INFLATED_BYTES:
        raise FormatError("qr.size", f"The credential has more than {MAX_QR_INFLATED_BYTES} bytes.")
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, zdict=dictionary)
    packed = deflate.compress(content) + deflate.flush()
    return f"https://{host}/v#", f"{CODEC}{number:03}{digits.encode(packed)}"


def encode(document: JsonObject, host: str, number: int, dictionary: bytes) -> str:
    """The whole text; as `parts`."""
    return "".join(parts(document, host, number, dictionary))


def decode(data: bytes, dictionaries: Mapping[str, bytes] = NO_DICTIONARIES) -> bytes:
    """The JCS bytes of the credential in a text; `dictionaries` are operators' own, by address.

    Raises FormatError with a `qr.…` code; inflates at most MAX_QR_INFLATED_BYTES, whatever the text claims.
    """
    text = data.strip()
    if len(text) > MAX_QR_CHARACTERS:
        raise FormatError("qr.size", f"The text has more than {MAX_QR_CHARACTERS} characters.")
    match = _FORM.fullmatch(text)
    if match is None:
        raise FormatError("qr.form", "It begins like the text of a QR code, and is not one to its end.")
    host, codec, number, payload = (part.decode() for part in match.groups())
    if codec != CODEC:
        raise FormatError("qr.codec", f"It is written in way {codec}; way {CODEC} is known here.")
    packed = digits.decode(payload)
    return _first(packed, _dictionaries(host, int(number), dictionaries), address(host, int(number)))


def dictionary_named_in(data: bytes) -> str | None:
    """The address of an operator's dictionary that a text names; None for any other text, and for a built-in one."""
    match = _FORM.fullmatch(data.strip()[: MAX_QR_CHARACTERS + 1])
    if match is None or int(match[3]) < FIRST_OWN:
        return None
    return address(match[1].decode(), int(match[3]))


def _dictionaries(host: str, number: int, given: Mapping[str, bytes]) -> _Found:
    """The one that the text means. A host that is not known may be a mere mirror: then any of that number may fit."""
    exact = built_in(number) if number < FIRST_OWN else given.get(address(host, number))
    if exact is not None:
        return _Found((exact,), certain=True)
    same = (each for name, each in given.items() if number >= FIRST_OWN and name.endswith(f"/qr/{number:03}.bin"))
    return _Found(tuple(same)[:MAX_QR_DICTIONARIES], certain=False)


def _first(packed: bytes, found: _Found, wanted: str) -> bytes:
    for dictionary in found.dictionaries:
        try:
            return _content(packed, dictionary)
        except FormatError:
            if found.certain:
                raise
    raise FormatError("qr.dictionary", f"The dictionary {wanted} is not at hand.")


def _content(packed: bytes, dictionary: bytes) -> bytes:
    content = _inflate(packed, dictionary)
    try:
        canonical = _canonical(load_object(content))
    except FormatError as error:
        raise FormatError("qr.content", error.detail) from None
    if canonical != content:
        raise FormatError("qr.content", "The credential is not in its canonical form (RFC 8785).")
    return content


def _inflate(packed: bytes, dictionary: bytes) -> bytes:
    inflate = zlib.decompressobj(_WINDOW, zdict=dictionary)
    try:
        content = inflate.decompress(packed, MAX_QR_INFLATED_BYTES + 1)
    except zlib.error:
        raise FormatError("qr.deflate", "The digits are no DEFLATE stream under this dictionary.") from None
    if len(content) > MAX_QR_INFLATED_BYTES:
        raise FormatError("qr.size", f"It inflates to more than {MAX_QR_INFLATED_BYTES} bytes.")
    if not inflate.eof or inflate.unused_data:
        raise FormatError("qr.deflate", "The DEFLATE stream is cut short, or has bytes behind its end.")
    return content


def _canonical(document: JsonObject) -> bytes:
    if not _is_compact(as_list(document.get("proof"))):
        raise FormatError("qr.content", "It is not signed with one eddsa-jcs-2022 proof.")
    try:
        return canonicalize(document)
    except FormatError as error:
        raise FormatError("qr.content", error.detail) from None


def _is_compact(proofs: list[Json]) -> bool:
    return len(proofs) == 1 and isinstance(proofs[0], dict) and suite_of(proofs[0]) == JCS
