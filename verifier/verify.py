"""Run the table of checks over one document. Nothing else decides a verdict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from . import checks, listdocument, presentation, standing
from .codes import CODES, Outcome
from .examination import Examination
from .format.contexts import contexts_for
from .format.errors import FormatError
from .format.meaning import defined_part
from .format.proof import Walked
from .format.rdfc import Work
from .format.recall import Recall
from .format.statuslist import Decoder
from .format.steps import GivenUpError, Steps, Stopwatch
from .format.types import JsonObject
from .limits import MAX_VERIFY_SECONDS
from .model import is_presentation, is_status_list
from .policy import Policy
from .report import Check, Report, VerifiedCredential
from .schema import departures
from .trust import Trust


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the check is skipped unless everything it needs has passed."""

    id: str
    needs: tuple[str, ...]
    run: Callable[[Examination], None]


READ = Rule("readable", (), checks.readable)
SECURED = (
    Rule("contexts-known", ("well-formed",), checks.contexts_known),
    Rule("terms-defined", ("contexts-known",), checks.terms_defined),
    Rule("proof-shape", ("well-formed",), checks.proof_shape),
    Rule("issuer-resolved", ("proof-shape",), checks.issuer_resolved),
    Rule("method-authorised", ("issuer-resolved",), checks.method_authorised),
    Rule("key-state", ("method-authorised",), checks.key_state),
    Rule("signature", ("terms-defined", "key-state"), checks.signature),
)
GENUINE = (READ, Rule("well-formed", ("readable",), checks.well_formed), *SECURED)
PERIOD = Rule("validity-period", ("signature",), standing.validity_period)
ADDRESSED = Rule("addressed", ("signature",), standing.addressed)
IN_FORCE = (
    PERIOD,
    Rule("status-list-authentic", ("signature",), standing.status_list_authentic),
    Rule("status-fresh", ("signature",), standing.status_fresh),
    Rule("not-revoked", ("signature",), standing.not_revoked),
    Rule("not-suspended", ("signature",), standing.not_suspended),
    Rule("issuer-accepted", ("signature",), standing.issuer_accepted),
    ADDRESSED,
    Rule("credential-schema", ("signature",), standing.credential_schema),
)
CREDENTIAL = GENUINE + IN_FORCE
_STEPS_A_DOCUMENT: Final = 300
PRESENTATION = (
    READ,
    Rule("well-formed", ("readable",), checks.presentation_well_formed),
    *SECURED,
    PERIOD,
    ADDRESSED,
    Rule("presentation-bound", ("signature",), presentation.presentation_bound),
    Rule("credentials-inside", ("well-formed",), presentation.credentials_inside),
)
STATUS_LIST = (
    READ,
    Rule("well-formed", ("readable",), checks.well_formed),
    Rule("certificate", ("well-formed",), listdocument.certificate),
    *SECURED,
    Rule("list-content", ("signature",), listdocument.list_content),
    Rule("status-fresh", ("list-content",), standing.status_fresh),
    Rule("issuer-accepted", ("signature",), standing.issuer_accepted),
)


def verify(
    data: bytes, *, trust: Trust, at: datetime, policy: Policy | None = None, stopwatch: Stopwatch | None = None
) -> Report:
    """The report on a credential or presentation, for every byte string there is.

    `at`: the aware instant to judge by. What takes more work than MAX_STEPS is given up, as `limit.work`; with a
    `stopwatch` (such as `time.monotonic`) also what takes longer than MAX_VERIFY_SECONDS, as `limit.time`. Raises
    ValueError for a naive `at` (the caller's fault); a bad credential is an outcome, never an exception.
    """
    return verify_each((data,), trust=trust, at=at, policy=policy, stopwatch=stopwatch)[0]


def verify_each(
    documents: Iterable[bytes],
    *,
    trust: Trust,
    at: datetime,
    policy: Policy | None = None,
    stopwatch: Stopwatch | None = None,
) -> tuple[Report, ...]:
    """A report on each, as `verify` gives it; what they share, such as a status list, is examined once."""
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    shared = _Shared(trust, at, policy or Policy())
    return tuple(_report(data, shared, Steps.bounded(stopwatch, MAX_VERIFY_SECONDS)) for data in documents)


