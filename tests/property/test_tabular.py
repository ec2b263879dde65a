"""Properties of the table codec: what a row decodes to encodes to the same record, whatever stands in its cells."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from issuer import tabular

NAMES = (
    *("schema", "resultId", "platform", "credential", "outcome", "candidate.candidateId", "candidate.displayName"),
    *("candidate.email", "candidate.subjectId", "attempt.number", "attempt.accommodation.extraMinutes"),
    *("attempt.accommodation.approvalRef", "prerequisite.credential", "prerequisite.credentialId"),
    *("prerequisite.waiver.code", "prerequisite.waiver.date", "experience.declared", "experience.from"),
    *("domains.0.code", "domains.0.correct", "domains.1.code", "domains.2.correct", "overall.percent"),
    *("evidence.0.digest.hex", "evidence.1.confidential", "evidence.2.byteLength", "consents.discloseScore"),
)
TYPED = st.sampled_from(["true", "false", "0", "1", "15", "01", "-1", "null", "9007199254740991", "9007199254740992"])
CELLS = st.one_of(st.just(""), TYPED, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
ROWS = st.dictionaries(st.sampled_from(NAMES), CELLS)


@given(ROWS)
def test_what_decodes_encodes_to_the_same_record(cells: dict[str, str]) -> None:
    record = tabular.decode(tabular.columns([*cells]), [*cells.values()])
    encoded = tabular.encode(record)
    assert encoded.keys() <= cells.keys()
    again = tabular.decode(tabular.columns([*encoded]), [*encoded.values()])
    assert again == record
    assert tabular.to_bytes(again) == tabular.to_bytes(record)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_columns_says_nothing(cells: dict[str, str], random: Random) -> None:
    names = [*cells]
    random.shuffle(names)
    shuffled = tabular.decode(tabular.columns(names), [cells[name] for name in names])
    assert tabular.to_bytes(shuffled) == tabular.to_bytes(tabular.decode(tabular.columns([*cells]), [*cells.values()]))
