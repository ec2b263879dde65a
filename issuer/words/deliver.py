"""What is said of certificates and badges that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import IssuerError
from ..service.deliver import Delivery


@dataclass(frozen=True, slots=True)
class Made:
    """One of many: its file, or why there is none."""

    public_id: str
    result: Path | IssuerError


def one(made: Delivery, path: Path) -> str:
    """Where it lies, and how anyone can check it."""
    return f"{path}: {made.public_id}, revision {made.revision}\nThe signed credential is inside it."


def one_json(made: Delivery, path: Path) -> dict[str, Any]:
    """As `one`; `bytes` is the size of the file."""
    return {"publicId": made.public_id, "revision": made.revision, "file": str(path), "bytes": len(made.content)}


def many(results: Sequence[Made]) -> str:
    """How many there are, and every one that could not be made."""
    refused = [(each.public_id, each.result) for each in results if isinstance(each.result, IssuerError)]
    lines = [f"  {public_id}: {error.detail} [{error.code}]" for public_id, error in refused]
    return "\n".join((f"Made {len(results) - len(refused):,} of {len(results):,} certificates.", *lines))


def many_json(results: Sequence[Made]) -> list[dict[str, Any]]:
    """Each with its `file`, or with `error`."""
    return [{"publicId": each.public_id, **_result(each.result)} for each in results]


def _result(result: Path | IssuerError) -> dict[str, Any]:
    if isinstance(result, Path):
        return {"file": str(result)}
    return {"error": {"code": result.code, "detail": result.detail}}
