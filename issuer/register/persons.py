"""Persons as staff handle them: looked up, merged, split, erased."""

import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from . import people
from .tables import award, notice, person, person_candidate, person_email, request, result


def find(connection: Connection, key: str) -> Row[Any] | None:
    """The person with this key."""
    return connection.execute(select(person).where(person.c.id == key)).first()


def all_keys(connection: Connection, key: str) -> list[str]:
    """This key, and those of all who were merged into this person: an older register knows them one by one."""
    found = [key]
    for each in found:  # it grows
        found += connection.execute(select(person.c.id).where(person.c.merged_into == each)).scalars()
    return found


def candidates(connection: Connection, key: str) -> tuple[tuple[str, str], ...]:
    """Every (platform, candidateId) of a person."""
    columns = (person_candidate.c.platform, person_candidate.c.candidate_id)
    query = select(*columns).where(person_candidate.c.person_id == key).order_by(*columns)
    return tuple((row.platform, row.candidate_id) for row in connection.execute(query))


def merge(connection: Connection, key: str, gone: str) -> None:
    """Everything that was `gone`'s becomes `key`'s; of `gone` only the note stays where it went."""
    for email in people.emails(connection, gone):
        people.add_email(connection, key, email)
    people.forget_emails(connection, gone)
    for table in (person_candidate, result, award, request):
        connection.execute(table.update().where(table.c.person_id == gone).values(person_id=key))
    connection.execute(person.update().where(person.c.id == gone).values(merged_into=key))


def split(connection: Connection, key: str, platform: str, candidate_id: str, at: datetime) -> str:
    """A new person for one candidate id: its results, their awards, and the addresses that only its records name."""
    new = secrets.token_hex(16)
    connection.execute(person.insert().values(id=new, since=at))
    mine = (person_candidate.c.platform == platform) & (person_candidate.c.candidate_id == candidate_id)
    connection.execute(person_candidate.update().where(mine).values(person_id=new))
    theirs: set[str] = set()
    others: set[str] = set()
    for row in list(connection.execute(select(result).where(result.c.person_id == key, result.c.raw.is_not(None)))):
        candidate = json.loads(row.raw)["candidate"]
        moves = (row.platform, candidate["candidateId"]) == (platform, candidate_id)
        (theirs if moves else others).add(str(candidate.get("email") or "").casefold())
        if moves:
            connection.execute(result.update().where(result.c.seq == row.seq).values(person_id=new))
            connection.execute(award.update().where(award.c.result_seq == row.seq).values(person_id=new))
    for email in theirs & set(people.emails(connection, key)):
        people.add_email(connection, new, email)
        if email not in others:
            connection.execute(
                person_email.delete().where(person_email.c.person_id == key, person_email.c.email == email)
            )
            told = (notice.c.person_id == key) & (notice.c.email == email)
            connection.execute(notice.update().where(told).values(person_id=new))
    return new


def erase(connection: Connection, key: str) -> None:
    """Delete who a person is: addresses and candidate ids. The key, which says nothing, stays."""
    people.forget_emails(connection, key)
    connection.execute(person_candidate.delete().where(person_candidate.c.person_id == key))
