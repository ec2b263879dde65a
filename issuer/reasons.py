"""The reasons that an operator may give for an act on an award: data, so that a policy changes without code."""

from verifier.format.strictjson import load_object

from .catalog import SCHEMAS
from .errors import IssuerError


def reasons(act: str) -> tuple[str, ...]:
    """The reason codes for `revocation`, `replacement`, `suspension` or `reinstatement`."""
    values = load_object((SCHEMAS / "policy" / "reasons-1.json").read_bytes()).get(act)
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def require(act: str, reason: str) -> str:
    """`reason`, if it stands for `act`; raises IssuerError `reason.unknown`."""
    known = reasons(act)
    if reason not in known:
        raise IssuerError("reason.unknown", f"{reason[:64]!r} is no reason for {act}; give one of: {', '.join(known)}.")
    return reason
