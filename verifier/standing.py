"""The checks after the signature: is a genuine credential in force, and is its issuer accepted?"""

from datetime import datetime

from .checks import SKEW
from .codes import CODES, Effect
from .examination import Examination, StatusList
from .format import statuslist
from .format.errors import FormatError
from .format.timestamp import format_seconds, parse
from .format.types import Json, JsonObject
from .limits import MAX_STATUS_ENTRIES
from .report import StatusEntry
from .schema import departures
from .wellformed import as_list, issuer_id

REVOCATION = "revocation"
SUSPENSION = "suspension"
_PURPOSES = (REVOCATION, SUSPENSION)


class NotApplicableError(Exception):
    """The check has nothing to say about this credential."""


def validity_period(case: Examination) -> None:
    """VCDM 2.0 section 4.9, and the `expires` of proofs (VC Data Integrity 1.0 section 2.1)."""
    valid_from, valid_until = (_instant(case.shown, name) for name in ("validFrom", "validUntil"))
    if valid_from and valid_from - case.at > SKEW:
        raise FormatError("period.early", f"It is valid from {format_seconds(valid_from)} on.")
    if valid_until and valid_until < case.at:
        raise FormatError("period.expired", f"It was valid until {format_seconds(valid_until)}.")
    for proof in case.proofs:
        if proof.expires and proof.expires <= case.at:
            raise FormatError("proof.expired", f"The proof expired at {format_seconds(proof.expires)}.")


def status_list_authentic(case: Examination) -> None:
    """Bitstring Status List 1.0 section 3.2: for each entry, a genuine list of the same issuer and purpose.

    Every entry is looked at before the answer is given: one missing list must not hide a bit that another one sets.
    """
    entries = as_list(case.shown.get("credentialStatus"))
    if not entries:
        raise NotApplicableError
    if len(entries) > MAX_STATUS_ENTRIES:
        raise FormatError("status.type", f"There are more than {MAX_STATUS_ENTRIES} status entries.")
    problems = [problem for entry in entries if (problem := _read_entry(case, entry))]
    problems.sort(key=lambda problem: CODES[problem.code].effect is not Effect.FAILED)
    if problems:
        raise problems[0]


def _read_entry(case: Examination, entry: Json) -> FormatError | None:
    """Note what the list says about one entry, or answer why it says nothing."""
    if not isinstance(entry, dict) or "BitstringStatusListEntry" not in as_list(entry.get("type")):
        return FormatError("status.type", "A status entry is not a BitstringStatusListEntry.")
    purpose, url = entry.get("statusPurpose"), entry.get("statusListCredential")
    if purpose not in _PURPOSES or not isinstance(url, str) or entry.get("statusSize", 1) != 1:
        return FormatError("status.type", "A status entry has a purpose or a size that is not checked here.")
    try:
        index = statuslist.parse_index(entry.get("statusListIndex"))
        found = _read_list(case, str(purpose), url, index)
    except FormatError as error:
        case.entries.append(StatusEntry(str(purpose), url, -1))
        return error
    case.lists.append(found)
    case.entries.append(StatusEntry(str(purpose), url, index, found.is_set, found.valid_from))
    return None


def _read_list(case: Examination, purpose: str, url: str, index: int) -> StatusList:
    if url not in case.trust.status_lists:
        raise FormatError("status.missing", f"The list {url[:200]} is not at hand.")
    examined = case.examine(case.trust.status_lists[url])
    if not examined.authentic:
        raise FormatError("status.not-genuine", f"The list {url[:200]} did not pass its own checks.")
    document = examined.shown
    if issuer_id(document) != case.issuer:
        raise FormatError("status.issuer", f"The list {url[:200]} is issued by {issuer_id(document)[:120]}.")
    subject = document["credentialSubject"]
    if document.get("id", url) != url or not isinstance(subject, dict) or not _is_list(document, subject):
        raise FormatError("status.not-genuine", f"What is at hand for {url[:200]} is not that status list.")
    if purpose not in as_list(subject.get("statusPurpose")):
        raise FormatError("status.purpose", f"The list {url[:200]} is not for {purpose}.")
    bits = statuslist.decode(str(subject.get("encodedList")))
    ends = [_instant(document, "validUntil"), *(proof.expires for proof in examined.proofs)]
    valid_until = min((end for end in ends if end), default=None)
    return StatusList(purpose, statuslist.bit(bits, index), _instant(document, "validFrom"), valid_until)


