"""Looking for people and credentials by what somebody happens to know of them."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from .tables import award, person_candidate, person_email, result, revision


def persons_by_candidate(connection: Connection, candidate_id: str) -> list[str]:
    """The persons with this candidate id, at whichever platform."""
    query = select(person_candidate.c.person_id).where(person_candidate.c.candidate_id == candidate_id).distinct()
    return list(connection.execute(query).scalars())


def persons_by_email(connection: Connection, email: str) -> list[str]:
    """The persons with this address."""
    query = select(person_email.c.person_id).where(person_email.c.email == email.casefold()).distinct()
    return list(connection.execute(query).scalars())


def newest_credentials(connection: Connection, limit: int) -> list[Row[Any]]:
    """What was planned last, with each one's award: public_id, person_id, credential."""
    query = (
        select(award.c.public_id, award.c.person_id, revision.c.credential)
        .join(award, award.c.id == revision.c.award_id)
        .where(award.c.erased_at.is_(None))
        .order_by(revision.c.valid_from.desc(), award.c.public_id)
        .limit(limit)
    )
    return list(connection.execute(query))


def newest_records(connection: Connection, limit: int) -> list[Row[Any]]:
    """The records that came last and are kept: result_id, person_id, raw."""
    query = (
        select(result.c.result_id, result.c.person_id, result.c.raw)
        .where(result.c.raw.is_not(None))
        .order_by(result.c.seq.desc())
        .limit(limit)
    )
    return list(connection.execute(query))


def records_of(connection: Connection, person: str) -> list[Row[Any]]:
    """Every record of a person, oldest first: result_id, state, raw."""
    query = select(result.c.result_id, result.c.state, result.c.raw).where(result.c.person_id == person)
    return list(connection.execute(query.order_by(result.c.seq)))


def size(connection: Connection) -> int:
    """How many revisions or kept records there are, whichever are more."""
    revisions = connection.execute(select(func.count()).select_from(revision)).scalar_one()
    records = connection.execute(select(func.count()).select_from(result).where(result.c.raw.is_not(None))).scalar_one()
    return max(int(revisions), int(records))
