"""The result record: read strictly, judged by every rule, without clock or storage."""

from .finding import Finding, RecordRefused
from .judge import HOLDING, REPLAYED, RULES, WHOSE, Judgement, Outcome, judge
from .known import EarlierAttempt, Holding, Known, Prior, RecordState
from .person import UNFIT_NAME, is_fit_name, name_fault
from .read import ID, MAX_RECORD_BYTES, SCHEMA, check_evidence_bytes, read_record
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
from .text import tidy

__all__ = [
    "HOLDING",
    "ID",
    "MAX_RECORD_BYTES",
    "REPLAYED",
    "RULES",
    "SCHEMA",
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
    "name_fault",
    "read_record",
    "tidy",
]
