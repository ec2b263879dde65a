"""Good result records to start from, and one way to change a single thing in them."""

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from issuer.catalog import load_catalog
from issuer.results import Holding, Judgement, Known, judge, read_record

RESULTS = Path(__file__).parents[3] / "examples" / "results"
CATALOG = load_catalog()
DROP = object()


def good(name: str) -> dict[str, Any]:
    """`aima` or `caig`: a passing record as JSON."""
    value: dict[str, Any] = json.loads((RESULTS / f"{name}-pass.json").read_text(encoding="utf-8"))
    return value


def change(record: dict[str, Any], changes: dict[str, Any]) -> bytes:
    """The record's bytes with each dotted path set, or dropped with DROP."""
    record = copy.deepcopy(record)
    for path, value in changes.items():
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
        target: Any = record
        for part in parents:
            target = target[part]
        if value is DROP:
            del target[last]
        else:
            target[last] = value
    return json.dumps(record, ensure_ascii=False).encode()


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


AIMA_AWARD = Holding(
    public_id="AIMA-2026-7K3Q9FW8",
    credential="AIMA",
    awarded=instant("2026-07-01T09:31:13+00:00"),
    valid_until=instant("2028-07-01T23:59:59+00:00"),
)
CAIG_AWARD = replace(AIMA_AWARD, public_id="CAIG-2026-4T8ZQ2MN", credential="CAIG")
ENOUGH = {"aima": Known(), "caig": Known(person="p1", holdings=(AIMA_AWARD,))}
"""What the register must know for the good record of that name to be accepted."""


Changes = dict[str, Any]


def answer(name: str, changes: Changes | None = None, known: Known | None = None, **later: int) -> Judgement:
    """The judgement on a changed good record, a second after it was scored or `later`."""
    record = read_record(change(good(name), changes or {}))
    at = record.attempt.scored_at + timedelta(**(later or {"seconds": 1}))
    return judge(record, ENOUGH[name] if known is None else known, CATALOG, at)