def _report(data: bytes, shared: "_Shared", steps: Steps) -> Report:
    try:
        return _Verification(shared, steps).report(data, presentations=True)
    except GivenUpError as error:
        return Report((Check(READ.id, Outcome.INDETERMINATE, error.code, error.detail),), shared.at)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What stays the same from one document to the next, and is found out once for all of them."""

    trust: Trust
    at: datetime
    policy: Policy
    decoder: Decoder = field(default_factory=Decoder)
    walked: Walked = field(default_factory=Walked)
    compared: dict[str, Recall[list[str] | None]] = field(default_factory=dict)
    examined: dict[int, Examination] = field(default_factory=dict)


class _Verification:
    """One document, and everything that is verified on its behalf: all of it together within the same bounds."""

    def __init__(self, shared: _Shared, steps: Steps) -> None:
        self.shared, self.steps = shared, steps

    def report(self, source: bytes | JsonObject, *, presentations: bool = False) -> Report:
        """All checks. A credential inside a presentation is never a presentation itself: one level, and no further."""
        case = self._case(source)
        first = _apply(READ, case)
        table = _table(case.document, presentations=presentations)
        results = _run(table[1:], case, [first])
        return Report(
            checks=tuple(results),
            checked_at=self.shared.at,
            warnings=tuple(case.warnings),
            status=tuple(case.entries),
            trust_as_of=self.shared.trust.as_of,
            credentials=tuple(case.credentials),
            genuine_lists=case.genuine_lists,
            _credential=_claims(case) if case.authentic else None,
        )

    def examine(self, document: JsonObject) -> Examination:
        """The checks up to the signature, which never look at a status: a list cannot lead to another list.

        Each list of the trust once, however many entries name it: by identity, which the trust keeps meanwhile.
        """
        examined = self.shared.examined
        if id(document) not in examined:
            case = self._case(document)
            _run(GENUINE, case, [])
            examined[id(document)] = case
        return examined[id(document)]

    def _case(self, source: bytes | JsonObject) -> Examination:
        self.steps.take(_STEPS_A_DOCUMENT)
        return Examination(
            source,
            self.shared.trust,
            self.shared.at,
            self.shared.policy,
            contexts_for(self.shared.trust.contexts, self.steps),
            examine=self.examine,
            report=self.report,
            bits=self._bits,
            work=Work(self.steps),
            walked=self.shared.walked,
            departures=self._departures,
        )

    def _bits(self, encoded: str) -> bytes:
        return self.shared.decoder.bits(encoded, self.steps)

    def _departures(self, document: JsonObject, url: str) -> list[str] | None:
        """Renderings of one credential say the same, and differ in their proofs alone."""
        recall = self.shared.compared.setdefault(url, Recall())
        return recall.answer(document, lambda it: departures(it, url, self.shared.trust))


def _table(document: JsonObject, *, presentations: bool) -> tuple[Rule, ...]:
    if presentations and is_presentation(document):
        return PRESENTATION
    return STATUS_LIST if is_status_list(document) else CREDENTIAL


def _run(table: tuple[Rule, ...], case: Examination, results: list[Check]) -> list[Check]:
    for rule in table:
        passed = {result.id for result in results if result.outcome is Outcome.PASSED}
        results.append(_apply(rule, case) if passed.issuperset(rule.needs) else Check(rule.id, Outcome.SKIPPED))
    return results


def _apply(rule: Rule, case: Examination) -> Check:
    try:
        rule.run(case)
    except FormatError as error:
        return Check(rule.id, Outcome(CODES[error.code].effect), error.code, error.detail)
    except standing.NotApplicableError:
        return Check(rule.id, Outcome.SKIPPED)
    return Check(rule.id, Outcome.PASSED)


def _claims(case: Examination) -> VerifiedCredential:
    issuer = case.trust.issuers.get(case.signer)
    return VerifiedCredential(case.shown, _statements(case), case.signer, issuer.name if issuer else "")


def _statements(case: Examination) -> JsonObject:
    """What has a meaning; nothing where the document uses what is not processed here."""
    if not case.term_problems:
        return case.shown
    try:
        return defined_part(case.shown, case.contexts)
    except FormatError:
        return {}
