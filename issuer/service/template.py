"""A table to begin a batch with: the headers of one kind of credential, and an example in the row below.

The example goes through the look of `certify batch`. Only a demonstration answers it: elsewhere somebody would issue a
credential to nobody by leaving it in the file.
"""

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any, Final

from verifier.format.timestamp import format_seconds

from .. import tabular
from ..catalog import Blueprint
from ..errors import IssuerError
from ..results import SCHEMA, Finding
from .desk import Desk
from .row import Row

SEPARATORS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""What stands between cells; Excel takes the semicolon where a comma is the decimal sign."""
EXAMPLE: Final = "EXAMPLE-"
"""What the id of the example begins with."""
LEFT_IN: Final = Finding("batch.row-example", "This is the example of the template: delete the row.")
_MARKED: Final = frozenset(("consents.terms", "experience.from", "prerequisite.waiver.date", "evidence.0.preparedAt"))
"""Columns of days: with an apostrophe in front a spreadsheet leaves them as they are, and the reader passes it over."""
_BYTES: Final = {"byteLength": 48_211, "digest": {"alg": "sha-256", "hex": "0123456789abcdef" * 4}}


def table(desk: Desk, credential: str, separator: str, at: datetime) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it. Raises IssuerError `batch.template`."""
    if credential not in desk.catalog.credentials:
        known = ", ".join(sorted(desk.catalog.credentials))
        raise IssuerError("batch.template", f"There is no such credential here. Name one of: {known}.")
    cells = tabular.encode(_record(desk.catalog.current(credential, at), at))
    cells |= {name: f"'{cells[name]}" for name in _MARKED & cells.keys()}
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows((cells, cells.values()))
    return stream.getvalue().encode("utf-8-sig")


def refused_example(desk: Desk, row: Row) -> Row:
    """The row, or where it is an example that nobody should issue, the same as a refused one."""
    if desk.config.demo or not row.sheet or f'"resultId":"{EXAMPLE}'.encode() not in row.data:
        return row
    result_id = str(json.loads(row.data)["resultId"])
    return Row(row.number, row.line, findings=(LEFT_IN,), sheet=row.sheet, result_id=result_id)


def _record(blueprint: Blueprint, at: datetime) -> dict[str, Any]:
    """A pass of the day before by somebody who has every document."""
    begun = (at - timedelta(days=1)).replace(microsecond=0)
    questions = sum(domain.questions for domain in blueprint.domains)
    return {
        "schema": SCHEMA,
        "resultId": f"{EXAMPLE}{blueprint.credential}-{begun:%Y%m%d%H%M%S}",
        "platform": "your-platform",
        "credential": blueprint.credential,
        "blueprint": blueprint.id,
        "candidate": {
            "candidateId": f"candidate-{begun:%Y%m%d%H%M%S}",
            "displayName": "Zoë Example",
            "email": "zoe@candidate.example",
        },
        "attempt": _attempt(blueprint, begun),
        **_beyond_the_exam(blueprint, begun.date() - timedelta(days=30)),
        "domains": [
            {"code": each.code, "questions": each.questions, "correct": each.questions} for each in blueprint.domains
        ],
        "overall": {"rawScore": questions, "maxScore": blueprint.max_score, "passRaw": blueprint.pass_raw},
        "outcome": "pass",
        "assurance": {"identity": blueprint.minimum_identity, "proctoring": "none", "integrity": "clear"},
        "consents": {"terms": blueprint.terms_versions[-1], "listInRegistry": False, "discloseScore": False},
    }


def _attempt(blueprint: Blueprint, begun: datetime) -> dict[str, Any]:
    ended = begun + blueprint.time_limit // 2
    return {
        "attemptId": f"attempt-{begun:%Y%m%d%H%M%S}",
        "number": 1,
        "startedAt": format_seconds(begun),
        "completedAt": format_seconds(ended),
        "scoredAt": format_seconds(ended + timedelta(seconds=1)),
        "language": "en",
    }


def _beyond_the_exam(blueprint: Blueprint, day: date) -> dict[str, Any]:
    """What the blueprint asks for beside a pass; a waiver, since nobody knows which credential there is."""
    found: dict[str, Any] = {}
    if blueprint.prerequisite:
        waiver = {"code": "WAIVER-EXAMPLE", "approver": "approvals board", "date": day.isoformat()}
        found["prerequisite"] = {"credential": blueprint.prerequisite.credential, "waiver": waiver}
    if blueprint.minimum_initiatives:
        initiatives = blueprint.minimum_initiatives
        found["experience"] = {"declared": True, "initiatives": initiatives, "from": day.isoformat(), "role": "lead"}
    if blueprint.evidence_types:
        document = {
            "type": blueprint.evidence_types[0],
            "title": "Model card",
            "mediaType": "application/pdf",
            **_BYTES,
        }
        found["evidence"] = [{**document, "preparedAt": day.isoformat(), "confidential": True}]
    return found
