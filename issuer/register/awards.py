"""Awards, their revisions and renderings."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from ..credential import Award
from ..results import Judgement, Record
from .tables import award, rendering, revision


@dataclass(frozen=True, slots=True)
class Rendering:
    """One signed form of a revision: `format` is `file` or `compact`."""

    format: str
    key_id: str
    content: bytes


def add(connection: Connection, new: Award, record: Record, judgement: Judgement, *, person: str, seq: int) -> None:
    """Store an award."""
    rests_on = judgement.prerequisite
    values = {
        "id": new.id,
        "public_id": new.public_id,
        "person_id": person,
        "result_seq": seq,
        "credential": record.credential,
        "blueprint": record.blueprint,
        "awarded": new.awarded,
        "valid_until": new.valid_until,
        "renews": judgement.renews,
        "rests_on": rests_on if isinstance(rests_on, str) else None,
    }
    connection.execute(award.insert().values(**values))


def find(connection: Connection, public_id: str) -> Row[Any] | None:
    """The award with this public id."""
    return connection.execute(select(award).where(award.c.public_id == public_id)).first()


def valid_until(connection: Connection, public_id: str) -> datetime | None:
    """When the award with this public id ends."""
    return connection.execute(select(award.c.valid_until).where(award.c.public_id == public_id)).scalar()


def resting_on(connection: Connection, public_id: str) -> list[Row[Any]]:
    """The awards, not withdrawn, whose prerequisite was this one."""
    query = select(award).where(award.c.rests_on == public_id, award.c.withdrawn_at.is_(None)).order_by(award.c.awarded)
    return list(connection.execute(query))


def withdraw(connection: Connection, award_id: str, reason: str, at: datetime) -> None:
    """Mark an award as withdrawn."""
    connection.execute(award.update().where(award.c.id == award_id).values(withdrawn_at=at, withdrawn_reason=reason))


def put_under_review(connection: Connection, award_id: str, at: datetime) -> None:
    """Note that staff must look at an award; it stays in force until they decide."""
    connection.execute(award.update().where(award.c.id == award_id).values(review_since=at))


def plan(connection: Connection, award_id: str, number: int, credential: dict[str, Any], valid_from: datetime) -> None:
    """Store the credential to be signed: the intent is kept before any signature exists."""
    values = {"award_id": award_id, "number": number, "valid_from": valid_from, "credential": json.dumps(credential)}
    connection.execute(revision.insert().values(**values))


def set_plan(connection: Connection, award_id: str, number: int, credential: dict[str, Any]) -> None:
    """Complete a planned revision, in the transaction that made it: its indices had to be known first."""
    mine = (revision.c.award_id == award_id) & (revision.c.number == number)
    connection.execute(revision.update().where(mine).values(credential=json.dumps(credential)))


def revisions(connection: Connection, award_id: str) -> list[Row[Any]]:
    """All revisions of an award, oldest first."""
    query = select(revision).where(revision.c.award_id == award_id).order_by(revision.c.number)
    return list(connection.execute(query))


def finish(connection: Connection, award_id: str, number: int, renderings: tuple[Rendering, ...], at: datetime) -> None:
    """Store what was signed and verified, and mark the revision as issued."""
    for each in renderings:
        values = {
            "award_id": award_id,
            "revision": number,
            "format": each.format,
            "key_id": each.key_id,
            "at": at,
            "digest": hashlib.sha256(each.content).hexdigest(),
            "content": each.content,
        }
        connection.execute(rendering.insert().values(**values))
    connection.execute(
        revision.update().where(revision.c.award_id == award_id, revision.c.number == number).values(issued_at=at)
    )


def renderings(connection: Connection, award_id: str, number: int) -> tuple[Rendering, ...]:
    """What was signed for one revision, by format."""
    query = (
        select(rendering.c.format, rendering.c.key_id, rendering.c.content)
        .where(rendering.c.award_id == award_id, rendering.c.revision == number)
        .order_by(rendering.c.format.desc())
    )
    return tuple(Rendering(*row) for row in connection.execute(query))
