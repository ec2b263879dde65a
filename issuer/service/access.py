"""Who may do what in the service: roles, tokens that are shown once, passwords, and sessions."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row

from .. import platformkey
from ..errors import IssuerError
from ..register import access, events
from ..register.eventtypes import EventType
from . import passwords
from .desk import Desk

TOKEN, SESSION, LINK, BROWSER = "token", "session", "link", "browser"
"""Kinds of secrets; a browser that has logged in is known by one, which opens nothing."""
SESSION_LIFE: Final = timedelta(hours=8)
MIN_PASSWORD: Final = 12
"""Characters, after NIST SP 800-63B: length counts, and nothing is asked of their kind."""
MAX_PASSWORD: Final = 256
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)


class Role(StrEnum):
    """What staff and tokens may do; `reviewer` decides, `issuer` carries out, `auditor` looks."""

    ISSUER = "issuer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name for the record, and a role."""

    name: str
    role: Role


def new_token(desk: Desk, name: str, role: Role, at: datetime, life: timedelta) -> str:
    """A bearer token, told this once: the register keeps a digest. An older one of that name ends."""
    _named(name)
    token = f"certify_{secrets.token_urlsafe(32)}"
    with desk.writing(at) as connection:
        access.end_secrets(connection, TOKEN, name, at)
        access.add_secret(connection, token, TOKEN, name, at=at, role=role, expires=at + life)
        events.append(connection, EventType.TOKEN_MADE, at=at, subject=name)
    return token


def end_token(desk: Desk, name: str, at: datetime) -> None:
    """End a token. Raises IssuerError `access.unknown`."""
    with desk.writing(at) as connection:
        if not access.end_secrets(connection, TOKEN, name, at):
            raise unknown(name)
        events.append(connection, EventType.TOKEN_ENDED, at=at, subject=name)


def bearer(desk: Desk, token: str, at: datetime) -> Actor | None:
    """Who bears this token."""
    with desk.reading() as connection:
        return _actor(access.find_secret(connection, token, TOKEN, at))


def _actor(row: Row[Any] | None) -> Actor | None:
    return Actor(row.subject, Role(row.role)) if row else None


def set_staff(desk: Desk, name: str, role: Role, password: str, at: datetime) -> None:
    """Enter a person, or give them another role and password; what let them in before ends, as `access.shut_out` says.

    Raises IssuerError `access.name` or `access.password`.
    """
    _named(name)
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise IssuerError("access.password", f"A password has {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
    hashed = passwords.hashed(password)
    with desk.writing(at) as connection:
        access.put_staff(connection, name, role, hashed, at)
        access.shut_out(connection, name, at)
        events.append(connection, EventType.STAFF_SET, at=at, subject=name)


def end_staff(desk: Desk, name: str, at: datetime) -> None:
    """Let a person go. Raises IssuerError `access.unknown`."""
    with desk.writing(at) as connection:
        if not access.end_staff(connection, name, at):
            raise unknown(name)
        events.append(connection, EventType.STAFF_ENDED, at=at, subject=name)


def in_session(desk: Desk, token: str, at: datetime, mark: str) -> Actor | None:
    """Who is logged in with this secret under the key of this mark, and still works here."""
    with desk.reading() as connection:
        row = access.find_secret(connection, token, SESSION, at)
        return _actor(row) if row and row.seed == mark else None


def log_out(desk: Desk, token: str, at: datetime) -> None:
    """End one session."""
    with desk.writing(at) as connection:
        access.end_secret(connection, token, at)


def allow_platform(desk: Desk, platform: str, key_id: str, public_key: bytes, at: datetime) -> str:
    """Take records that this key (in a form that `platformkey` reads) has signed in a platform's name; its Multikey.

    Raises IssuerError `access.name` or `access.exists`, and as `platformkey.read`.
    """
    _named(platform)
    _named(key_id)
    text = platformkey.read(public_key)
    with desk.writing(at) as connection:
        if any((row.platform, row.key_id) == (platform, key_id) for row in access.platform_keys(connection)):
            raise IssuerError("access.exists", f"{platform} had a key {key_id} before. Give the new one another id.")
        access.add_platform_key(connection, platform, key_id, text, at)
        events.append(connection, EventType.PLATFORM_ALLOWED, at=at, subject=f"{platform}/{key_id}"[:64])
    return text


def end_platform(desk: Desk, platform: str, key_id: str, at: datetime) -> None:
    """Take nothing more that this key signs. Raises IssuerError `access.unknown`."""
    with desk.writing(at) as connection:
        if not access.end_platform_key(connection, platform, key_id, at):
            raise unknown(f"{platform} {key_id}")
        events.append(connection, EventType.PLATFORM_ENDED, at=at, subject=f"{platform}/{key_id}"[:64])


def _named(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise IssuerError("access.name", "A name is 1 to 64 of a-z, 0-9, dot, underscore and hyphen.")


def unknown(name: str) -> IssuerError:
    """The refusal for a name that nothing in use has."""
    return IssuerError("access.unknown", f"There is no {name[:140]} that is in use.")
