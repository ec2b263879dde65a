"""Which link may be handed out for a result: one rule for outcome files, batches of the service and mail merges.

A record must have been decided on, passed or failed: of one that is held nobody knows yet whose it is. The person must
not have been erased, and a link that was ended is not made anew here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row

from ..register import access, persons
from ..results import RecordState
from . import links, sent
from .access import LINK
from .desk import Desk
from .persons import current

Sent: TypeAlias = tuple[str | None, str]
"""A record as its platform sent it: platform, result id. Older outcome files name no platform."""
DECIDED = frozenset((RecordState.ACCEPTED, RecordState.FAILED))


def of_person(connection: Connection, person: str, key: bytes, at: datetime, *, make: bool = True) -> str | None:
    """The secret of the link that opens a person's page at `at`; None when there is none to hand out.

    A person who never had a link gets one, as who has one of a key that was deleted, unless `make` says that nothing
    may be written.
    """
    rows = access.secrets_for(connection, LINK, person)
    if (rows and all(row.ended_at is not None for row in rows)) or not persons.candidates(connection, person):
        return None
    token = links.current(connection, person, key, at) if make else links.known(connection, person, key)
    return token if token and access.find_secret(connection, token, LINK, at) else None


def of_results(desk: Desk, results: Iterable[Sent], key: bytes, at: datetime) -> dict[Sent, str]:
    """Result -> secret of the candidate's link, for those that may be handed out; made where there was none."""
    wanted = [each for each in results if each[1]]
    if not wanted:
        return {}
    with desk.writing(at) as connection:
        return _secrets(connection, wanted, key, at, make=True)


def known_of_results(desk: Desk, results: Iterable[Sent], key: bytes, at: datetime) -> dict[Sent, str]:
    """The same for links that there are; nothing is written."""
    with desk.reading() as connection:
        return _secrets(connection, [each for each in results if each[1]], key, at, make=False)


def _secrets(
    connection: Connection, results: Iterable[Sent], key: bytes, at: datetime, *, make: bool
) -> dict[Sent, str]:
    found: dict[Sent, str] = {}
    for result in dict.fromkeys(results):
        row = record(connection, result)
        if row is None or row.state not in DECIDED or row.person_id is None or row.raw is None:
            continue
        token = of_person(connection, current(connection, row.person_id), key, at, make=make)
        if token:
            found[result] = token
    return found


def record(connection: Connection, result: Sent) -> Row[Any] | None:
    """What stands under it; None also where several platforms use the id and none is named."""
    platform, result_id = result
    rows = sent.named(connection, result_id, platform)
    return rows[0] if len(rows) == 1 else None


def address(site: str, token: str) -> str:
    """Where the page behind a link is; `site` without a slash at its end."""
    return f"{site}/c/{token}"
