"""The last few answers about documents, for questions that cost far more than to see that a document is the same."""

import hashlib
import json
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from ..limits import MAX_RECALLED
from .types import JsonObject

T = TypeVar("T")


class _Kept(NamedTuple, Generic[T]):
    document: JsonObject
    digest: bytes
    answer: T


class Recall(Generic[T]):
    """Answers to one question: each for the very document that it was about, and for every one of the same text.

    By text, because in Python 1, 1.0 and true are equal. A document that was asked about must not change.
    """

    def __init__(self) -> None:
        self._kept: list[_Kept[T]] = []

    def answer(self, document: JsonObject, ask: Callable[[JsonObject], T]) -> T:
        """What `ask` says about `document`, or said a moment ago; what it raises is not kept."""
        found = next((each for each in self._kept if each.document is document), None)
        if found is None:
            digest = hashlib.sha256(json.dumps(document).encode()).digest()
            found = next((each for each in self._kept if each.digest == digest), None)
            found = found or _Kept(document, digest, ask(document))
        self._kept = [*(each for each in self._kept if each is not found), found][-MAX_RECALLED:]
        return found.answer
