"""The result record as values: what an assessment platform sends for one finished attempt.

Names follow `schemas/result-record-1.json`; times are aware, in UTC. What identifies a person stays out of
`repr`, so that it does not end up in a log.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """The person as the platform knows them; `subject_id` is a DID, not yet proven."""

    candidate_id: str = field(repr=False)
    display_name: str = field(repr=False)
    email: str | None = field(repr=False)
    subject_id: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accommodation:
    """Approved extra time; never in the credential."""

    extra_minutes: int
    approval_ref: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sitting; `number` counts the candidate's starts, from 1."""

    attempt_id: str
    number: int
    started_at: datetime
    completed_at: datetime
    scored_at: datetime
    language: str
    accommodation: Accommodation | None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A recorded exemption from the prerequisite."""

    code: str
    approver: str
    date: date


@dataclass(frozen=True, slots=True)
class PrerequisiteClaim:
    """What the candidate relies on: an award by public id, a waiver, or neither (it is looked up)."""

    credential: str
    credential_id: str | None
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class Experience:
    """Declared work on real AI initiatives; `begun` is the record's `from`."""

    declared: bool
    initiatives: int
    begun: date | None
    role: str | None
    attestor: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class DomainScore:
    """The count of one domain."""

    code: str
    questions: int
    correct: int


@dataclass(frozen=True, slots=True)
class Overall:
    """The sums as the platform computed them; `percent` has two places, such as `80.00`."""

    raw_score: int
    max_score: int
    pass_raw: int
    percent: str | None


@dataclass(frozen=True, slots=True)
class Assurance:
    """How identity was checked, whether the exam was supervised, and whether anything stands against it."""

    identity: str
    proctoring: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document named by its digest (`hex` of `alg`); its bytes never enter the record."""

    type: str
    title: str
    media_type: str
    byte_length: int
    alg: str
    hex: str
    prepared_at: date | None
    confidential: bool


@dataclass(frozen=True, slots=True)
class Consents:
    """What the candidate agreed to; `terms` is the version of the terms."""

    terms: str
    list_in_registry: bool
    disclose_score: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One result record; `digest` is the SHA-256, in hex, of exactly the bytes in `raw`.

    `tidied`: the members whose text is signed without the space around it, or composed (NFC), unlike `raw` has it.
    """

    result_id: str
    platform: str
    credential: str
    blueprint: str
    candidate: Candidate
    attempt: Attempt
    prerequisite: PrerequisiteClaim | None
    experience: Experience | None
    domains: tuple[DomainScore, ...]
    overall: Overall
    outcome: str
    assurance: Assurance
    evidence: tuple[Evidence, ...]
    consents: Consents
    digest: str
    raw: bytes = field(repr=False)
    tidied: tuple[str, ...] = ()
