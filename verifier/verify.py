"""Run the table of checks over one document. Nothing else decides a verdict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from . import checks, listdocument, presentation, standing
from .codes import CODES, Outcome
from .examination import Examination
from .format.contexts import contexts_for
from .format.errors import FormatError
from .format.meaning import defined_part
from .format.proof import Walked
from .format.recall import Recall
from .format.statuslist import Decoder
from .format.types import JsonObject
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


def verify(data: bytes, *, trust: Trust, at: datetime, policy: Policy | None = None) -> Report:
    """The report on a credential or presentation, for every byte string there is.

    `at`: the aware instant to judge by. Raises ValueError for a naive `at` (the caller's fault); a bad credential is
    an outcome, never an exception.
    """
    return verify_each((data,), trust=trust, at=at, policy=policy)[0]


def verify_each(
    documents: Iterable[bytes], *, trust: Trust, at: datetime, policy: Policy | None = None
) -> tuple[Report, ...]:
    """A report on each, as `verify` gives it; what they share, such as a status list, is examined once."""
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    verification = _Verification(trust, at, policy or Policy())
    return tuple(verification.report(data, presentations=True) for data in documents)


@dataclass(frozen=True, slots=True)
class _Verification:
    """What stays the same for a document and for everything that is verified on its behalf."""

    trust: Trust
    at: datetime
    policy: Policy
    decoder: Decoder = field(default_factory=Decoder)
    walked: Walked = field(default_factory=Walked)
    compared: dict[str, Recall[list[str] | None]] = field(default_factory=dict)
    examined: dict[int, Examination] = field(default_factory=dict)

    def report(self, source: bytes | JsonObject, *, presentations: bool = False) -> Report:
        """All checks. A credential inside a presentation is never a presentation itself: one level, and no further."""
        case = self._case(source)
        first = _apply(READ, case)
        table = _table(case.document, presentations=presentations)
        results = _run(table[1:], case, [first])
        return Report(
            checks=tuple(results),
            checked_at=self.at,
            warnings=tuple(case.warnings),
            status=tuple(case.entries),
            trust_as_of=self.trust.as_of,
            credentials=tuple(case.credentials),
            genuine_lists=case.genuine_lists,
            _credential=_claims(case) if case.authentic else None,
        )

    def examine(self, document: JsonObject) -> Examination:
        """The checks up to the signature, which never look at a status: a list cannot lead to another list.

        Each list of the trust once, however many entries name it: by identity, which the trust keeps meanwhile.
        """
        if id(document) not in self.examined:
            case = self.examined[id(document)] = self._case(document)
            _run(GENUINE, case, [])
        return self.examined[id(document)]

    def _case(self, source: bytes | JsonObject) -> Examination:
        contexts = contexts_for(self.trust.contexts)
        return Examination(
            source,
            self.trust,
            self.at,
            self.policy,
            contexts,
            examine=self.examine,
            report=self.report,
            bits=self.decoder.bits,
            walked=self.walked,
            departures=self._departures,
        )

    def _departures(self, document: JsonObject, url: str) -> list[str] | None:
        """Renderings of one credential say the same, and differ in their proofs alone."""
        recall = self.compared.setdefault(url, Recall())
        return recall.answer(document, lambda it: departures(it, url, self.trust))


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
