"""A candidate's link: it opens what one person has, and can be told again. Who acts through it is asked here.

The secret is derived from a key of this issuer and a seed that is drawn anew for each link. So a record that is sent
again gets the same link, although the register holds nothing but a digest of it; without that key no link opens; and
none that has ended is ever made again, whatever older copy of the register is put in place.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ..errors import IssuerError
from ..register import access, pending, persons
from .access import LINK
from .desk import Desk
from .persons import current as person_now

RENEW: Final = "renew"
"""The kind of what waits after a holder has renewed their link: until then the old one can take all back."""
_SEED_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Link:
    """What somebody brings who asks for a candidate's page, and the key that it has to be derived from."""

    token: str = field(repr=False)
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose page a link opens. `until`: it was renewed, and until then it can do nothing but take that back."""

    person: str
    digest: str
    until: datetime | None


def bearer(connection: Connection, link: Link, at: datetime) -> Bearer | None:
    """Whose it is; None for every other secret, for one of another key, and when the person was erased."""
    row = access.find_secret(connection, link.token, LINK, at)
    if row is None or not hmac.compare_digest(_derived(row.subject, row.seed or "", link.key), link.token):
        return None
    key = person_now(connection, row.subject)
    if not persons.candidates(connection, key):
        return None
    renewal = pending.through(connection, row.digest, RENEW)
    return Bearer(key, row.digest, renewal.due if renewal else None)


def require(connection: Connection, link: Link, at: datetime) -> Bearer:
    """Who bears a link that may do everything now. Raises IssuerError `link.ended`."""
    found = bearer(connection, link, at)
    if found is None or found.until is not None:
        raise ended()
    return found


def ended() -> IssuerError:
    """The refusal of what somebody wants to do through a link that has ended."""
    return IssuerError("link.ended", "This link has ended. Nothing was changed. Ask for a new one where you got it.")


@contextmanager
def acting(desk: Desk, link: Link, at: datetime) -> Iterator[tuple[Connection, Bearer]]:
    """The transaction of an act through a link, and whose it is, asked inside: a link that was ended does nothing.

    Raises IssuerError `link.ended`, and as `Desk.writing`; nothing has changed then.
    """
    with desk.writing(at) as connection:
        yield connection, require(connection, link, at)


def current(connection: Connection, person: str, key: bytes, at: datetime) -> str:
    """The link's secret of a person, made if there is none that opens their page."""
    found = known(connection, person, key)
    if found is not None:
        return found
    access.end_links(connection, person, at)
    return further(connection, person, key, at)


def known(connection: Connection, person: str, key: bytes) -> str | None:
    """The same if there is one: nothing is written."""
    for row in access.secrets_for(connection, LINK, person):
        if row.ended_at is None and pending.through(connection, row.digest, RENEW) is None:
            token = _derived(person, row.seed or "", key)
            if access.digest(token) == row.digest:
                return token
    return None


def further(connection: Connection, person: str, key: bytes, at: datetime) -> str:
    """A new one beside those that there are."""
    seed = secrets.token_hex(_SEED_BYTES)
    token = _derived(person, seed, key)
    access.add_secret(connection, token, LINK, person, at=at, seed=seed)
    return token


def _derived(person: str, seed: str, key: bytes) -> str:
    digest = hmac.digest(key, f"link\0{person}\0{seed}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
