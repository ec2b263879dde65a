"""The checks after the signature: is a genuine credential in force, and is its issuer accepted?"""

from datetime import datetime, timedelta
from typing import Final

from .codes import CODES, Effect
from .examination import Examination, StatusList
from .format import jose
from .format.errors import FormatError
from .format.timestamp import format_seconds
from .format.types import Json, as_list
from .limits import MAX_STATUS_ENTRIES
from .model import period
from .policy import Policy
from .proofs import SKEW
from .statuslists import JUDGED, REVOCATION, SUSPENSION, read_entry

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


class NotApplicableError(Exception):
    """The check has nothing to say about this credential."""


def validity_period(case: Examination) -> None:
    """VCDM 2.0 section 4.9, RFC 7519 sections 4.1.4 and 4.1.5, VC Data Integrity 1.0 section 2.1: it has begun, and
    neither it nor a proof has ended.
    """
    valid_from, valid_until = period(case.shown)
    not_before = jose.numeric_date(case.jws.payload, "nbf") if case.jws else None
    valid_from = max((start for start in (valid_from, not_before) if start), default=None)
    if valid_from and valid_from - case.at > SKEW:
        raise FormatError("period.early", f"It is valid from {format_seconds(valid_from)} on.")
    if valid_until and valid_until < case.at:
        raise FormatError("period.expired", f"It was valid until {format_seconds(valid_until)}.")
    for proof in case.proofs:
        if proof.expires and proof.expires <= case.at:
            raise FormatError("proof.expired", f"The proof expired at {format_seconds(proof.expires)}.")
    if "expires" in case.shown:
        raise FormatError("period.unread", "It has a member expires, which no version of the data model defines.")
    seen = case.trust.seen_at
    if seen and seen - case.at > SKEW:
        now = format_seconds(case.at)
        raise FormatError(
            "clock.behind", f"It is {now} by the clock, and something was checked at {format_seconds(seen)}."
        )


def status_list_authentic(case: Examination) -> None:
    """Bitstring Status List 1.0 section 3.2: for each entry, a genuine list for its purpose, by the same issuer or
    another who is accepted.

    Every entry is looked at before the answer is given: one missing list must not hide a bit that another one sets.
    """
    entries = as_list(case.shown.get("credentialStatus"))
    if not entries and "status" not in case.shown:
        raise NotApplicableError
    if len(entries) > MAX_STATUS_ENTRIES:
        raise FormatError("status.type", f"There are more than {MAX_STATUS_ENTRIES} status entries.")
    problems = [problem for entry in entries if (problem := read_entry(case, entry))]
    if "status" in case.shown:
        problems.append(_unread(case.shown["status"]))
    problems.sort(key=lambda problem: CODES[problem.code].effect is not Effect.FAILED)
    if problems:
        raise problems[0]


def _unread(status: Json) -> FormatError:
    """The member `status` of a JWT (Token Status List); nothing else that calls itself so is passed over either."""
    listed = isinstance(status, dict) and "status_list" in status
    return FormatError("status.type", f"Its {'Token Status List' if listed else 'member status'} is not checked here.")


def status_fresh(case: Examination) -> None:
    """Bitstring Status List 1.0 section 3.2, and the relying party's own bound on age."""
    judged = [found for found in case.lists if found.purpose in JUDGED]
    if not judged:
        raise NotApplicableError
    for found in judged:
        found.problem = _not_fresh(found, case.at, case.policy)
    for found in judged:
        if found.problem:
            raise found.problem


def _not_fresh(found: StatusList, at: datetime, policy: Policy) -> FormatError | None:
    """Why the list cannot be relied on at this time, and which end of it that is."""
    the_list, ages = f"The {found.purpose} list is dated {_dates(found)}", [policy.max_list_age, policy.max_status_age]
    longest = min(age for age in ages if age is not None)
    if found.valid_from and found.valid_from - at > SKEW:
        return FormatError("status.early", f"{the_list}.")
    if found.valid_until and found.valid_until < at:
        return FormatError("status.stale", f"{the_list}; its issuer ended it at {format_seconds(found.valid_until)}.")
    if found.valid_from is None:
        return FormatError("status.stale", f"The {found.purpose} list has no date, so nobody can tell how old it is.")
    if at - found.valid_from > longest:
        return FormatError("status.stale", f"{the_list}; no list is relied on for longer than {_span(longest)}.")
    return None


def _span(length: timedelta) -> str:
    """In the largest unit of which it is a whole number: 35 days, 25 hours."""
    seconds = int(length.total_seconds())
    unit, size = next((unit, size) for unit, size in _UNITS if seconds % size == 0)
    return f"{seconds // size} {unit}{'' if seconds == size else 's'}"


def not_revoked(case: Examination) -> None:
    """A revocation is for ever, so a set bit counts whatever the age of the list."""
    _bit_clear(case, REVOCATION, "status.revoked", "status.revoked")


def not_suspended(case: Examination) -> None:
    """A suspension can be lifted, so a set bit on a list that is not fresh leaves the question open."""
    _bit_clear(case, SUSPENSION, "status.suspended", "status.suspended-before")


def _bit_clear(case: Examination, purpose: str, code: str, code_when_not_fresh: str) -> None:
    found = [each for each in case.lists if each.purpose == purpose]
    raised = [each for each in found if each.value]
    if raised:
        fresh = any(not each.problem for each in raised)
        raise FormatError(code if fresh else code_when_not_fresh, f"Its bit is set on the list of {_dates(raised[0])}.")
    if not found or len(found) < sum(each.purpose == purpose for each in case.entries):
        raise NotApplicableError


def issuer_accepted(case: Examination) -> None:
    """VCDM 2.0 section 4.7 leaves it to the relying party whom to believe; it says so in its trust or policy."""
    if not case.accepts(case.signer):
        raise FormatError("issuer.not-accepted", f"{case.signer[:200]} is not among the issuers that you accept.")


def addressed(case: Examination) -> None:
    """RFC 7519 section 4.1.3: who is named as its audience is this verifier, when the policy says who that is."""
    claims = case.jws.payload if case.jws else case.shown
    if "aud" not in claims:
        raise NotApplicableError
    if case.policy.domain is None:
        case.warn("audience.unasked", "It names its audience, and this check was not told for whom it is made.")
    elif case.policy.domain not in _names(claims["aud"]):
        raise FormatError("audience.other", "Its audience is not the one that was asked for.")


def _names(audience: Json) -> list[Json]:
    """In a token an audience is a text, in a document also what has that text as its id."""
    return [each.get("id") if isinstance(each, dict) else each for each in as_list(audience)]


def credential_schema(case: Examination) -> None:
    """VCDM 2.0 section 4.11: advisory, unless the policy demands it."""
    entries = [entry for entry in as_list(case.shown.get("credentialSchema")) if isinstance(entry, dict)]
    if not entries:
        raise NotApplicableError
    required = case.policy.require_schema
    compared = {str(entry.get("id")): case.departures(case.shown, str(entry.get("id"))) for entry in entries}
    for url, found in compared.items():
        if found is None and required:
            raise FormatError("schema.required-missing", f"{url[:200]} is not at hand.")
        if found and required:
            raise FormatError("schema.required-mismatch", found[0])
        for detail in (found or [])[:1]:
            case.warn("schema.mismatch", detail)
    if all(found is None for found in compared.values()):
        raise NotApplicableError


def _dates(found: StatusList) -> str:
    return format_seconds(found.valid_from) if found.valid_from else "no date"
