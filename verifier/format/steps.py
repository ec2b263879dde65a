"""The work that one verification may take, counted in steps: by content alone, so that every machine and both
verifiers, the one in Python and the one in JavaScript, stop at the same place.

A step is what takes a slow reader about a microsecond. What is done once for each byte of the input needs no count,
its size is bounded; what is made of the input, or done again and again, is counted before it is made.
"""

import math
from collections.abc import Callable
from typing import Final, TypeAlias

from ..limits import MAX_STEPS, MAX_STEPS_UNSIGNED

Stopwatch: TypeAlias = Callable[[], float]
"""Seconds since some moment, never running backwards."""

CHARACTERS_A_STEP: Final = 100
"""How many characters are made, compared, sorted and hashed in one step."""
_STEPS_A_LOOK: Final = 20_000
"""Steps between two looks at a stopwatch."""


class GivenUpError(BaseException):
    """The work was given up, with a code of `limit.…`. No Exception, so that nothing on the way catches it as a fault
    of a document, or as an error of its own.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Steps:
    """The steps of one verification so far, with all that it verifies on its way; endless unless `bounded`."""

    def __init__(self) -> None:
        self.taken = 0
        self._most = math.inf
        self._stop = math.inf
        self._overdue: Callable[[], bool] | None = None

    @classmethod
    def bounded(cls, stopwatch: Stopwatch | None = None, seconds: float = 0) -> "Steps":
        """At most MAX_STEPS_UNSIGNED; with a `stopwatch`, no longer than `seconds` from now either."""
        steps = cls()
        steps._most = steps._stop = MAX_STEPS_UNSIGNED
        if stopwatch is not None:
            end = stopwatch() + seconds
            steps._overdue = lambda: stopwatch() > end
            steps._stop = 0
        return steps

    def take(self, count: int) -> None:
        """Count some steps, before they are done. Raises GivenUpError `limit.work` or `limit.time`."""
        self.taken += count
        if self.taken > self._stop:
            self._look()

    def take_characters(self, count: int) -> None:
        """The steps of that many characters."""
        self.take(count // CHARACTERS_A_STEP)

    def signed(self) -> None:
        """Somebody has signed what was read so far: it may take MAX_STEPS. Whom to believe is another matter."""
        if self._most == MAX_STEPS_UNSIGNED:
            self._most = MAX_STEPS
            self._stop = self.taken if self._overdue else self._most

    def _look(self) -> None:
        if self.taken > self._most:
            raise GivenUpError("limit.work", "The check takes more work than any credential needs.")
        if self._overdue and self._overdue():
            raise GivenUpError("limit.time", "The check takes too long.")
        self._stop = min(self._most, self.taken + _STEPS_A_LOOK)
