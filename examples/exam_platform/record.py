"""The result record of a finished sitting, as bytes (schemas/result-record-1.json). Pure; no answer is in it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .exam import Exam
from .sitting import Sitting, score


def result_record(
    exam: Exam,
    platform: str,
    sitting: Sitting,
    answers: Mapping[str, str],
    *,
    completed_at: datetime,
    scored_at: datetime,
) -> bytes:
    """What is stored, signed and sent: these bytes, and never others for this sitting."""
    domains = score(exam, answers)
    raw, maximum = sum(right for _, right in domains.values()), len(exam.questions)
    record = {
        "schema": "result-record/1",
        "resultId": f"res_{sitting.id}",
        "platform": platform,
        "credential": exam.credential,
        "blueprint": exam.blueprint,
        "candidate": {
            "candidateId": sitting.candidate,
            "displayName": sitting.entry.name,
            "email": sitting.entry.email,
        },
        "attempt": _attempt(exam, sitting, completed_at, scored_at),
        "domains": [{"code": code, "questions": asked, "correct": right} for code, (asked, right) in domains.items()],
        "overall": {"rawScore": raw, "maxScore": maximum, "passRaw": exam.pass_raw},
        "outcome": "pass" if raw >= exam.pass_raw else "fail",
        # A name typed into a form, in a browser that nobody watched: claim no more.
        "assurance": {"identity": "self-asserted", "proctoring": "none", "integrity": "clear"},
        "consents": {
            "terms": exam.terms,
            "listInRegistry": sitting.entry.list_in_registry,
            "discloseScore": sitting.entry.disclose_score,
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=2).encode()


def _attempt(exam: Exam, sitting: Sitting, completed_at: datetime, scored_at: datetime) -> dict[str, Any]:
    extra = sitting.entry.accommodation
    return {
        "attemptId": f"att_{sitting.id}",
        "number": sitting.number,
        "startedAt": instant(sitting.started_at),
        "completedAt": instant(completed_at),
        "scoredAt": instant(scored_at),
        "language": exam.language,
        "accommodation": extra and {"extraMinutes": extra.extra_minutes, "approvalRef": extra.approval_ref},
    }


def instant(at: datetime) -> str:
    """`2026-07-01T09:00:00.000Z`: a quick sitting, too, must end after it began, so whole seconds are too coarse."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
