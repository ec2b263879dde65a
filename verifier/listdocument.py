"""A status list as the document itself: named as what it is, and judged by what it holds. It is about nobody."""

from .examination import Examination, StatusList
from .format.errors import FormatError
from .format.types import JsonObject, as_list
from .model import period
from .standing import NotApplicableError
from .statuslists import end_of, is_list

# A list that is damaged leaves a credential open, which may be all right; as the document it is simply wrong.
_AS_DOCUMENT = {"status.encoding": "list.encoding", "status.size": "list.size"}


def certificate(case: Examination) -> None:
    """A status list is no certificate, so nothing about it can be "in force"."""
    purposes = [each for subject in _subjects(case.document) for each in as_list(subject.get("statusPurpose"))]
    named = ", ".join(str(each)[:40] for each in purposes[:4] if isinstance(each, str))
    raise FormatError(
        "kind.status-list", f"A status list ({named or 'no purpose'}) in the name of {case.signer[:200]}."
    )


def list_content(case: Examination) -> None:
    """Bitstring Status List 1.0 section 2.2: it says what it is for, and its bits can be read and are enough."""
    subjects = _subjects(case.shown)
    if not _is_read_here(case.shown, subjects):
        raise NotApplicableError
    if len(subjects) != 1 or not is_list(case.shown, subjects[0]):
        raise FormatError("list.form", "It is not one BitstringStatusList in a BitstringStatusListCredential.")
    purposes = [each for each in as_list(subjects[0].get("statusPurpose")) if isinstance(each, str)]
    if not purposes:
        raise FormatError("list.form", "It does not say what it is for (statusPurpose).")
    try:
        case.bits(str(subjects[0].get("encodedList")))
    except FormatError as error:
        raise FormatError(_AS_DOCUMENT[error.code], error.detail) from None
    start, until = period(case.shown)
    case.lists = [StatusList(purpose, 0, start, end_of(until, case), case.signer) for purpose in purposes]


def _subjects(document: JsonObject) -> list[JsonObject]:
    return [each for each in as_list(document.get("credentialSubject")) if isinstance(each, dict)]


def _is_read_here(document: JsonObject, subjects: list[JsonObject]) -> bool:
    """Whether it calls itself a list of the kind that is read here, at one of the two places where it has to."""
    named = any("BitstringStatusList" in as_list(each.get("type")) for each in subjects)
    return named or "BitstringStatusListCredential" in as_list(document.get("type"))
