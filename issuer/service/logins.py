"""Log in to the console. An attempt is counted before its password is looked at, so that many at once gain nothing.

Nobody's failures keep another person out. They count for the address that they come from and the name together; those
of all addresses for one name slow down browsers alone that have never logged in under it. Whoever sits at such a one
meanwhile is let in by a link that the operator makes at the terminal.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row

from ..errors import IssuerError
from ..register import access, events, tries
from ..register.eventtypes import EventType
from . import passwords, servicekey
from .access import BROWSER, MAX_PASSWORD, SESSION, SESSION_LIFE, unknown
from .desk import Desk

ENTRY: Final = "entry"
ENTRY_LIFE: Final = timedelta(minutes=15)
BROWSER_LIFE: Final = timedelta(days=180)
_FREE: Final = 5
"""Attempts under one name from one address, or from a browser that is known, before each further one has to wait."""
_FREE_TOGETHER: Final = 50
"""The same for all addresses and unknown browsers together: more than a person needs, too few to find a password."""
_LONGEST_WAIT: Final = timedelta(minutes=15)
_FORGOTTEN: Final = timedelta(hours=1)
"""Without an attempt for so long, the count begins anew."""


@dataclass(frozen=True, slots=True)
class Comer:
    """Who knocks: from which address, with which secret of a browser ("" for none); `key`: the service's own."""

    address: bytes
    browser: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """The secret of a session, and the one that its browser is known by from now on."""

    session: str
    browser: str


class _Counter(NamedTuple):
    digest: str
    free: int


def log_in(desk: Desk, name: str, password: str, comer: Comer, at: datetime) -> Opened:
    """Let somebody in by a password.

    Raises IssuerError `access.denied`, the same for an unknown name, or `access.wait`; both take as long.
    """
    with desk.writing(at) as connection:
        row = access.find_staff(connection, name)
        known = _knows(connection, name, comer.browser, at)
        counters = _counters(name, comer, known=known)
        admitted = _admit(connection, counters, at)
    fits = passwords.fits(row.password_hash if row and admitted else None, password[:MAX_PASSWORD])
    if not admitted:
        raise IssuerError("access.wait", "There were too many failures. Wait a quarter of an hour, then try again.")
    if row is None or not fits:
        raise IssuerError("access.denied", "That name and password do not belong together.")
    with desk.writing(at) as connection:
        if _changed(connection, row):
            raise IssuerError("access.denied", "That name and password do not belong together.")
        tries.forget(connection, counters[0].digest)
        for each in counters[1:]:
            tries.take_back(connection, each.digest)
        return _opened(connection, row, comer, at, known=known)


def make_entry(desk: Desk, name: str, at: datetime) -> str:
    """A secret that lets somebody in once, within a quarter of an hour; an earlier one ends.

    Raises IssuerError `access.unknown`.
    """
    token = secrets.token_urlsafe(32)
    with desk.writing(at) as connection:
        if access.find_staff(connection, name) is None:
            raise unknown(name)
        access.end_secrets(connection, ENTRY, name, at)
        access.add_secret(connection, token, ENTRY, name, at=at, expires=at + ENTRY_LIFE)
        events.append(connection, EventType.STAFF_LINK_MADE, at=at, subject=name)
    return token


def enter(desk: Desk, token: str, comer: Comer, at: datetime) -> Opened:
    """Let somebody in by such a secret, which ends with that. Raises IssuerError `access.denied`."""
    with desk.writing(at) as connection:
        entry = access.find_secret(connection, token, ENTRY, at)
        row = access.find_staff(connection, entry.subject) if entry else None
        if row is None:
            raise IssuerError("access.denied", "This link was used, or has had its time. Ask for another one.")
        access.end_secret(connection, token, at)
        known = _knows(connection, row.name, comer.browser, at)
        return _opened(connection, row, comer, at, known=known)


def _opened(connection: Connection, row: Row[Any], comer: Comer, at: datetime, *, known: bool) -> Opened:
    session, browser = secrets.token_urlsafe(32), comer.browser
    access.add_secret(
        connection,
        session,
        SESSION,
        row.name,
        at=at,
        role=row.role,
        expires=at + SESSION_LIFE,
        seed=servicekey.mark(comer.key),
    )
    if not known:
        browser = secrets.token_urlsafe(32)
        access.add_secret(connection, browser, BROWSER, row.name, at=at, expires=at + BROWSER_LIFE)
    return Opened(session, browser)


def _changed(connection: Connection, row: Row[Any]) -> bool:
    """Whether somebody was let go, or given another password, while this one was looked at."""
    now = access.find_staff(connection, row.name)
    return now is None or now.password_hash != row.password_hash


def _knows(connection: Connection, name: str, browser: str, at: datetime) -> bool:
    found = access.find_secret(connection, browser, BROWSER, at) if browser else None
    return found is not None and found.subject == name


def _counters(name: str, comer: Comer, *, known: bool) -> Sequence[_Counter]:
    """What an attempt counts for; the first is of this person alone, as far as can be told."""
    if known:
        return (_Counter(_digest(comer, "browser", name, comer.browser.encode()), _FREE),)
    return (
        _Counter(_digest(comer, "address", name, comer.address), _FREE),
        _Counter(_digest(comer, "name", name, b""), _FREE_TOGETHER),
    )


def _digest(comer: Comer, kind: str, name: str, where: bytes) -> str:
    """Under a key, so that neither an address nor a name that somebody typed can be told from it."""
    return hmac.digest(comer.key, f"login\0{kind}\0{name}\0".encode("utf-8", "replace") + where, hashlib.sha256).hex()


def _admit(connection: Connection, counters: Sequence[_Counter], at: datetime) -> bool:
    """Whether the password is looked at; the attempt is counted then, before anybody knows how it ends."""
    tries.forget_before(connection, at - _FORGOTTEN)
    if any(_waits(connection, each, at) for each in counters):
        return False
    for each in counters:
        tries.count(connection, each.digest, at)
    return True


def _waits(connection: Connection, counter: _Counter, at: datetime) -> bool:
    attempts, last = tries.seen(connection, counter.digest)
    beyond = attempts - counter.free
    wait = min(timedelta(seconds=2 ** min(beyond, 20)), _LONGEST_WAIT) if beyond >= 0 else timedelta()
    # By the distance: an attempt that was noted while a clock was ahead must not keep anybody out until then.
    return last is not None and abs(at - last) < wait
