"""The checks of a presentation that a credential does not have.

VCDM 2.0 section 4.13, VC Data Integrity 1.0 section 2.1.
"""

from typing import Final

from .examination import Examination, Proof
from .format.errors import FormatError
from .format.types import Json, as_list
from .report import Level, Verdict
from .standing import NotApplicableError

_FORMS: Final = {"challenge": "one text", "domain": "a text, or an array of texts"}


def presentation_bound(case: Examination) -> None:
    """Made for this verifier and this moment, when the policy says for which; else it might be an old one, replayed."""
    for name, expected in (("challenge", case.policy.challenge), ("domain", case.policy.domain)):
        given = [_made_for(proof, name) for proof in case.proofs]
        # Every proof: else anybody could put a fresh one of his own beside an old one of the holder.
        if expected is not None and not all(expected in each for each in given):
            raise FormatError(f"presentation.{name}", f"Its {name} is not the one that was asked for.")
        if expected is None and any(given):
            case.warn("presentation.unasked", f"It was made for a {name} that this check was not told.")


def _made_for(proof: Proof, name: str) -> list[Json]:
    """What a proof names: one text as challenge, one or several as domain (VC Data Integrity 1.0 section 2.1)."""
    if name not in proof.options:
        return []
    value = proof.options[name]
    given = value if isinstance(value, list) and name == "domain" else [value]
    if not all(isinstance(each, str) for each in given):
        raise FormatError(f"presentation.{name}", f"Its {name} is not {_FORMS[name]}.")
    return given


def credentials_inside(case: Examination) -> None:
    """Each credential is verified in full; the presentation is worth no more than the least of them.

    One that shows none is worth what its holder's signature is worth, and says nothing about what is in force.
    """
    contained = as_list(case.document.get("verifiableCredential"))
    case.credentials = [case.report(each) for each in contained if isinstance(each, dict)]
    if not case.credentials:
        case.warn("credentials.none", "The presentation holds no credential.")
        raise NotApplicableError
    _warn_of_other_subjects(case)
    for verdict, code in ((Verdict.INVALID, "credentials.invalid"), (Verdict.INDETERMINATE, "credentials.open")):
        found = [place for place, report in enumerate(case.credentials, 1) if report.verdict is verdict]
        if found:
            raise FormatError(code, f"Credential {found[0]}: {case.credentials[found[0] - 1].summary}")


def _warn_of_other_subjects(case: Examination) -> None:
    presenters = {case.signer} if case.signer else {proof.controller for proof in case.proofs}
    for report in case.credentials:
        if report.genuine and presenters:
            subjects = as_list(report.require(Level.AUTHENTIC).document.get("credentialSubject"))
            named = {str(subject["id"]) for subject in subjects if isinstance(subject, dict) and "id" in subject}
            if named and named.isdisjoint(presenters):
                case.warn("presentation.subject", "A credential inside is about somebody else than the holder.")
