"""Result records of as many different people as a test needs, each with a name, address and attempt of their own."""

import json
from functools import cache
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[2] / "examples" / "results"


@cache
def _example(kind: str) -> str:
    return (RESULTS / f"{kind}-pass.json").read_text(encoding="utf-8")


def record(number: int, kind: str = "aima") -> dict[str, Any]:
    """A pass of person `number`: `aima`, or `caig`, which rests on the AIMA of the same person."""
    value: dict[str, Any] = json.loads(_example(kind))
    value["resultId"], value["attempt"]["attemptId"] = f"res-{kind}-{number}", f"att-{kind}-{number}"
    value["candidate"] |= {
        "candidateId": f"cand-{number}",
        "displayName": f"Person {number}",
        "email": f"n{number}@candidate.example",
    }
    return value


def record_file(folder: Path, number: int, kind: str = "aima") -> Path:
    """The same as a file."""
    path = folder / f"{kind}-{number}.json"
    path.write_text(json.dumps(record(number, kind)), encoding="utf-8")
    return path
