"""What became of result records."""

from collections.abc import Iterator, Sequence
from typing import Any

from verifier.format.display import visible, whole
from verifier.format.timestamp import format_seconds

from ..service.accept import Accepted, Answer
from ..service.hold import Held

_HEADINGS = {
    Answer.ISSUED: "Issued",
    Answer.FAILED: "Not passed; kept for the diagnostic, nothing issued",
    Answer.HELD: "Held for a decision",
    Answer.REFUSED: "Refused",
    Answer.REPLAYED: "Received before; the first answer again",
}


def answer(accepted: Accepted, name: str) -> str:
    """What became of one record; `name` stands for it when it has no public id."""
    return "\n".join(_answer_lines(accepted, name))


def _answer_lines(accepted: Accepted, name: str) -> Iterator[str]:
    heading = _HEADINGS[accepted.answer]
    if accepted.first is not None:
        heading += f" ({accepted.first})"
    yield f"{heading}: {accepted.public_id or visible(name)}"
    for path in accepted.files:
        yield f"  File: {path}"
    for finding in accepted.findings:
        yield f"  {finding.code}: {whole(finding.detail)}"


def answer_json(accepted: Accepted) -> dict[str, Any]:
    """As `answer`."""
    return {
        "outcome": str(accepted.answer),
        "first": str(accepted.first) if accepted.first else None,
        "resultId": accepted.result_id or None,
        "publicId": accepted.public_id,
        "codes": list(accepted.codes),
        "findings": [{"code": finding.code, "detail": finding.detail} for finding in accepted.findings],
        "files": [str(path) for path in accepted.files],
    }


def held(waiting: Sequence[Held]) -> str:
    """The records that wait, a line each."""
    lines = [
        f"{each.result_id:<32} {visible(each.platform):<24} {each.credential:<6} {format_seconds(each.received_at)}"
        f"  {', '.join(each.codes)}"
        for each in waiting
    ]
    return "\n".join(lines) or "Nothing is held."


def held_json(each: Held) -> dict[str, Any]:
    """One waiting record."""
    return {
        "platform": each.platform,
        "resultId": each.result_id,
        "credential": each.credential,
        "receivedAt": format_seconds(each.received_at),
        "codes": list(each.codes),
    }
