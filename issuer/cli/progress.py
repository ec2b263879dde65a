"""A bar on a terminal for work that takes long; a line now and then where there is none."""

import time
from types import TracebackType
from typing import Final, Self, TextIO

_WIDTH: Final = 30
_EVERY_SECONDS: Final = {True: 0.1, False: 30.0}


class Bar:
    """Shows how much is done. `show` may be called as often as one likes."""

    def __init__(self, stream: TextIO, title: str) -> None:
        self.done = self.total = 0
        self._first: int | None = None
        self._stream = stream
        self._title = title
        self._is_terminal = stream.isatty()
        self._begun = self._shown = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_terminal and self.total:
            self._stream.write("\n")
            self._stream.flush()

    def show(self, done: int, total: int) -> None:
        """`done` of `total`."""
        self.done, self.total, now = done, total, time.monotonic()
        if self._first is None:
            self._first = done  # work that goes on where it stopped: what is done already took no time
        if total and (now - self._shown >= _EVERY_SECONDS[self._is_terminal] or (done == total and self._is_terminal)):
            self._shown = now
            self._stream.write(self._line(done, total, now - self._begun))
            self._stream.flush()

    def _line(self, done: int, total: int, seconds: float) -> str:
        filled = _WIDTH * done // total
        fresh = done - (self._first or 0)
        left = seconds / fresh * (total - done) if fresh else 0
        text = f"{self._title} {done:,} of {total:,}" + (f", about {left:.0f} s left" if done < total else "")
        return f"\r[{'#' * filled:<{_WIDTH}}] {text:<60}" if self._is_terminal else f"{text}\n"
