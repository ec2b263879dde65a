"""Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image, a PDF or a mail that has one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .format import bakedpng, bakedsvg, jose, otherpictures, pdfattached, qrtext, wrapping
from .format.errors import FormatError
from .format.jose import Jws
from .format.strictjson import load_object
from .format.types import JsonObject, as_list
from .limits import MAX_CARRIER_BYTES
from .recognise import recognise, recognise_document, recognise_token, recognised

_ENVELOPE: Final = "data:application/vc+jwt,"
_ENVELOPED: Final = "EnvelopedVerifiableCredential"
_ENVELOPE_MEMBERS: Final = {"@context", "id", "type"}
_CARRIERS: Final[tuple[tuple[Callable[[bytes], bool], Callable[[bytes], list[bytes]]], ...]] = (
    (bakedpng.looks_like, bakedpng.contents),
    (bakedsvg.looks_like, bakedsvg.contents),
    (pdfattached.looks_like, pdfattached.contents),
    (otherpictures.looks_like, otherpictures.contents),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, and the JWS that carried it, if one did. `around`: whether other text was passed over."""

    document: JsonObject
    jws: Jws | None = None
    around: bool = False


def read(data: bytes, dictionaries: Mapping[str, bytes] = qrtext.NO_DICTIONARIES) -> Reading:
    """The document in `data`; `dictionaries` are those of QR texts, by address.

    Raises FormatError with a code of the check `readable`; that of a kind (`kinds`) for what is not checked here.
    """
    if data in dictionaries.values():
        raise recognised("kind.qr-dictionary")
    try:
        data = wrapping.bare(unpacked(data))
        found = _found(data, dictionaries)
    except FormatError as error:
        code = recognise(data)
        raise error if code is None else recognised(code) from None
    return checkable(found)


def checkable(found: Reading) -> Reading:
    """The same; raises FormatError for a document of a kind that is not checked here."""
    jws = found.jws
    code = recognise_document(found.document) if jws is None else recognise_token(jws.header, jws.payload)
    if code is not None:
        raise recognised(code)
    return found


def _found(data: bytes, dictionaries: Mapping[str, bytes]) -> Reading:
    """What the bytes are, or else what stands alone between other text in them."""
    try:
        return _parsed(data, dictionaries)
    except FormatError as refused:
        inside = wrapping.inside(data) if refused.code in wrapping.UNREADABLE else None
        if inside is None:
            raise
    return replace(_parsed(inside, dictionaries), around=True)


def _parsed(data: bytes, dictionaries: Mapping[str, bytes]) -> Reading:
    if qrtext.looks_like(data):
        return Reading(load_object(qrtext.decode(data, dictionaries)))
    if jose.looks_like(data):
        jws = jose.parse(data)
        return Reading({name: value for name, value in jws.payload.items() if name not in jose.CLAIMS}, jws)
    return Reading(load_object(data))


def dictionary_named_in(data: bytes) -> str | None:
    """The address of the operator's dictionary that a QR text in `data` names, None where there is no such text."""
    try:
        text = wrapping.bare(unpacked(data))
        return qrtext.dictionary_named_in(text if qrtext.looks_like(text) else wrapping.inside(text) or b"")
    except FormatError:
        return None


def unpacked(data: bytes) -> bytes:
    """The one credential that an image or a PDF carries; everything else as it is.

    Raises FormatError with a code of the form, or `carrier.…` when there is not exactly one. What one file carries
    twice, byte for byte, is one.
    """
    contents = next((contents for looks_like, contents in _CARRIERS if looks_like(data)), None)
    if contents is None:
        return data
    if len(data) > MAX_CARRIER_BYTES:
        raise FormatError("json.size", "The file is too large.")
    found = list(dict.fromkeys(contents(data)))
    if not found:
        raise FormatError("carrier.none", "The file carries no credential.")
    if len(found) > 1:
        raise FormatError("carrier.several", f"The file carries {len(found)} credentials.")
    return found[0]


def opened(contained: JsonObject) -> bytes | None:
    """The JWT in an EnvelopedVerifiableCredential of a presentation, None for any other credential.

    VCDM 2.0 section 4.13.1. Empty bytes, which no reader takes, for an envelope that holds something else, or says
    something: nobody has signed that, and it would stand beside what an issuer says.
    """
    if _ENVELOPED not in as_list(contained.get("type")):
        return None
    address = contained.get("id")
    bare = contained.keys() <= _ENVELOPE_MEMBERS and contained["type"] in (_ENVELOPED, [_ENVELOPED])
    held = bare and isinstance(address, str) and address.startswith(_ENVELOPE)
    return str(address).removeprefix(_ENVELOPE).encode("utf-8", "replace") if held else b""
