"""Every vector, in the order of the checks."""

from tests.vectors import (
    cases_carriers,
    cases_jwt,
    cases_key_state,
    cases_keys,
    cases_period,
    cases_presentation,
    cases_presented,
    cases_proofs,
    cases_reading,
    cases_signature,
    cases_status,
    cases_status_entry,
    cases_status_list,
    cases_terms,
    cases_valid,
    cases_valid_status,
    cases_wellformed,
)
from tests.vectors.case import Case

CASES: tuple[Case, ...] = (
    *cases_reading.CASES,
    *cases_carriers.CASES,
    *cases_wellformed.CASES,
    *cases_terms.CASES,
    *cases_proofs.CASES,
    *cases_jwt.CASES,
    *cases_keys.CASES,
    *cases_key_state.CASES,
    *cases_signature.CASES,
    *cases_period.CASES,
    *cases_status_entry.CASES,
    *cases_status_list.CASES,
    *cases_status.CASES,
    *cases_presentation.CASES,
    *cases_presented.CASES,
    *cases_valid.CASES,
    *cases_valid_status.CASES,
    *cases_carriers.VALID,
)
