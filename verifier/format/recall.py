"""The last few answers about documents, for questions that cost far more than to see that a document is the same."""

import hashlib
import json
from collections.abc import Callable
from typing import Generic, TypeVar

from ..limits import MAX_RECALLED
from .types import JsonObject

T = TypeVar("T")


class Recall(Generic[T]):
    """Answers to one question, each under the digest of its document as text: in Python 1, 1.0 and true are equal."""

    def __init__(self) -> None:
        self._kept: dict[bytes, T] = {}

    def answer(self, document: JsonObject, ask: Callable[[JsonObject], T]) -> T:
        """What `ask` says about `document`, or said a moment ago; what it raises is not kept."""
        key = hashlib.sha256(json.dumps(document).encode()).digest()
        found = self._kept.pop(key) if key in self._kept else ask(document)
        self._kept[key] = found
        if len(self._kept) > MAX_RECALLED:
            del self._kept[next(iter(self._kept))]
        return found
