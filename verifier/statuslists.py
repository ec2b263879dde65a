"""What the status lists at hand say about a credential's entries (Bitstring Status List 1.0 sections 2 and 3.2)."""

from datetime import datetime
from typing import Final, TypeGuard

from .examination import Examination, StatusList
from .format import statuslist
from .format.errors import FormatError
from .format.types import Json, JsonObject, as_list
from .limits import MAX_STATUS_SIZE
from .model import period
from .proofs import SKEW
from .report import StatusEntry
from .wellformed import issuer_id

REVOCATION: Final = "revocation"
SUSPENSION: Final = "suspension"
REFRESH: Final = "refresh"
MESSAGE: Final = "message"
JUDGED: Final = (REVOCATION, SUSPENSION)
"""Purposes that decide a verdict; the others only tell something."""
_ANOTHER_LIST: Final = ("status.not-genuine", "status.issuer")
"""Codes of a copy that is not to be believed at all, and so takes the word from no other copy."""
_PURPOSES: Final = (*JUDGED, REFRESH, MESSAGE)


def read_entry(case: Examination, entry: Json) -> FormatError | None:
    """Note what the list says about one entry of the credential, or answer why it says nothing."""
    if not isinstance(entry, dict) or "BitstringStatusListEntry" not in as_list(entry.get("type")):
        return FormatError("status.type", f"{_kind(entry)} is not checked here.")
    purpose, url = entry.get("statusPurpose"), entry.get("statusListCredential")
    if not isinstance(purpose, str) or purpose not in _PURPOSES or not isinstance(url, str):
        return FormatError("status.type", "A status entry has a purpose that is not checked here.")
    malformed = None if _says_what_it_means(entry) else _without_meaning()
    try:
        size = _size(entry)
        index = statuslist.parse_index(entry.get("statusListIndex"))
        found = _read_list(case, purpose, url, index * size, size)
    except FormatError as error:
        case.entries.append(StatusEntry(purpose, url, -1))
        if malformed or purpose in JUDGED:
            return malformed or error
        case.warn("status.note-missing", f"What its {purpose} list says could not be told: {error.detail}")
        return None
    case.lists.append(found)
    case.entries.append(StatusEntry(purpose, url, index, found.value != 0, found.valid_from))
    if not malformed:
        _tell(case, purpose, entry, found.value)
    return malformed


def _kind(entry: Json) -> str:
    types = as_list(entry.get("type")) if isinstance(entry, dict) else []
    return f"A status of the type {str(types[0])[:60]}" if types else "A status without a type"


def _without_meaning() -> FormatError:
    return FormatError("status.message-form", "A status entry has no statusMessage for each value of its size.")


def _says_what_it_means(entry: JsonObject) -> bool:
    """Section 2.1: one message for each value; an entry of one bit can do without, and means "set" and "unset"."""
    messages, size = as_list(entry.get("statusMessage")), entry.get("statusSize", 1)
    if not _is_size(size) or (not messages and size == 1):
        return True  # another size is another fault
    return len(messages) == 1 << size and all(
        isinstance(each, dict) and isinstance(each.get("status"), str) and isinstance(each.get("message"), str)
        for each in messages
    )


def _is_size(size: Json) -> TypeGuard[int]:
    return isinstance(size, int) and not isinstance(size, bool) and 1 <= size <= MAX_STATUS_SIZE


def _size(entry: JsonObject) -> int:
    size = entry.get("statusSize", 1)
    if not _is_size(size):
        raise FormatError("status.type", f"statusSize is not a number from 1 to {MAX_STATUS_SIZE}.")
    return size


def _tell(case: Examination, purpose: str, entry: JsonObject, value: int) -> None:
    """The purposes that never invalidate: a newer version exists, or a message stands for the value."""
    if purpose == REFRESH and value:
        case.warn("status.refresh", "The issuer offers a newer version of this credential.")
    if purpose == MESSAGE:
        texts = {
            str(each.get("status")).lower(): str(each.get("message"))
            for each in as_list(entry.get("statusMessage"))
            if isinstance(each, dict)
        }
        case.warn("status.message", f"The issuer says: {texts.get(f'{value:#x}', f'status {value:#x}')}")


def _read_list(case: Examination, purpose: str, url: str, position: int, size: int) -> StatusList:
    """The newest genuine copy decides; an older one can only add a revocation, which no newer list takes back."""
    copies = case.trust.list_copies(url)
    if not copies:
        raise FormatError("status.missing", f"The list {url[:200]} is not at hand.")
    readings: list[StatusList] = []
    problem: FormatError | None = None
    for copy in copies:
        try:
            readings.append(_read_copy(case, copy, purpose, url, position, size))
        except FormatError as error:
            if not readings and error.code not in _ANOTHER_LIST:
                raise  # the issuer's newest word is unreadable: an older copy must not speak in its place
            problem = problem or error
    if not readings and problem:
        raise problem
    if purpose != REVOCATION:
        return _deciding(case, readings)
    newest = readings[0]
    if not newest.value and any(each.value for each in readings):
        newest.value = 1
        case.warn("status.unrevoked", "A newer list no longer shows a withdrawal that an older one shows.")
    return newest


def _deciding(case: Examination, readings: list[StatusList]) -> StatusList:
    """The newest copy; yet no list of another issuer takes back what the issuer's own newest one says."""
    own = next((each for each in readings if each.issuer == case.signer), None)
    return own if own and own.value else readings[0]


def _read_copy(case: Examination, copy: JsonObject, purpose: str, url: str, position: int, size: int) -> StatusList:
    examined = case.examine(copy)
    if not examined.authentic:
        raise FormatError("status.not-genuine", f"The list {url[:200]} did not pass its own checks.")
    document = examined.shown
    issuer = issuer_id(document)
    if issuer != case.signer and not case.accepts(issuer):
        raise FormatError("status.issuer", f"The list {url[:200]} is issued by {issuer[:120]}.")
    subject = document["credentialSubject"]
    if document.get("id", url) != url or not isinstance(subject, dict) or not is_list(document, subject):
        raise FormatError("status.not-genuine", f"What is at hand for {url[:200]} is not that status list.")
    if purpose not in as_list(subject.get("statusPurpose")):
        raise FormatError("status.purpose", f"The list {url[:200]} is not for {purpose}.")
    value = statuslist.value(case.bits(str(subject.get("encodedList"))), position, size)
    valid_from, valid_until = period(document)
    if valid_from is None or valid_from - case.at <= SKEW:  # one from the future is not worth remembering
        case.genuine_lists.setdefault(url, copy)
    return StatusList(purpose, value, valid_from, end_of(valid_until, examined), issuer)


def end_of(valid_until: datetime | None, examined: Examination) -> datetime | None:
    """The earliest end that a list names: its own, or that of its signature."""
    ends = [valid_until, *(proof.expires for proof in examined.proofs)]
    return min((end for end in ends if end), default=None)


def is_list(document: JsonObject, subject: JsonObject) -> bool:
    """Whether a credential and its subject are of the types of a status list."""
    types = as_list(document.get("type"))
    return "BitstringStatusListCredential" in types and "BitstringStatusList" in as_list(subject.get("type"))
