"""Run the table of checks over one document. Nothing else decides a verdict."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from . import checks, standing
from .codes import CODES, Outcome
from .examination import Examination
from .format.errors import FormatError
from .format.types import JsonObject
from .policy import Policy
from .report import Check, Report, VerifiedCredential
from .trust import Trust


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the check is skipped unless everything it needs has passed."""

    id: str
    needs: tuple[str, ...]
    run: Callable[[Examination], None]


GENUINE = (
    Rule("readable", (), checks.readable),
    Rule("well-formed", ("readable",), checks.well_formed),
    Rule("contexts-known", ("well-formed",), checks.contexts_known),
    Rule("terms-defined", ("contexts-known",), checks.terms_defined),
    Rule("proof-shape", ("well-formed",), checks.proof_shape),
    Rule("issuer-resolved", ("proof-shape",), checks.issuer_resolved),
    Rule("method-authorised", ("issuer-resolved",), checks.method_authorised),
    Rule("key-state", ("method-authorised",), checks.key_state),
    Rule("signature", ("terms-defined", "key-state"), checks.signature),
)
IN_FORCE = (
    Rule("validity-period", ("signature",), standing.validity_period),
    Rule("status-list-authentic", ("signature",), standing.status_list_authentic),
    Rule("status-fresh", ("signature",), standing.status_fresh),
    Rule("not-revoked", ("signature",), standing.not_revoked),
    Rule("not-suspended", ("signature",), standing.not_suspended),
    Rule("issuer-accepted", ("signature",), standing.issuer_accepted),
    Rule("credential-schema", ("signature",), standing.credential_schema),
)
TABLE = GENUINE + IN_FORCE


def verify(data: bytes, *, trust: Trust, at: datetime, policy: Policy | None = None) -> Report:
    """The report on a credential, for every byte string there is.

    `at`: the aware instant to judge by. Raises ValueError for a naive `at` (the caller's fault); a bad credential is
    an outcome, never an exception.
    """
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    case, results = _run(data, TABLE, trust, at, policy or Policy())
    return Report(
        checks=tuple(results),
        checked_at=at,
        warnings=tuple(case.warnings),
        status=tuple(case.entries),
        trust_as_of=trust.as_of,
        _credential=_claims(case) if case.authentic else None,
    )


def _run(
    source: bytes | JsonObject, table: tuple[Rule, ...], trust: Trust, at: datetime, policy: Policy
) -> tuple[Examination, list[Check]]:
    def examine(document: JsonObject) -> Examination:
        # A list is judged by GENUINE alone, which never looks at a status: one level down, and no further.
        return _run(document, GENUINE, trust, at, policy)[0]

    case = Examination(source, trust, at, policy, examine)
    results: list[Check] = []
    for rule in table:
        passed = {result.id for result in results if result.outcome is Outcome.PASSED}
        results.append(_apply(rule, case) if passed.issuperset(rule.needs) else Check(rule.id, Outcome.SKIPPED))
    return case, results


def _apply(rule: Rule, case: Examination) -> Check:
    try:
        rule.run(case)
    except FormatError as error:
        return Check(rule.id, Outcome(CODES[error.code].effect), error.code, error.detail)
    except standing.NotApplicableError:
        return Check(rule.id, Outcome.SKIPPED)
    return Check(rule.id, Outcome.PASSED)


def _claims(case: Examination) -> VerifiedCredential:
    issuer = case.trust.issuers.get(case.issuer)
    return VerifiedCredential(case.shown, case.issuer, issuer.name if issuer else "")
