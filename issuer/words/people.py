"""What is said of a person."""

from collections.abc import Iterator, Sequence
from typing import Any

from verifier.format.display import visible
from verifier.format.timestamp import format_seconds

from ..service.persons import Person
from ..service.requests import Request


def person(found: Person) -> str:
    """All that the register knows of who they are."""
    return "\n".join(_lines(found))


def _lines(found: Person) -> Iterator[str]:
    yield f"Person {found.key}"
    if found.merged_into:
        yield f"  Merged into:  {found.merged_into}"
    yield from (f"  Address:      {visible(email)}" for email in found.emails)
    yield from (f"  Candidate:    {visible(name)} at {visible(platform)}" for platform, name in found.candidates)
    yield from (f"  Credential:   {public_id}" for public_id in found.awards)


def person_json(found: Person) -> dict[str, Any]:
    """As `person`."""
    return {
        "person": found.key,
        "since": format_seconds(found.since) if found.since else None,
        "mergedInto": found.merged_into,
        "emails": list(found.emails),
        "candidates": [{"platform": platform, "candidateId": name} for platform, name in found.candidates],
        "awards": list(found.awards),
    }


def requests(waiting: Sequence[Request]) -> str:
    """What candidates have asked for, a line each."""
    lines = [
        f"{each.seq:>5}  {format_seconds(each.at)}  {', '.join(each.public_ids) or each.person}  {each.kind}: "
        f"{visible(each.text)}"
        for each in waiting
    ]
    return "\n".join(lines) or "Nobody has asked for anything."


def request_json(each: Request) -> dict[str, Any]:
    """One of them."""
    return {
        "number": each.seq,
        "at": format_seconds(each.at),
        "person": each.person,
        "publicIds": list(each.public_ids),
        "kind": each.kind,
        "text": each.text,
    }
