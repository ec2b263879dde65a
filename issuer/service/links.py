"""A candidate's link: it opens what one person has, and can be told again, and renewed.

The secret is derived from a key of this issuer and a count, so that a record that is sent again gets the same link,
although the register holds nothing but a digest of it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime

from sqlalchemy import Connection

from ..register import access
from .access import LINK


def current(connection: Connection, person: str, key: bytes, at: datetime) -> str:
    """The link's secret of a person, made if there is none."""
    rows = access.secrets_for(connection, LINK, person)
    ended = sum(row.ended_at is not None for row in rows)
    token = _derived(person, ended, key)
    if len(rows) == ended:
        access.add_secret(connection, token, LINK, person, at=at)
    return token


def renewed(connection: Connection, person: str, key: bytes, at: datetime) -> str:
    """A new one; the old one opens nothing from now on."""
    access.end_secrets(connection, LINK, person, at)
    return current(connection, person, key, at)


def _derived(person: str, count: int, key: bytes) -> str:
    digest = hmac.digest(key, f"link\0{person}\0{count}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
