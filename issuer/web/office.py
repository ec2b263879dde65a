"""What every request works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from ..service import servicekey
from ..service.desk import Desk


@dataclass(frozen=True, slots=True)
class Office:
    """The issuer's desk and the clock."""

    desk: Desk
    now: Callable[[], datetime]

    @property
    def key(self) -> bytes:
        """The key of links, forms and sessions as its file has it now: whoever deletes that ends all of them."""
        return servicekey.load(self.desk.config)


def office() -> Office:
    """That of the current application."""
    found: Office = current_app.extensions[Office.__name__]
    return found
