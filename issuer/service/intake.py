"""Take a result record from a platform that has signed it, and tell where its candidate finds the answer."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..errors import IssuerError
from ..register import awards, people, records
from ..results import WHOSE, Record, RecordRefused, RecordState, read_record
from . import accept, links, sent
from .accept import Accepted, Answer
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer on a record, and the secret of its candidate's link, if there is something to see there."""

    answer: Accepted
    link: str | None


def take(desk: Desk, platform: str, data: bytes, key: bytes, at: datetime) -> Taken:
    """Accept a record in the name of `platform`. Raises IssuerError `transport.platform` for another one's record."""
    try:
        record = read_record(data)
    except RecordRefused:
        return Taken(accept.accept(desk, data, at), None)  # says what is wrong with it
    if record.platform != platform:
        raise IssuerError("transport.platform", "The record names another platform than the one that signed it.")
    answer = accept.accept(desk, data, at)
    return Taken(answer, None if answer.answer is Answer.REFUSED else _link(desk, record, key, at))


def _link(desk: Desk, record: Record, key: bytes, at: datetime) -> str | None:
    """That of the person whose record it is for sure, by what the register says of it now.

    A record that may be another person's opens nothing, however often it is sent, until staff have released it.
    """
    with desk.writing(at) as connection:
        row = records.standing(connection, record.platform, record.result_id)
        if row is None or row.state == RecordState.REFUSED or WHOSE & set(json.loads(row.codes)):
            return None
        person = people.person_of(connection, record)
        return links.current(connection, person, key, at) if person and person == row.person_id else None


def told(desk: Desk, result_id: str, platform: str | None) -> dict[str, Any]:
    """What became of a record, for one platform, or (None) whichever sent it.

    Raises IssuerError `result.unknown` or `result.ambiguous`.
    """
    with desk.reading() as connection:
        row = sent.find(connection, result_id, platform)
        if row is None:
            raise IssuerError("result.unknown", "There is no record of this id.")
        award = awards.find(connection, row.public_id) if row.public_id else None
    return {
        "resultId": row.result_id,
        "platform": row.platform,
        "outcome": "issued" if row.state == RecordState.ACCEPTED else row.state,
        "publicId": award.public_id if award and award.erased_at is None else None,
    }
