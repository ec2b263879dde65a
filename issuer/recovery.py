"""What a register that forgot something can be told again: every decision of `certify repair`, and no IO. Pure.

A signed credential says nearly all that its award and revision hold; a published list says what was withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from verifier.format import statuslist
from verifier.format.errors import FormatError
from verifier.format.timestamp import parse
from verifier.format.types import as_list

from .catalog import Blueprint, Catalog
from .config import Config
from .credential import Award, StatusEntry, list_url
from .results import Record, tidy

WITHDRAWAL: Final = "restored-withdrawal"
SUSPENSION: Final = "restored-suspension"
"""Reasons that no operator can give: the published list told of the act, and the decision behind it is lost."""
_PASS: Final = "pass"  # noqa: S105 - an outcome


@dataclass(frozen=True, slots=True)
class Found:
    """One revision as a genuine credential of ours shows it. `credential`: as it was signed, without proofs."""

    award: Award
    blueprint: Blueprint
    valid_from: datetime
    entries: tuple[StatusEntry, ...]
    holder: str = field(repr=False)
    credential: dict[str, Any] = field(repr=False)


def read(document: dict[str, Any], config: Config, catalog: Catalog) -> Found | None:
    """What a signed document of ours says; None when it is no credential of this catalogue."""
    try:
        subject = document["credentialSubject"]
        achieved = subject["achievement"]["id"]
        blueprint = next(
            each for each in catalog.blueprints.values() if achieved == catalog.achievement(each, config.base_url)["id"]
        )
        return Found(
            award=Award(
                id=document["id"],
                public_id=subject["licenseNumber"],
                awarded=parse(document["awardedDate"]),
                valid_until=parse(document["validUntil"]),
            ),
            blueprint=blueprint,
            valid_from=parse(document["validFrom"]),
            entries=tuple(_entry(each, config) for each in as_list(document["credentialStatus"])),
            holder=holder_of(document),
            credential=document,
        )
    except (KeyError, TypeError, IndexError, ValueError, FormatError, StopIteration):
        return None


def holder_of(document: Mapping[str, Any]) -> str:
    """The name in a credential; "" when it was erased."""
    return str(document["credentialSubject"]["identifier"][0]["identityHash"]) if document else ""


def _entry(value: Any, config: Config) -> StatusEntry:
    purpose, url = value["statusPurpose"], value["statusListCredential"]
    number = int(url.rpartition("/")[2])
    if list_url(config, purpose, number) != url:
        raise ValueError(url)
    return StatusEntry(purpose, number, statuslist.parse_index(value["statusListIndex"]))


def number_for(known: Mapping[int, datetime], valid_from: datetime, hint: int) -> int | None:
    """The number of a revision that the register lacks, between those it has (number -> validFrom); None: no room.

    `hint`: the number in the name of its file, 0 if none; it counts where the order of `validFrom` allows it.
    """
    below = max((number for number, begun in known.items() if begun < valid_from), default=0)
    above = min((number for number, begun in known.items() if begun > valid_from), default=None)
    number = hint if below < hint and (above is None or hint < above) else below + 1
    return number if above is None or number < above else None


@dataclass(frozen=True, slots=True)
class Owner:
    """To whom an index of a list belongs, and whether the register has its bit set."""

    award_id: str
    is_newest: bool
    is_set: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """What set bits of published lists tell. `ended`: awards whose newest revision they stand for.

    `bits`: all that the register has not set; `orphans`: those that belong to nobody it knows.
    """

    ended: tuple[str, ...]
    bits: tuple[StatusEntry, ...]
    orphans: tuple[StatusEntry, ...]


def weigh(published: Iterable[StatusEntry], owners: Mapping[StatusEntry, Owner]) -> Weighed:
    """Hold the set bits of published lists against the register."""
    order = sorted(published, key=lambda entry: (entry.purpose, entry.list_number, entry.index))
    bits = [entry for entry in order if entry in owners and not owners[entry].is_set]
    ended = dict.fromkeys(owners[entry].award_id for entry in bits if owners[entry].is_newest)
    return Weighed(tuple(ended), tuple(bits), tuple(entry for entry in order if entry not in owners))


def is_in_force_again(valid_from: datetime, *, is_set: bool, withdrawn_at: datetime | None, reason: str | None) -> bool:
    """Whether a newer revision that was found takes a withdrawal back, as an appeal does.

    A withdrawal that is older than the revision was overturned by it; one that was only concluded from the bit of an
    older revision was none. `is_set`: the bit of the found revision.
    """
    if is_set or withdrawn_at is None:
        return False
    return reason == WITHDRAWAL or withdrawn_at < valid_from


@dataclass(frozen=True, slots=True)
class Candidate:
    """An award that was recovered from its signed credential and whose result record the register does not have."""

    award_id: str
    credential: str
    blueprint: str
    awarded: datetime
    holders: frozenset[str] = field(repr=False)


def match(record: Record, candidates: Sequence[Candidate]) -> Candidate | None:
    """The recovered award that this result record once led to; None when there is none, or more than one."""
    fitting = [
        each
        for each in candidates
        if record.outcome == _PASS
        and (record.credential, record.blueprint, record.attempt.scored_at)
        == (each.credential, each.blueprint, each.awarded)
        and record.candidate.display_name in set(map(tidy, each.holders))
    ]
    return fitting[0] if len(fitting) == 1 else None
