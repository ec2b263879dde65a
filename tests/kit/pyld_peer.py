"""PyLD as a second opinion on what a document states, offline, with its known fault in escaping corrected."""

from typing import Any
from unittest import mock

from pyld import jsonld

from verifier.format import nquads
from verifier.format.contexts import pinned
from verifier.format.types import JsonObject


class PeerError(Exception):
    """PyLD refuses the document."""


def _load(url: str, _: object) -> dict[str, Any]:
    if url not in pinned():
        raise PeerError(f"{url} is not pinned")
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": pinned().document(url),
        "tag": "static",
    }


def _escape(value: str) -> str:
    """RDFC-1.0 section 5.2; PyLD leaves most controls as they are."""
    return nquads.literal(value)[1:-1]


def canonicalize(document: JsonObject) -> bytes:
    """The canonical N-Quads by PyLD; raises PeerError."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    try:
        with mock.patch("pyld.nquads.escape", _escape):
            result = jsonld.normalize(document, options)
    except (jsonld.JsonLdError, PeerError) as error:
        raise PeerError(str(error)) from error
    assert isinstance(result, str)
    return result.encode()
