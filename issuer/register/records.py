"""Result records as they were received and answered, and the decisions on them."""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from ..results import Judgement, Record, RecordState, Waiver
from .tables import award, decision, result

STANDING_FIRST: Final = result.c.state == RecordState.REFUSED
"""Order: a record that was refused must never hide one that stands."""
# Asked for each record: a statement that is built once costs a fraction.
_STORE: Final = result.insert()
_DECIDE: Final = decision.insert()


def store(
    connection: Connection,
    record: Record,
    state: RecordState,
    codes: tuple[str, ...],
    *,
    person: str | None,
    at: datetime,
) -> int:
    """Note one answered record; a refused one without its bytes, since nothing will ever be made of them."""
    kept = None if state is RecordState.REFUSED else record.raw
    values = {
        "result_id": record.result_id,
        "platform": record.platform,
        "attempt_id": record.attempt.attempt_id,
        "person_id": person,
        "credential": record.credential,
        "number": record.attempt.number,
        "started_at": record.attempt.started_at,
        "completed_at": record.attempt.completed_at,
        "digest": record.digest,
        "state": state,
        "codes": json.dumps(codes),
        "received_at": at,
        "raw": kept,
    }
    inserted = connection.execute(_STORE, values).inserted_primary_key
    return int(inserted[0]) if inserted else 0


def answer(connection: Connection, seq: int, state: RecordState, codes: tuple[str, ...]) -> None:
    """Change the answer on a held record after its decision."""
    connection.execute(result.update().where(result.c.seq == seq).values(state=state, codes=json.dumps(codes)))


def platforms(connection: Connection, result_id: str) -> list[str]:
    """Which platforms have sent a record of this id."""
    query = select(result.c.platform).where(result.c.result_id == result_id).distinct()
    return list(connection.execute(query.order_by(result.c.platform)).scalars())


def standing(connection: Connection, platform: str, result_id: str) -> Row[Any] | None:
    """What stands under a platform's id, else the last refused record, with the public id of its award, if any."""
    query = (
        select(result, award.c.public_id)
        .join(award, award.c.result_seq == result.c.seq, isouter=True)
        .where(result.c.platform == platform, result.c.result_id == result_id)
        .order_by(STANDING_FIRST, result.c.seq.desc())
    )
    return connection.execute(query).first()


def find(connection: Connection, seq: int) -> Row[Any]:
    """The record that an award was made from."""
    return connection.execute(select(result).where(result.c.seq == seq)).one()


def held(connection: Connection) -> list[Row[Any]]:
    """The records that wait for a person's decision, oldest first."""
    query = select(result).where(result.c.state == RecordState.HELD).order_by(result.c.seq)
    return list(connection.execute(query))


def decide(
    connection: Connection,
    seq: int,
    judgement: Judgement,
    *,
    by: str,
    at: datetime,
    set_aside: tuple[str, ...] = (),
    reference: str | None = None,
) -> None:
    """Record the certification decision: by whom or by which rule, when, and on what it rests."""
    rests_on = judgement.prerequisite
    values = {
        "result_seq": seq,
        "at": at,
        "decided_by": by,
        "outcome": judgement.outcome,
        "set_aside": json.dumps(set_aside),
        "rests_on": f"waiver:{rests_on.code}" if isinstance(rests_on, Waiver) else rests_on,
        "reference": reference,
    }
    connection.execute(_DECIDE, values)


def decisions(connection: Connection, seq: int) -> list[Row[Any]]:
    """Every decision on one record, oldest first."""
    return list(connection.execute(select(decision).where(decision.c.result_seq == seq).order_by(decision.c.seq)))


def of_person(connection: Connection, person: str) -> list[Row[Any]]:
    """The records of a person that stand, newest first."""
    mine = (result.c.person_id == person) & (result.c.state != RecordState.REFUSED)
    return list(connection.execute(select(result).where(mine).order_by(result.c.completed_at.desc())))


def erase_of_person(connection: Connection, person: str) -> None:
    """Delete what a person's records say; one that was held can no longer be decided and is refused."""
    mine = result.c.person_id == person
    connection.execute(
        result.update().where(mine, result.c.state == RecordState.HELD).values(state=RecordState.REFUSED)
    )
    connection.execute(result.update().where(mine).values(raw=None))


def erase_one(connection: Connection, seq: int) -> None:
    """Delete what one record says."""
    connection.execute(result.update().where(result.c.seq == seq).values(raw=None))


def forget_emails(connection: Connection, person: str) -> None:
    """Delete the address in each record of a person; `digest` stays that of what was received."""
    for row in list(connection.execute(select(result).where(result.c.person_id == person, result.c.raw.is_not(None)))):
        value = json.loads(row.raw)
        if value["candidate"].pop("email", None) is not None:
            raw = json.dumps(value, ensure_ascii=False).encode()
            connection.execute(result.update().where(result.c.seq == row.seq).values(raw=raw))
