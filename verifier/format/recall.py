"""The last few answers about documents, for questions that cost far more than to see that a document is the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

from ..limits import MAX_RECALLED
from .types import JsonObject, identical

T = TypeVar("T")


class Recall(Generic[T]):
    """Answers to one question, each with the document that it was about, which must not change meanwhile."""

    def __init__(self) -> None:
        self._kept: list[tuple[JsonObject, T]] = []

    def answer(self, document: JsonObject, ask: Callable[[JsonObject], T]) -> T:
        """What `ask` says about `document`, or said a moment ago; what it raises is not kept."""
        found = next((each for each in self._kept if identical(each[0], document)), None) or (document, ask(document))
        self._kept = [*(each for each in self._kept if each is not found), found][-MAX_RECALLED:]
        return found[1]
