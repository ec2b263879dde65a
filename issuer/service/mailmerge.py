"""The links of many candidates for a mail merge: who gets one, with name, address, and what they hold.

One row for each person. Who was erased, whose link was ended and what is withdrawn is left out and counted. The rows
are secrets: whoever bears a link acts as the candidate.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..errors import IssuerError
from ..register import awards, events, people, records
from ..register.eventtypes import EventType
from . import handout, outcomes
from .desk import Desk
from .handout import Sent
from .rotate import CAUSE
from .supersede import holder_name

HEAD: Final = ("name", "email", "link", "credentials", "publicIds")
AT_ONCE: Final = 50
"""Persons of one transaction: the write lock is held for a tenth of a second, and the service answers in between."""
ERASED, WITHDRAWN, UNFINISHED, NO_LINK = "erased", "withdrawn", "unfinished", "noLink"
"""Why somebody is left out; `NO_LINK`: a person whose link was ended, or who was erased meanwhile."""
Progress = Callable[[int, int], None]
Select = Callable[[Connection], Iterable[str]]
"""The public ids of what is told of; ids that nobody knows, and the same again, say nothing."""


@dataclass(frozen=True, slots=True)
class Exported:
    """`rows` as HEAD names their cells; `left`: why others are not among them, with how many."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    left: Counter[str]

    @property
    def without_address(self) -> int:
        """Rows whose person has no e-mail address here."""
        return sum(not row[HEAD.index("email")] for row in self.rows)


def everything(connection: Connection) -> Iterable[str]:
    """All that was ever awarded."""
    return awards.public_ids(connection)


def reissued(key_id: str) -> Select:
    """What `keys reissue` has issued anew because this key was given up."""
    return lambda connection: awards.reissued(connection, key_id, CAUSE)


def of_outcome(path: Path) -> Select:
    """What the rows of a batch have led to, by its outcome file; raises IssuerError as `outcomes.results`."""
    results = outcomes.results(path)
    return lambda connection: _awarded(connection, results)


def _awarded(connection: Connection, results: Iterable[Sent]) -> Iterable[str]:
    found = (handout.record(connection, each) for each in results)
    return [row.public_id for row in found if row is not None and row.public_id]


def export(desk: Desk, select: Select, *, key: bytes, site: str, at: datetime, progress: Progress) -> Exported:
    """The rows for what is selected, and an event that says so. Persons who never had a link get one.

    Raises IssuerError `links.none` when nothing is left to tell.
    """
    with desk.reading() as connection:
        held, left = _held(connection, select(connection))
    persons, rows = [*held.items()], []
    for first in range(0, len(persons), AT_ONCE):
        progress(first, len(persons))
        with desk.writing(at) as connection:
            for person, mine in persons[first : first + AT_ONCE]:
                token = handout.of_person(connection, person, key, at)
                if token is None:
                    left[NO_LINK] += 1
                else:
                    rows.append(_row(connection, person, mine, handout.address(site, token)))
    progress(len(persons), len(persons))
    if not rows:
        raise IssuerError("links.none", "There is nobody whose link could be told. Nothing was written.")
    with desk.writing(at) as connection:
        events.append(connection, EventType.LINKS_EXPORTED, at=at)
    return Exported(tuple(rows), left)


def _held(connection: Connection, public_ids: Iterable[str]) -> tuple[dict[str, list[Row[Any]]], Counter[str]]:
    """Each person with what is told of to them, in the order in which it is selected; what is left out, and why."""
    places = {public_id: place for place, public_id in enumerate(dict.fromkeys(public_ids))}
    chosen = [row for row in awards.every(connection) if row.public_id in places]
    held, left = dict[str, list[Row[Any]]](), Counter[str]()
    for row in sorted(chosen, key=lambda row: places[row.public_id]):
        if row.erased_at is not None:
            left[ERASED] += 1
        elif row.withdrawn_at is not None:
            left[WITHDRAWN] += 1
        elif not row.is_issued:
            left[UNFINISHED] += 1
        else:
            held.setdefault(row.person_id, []).append(row)
    return held, left


def _row(connection: Connection, person: str, mine: list[Row[Any]], link: str) -> tuple[str, ...]:
    newest = [next(filter(_is_issued, reversed(awards.revisions(connection, row.id)))) for row in mine]
    titles = dict.fromkeys(str(json.loads(revision.credential)["name"]) for revision in newest)
    ids = "; ".join(row.public_id for row in mine)
    return holder_name(newest[-1]), _email(connection, person, mine[-1]), link, "; ".join(titles), ids


def _is_issued(revision: Row[Any]) -> bool:
    return revision.issued_at is not None


def _email(connection: Connection, person: str, award: Row[Any]) -> str:
    """The address of the newest record, unless it was deleted since; else any that is known."""
    known = people.emails(connection, person)
    raw = records.find(connection, award.result_seq).raw
    sent = str(json.loads(raw)["candidate"].get("email") or "") if raw else ""
    return sent if sent.casefold() in known else next(iter(known), "")
