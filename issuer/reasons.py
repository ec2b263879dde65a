"""The reasons that an operator may give for an act on an award: data, so that a policy changes without code."""

from typing import Final

from verifier.format.strictjson import load_object

from .catalog import SCHEMAS
from .errors import IssuerError
from .results.text import has_control, is_blank

MAX_REFERENCE: Final = 200
"""Characters of a reference; the register's columns hold as many."""


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


def signed(text: str, who: str) -> str:
    """The reference of a decision, with who carried it out; raises IssuerError `decision.reference`."""
    return reference(f"{reference(text)} / {who}")


def reference(text: str) -> str:
    """`text`, if it can name a decision or who took it; raises IssuerError `decision.reference`."""
    surrogates = any("\ud800" <= character <= "\udfff" for character in text)
    if is_blank(text) or len(text) > MAX_REFERENCE or has_control(text) or surrogates:
        raise IssuerError(
            "decision.reference",
            f"A decision and who took it are named in 1 to {MAX_REFERENCE} characters, none of them control.",
        )
    return text
