"""The result record: read strictly, judged by every rule, without clock or storage."""

from .finding import Finding, RecordRefused
from .judge import HOLDING, REPLAYED, RULES, WHOSE, Judgement, Outcome, judge
from .known import EarlierAttempt, Holding, Known, Prior, RecordState
from .person import UNFIT_NAME, is_fit_name
from .read import MAX_RECORD_BYTES, check_evidence_bytes, read_record
from .record import (
    Accommodation,
    Assurance,
    Attempt,
    Candidate,
    Consents,
    DomainScore,
    Evidence,
    Experience,
    Overall,
    PrerequisiteClaim,
    Record,
    Waiver,
)
from .requirements import Reliance
from .sitting import half_up_percent

__all__ = [
    "HOLDING",
    "MAX_RECORD_BYTES",
    "REPLAYED",
    "RULES",
    "UNFIT_NAME",
    "WHOSE",
    "Accommodation",
    "Assurance",
    "Attempt",
    "Candidate",
    "Consents",
    "DomainScore",
    "EarlierAttempt",
    "Evidence",
    "Experience",
    "Finding",
    "Holding",
    "Judgement",
    "Known",
    "Outcome",
    "Overall",
    "PrerequisiteClaim",
    "Prior",
    "Record",
    "RecordRefused",
    "RecordState",
    "Reliance",
    "Waiver",
    "check_evidence_bytes",
    "half_up_percent",
    "is_fit_name",
    "judge",
    "read_record",
]
