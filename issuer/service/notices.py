"""What holders should be told, for whoever writes to them: Certify sends no mail itself."""

from dataclasses import dataclass
from datetime import datetime

from ..errors import IssuerError
from ..register import events, notices
from ..register.eventtypes import EventType
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Notice:
    """One, with the address it is for. `kind`: what it is about; `due`: when that will happen."""

    seq: int
    person: str
    email: str
    kind: str
    at: datetime
    due: datetime | None


def listed(desk: Desk) -> list[Notice]:
    """All that nobody was told yet, oldest first."""
    with desk.reading() as connection:
        return [
            Notice(row.seq, row.person_id, row.email, row.kind, row.at, row.due) for row in notices.waiting(connection)
        ]


def told(desk: Desk, seq: int, at: datetime) -> str:
    """It was sent: it is deleted here; the person's key. Raises IssuerError `notice.unknown`."""
    with desk.writing(at) as connection:
        person = notices.told(connection, seq)
        if person is None:
            raise IssuerError("notice.unknown", f"There is no notice {seq}. See certify notices list.")
        events.append(connection, EventType.NOTICE_TOLD, at=at, subject=person)
    return person
