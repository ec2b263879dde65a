"""Bytes to a result record, strictly: one reading or a refusal with every fault of shape."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any, Final

from verifier.format import strictjson, timestamp
from verifier.format.errors import FormatError
from verifier.format.types import Json

from .finding import Finding, RecordRefused
from .record import (
    Accommodation,
    Assurance,
    Attempt,
    Candidate,
    Consents,
    DomainScore,
    Evidence,
    Experience,
    Overall,
    PrerequisiteClaim,
    Record,
    Waiver,
)
from .shape import shape_findings

MAX_RECORD_BYTES: Final = 1 << 16
"""Bytes of one record: counts and digests need a few thousand."""


def read_record(data: bytes) -> Record:
    """The record that `data` is; raises RecordRefused, and nothing else, for every other byte string."""
    try:
        value = strictjson.loads(data, max_bytes=MAX_RECORD_BYTES)
    except FormatError as error:
        raise RecordRefused((Finding("json.strict", _sentence(error)),)) from None
    if findings := shape_findings(value):
        raise RecordRefused(findings)
    return _record(value, data)


def check_evidence_bytes(evidence: Evidence, data: bytes) -> Iterator[Finding]:
    """What disagrees between an evidence entry and the document supplied for it (`evidence.digest`)."""
    if len(data) != evidence.byte_length:
        yield Finding("evidence.digest", "The document is not as long as stated: send the right one.")
    if sha256(data).hexdigest() != evidence.hex:
        yield Finding("evidence.digest", "The document has not the digest stated: send the right one.")


def _sentence(error: FormatError) -> str:
    """A duplicate name is not quoted: it might be a person's."""
    detail = "A name stands twice in one object." if error.code == "json.duplicate-name" else error.detail
    return f"The record is not strict JSON: {detail}"


def _record(value: Any, data: bytes) -> Record:
    """From JSON whose shape has been checked."""
    return Record(
        result_id=value["resultId"],
        platform=value["platform"],
        credential=value["credential"],
        blueprint=value["blueprint"],
        candidate=_candidate(value["candidate"]),
        attempt=_attempt(value["attempt"]),
        prerequisite=_prerequisite(value.get("prerequisite")),
        experience=_experience(value.get("experience")),
        domains=tuple(DomainScore(**item) for item in value["domains"]),
        overall=_overall(value["overall"]),
        outcome=value["outcome"],
        assurance=Assurance(**value["assurance"]),
        evidence=tuple(map(_evidence, value.get("evidence", ()))),
        consents=_consents(value["consents"]),
        digest=sha256(data).hexdigest(),
        raw=data,
    )


def _candidate(value: Any) -> Candidate:
    return Candidate(value["candidateId"], value["displayName"], value.get("email"), value.get("subjectId"))


def _attempt(value: Any) -> Attempt:
    extra = value.get("accommodation")
    return Attempt(
        attempt_id=value["attemptId"],
        number=value["number"],
        started_at=timestamp.parse(value["startedAt"]),
        completed_at=timestamp.parse(value["completedAt"]),
        scored_at=timestamp.parse(value["scoredAt"]),
        language=value["language"],
        accommodation=None if extra is None else Accommodation(extra["extraMinutes"], extra["approvalRef"]),
    )


def _prerequisite(value: Any) -> PrerequisiteClaim | None:
    if value is None:
        return None
    waiver = value["waiver"]
    if waiver is not None:
        waiver = Waiver(waiver["code"], waiver["approver"], date.fromisoformat(waiver["date"]))
    return PrerequisiteClaim(value["credential"], value["credentialId"], waiver)


def _experience(value: Any) -> Experience | None:
    if value is None:
        return None
    return Experience(
        declared=value["declared"],
        initiatives=value["initiatives"],
        begun=_day(value["from"]),
        role=value.get("role"),
        attestor=value.get("attestor"),
    )


def _overall(value: Any) -> Overall:
    return Overall(value["rawScore"], value["maxScore"], value["passRaw"], value.get("percent"))


def _evidence(value: Any) -> Evidence:
    return Evidence(
        type=value["type"],
        title=value["title"],
        media_type=value["mediaType"],
        byte_length=value["byteLength"],
        alg=value["digest"]["alg"],
        hex=value["digest"]["hex"],
        prepared_at=_day(value.get("preparedAt")),
        confidential=value["confidential"],
    )


def _consents(value: Any) -> Consents:
    return Consents(value["terms"], value["listInRegistry"], value["discloseScore"])


def _day(text: Json) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
