"""Awards that came back from their signed credentials, without the result record that they rest on."""

import json
import secrets
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from ..credential import StatusEntry
from ..recovery import Candidate, Found, Owner, holder_of
from ..results import Record, RecordState
from .tables import award, person, rendering, result, revision, status_index, status_orphan

_PREFIX: Final = "recovered:"
_BEHIND: Final = "recovered;"
"""The text right behind all that begin with the prefix: a range that the index on result ids serves."""

# Asked for each record: a statement that is built once costs a fraction.
_WAITING: Final = (
    select(award)
    .join(result, result.c.seq == award.c.result_seq)
    .where(result.c.result_id.between(_PREFIX, _BEHIND), result.c.state == RecordState.RECOVERED)
    .where(award.c.credential == bindparam("credential"), award.c.awarded == bindparam("awarded"))
    .where(award.c.erased_at.is_(None))
)


def add(connection: Connection, found: Found, at: datetime) -> None:
    """Store an award with a stub in the place of its result record, of a person about whom nothing else is known."""
    key, new = secrets.token_hex(16), found.award
    connection.execute(person.insert().values(id=key, since=at))
    stub = {
        "result_id": f"{_PREFIX}{new.public_id}",
        "platform": _PREFIX,
        "attempt_id": f"{_PREFIX}{new.public_id}",
        "person_id": key,
        "credential": found.blueprint.credential,
        "number": 0,
        "started_at": new.awarded,
        "completed_at": new.awarded,
        "digest": "",
        "state": RecordState.RECOVERED,
        "codes": json.dumps(()),
        "received_at": at,
    }
    inserted = connection.execute(result.insert().values(**stub)).inserted_primary_key
    values = {
        "id": new.id,
        "public_id": new.public_id,
        "person_id": key,
        "result_seq": inserted[0] if inserted else None,
        "credential": found.blueprint.credential,
        "blueprint": found.blueprint.id,
        "awarded": new.awarded,
        "valid_until": new.valid_until,
    }
    connection.execute(award.insert().values(**values))


def add_entry(connection: Connection, entry: StatusEntry, award_id: str, number: int) -> None:
    """Note to whom an index belongs, in the place of the note that nobody knows it."""
    here = {"purpose": entry.purpose, "list_number": entry.list_number, "list_index": entry.index}
    connection.execute(status_orphan.delete().where(*(status_orphan.c[name] == value for name, value in here.items())))
    connection.execute(status_index.insert().values(**here, award_id=award_id, revision=number, is_set=False))


def deliver(connection: Connection, award_id: str, number: int, at: datetime) -> None:
    """Mark one revision as delivered: its holder has it, or we would not have found it."""
    mine = (revision.c.award_id == award_id) & (revision.c.number == number)
    connection.execute(revision.update().where(mine).values(delivered_at=at))


def owners(connection: Connection) -> dict[StatusEntry, Owner]:
    """To whom every index of every list belongs."""
    newest = (
        select(revision.c.award_id, func.max(revision.c.number).label("number")).group_by(revision.c.award_id)
    ).subquery()
    columns = (status_index.c.purpose, status_index.c.list_number, status_index.c.list_index, status_index.c.award_id)
    query = select(*columns, status_index.c.is_set, (status_index.c.revision == newest.c.number).label("is_newest"))
    rows = connection.execute(query.join(newest, newest.c.award_id == status_index.c.award_id))
    return {
        StatusEntry(row.purpose, row.list_number, row.list_index): Owner(row.award_id, row.is_newest, row.is_set)
        for row in rows
    }


def owner_of(connection: Connection, entry: StatusEntry) -> Row[Any] | None:
    """The row of one index, if it was ever given to somebody."""
    here = (status_index.c.purpose == entry.purpose) & (status_index.c.list_number == entry.list_number)
    return connection.execute(select(status_index).where(here, status_index.c.list_index == entry.index)).first()


def set_bit(connection: Connection, entry: StatusEntry, at: datetime) -> None:
    """Set one bit."""
    here = (status_index.c.purpose == entry.purpose) & (status_index.c.list_number == entry.list_number)
    mine = here & (status_index.c.list_index == entry.index) & status_index.c.is_set.is_(False)
    connection.execute(status_index.update().where(mine).values(is_set=True, changed_at=at))


def add_orphan(connection: Connection, entry: StatusEntry) -> bool:
    """Keep a set bit that belongs to nobody; whether that is news."""
    values = {"purpose": entry.purpose, "list_number": entry.list_number, "list_index": entry.index}
    known = (status_orphan.c[name] == value for name, value in values.items())
    if connection.execute(select(status_orphan).where(*known)).first():
        return False
    connection.execute(status_orphan.insert().values(**values))
    return True


def digests(connection: Connection) -> frozenset[str]:
    """The SHA-256, in hex, of every rendering that is stored."""
    return frozenset(connection.execute(select(rendering.c.digest)).scalars())


def candidates(connection: Connection, record: Record) -> list[Candidate]:
    """The awards that wait for a record like this one, with every name that they were issued to."""
    such = {"credential": record.credential, "awarded": record.attempt.scored_at}
    return [
        Candidate(row.id, row.credential, row.blueprint, row.awarded, _holders(connection, row.id))
        for row in connection.execute(_WAITING, such)
    ]


def _holders(connection: Connection, award_id: str) -> frozenset[str]:
    query = select(revision.c.credential).where(revision.c.award_id == award_id)
    return frozenset(holder_of(json.loads(text)) for text in connection.execute(query).scalars())


def fill(
    connection: Connection,
    award_id: str,
    record: Record,
    *,
    person_id: str,
    received_at: datetime,
    rests_on: str | None,
    renews: str | None,
) -> None:
    """Put a record in the place of the stub of an award, and give the award to the person of the record."""
    seq = select(award.c.result_seq).where(award.c.id == award_id).scalar_subquery()
    values = {
        "result_id": record.result_id,
        "platform": record.platform,
        "attempt_id": record.attempt.attempt_id,
        "person_id": person_id,
        "number": record.attempt.number,
        "started_at": record.attempt.started_at,
        "completed_at": record.attempt.completed_at,
        "digest": record.digest,
        "state": RecordState.ACCEPTED,
        "received_at": received_at,
        "raw": record.raw,
    }
    connection.execute(result.update().where(result.c.seq == seq).values(**values))
    connection.execute(
        award.update().where(award.c.id == award_id).values(person_id=person_id, rests_on=rests_on, renews=renews)
    )


def drop_held(connection: Connection, seq: int) -> None:
    """Take away the note of a held record: it is kept with the award that it led to."""
    connection.execute(result.delete().where(result.c.seq == seq, result.c.state == RecordState.HELD))
