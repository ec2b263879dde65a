"""Awards, their revisions and renderings."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, exists, func, select

from ..credential import Award
from ..results import Judgement, Record
from .tables import award, rendering, revision

# Asked for each record: a statement that is built once costs a fraction.
_ONE_REVISION = (revision.c.award_id == bindparam("award")) & (revision.c.number == bindparam("which"))
_NEW = (
    (revision.c.award_id == bindparam("award")) & revision.c.issued_at.is_not(None) & revision.c.delivered_at.is_(None)
)
_ADD, _PLAN, _ADD_RENDERING = award.insert(), revision.insert(), rendering.insert()
_BY_PUBLIC_ID = select(award).where(award.c.public_id == bindparam("which"))
_SET_PLAN = revision.update().where(_ONE_REVISION).values(credential=bindparam("credential"))
_FINISH = revision.update().where(_ONE_REVISION).values(issued_at=bindparam("issued_at"))
_REVISIONS = select(revision).where(revision.c.award_id == bindparam("award")).order_by(revision.c.number)
_UNDELIVERED = select(revision.c.number).where(_NEW).order_by(revision.c.number)
_DELIVER = revision.update().where(_NEW).values(delivered_at=bindparam("delivered_at"))
_RENDERINGS = select(rendering.c.format, rendering.c.key_id, rendering.c.content).where(
    rendering.c.award_id == bindparam("award"), rendering.c.revision == bindparam("which")
)
_SIGNED_BY = (
    select(rendering.c.key_id)
    .where(rendering.c.award_id == bindparam("award"), rendering.c.revision == bindparam("which"))
    .where(rendering.c.key_id == bindparam("key"))
    .limit(1)
)
FORMATS: Final = ("file", "compact", "jwt")


@dataclass(frozen=True, slots=True)
class Rendering:
    """One signed form of a revision, of one of FORMATS."""

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
    connection.execute(_ADD, values)


def find_by_id(connection: Connection, award_id: str) -> Row[Any]:
    """The award of a known id."""
    return connection.execute(select(award).where(award.c.id == award_id)).one()


def get(connection: Connection, award_id: str) -> Row[Any] | None:
    """The award of an id that may be known."""
    return connection.execute(select(award).where(award.c.id == award_id)).first()


def find(connection: Connection, public_id: str) -> Row[Any] | None:
    """The award with this public id."""
    return connection.execute(_BY_PUBLIC_ID, {"which": public_id}).first()


def valid_until(connection: Connection, public_id: str) -> datetime | None:
    """When the award with this public id ends."""
    return connection.execute(select(award.c.valid_until).where(award.c.public_id == public_id)).scalar()


def resting_on(connection: Connection, public_id: str) -> list[Row[Any]]:
    """The awards, not withdrawn, whose prerequisite was this one."""
    query = select(award).where(award.c.rests_on == public_id, award.c.withdrawn_at.is_(None)).order_by(award.c.awarded)
    return list(connection.execute(query))


def public_ids(connection: Connection) -> list[str]:
    """Of every award, oldest first."""
    return list(connection.execute(select(award.c.public_id).order_by(award.c.awarded, award.c.public_id)).scalars())


def every(connection: Connection) -> Iterator[Row[Any]]:
    """Each award with who holds it, whether it stands and whether it `is_issued`, oldest first."""
    issued = exists().where(revision.c.award_id == award.c.id, revision.c.issued_at.is_not(None))
    columns = (award.c.id, award.c.public_id, award.c.person_id, award.c.result_seq, issued.label("is_issued"))
    query = select(*columns, award.c.erased_at, award.c.withdrawn_at).order_by(award.c.awarded, award.c.public_id)
    yield from connection.execute(query)


def reissued(connection: Connection, key_id: str, cause: str) -> list[str]:
    """The public ids of awards with a revision of this cause, issued, that follows one which the key has signed."""
    signed = exists().where(
        rendering.c.award_id == revision.c.award_id,
        rendering.c.revision == revision.c.number - 1,
        rendering.c.key_id == key_id,
    )
    query = select(award.c.public_id).join(revision, revision.c.award_id == award.c.id)
    again = query.where(revision.c.cause == cause, revision.c.issued_at.is_not(None), signed)
    return list(connection.execute(again.distinct().order_by(award.c.public_id)).scalars())


def erased(connection: Connection) -> list[str]:
    """The public ids of all tombstones."""
    return list(connection.execute(select(award.c.public_id).where(award.c.erased_at.is_not(None))).scalars())


def of_person(connection: Connection, person: str) -> list[Row[Any]]:
    """All awards of a person, oldest first."""
    query = select(award).where(award.c.person_id == person).order_by(award.c.awarded, award.c.public_id)
    return list(connection.execute(query))


def withdraw(connection: Connection, award_id: str, reason: str, at: datetime) -> None:
    """Mark an award as withdrawn; a review of it has nothing left to decide."""
    _change(connection, award_id, withdrawn_at=at, withdrawn_reason=reason, review_since=None)


def restore(connection: Connection, award_id: str) -> None:
    """Take the mark away again, after an appeal: bits that are set stay set."""
    _change(connection, award_id, withdrawn_at=None, withdrawn_reason=None)


def put_under_review(connection: Connection, award_id: str, at: datetime | None) -> None:
    """Note that staff must look at an award, or (None) that they have; it stays in force meanwhile."""
    _change(connection, award_id, review_since=at)


def under_review(connection: Connection) -> list[Row[Any]]:
    """The awards that staff must look at, longest due first."""
    query = select(award).where(award.c.review_since.is_not(None)).order_by(award.c.review_since)
    return list(connection.execute(query))


def erase(connection: Connection, award_id: str, at: datetime) -> None:
    """Delete what names the holder: what was signed and what was to be signed. The tombstone stays."""
    _change(connection, award_id, erased_at=at)
    connection.execute(rendering.delete().where(rendering.c.award_id == award_id))
    connection.execute(revision.update().where(revision.c.award_id == award_id).values(credential="{}"))


def _change(connection: Connection, award_id: str, **values: datetime | str | None) -> None:
    connection.execute(award.update().where(award.c.id == award_id).values(**values))


def plan(
    connection: Connection,
    award_id: str,
    number: int,
    credential: dict[str, Any],
    valid_from: datetime,
    cause: str | None = None,
) -> None:
    """Store the credential to be signed: the intent is kept before any signature exists."""
    values = {"award_id": award_id, "number": number, "valid_from": valid_from, "credential": json.dumps(credential)}
    connection.execute(_PLAN, {**values, "cause": cause})


def set_plan(connection: Connection, award_id: str, number: int, credential: dict[str, Any]) -> None:
    """Complete a planned revision, in the transaction that made it: its indices had to be known first."""
    mine = {"award": award_id, "which": number}
    connection.execute(_SET_PLAN, {**mine, "credential": json.dumps(credential)})


def revisions(connection: Connection, award_id: str) -> list[Row[Any]]:
    """All revisions of an award, oldest first."""
    return list(connection.execute(_REVISIONS, {"award": award_id}))


def deliver(connection: Connection, award_id: str, at: datetime) -> list[int]:
    """Mark the issued revisions of an award as delivered; the answer is which of them had not been."""
    numbers = list(connection.execute(_UNDELIVERED, {"award": award_id}).scalars())
    connection.execute(_DELIVER, {"award": award_id, "delivered_at": at})
    return numbers


def unfinished(connection: Connection) -> list[str]:
    """The public ids of awards whose newest revision a crash kept from its holder."""
    later = revision.alias()
    open_ones = revision.c.delivered_at.is_(None) & award.c.withdrawn_at.is_(None)
    newer = exists().where(later.c.award_id == revision.c.award_id, later.c.number > revision.c.number)
    query = select(award.c.public_id).join(revision, revision.c.award_id == award.c.id).where(open_ones, ~newer)
    return list(connection.execute(query.order_by(award.c.public_id)).scalars())


def signed_by(connection: Connection, key_id: str) -> list[str]:
    """The public ids of the awards, not withdrawn, whose newest revision was signed by a key."""
    newest = (
        select(revision.c.award_id, func.max(revision.c.number).label("number"))
        .group_by(revision.c.award_id)
        .subquery()
    )
    query = (
        select(award.c.public_id)
        .join(newest, newest.c.award_id == award.c.id)
        .where(
            award.c.withdrawn_at.is_(None),
            exists().where(
                rendering.c.award_id == award.c.id,
                rendering.c.revision == newest.c.number,
                rendering.c.key_id == key_id,
            ),
        )
        .order_by(award.c.public_id)
    )
    return list(connection.execute(query).scalars())


def dated_later(connection: Connection, at: datetime) -> list[str]:
    """The public ids of the awards, not withdrawn, whose newest revision begins later, or was signed later."""
    newer = revision.alias()
    is_newest = ~exists().where(newer.c.award_id == revision.c.award_id, newer.c.number > revision.c.number)
    later = (revision.c.valid_from > at) | (revision.c.issued_at > at)
    query = select(award.c.public_id).join(revision, revision.c.award_id == award.c.id)
    query = query.where(award.c.withdrawn_at.is_(None), later, is_newest).order_by(award.c.public_id)
    return list(connection.execute(query).scalars())


def redate(connection: Connection, award_id: str, number: int, credential: dict[str, Any], begins: datetime) -> None:
    """Let a planned revision, of which no signature exists, begin at another time."""
    values = {"credential": json.dumps(credential), "valid_from": begins}
    mine = (revision.c.award_id == award_id) & (revision.c.number == number) & revision.c.issued_at.is_(None)
    connection.execute(revision.update().where(mine).values(values))


def is_signed_by(connection: Connection, award_id: str, number: int, key_id: str) -> bool:
    """Whether a key has signed this revision."""
    mine = {"award": award_id, "which": number, "key": key_id}
    return connection.execute(_SIGNED_BY, mine).first() is not None


def first_signed(connection: Connection, key_id: str) -> datetime | None:
    """When a key signed the first credential that is kept."""
    return connection.execute(select(func.min(rendering.c.at)).where(rendering.c.key_id == key_id)).scalar()


def finish(connection: Connection, award_id: str, number: int, renderings: tuple[Rendering, ...], at: datetime) -> None:
    """Store what was signed and verified, and mark the revision as issued."""
    rows = [
        {
            "award_id": award_id,
            "revision": number,
            "format": each.format,
            "key_id": each.key_id,
            "at": at,
            "digest": hashlib.sha256(each.content).hexdigest(),
            "content": each.content,
        }
        for each in renderings
    ]
    connection.execute(_ADD_RENDERING, rows)
    connection.execute(_FINISH, {"award": award_id, "which": number, "issued_at": at})


def renderings(connection: Connection, award_id: str, number: int) -> tuple[Rendering, ...]:
    """What was signed for one revision, as FORMATS has them in order."""
    found = [Rendering(*row) for row in connection.execute(_RENDERINGS, {"award": award_id, "which": number})]
    return tuple(sorted(found, key=lambda each: FORMATS.index(each.format)))
