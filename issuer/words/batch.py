"""What is said of many records at once, and of a credential that is none yet."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verifier.format.display import visible, whole
from verifier.format.timestamp import format_seconds

from ..errors import outside
from ..service.accept import Answer
from ..service.batch import Preflight, counted
from ..service.batches import Batch
from ..service.outcomes import Outcomes
from ..service.preview import Preview
from ..service.rows import Survey

_WOULD = {
    Answer.ISSUED: "would be issued",
    Answer.FAILED: "would be kept as not passed, for the diagnostic",
    Answer.HELD: "would be held for a decision",
    Answer.REFUSED: "would be refused",
    Answer.REPLAYED: "would get its first answer again",
}


def preflight(looked: Preflight) -> str:
    """What would become of the rows, and the first ones with problems."""
    return "\n".join(_preflight_lines(looked))


def _preflight_lines(looked: Preflight) -> Iterator[str]:
    yield f"Rows: {looked.survey.rows:,}"
    if looked.answered:
        yield f"  {looked.answered:>7,}  answered before"
    yield from (f"  {looked.counts[answer]:>7,}  {said}" for answer, said in _WOULD.items() if looked.counts[answer])
    for problem in looked.problems:
        where = f"Row {problem.row.number} ({problem.row.where})"
        yield f"{where}, {visible(problem.result_id) or 'no id'}: {problem.answer}"
        yield from (f"  {finding.code}: {whole(finding.detail)}" for finding in problem.findings)
    if looked.more:
        yield f"And {looked.more:,} more rows that would be refused or held."
    if looked.tidied:
        rows = f"{looked.tidied:,} row{'' if looked.tidied == 1 else 's'}"
        yield f"In {rows} a name or title is signed without the space around it, or composed (NFC):"
        for each in looked.examples:
            yield f"  row {each.row.number} ({each.row.where}), {visible(each.result_id)}: {', '.join(each.tidied)}"
    if looked.tidied > len(looked.examples):
        yield f"  and {looked.tidied - len(looked.examples):,} more"


def sent_json(batch: Batch) -> dict[str, Any]:
    """A batch that was sent to the service, and how far it is."""
    code, detail = batch.stopped or (None, None)
    return {
        "id": batch.id,
        "by": batch.by,
        "at": format_seconds(batch.at),
        "rows": batch.survey.rows,
        "state": str(batch.state),
        "progress": batch.progress,
        "preflight": batch.looked,
        "answers": batch.answers,
        "problem": {"code": code, "detail": outside(code, detail)} if code and detail else None,
    }


def answered(kept: Outcomes) -> str:
    """What became of the rows, and where each answer stands."""
    return "\n".join(
        (
            *(f"{answer.capitalize() + ':':<10}{kept.counts[answer]:>7,}" for answer in Answer),
            f"Each row's answer, and the link of each candidate: {kept.path}",
            "Links are secrets: whoever has one acts as the candidate. See certify links export.",
        )
    )


def template(path: Path, kind: str) -> str:
    """Where a table to begin with was written, and what to do with it."""
    return (
        f"Wrote {path}: the headers for {kind}, and an example below them. Put your rows in its place, save the table "
        f"as CSV (UTF-8), and look at it with certify batch {path} --dry-run."
    )


def so_far(kept: Outcomes, survey: Survey) -> str:
    """How far a batch came that something ended."""
    return (
        f"Of {survey.rows:,} rows {kept.answered:,} are answered in {kept.path}; run the same command again to go on."
    )


def batch_json(looked: Preflight, kept: Outcomes | None = None) -> dict[str, Any]:
    """As `preflight` and `answered` together."""
    return {
        "batch": looked.survey.digest,
        "rows": looked.survey.rows,
        "preflight": looked.to_json(),
        "answers": counted(kept.counts) if kept else None,
        "outcomeFile": str(kept.path) if kept else None,
    }


def preview(shown: Preview) -> str:
    """The judgement, then what would be signed."""
    lines = [f"PREVIEW, nothing was issued or stored. Now this record {_WOULD[shown.answer]}."]
    lines += [f"  {finding.code}: {whole(finding.detail)}" for finding in shown.findings]
    if shown.credential:
        lines.append(json.dumps(shown.credential, indent=2))
    return "\n".join(lines)


def preview_json(shown: Preview) -> dict[str, Any]:
    """As `preview`."""
    return {
        "outcome": str(shown.answer),
        "resultId": shown.result_id or None,
        "codes": list(dict.fromkeys(finding.code for finding in shown.findings)),
        "findings": [{"code": finding.code, "detail": finding.detail} for finding in shown.findings],
        "credential": shown.credential,
    }
