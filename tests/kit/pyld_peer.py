"""PyLD as a second opinion on what a document states, offline, with its known faults in writing literals corrected."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from unittest import mock

from pyld import jsonld

from verifier.format import nquads
from verifier.format.contexts import contexts_for
from verifier.format.types import JsonObject

_NOTHING: Mapping[str, JsonObject] = MappingProxyType({})


class PeerError(Exception):
    """PyLD refuses the document."""


def _escape(value: str) -> str:
    """RDFC-1.0 section 5.2; PyLD leaves most controls as they are."""
    return nquads.literal(value)[1:-1]


def canonicalize(document: JsonObject, given: Mapping[str, JsonObject] = _NOTHING) -> bytes:
    """The canonical N-Quads by PyLD under the pinned contexts and those given; raises PeerError."""
    contexts = contexts_for(given)

    def load(url: str, _: object) -> dict[str, Any]:
        if url not in contexts:
            raise PeerError(f"{url} is not at hand")
        # Only a pinned context is the same in every test, so that PyLD may keep it.
        tag = {} if url in given else {"tag": "static"}
        content = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url}
        return {**content, "document": contexts.document(url), **tag}

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
        "rdfDirection": "i18n-datatype",
    }
    try:
        with mock.patch("pyld.nquads.escape", _escape):
            result = jsonld.normalize(document, options)
    except (jsonld.JsonLdError, PeerError) as error:
        raise PeerError(str(error)) from error
    assert isinstance(result, str)
    return result.encode()