def _is_list(document: JsonObject, subject: JsonObject) -> bool:
    types = as_list(document.get("type"))
    return "BitstringStatusListCredential" in types and "BitstringStatusList" in as_list(subject.get("type"))


def status_fresh(case: Examination) -> None:
    """Bitstring Status List 1.0 section 3.2, and the relying party's own bound on age."""
    if not case.lists:
        raise NotApplicableError
    for found in case.lists:
        _judge_freshness(case, found)
    for found in case.lists:
        if found.problem:
            raise FormatError(found.problem, f"The {found.purpose} list is dated {_dates(found)}.")


def _judge_freshness(case: Examination, found: StatusList) -> None:
    limit = case.policy.max_status_age
    too_old = found.valid_from is not None and limit is not None and case.at - found.valid_from > limit
    undated = found.valid_from is None and limit is not None
    if found.valid_from and found.valid_from - case.at > SKEW:
        found.problem = "status.early"
    elif (found.valid_until and found.valid_until < case.at) or too_old or undated:
        found.problem = "status.stale"


def not_revoked(case: Examination) -> None:
    """A revocation is for ever, so a set bit counts whatever the age of the list."""
    _bit_clear(case, REVOCATION, "status.revoked", "status.revoked")


def not_suspended(case: Examination) -> None:
    """A suspension can be lifted, so a set bit on a list that is not fresh leaves the question open."""
    _bit_clear(case, SUSPENSION, "status.suspended", "status.suspended-before")


def _bit_clear(case: Examination, purpose: str, code: str, code_when_not_fresh: str) -> None:
    found = [each for each in case.lists if each.purpose == purpose]
    raised = [each for each in found if each.is_set]
    if raised:
        fresh = any(not each.problem for each in raised)
        raise FormatError(code if fresh else code_when_not_fresh, f"Its bit is set on the list of {_dates(raised[0])}.")
    if not found or len(found) < sum(each.purpose == purpose for each in case.entries):
        raise NotApplicableError


def issuer_accepted(case: Examination) -> None:
    """VCDM 2.0 section 4.7 leaves it to the relying party whom to believe; it says so in its trust or policy."""
    if case.issuer not in case.trust.issuers and case.issuer not in case.policy.accept_issuers:
        raise FormatError("issuer.not-accepted", f"{case.issuer[:200]} is not among the issuers that you accept.")


def credential_schema(case: Examination) -> None:
    """VCDM 2.0 section 4.11: advisory, unless the policy demands it."""
    entries = [entry for entry in as_list(case.shown.get("credentialSchema")) if isinstance(entry, dict)]
    if not entries:
        raise NotApplicableError
    required = case.policy.require_schema
    compared = {str(entry.get("id")): departures(case.shown, str(entry.get("id")), case.trust) for entry in entries}
    for url, found in compared.items():
        if found is None and required:
            raise FormatError("schema.required-missing", f"{url[:200]} is not at hand.")
        if found and required:
            raise FormatError("schema.required-mismatch", found[0])
        for detail in (found or [])[:1]:
            case.warn("schema.mismatch", detail)
    if all(found is None for found in compared.values()):
        raise NotApplicableError


def _instant(document: JsonObject, name: str) -> datetime | None:
    value = document.get(name)
    return parse(value) if isinstance(value, str) else None


def _dates(found: StatusList) -> str:
    return format_seconds(found.valid_from) if found.valid_from else "no date"
