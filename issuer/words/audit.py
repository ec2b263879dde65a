"""What is said to whoever looks an issuer over: the doctor's report, and a case file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from verifier.format.display import whole
from verifier.format.timestamp import format_seconds

from ..service.doctor import Level, Line
from ..service.exportcase import Exported

_MARKS: Final = {Level.OK: "ok", Level.WARNING: "warning", Level.RED: "RED"}


def report(lines: Sequence[Line]) -> str:
    """A line each, and how many there are of each kind."""
    told = [f"{_MARKS[each.level]:<8} {each.code:<23} {whole(each.sentence)}" for each in lines]
    counts = {level: sum(each.level is level for each in lines) for level in Level}
    summary = f"{counts[Level.RED]} red, {counts[Level.WARNING]} warning, {counts[Level.OK]} ok"
    return "\n".join((*told, summary))


def report_json(lines: Sequence[Line], at: datetime) -> dict[str, Any]:
    """As `report`."""
    return {
        "checkedAt": format_seconds(at),
        "level": str(max((each.level for each in lines), key=list(Level).index)),
        "checks": [{"code": each.code, "level": str(each.level), "detail": each.sentence} for each in lines],
    }


def exported(done: Exported) -> str:
    """Where the case file lies, and what it is."""
    return "\n".join(
        (
            f"Exported {done.public_id}: {done.path} ({len(done.members)} files, README.txt explains them)",
            "It holds personal data. Hand it on encrypted, and delete it when the case is closed.",
        )
    )


def exported_json(done: Exported) -> dict[str, Any]:
    """As `exported`."""
    return {
        "publicId": done.public_id,
        "file": str(done.path),
        "members": list(done.members),
        "holdsPersonalData": True,
    }
