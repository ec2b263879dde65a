"""PyLD as the second implementation: what we sign is what an independent JSON-LD processor would sign too.

PyLD is not used to decide anything: it drops undefined terms in silence, has no bound on work, and escapes control
characters differently. For documents that our own walk has accepted, its canonical bytes must be ours.
"""

import json
from functools import lru_cache
from typing import Any, ClassVar, Final

from pyld import jsonld

from verifier.format.contexts import pinned

from .errors import IssuerError

REMEMBERED: Final = 64
"""Opinions kept, a few kilobytes each: the proofs of one second are all alike, and asking again would tell nothing."""
MAX_CONTEXTS: Final = 256
"""Active contexts kept; what we issue leads to some twenty."""

# Without `rdfDirection` it drops the direction of a text; jsonld.js, as wallets use it, is asked for the same.
_OPTIONS: Final = {"algorithm": "URDNA2015", "format": "application/n-quads", "rdfDirection": "i18n-datatype"}


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


class _Processor(jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """PyLD, which remembers what each context makes of another: by itself it works that out anew for each node.

    The contexts never change, so neither does what comes of them; documents are read anew each time.
    """

    # The context that was active is kept, too: its address is in the key, and must stay its own.
    _known: ClassVar[dict[tuple[object, ...], tuple[Any, Any]]] = {}

    def _process_context(self, active_ctx: Any, local_ctx: Any, options: Any, *how: Any, **named: Any) -> Any:
        if "cycles" in named:  # it checks a context that is still being made
            return super()._process_context(active_ctx, local_ctx, options, *how, **named)
        key = (id(active_ctx), json.dumps(local_ctx), how, *sorted(named.items()))
        if key not in self._known:
            if len(self._known) >= MAX_CONTEXTS:
                self._known.clear()
            made = super()._process_context(active_ctx, local_ctx, options, *how, **named)
            self._known[key] = (active_ctx, made)
        return self._known[key][1]


def agree(document: dict[str, Any], canonical: bytes) -> None:
    """Raise IssuerError `sign.disagreement` unless PyLD gives the same canonical N-Quads."""
    # What was not agreed on raises, and is not remembered.
    _agreed(json.dumps(document), canonical)


@lru_cache(maxsize=REMEMBERED)
def _agreed(text: str, canonical: bytes) -> None:
    try:
        theirs = canonicalize(json.loads(text))
    except jsonld.JsonLdError as error:
        raise IssuerError("sign.disagreement", f"PyLD refuses the content: {error.type}.") from None
    if theirs != canonical:
        raise IssuerError("sign.disagreement", "Two implementations read the content differently; nothing was signed.")


def canonicalize(document: dict[str, Any]) -> bytes:
    """The canonical N-Quads of a document as PyLD makes them, anew each time; raises its JsonLdError."""
    return bytes(_Processor().normalize(document, {**_OPTIONS, "documentLoader": _load}).encode())
