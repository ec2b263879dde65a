"""Writing to a terminal or a pipe: names outlive any locale, and a reader that goes away changes no answer."""

import os
import sys
from io import TextIOWrapper


def prepare() -> None:
    """Let the streams write any text, whatever the locale: what it lacks is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # absent when the caller has closed it
            stream.reconfigure(errors="backslashreplace")


def emit(text: str) -> None:
    """Print; a reader that has gone away (`| head`) is no fault."""
    try:
        print(text, flush=True)  # noqa: T201 - this is where it is done
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """A line for the person at the terminal, beside the output."""
    print(text, file=sys.stderr)  # noqa: T201
