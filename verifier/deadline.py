"""A bound on the time that a piece of work may take, where the system can interrupt it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never


class TimeUp(BaseException):
    """The time is up. No Exception, so that nothing in the work catches it as an error of its own."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimeUp inside the block after `seconds`; without effect off the main thread or without POSIX signals."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _time_up(_signal: int, _frame: object) -> Never:
    raise TimeUp
