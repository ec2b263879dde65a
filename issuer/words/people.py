"""What is said of a person."""

from collections.abc import Iterator
from typing import Any

from verifier.format.display import visible
from verifier.format.timestamp import format_seconds

from ..service.persons import Person


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
