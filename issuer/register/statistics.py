"""Rows for exports and yearly counts: ids, codes and times, and nobody's name."""

from typing import Any

from sqlalchemy import Connection, Row, and_, select

from .tables import award, decision, result, revision, suspension


def awards(connection: Connection) -> list[Row[Any]]:
    """Every award that was issued, oldest first, with `issued_at` of its first revision, and `suspended_since`."""
    first = and_(revision.c.award_id == award.c.id, revision.c.number == 1)
    standing = and_(suspension.c.award_id == award.c.id, suspension.c.ended_at.is_(None))
    query = (
        select(award, revision.c.issued_at, suspension.c.since.label("suspended_since"))
        .join(revision, first)
        .join(suspension, standing, isouter=True)
        .where(revision.c.issued_at.is_not(None))
    )
    return list(connection.execute(query.order_by(award.c.awarded, award.c.public_id)))


def results(connection: Connection) -> list[Row[Any]]:
    """Every record that was answered: seq, credential, state, codes, received_at."""
    query = select(result.c.seq, result.c.credential, result.c.state, result.c.codes, result.c.received_at)
    return list(connection.execute(query.order_by(result.c.seq)))


def decisions_by_people(connection: Connection) -> list[Row[Any]]:
    """What people decided on held records: result_seq, at, outcome. Only those name a reference."""
    query = select(decision.c.result_seq, decision.c.at, decision.c.outcome).where(decision.c.reference.is_not(None))
    return list(connection.execute(query.order_by(decision.c.seq)))


def suspensions(connection: Connection) -> list[Row[Any]]:
    """Every suspension: since, credential."""
    query = select(suspension.c.since, award.c.credential).join(award, award.c.id == suspension.c.award_id)
    return list(connection.execute(query))
