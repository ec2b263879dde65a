"""PyLD as the second implementation: what we sign is what an independent JSON-LD processor would sign too.

PyLD is not used to decide anything: it drops undefined terms in silence, has no bound on work, and escapes control
characters differently. For documents that our own walk has accepted, its canonical bytes must be ours.
"""

import json
from functools import lru_cache
from typing import Any, Final

from pyld import jsonld

from verifier.format.contexts import pinned

from .errors import IssuerError

REMEMBERED: Final = 64
"""Opinions kept, a few kilobytes each: the proofs of one second are all alike, and asking again would tell nothing."""

_OPTIONS: Final = {"algorithm": "URDNA2015", "format": "application/n-quads"}


def _load(url: str, _options: object = None) -> dict[str, Any]:
    """A frozen loader: the pinned contexts and nothing else, marked static so that they are processed once."""
    contexts = pinned()
    if url not in contexts:
        raise jsonld.JsonLdError("context not pinned", "loading document failed", {"url": url})
    return {
        "contextUrl": None,
        "contentType": "application/ld+json",
        "documentUrl": url,
        "document": contexts.document(url),
        "tag": "static",
    }


def agree(document: dict[str, Any], canonical: bytes) -> None:
    """Raise IssuerError `sign.disagreement` unless PyLD gives the same canonical N-Quads."""
    # What was not agreed on raises, and is not remembered.
    _agreed(json.dumps(document), canonical)


@lru_cache(maxsize=REMEMBERED)
def _agreed(text: str, canonical: bytes) -> None:
    try:
        theirs = jsonld.normalize(json.loads(text), {**_OPTIONS, "documentLoader": _load})
    except jsonld.JsonLdError as error:
        raise IssuerError("sign.disagreement", f"PyLD refuses the content: {error.type}.") from None
    if theirs.encode() != canonical:
        raise IssuerError("sign.disagreement", "Two implementations read the content differently; nothing was signed.")
