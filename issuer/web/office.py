"""What every request works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from ..service.desk import Desk


@dataclass(frozen=True, slots=True)
class Office:
    """The issuer's desk, the clock, and the key of links and forms."""

    desk: Desk
    now: Callable[[], datetime]
    key: bytes


def office() -> Office:
    """That of the current application."""
    found: Office = current_app.extensions[Office.__name__]
    return found
