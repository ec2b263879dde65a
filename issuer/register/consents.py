"""What holders agreed to after their result: append-only, the newest counts; before any, that of the result record."""

from datetime import datetime

from sqlalchemy import Connection, select

from .tables import consent


def add(connection: Connection, award_id: str, kind: str, *, given: bool, at: datetime) -> None:
    """Note that a holder has given or taken back a consent."""
    connection.execute(consent.insert().values(award_id=award_id, kind=kind, given=given, at=at))


def latest(connection: Connection, award_id: str, kind: str) -> bool | None:
    """The newest word of a holder; None when there was none."""
    mine = (consent.c.award_id == award_id) & (consent.c.kind == kind)
    return connection.execute(select(consent.c.given).where(mine).order_by(consent.c.seq.desc())).scalar()
