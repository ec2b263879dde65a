"""Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image or PDF that carries one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from .format import bakedpng, bakedsvg, jose, pdfattached, qrtext
from .format.errors import FormatError
from .format.jose import Jws
from .format.strictjson import load_object
from .format.types import JsonObject, as_list
from .limits import MAX_CREDENTIAL_BYTES

_ENVELOPE: Final = "data:application/vc+jwt,"
_CARRIERS: Final[tuple[tuple[Callable[[bytes], bool], Callable[[bytes], list[bytes]]], ...]] = (
    (bakedpng.looks_like, bakedpng.contents),
    (bakedsvg.looks_like, bakedsvg.contents),
    (pdfattached.looks_like, pdfattached.contents),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, and the JWS that carried it, if one did."""

    document: JsonObject
    jws: Jws | None = None


def read(data: bytes, dictionaries: Mapping[str, bytes] = qrtext.NO_DICTIONARIES) -> Reading:
    """The document in `data`; `dictionaries` are those of QR texts, by address.

    Raises FormatError with a code of the check `readable`.
    """
    if data in dictionaries.values():
        raise FormatError("kind.qr-dictionary", "The bytes of a dictionary of QR texts at hand.")
    data = unpacked(data)
    if qrtext.looks_like(data):
        return Reading(load_object(qrtext.decode(data, dictionaries)))
    if jose.looks_like(data):
        jws = jose.parse(data)
        return Reading({name: value for name, value in jws.payload.items() if name not in jose.CLAIMS}, jws)
    return Reading(load_object(data))


def unpacked(data: bytes) -> bytes:
    """The one credential that an image or a PDF carries; everything else as it is.

    Raises FormatError with a code of the form, or `carrier.…` when there is not exactly one. What one file carries
    twice, byte for byte, is one.
    """
    contents = next((contents for looks_like, contents in _CARRIERS if looks_like(data)), None)
    if contents is None:
        return data
    if len(data) > MAX_CREDENTIAL_BYTES:
        raise FormatError("json.size", "The file is too large.")
    found = list(dict.fromkeys(contents(data)))
    if not found:
        raise FormatError("carrier.none", "The file carries no credential.")
    if len(found) > 1:
        raise FormatError("carrier.several", f"The file carries {len(found)} credentials.")
    return found[0]


def opened(contained: JsonObject) -> bytes | None:
    """The JWT in an EnvelopedVerifiableCredential of a presentation, None for any other credential.

    VCDM 2.0 section 4.13.1. Empty bytes, which no reader takes, for an envelope that holds something else.
    """
    if "EnvelopedVerifiableCredential" not in as_list(contained.get("type")):
        return None
    address = contained.get("id")
    held = isinstance(address, str) and address.startswith(_ENVELOPE)
    return str(address).removeprefix(_ENVELOPE).encode("utf-8", "replace") if held else b""
