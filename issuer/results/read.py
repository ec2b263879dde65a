"""Bytes to a result record, strictly: one reading or a refusal with every fault of shape."""

import re
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
from .text import tidy

MAX_RECORD_BYTES: Final = 1 << 16
"""Bytes of one record: counts and digests need a few thousand."""
SCHEMA: Final = "result-record/1"
"""What stands as `schema` in every record."""
ID: Final = re.compile(r"[!-~]{1,128}", re.ASCII)
"""The form of every id in a record, as its schema has it; none holds a name."""


def read_record(data: bytes) -> Record:
    """The record that `data` is; raises RecordRefused, and nothing else, for every other byte string."""
    try:
        value = strictjson.loads(data, max_bytes=MAX_RECORD_BYTES)
    except FormatError as error:
        raise RecordRefused((Finding("json.strict", _sentence(error)),)) from None
    if findings := shape_findings(value):
        raise RecordRefused(findings, _id_of(value))
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


def _id_of(value: Json) -> str:
    """The id of a record that is refused for its shape, so that its sender can find it; "" where there is none."""
    found = value.get("resultId") if isinstance(value, dict) else None
    return found if isinstance(found, str) and ID.fullmatch(found) else ""


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
        tidied=tuple(_tidied(value)),
    )


def _tidied(value: Any) -> Iterator[str]:
    """The members that are signed otherwise than they were sent."""
    named = {"candidate.displayName": value["candidate"]["displayName"]}
    named |= {f"evidence.{place}.title": item["title"] for place, item in enumerate(value.get("evidence", ()))}
    yield from (path for path, text in named.items() if tidy(text) != text)


def _candidate(value: Any) -> Candidate:
    return Candidate(value["candidateId"], tidy(value["displayName"]), value.get("email"), value.get("subjectId"))


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
        title=tidy(value["title"]),
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
