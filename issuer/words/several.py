"""What is said of files that were made for several credentials."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import IssuerError


@dataclass(frozen=True, slots=True)
class Made:
    """One of several: its file, or why there is none."""

    public_id: str
    result: Path | IssuerError


def made(results: Sequence[Made]) -> str:
    """How many there are, and every one that could not be made."""
    refused = [(each.public_id, each.result) for each in results if isinstance(each.result, IssuerError)]
    lines = [f"  {public_id}: {error.detail} [{error.code}]" for public_id, error in refused]
    return "\n".join((f"Made {len(results) - len(refused):,} of {len(results):,} files.", *lines))


def so_far(done: int, total: int, folder: Path) -> str:
    """How far it came before something ended it."""
    return f"Of {total:,} files {done:,} are made in {folder}; run the same command again for all of them."


def made_json(results: Sequence[Made]) -> list[dict[str, Any]]:
    """Each with its `file`, or with `error`."""
    return [{"publicId": each.public_id, **_result(each.result)} for each in results]


def _result(result: Path | IssuerError) -> dict[str, Any]:
    if isinstance(result, Path):
        return {"file": str(result)}
    return {"error": {"code": result.code, "detail": result.detail}}
