"""Who is who: several addresses and candidate ids of one person, and mistakes about that put right."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ..errors import IssuerError
from ..reasons import reference as checked
from ..register import access, awards, events, pending, people, persons
from ..register.eventtypes import EventType
from .awarded import find
from .desk import Desk

_ADDRESS: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the register knows them. `candidates`: (platform, candidateId)."""

    key: str
    since: datetime | None
    merged_into: str | None
    emails: tuple[str, ...]
    candidates: tuple[tuple[str, str], ...]
    awards: tuple[str, ...]


def show(desk: Desk, name: str) -> Person:
    """The person with this key, or who holds the award with this public id. Raises IssuerError `person.unknown`."""
    with desk.reading() as connection:
        key = _key(connection, name)
        row = persons.find(connection, key)
        return Person(
            key,
            row.since if row else None,
            row.merged_into if row else None,
            people.emails(connection, key),
            persons.candidates(connection, key),
            tuple(award.public_id for award in awards.of_person(connection, key)),
        )


def add_email(desk: Desk, name: str, email: str, *, reference: str, at: datetime) -> str:
    """Note a further address that was found to be this person's. Raises IssuerError `person.email`."""
    checked(reference)
    if not _ADDRESS.fullmatch(email):
        raise IssuerError("person.email", "That is no e-mail address.")
    with desk.writing(at) as connection:
        key = current(connection, name)
        people.add_email(connection, key, email)
        events.append(connection, EventType.EMAIL_ADDED, at=at, subject=key, decision_ref=reference)
    return key


def merge(desk: Desk, name: str, other: str, *, reference: str, at: datetime) -> str:
    """Two that are one: everything of `other` becomes the first one's.

    Raises IssuerError `person.same` or `person.waits`.
    """
    checked(reference)
    with desk.writing(at) as connection:
        key, gone = current(connection, name), current(connection, other)
        if key == gone:
            raise IssuerError("person.same", "Both are the same person already. Nothing was changed.")
        _refuse_waiting(connection, key, gone)
        persons.merge(connection, key, gone)
        access.end_links(connection, gone, at)
        for subject in (gone, key):
            events.append(connection, EventType.PERSON_MERGED, at=at, subject=subject, decision_ref=reference)
    return key


def split(desk: Desk, name: str, *, platform: str, candidate_id: str, reference: str, at: datetime) -> str:
    """One that is two: a candidate id becomes a person of its own, with its results and awards; the new key.

    Their link ends: it was told to both. Raises IssuerError `person.waits`, or `person.candidate` when the person has
    no such candidate id, or no other one.
    """
    checked(reference)
    with desk.writing(at) as connection:
        key = current(connection, name)
        known = persons.candidates(connection, key)
        if (platform, candidate_id) not in known or len(known) == 1:
            raise IssuerError(
                "person.candidate", "This person has no such candidate id beside another one. See certify person show."
            )
        _refuse_waiting(connection, key)
        new = persons.split(connection, key, platform, candidate_id, at)
        access.end_links(connection, key, at)  # it was told to both: each gets one of their own
        for subject in (key, new):
            events.append(connection, EventType.PERSON_SPLIT, at=at, subject=subject, decision_ref=reference)
    return new


def _refuse_waiting(connection: Connection, *keys: str) -> None:
    """What one person has asked for must not be done to another one, or to more than they had."""
    if any(pending.of_person(connection, key) for key in keys):
        raise IssuerError(
            "person.waits",
            "Something that was asked for through the link of this person waits. See certify waiting list: take it "
            "back, or let it be done, then try again. Nothing was changed.",
        )


def _key(connection: Connection, name: str) -> str:
    if persons.find(connection, name) is not None:
        return name
    try:
        return str(find(connection, name).row.person_id)
    except IssuerError:
        raise IssuerError("person.unknown", f"There is no person or award {name[:40]}.") from None


def current(connection: Connection, name: str) -> str:
    """The key of the person with this key or award; where a person was merged into another: that one."""
    key = _key(connection, name)
    while (row := persons.find(connection, key)) is not None and row.merged_into is not None:
        key = row.merged_into
    return key
