"""What the issuer's answers mean to a candidate, in plain words; each code stays beside its sentence."""

from typing import Final

_CODES: Final = {
    "duplicate.active": "You already hold this credential, and it is in force. It can be renewed in its last months.",
    "attempt.policy": "The issuer counts more starts for you than its rules allow for now. Wait a day, then try again.",
    "candidate.name": "The issuer cannot put the name that you gave on a credential.",
    "candidate.mismatch": "Another e-mail address was given in this browser before. Somebody will look at it.",
    "integrity.hold": "Somebody at the issuer wants to look at this sitting before anything is decided.",
    "decision.person": "A person at the issuer takes this decision.",
    "consent.terms": "The issuer does not know the version of the terms that you agreed to. The fault is ours.",
    "blueprint.unknown": "The issuer does not offer this exam, or no longer. The fault is ours.",
    "time.limit": "The issuer says that the sitting took longer than is allowed.",
    "time.stale": "The sitting is too long ago for the issuer to accept it.",
    "time.future": "The clock of this exam is wrong. The fault is ours.",
}
_OTHER: Final = "The issuer found a fault in what this exam sent. The fault is ours, not yours."


def explained(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each code with its sentence. `outcome.fail` is no fault, and is told elsewhere."""
    return [(code, _CODES.get(code, _OTHER)) for code in codes if code != "outcome.fail"]
