"""Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image, a PDF or a mail that has one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .format import bakedpng, bakedsvg, jose, otherpictures, pdfattached, qrtext, wrapping
from .format.contexts import VCDM2
from .format.errors import FormatError
from .format.jose import Jws
from .format.strictjson import load_object
from .format.types import JsonObject, as_list
from .limits import MAX_CARRIER_BYTES
from .model import is_presentation
from .recognise import recognise, recognise_among, recognise_document, recognise_token, recognised

_CREDENTIAL: Final = "EnvelopedVerifiableCredential"
_ENVELOPES: Final = {
    _CREDENTIAL: f"data:application/{jose.TYPE},",
    "EnvelopedVerifiablePresentation": f"data:application/{jose.PRESENTATION_TYPE},",
}
_ENVELOPE_MEMBERS: Final = {"@context", "id", "type"}
_OF_OURS: Final = ("envelope.form", "envelope.kind", "json.duplicate-name")
"""Codes of what is of a kind that is checked here, and wrong."""
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


def read(source: bytes | JsonObject, dictionaries: Mapping[str, bytes] = qrtext.NO_DICTIONARIES) -> Reading:
    """The document in bytes, or in one that was read already; `dictionaries` are those of QR texts, by address.

    Raises FormatError with a code of the check `readable`; that of a kind (`kinds`) for what is not checked here.
    """
    if isinstance(source, dict):
        return checkable(opened(source))
    data = source
    if data in dictionaries.values():
        raise recognised("kind.qr-dictionary")
    try:
        data = wrapping.bare(unpacked(data))
        found = _found(data, dictionaries)
    except FormatError as error:
        code = None if error.code in _OF_OURS else _kind(error.code, data)
        raise error if code is None else recognised(code) from None
    return checkable(found)


def _kind(problem: str, data: bytes) -> str | None:
    """The kind of the bytes, or of the credential that a PDF has attached where none is of ours."""
    if problem == "carrier.none" and pdfattached.looks_like(data):
        return recognise_among(pdfattached.attachments(data)) or recognise(data)
    return recognise(data)


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
    return _token(data) if jose.looks_like(data) else opened(load_object(data))


def _token(data: bytes) -> Reading:
    jws = jose.parse(data)
    return Reading({name: value for name, value in jws.payload.items() if name not in jose.CLAIMS}, jws)


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


def opened(document: JsonObject) -> Reading:
    """The document, or what the token in its envelope holds (VCDM 2.0 sections 4.13.1 and 4.13.2).

    An envelope says nothing itself: nobody has signed it. Raises FormatError `envelope.form`, `envelope.kind` for one
    that holds another kind of token, or a code of the token.
    """
    kind = next((each for each in _ENVELOPES if each in as_list(document.get("type"))), None)
    if kind is None:
        return Reading(document)
    found = _token(_enveloped(document, kind))
    if kind != _CREDENTIAL and not is_presentation(found.document):
        raise FormatError("envelope.form", "The envelope of a presentation holds none.")
    return found


def _enveloped(envelope: JsonObject, kind: str) -> bytes:
    bare = envelope.keys() == _ENVELOPE_MEMBERS and envelope["type"] in (kind, [kind])
    address = envelope.get("id")
    held = isinstance(address, str) and address.startswith("data:")
    if not bare or not held or VCDM2 not in as_list(envelope["@context"]):
        raise FormatError("envelope.form", "An envelope has @context, one type, and a data: URL as id; nothing else.")
    head, data = str(address).partition(",")[0], str(address).removeprefix(_ENVELOPES[kind])
    if f"{head}," != _ENVELOPES[kind]:
        raise FormatError("envelope.kind", f"The envelope holds {head[:80]}.")
    if not jose.looks_like(data.encode("utf-8", "replace")):
        raise FormatError("jwt.form", "The envelope holds no compact token.")
    return data.encode()
