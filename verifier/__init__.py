"""Decide whether a verifiable credential is genuine and in force, offline."""

from .policy import Policy
from .report import Check, Level, NotVerifiedError, Report, State, Verdict, VerifiedCredential
from .trust import Trust, TrustError
from .verify import verify, verify_each

__all__ = [
    "Check",
    "Level",
    "NotVerifiedError",
    "Policy",
    "Report",
    "State",
    "Trust",
    "TrustError",
    "Verdict",
    "VerifiedCredential",
    "verify",
    "verify_each",
]
