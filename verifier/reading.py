"""Bytes to a document, by their content: JSON, a compact JWS around it, or the text of a QR code that holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .format import jose, qrtext
from .format.jose import Jws
from .format.strictjson import load_object
from .format.types import JsonObject, as_list

_ENVELOPE: Final = "data:application/vc+jwt,"


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, and the JWS that carried it, if one did."""

    document: JsonObject
    jws: Jws | None = None


def read(data: bytes, dictionaries: Mapping[str, bytes] = qrtext.NO_DICTIONARIES) -> Reading:
    """The document in `data`; `dictionaries` are those of QR texts, by address.

    Raises FormatError with a `json.…` or `qr.…` code, or `jwt.form`.
    """
    if qrtext.looks_like(data):
        return Reading(load_object(qrtext.decode(data, dictionaries)))
    if jose.looks_like(data):
        jws = jose.parse(data)
        return Reading({name: value for name, value in jws.payload.items() if name not in jose.CLAIMS}, jws)
    return Reading(load_object(data))


def opened(contained: JsonObject) -> bytes | None:
    """The JWT in an EnvelopedVerifiableCredential of a presentation, None for any other credential.

    VCDM 2.0 section 4.13.1. Empty bytes, which no reader takes, for an envelope that holds something else.
    """
    if "EnvelopedVerifiableCredential" not in as_list(contained.get("type")):
        return None
    address = contained.get("id")
    held = isinstance(address, str) and address.startswith(_ENVELOPE)
    return str(address).removeprefix(_ENVELOPE).encode("utf-8", "replace") if held else b""
