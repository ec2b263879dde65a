"""The count of work: where it stops, and that it counts what is made and not only what was given."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from tests.kit.credentials import aima, caig
from tests.kit.minting import AT, ISSUER, changed, encoded
from verifier import Report, Verdict, verify
from verifier.format.contexts import OB3, VCDM2, contexts_for
from verifier.format.errors import FormatError
from verifier.format.rdfc import Work, canonicalize
from verifier.format.steps import CHARACTERS_A_STEP, GivenUpError, Steps
from verifier.format.types import Json, JsonObject
from verifier.limits import (
    MAX_CREDENTIAL_BYTES,
    MAX_STATEMENT_BYTES,
    MAX_STEPS,
    MAX_STEPS_UNSIGNED,
    MAX_TERM_IRI_CHARACTERS,
    MAX_VERIFY_SECONDS,
)

PLAIN = changed(aima(), credentialStatus=None, credentialSchema=None)


def taken(document: JsonObject) -> int:
    """The steps of one canonicalization."""
    steps = Steps()
    canonicalize(document, contexts_for({}, steps), Work(steps))
    return steps.taken


def code_of(report: Report) -> str:
    return report.decisive.code if report.decisive else ""


# --- The count ------------------------------------------------------------------------------------------------


def take(steps: Steps, count: int, *, times: int) -> None:
    for _ in range(times):
        steps.take(count)


def test_it_is_endless_unless_bounded() -> None:
    Steps().take(10**12)


@pytest.mark.parametrize("signed", [False, True])
def test_it_stops_behind_the_last_step(*, signed: bool) -> None:
    most = MAX_STEPS if signed else MAX_STEPS_UNSIGNED
    steps = Steps.bounded()
    if signed:
        steps.signed()
        steps.signed()
    steps.take(most)
    with pytest.raises(GivenUpError, match=r"^limit\.work"):
        steps.take(1)


def test_a_signature_gives_more_once() -> None:
    steps = Steps.bounded()
    steps.take(MAX_STEPS_UNSIGNED)
    steps.signed()
    steps.take(MAX_STEPS - MAX_STEPS_UNSIGNED)
    with pytest.raises(GivenUpError):
        steps.take(1)


def test_characters_count_by_the_hundred() -> None:
    steps = Steps()
    steps.take_characters(CHARACTERS_A_STEP * 7 + CHARACTERS_A_STEP - 1)
    assert steps.taken == 7


def test_a_stopwatch_is_looked_at_where_work_is_done() -> None:
    seconds: Iterator[int] = count()
    steps = Steps.bounded(lambda: next(seconds), 3)
    with pytest.raises(GivenUpError, match=r"^limit\.time"):
        take(steps, 1_000, times=1_000)
    assert steps.taken < MAX_STEPS_UNSIGNED


def test_a_stopwatch_does_not_bring_more_work() -> None:
    steps = Steps.bounded(lambda: 0.0, 1)
    with pytest.raises(GivenUpError, match=r"^limit\.work"):
        take(steps, 100, times=MAX_STEPS_UNSIGNED)
    assert steps.taken == MAX_STEPS_UNSIGNED + 100


# --- What is counted ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [aima(), caig()], ids=["aima", "caig"])
def test_the_samples_are_far_from_the_limits(sample: JsonObject) -> None:
    assert taken(sample) < MAX_STEPS_UNSIGNED / 40


def under(definition: Json, **members: Any) -> JsonObject:
    contexts: list[Json] = [VCDM2, OB3, {"extra": definition}]
    return changed(PLAIN, **{"@context": contexts}, **members)


def test_what_is_written_again_for_every_value_counts_for_every_value() -> None:
    """A datatype that stands once in the document."""
    values: list[Json] = [f"{number}" for number in range(1_000)]
    short, long = (
        under({"@id": "https://a.example/#extra", "@type": "https://a.example/#" + "x" * length}, extra=values)
        for length in (10, 2_000)
    )
    assert taken(long) - taken(short) > 1_000 * 2_000 / CHARACTERS_A_STEP


@pytest.mark.parametrize(("letter", "width"), [("x", 1), ("\xe9", 4), ("\U0001f600", 4)])
def test_statements_have_a_bound_of_their_own(letter: str, width: int) -> None:
    datatype = "https://a.example/#" + letter * (MAX_TERM_IRI_CHARACTERS - 100)
    most = MAX_STATEMENT_BYTES // MAX_TERM_IRI_CHARACTERS // width
    values: list[Json] = [f"{number}" for number in range(most * 2)]
    canonicalize(under({"@id": "https://a.example/#extra", "@type": datatype}, extra=values[: most // 2]))
    document = under({"@id": "https://a.example/#extra", "@type": datatype}, extra=values)
    assert len(encoded(document)) < MAX_CREDENTIAL_BYTES / 4
    with pytest.raises(FormatError, match=r"^rdf\.too-complex"):
        canonicalize(document)


def test_a_long_image_is_no_fault() -> None:
    """As issuers write it: the bytes of the picture are its id."""
    document = changed(PLAIN)
    subject: Any = document["credentialSubject"]
    subject["achievement"]["image"] = {
        "id": "data:image/png;base64," + "A" * 600_000,
        "type": "Image",
        "caption": "A badge",
    }
    assert verify(encoded(ISSUER.secured(document)), trust=ISSUER.trust(), at=AT)


def test_paths_do_not_count() -> None:
    """Names are long, and stand far down: an error alone would write the path to them."""
    inner: JsonObject = {"type": ["Profile"], "name": ["a"] * 3}
    for _ in range(40):
        inner = {"type": ["Profile"], "name": "a", "parentOrg": inner}
    broken: JsonObject = {**inner, "x" * 100_000: "a"}
    with pytest.raises(FormatError, match=r"^terms\.undefined") as caught:
        canonicalize({"@context": [VCDM2, OB3], "issuer": broken})
    assert len(caught.value.detail) < 500


# --- verify ---------------------------------------------------------------------------------------------------


def many(number: int) -> JsonObject:
    return changed(PLAIN, name=[f"{each:x}" for each in range(number)])


def test_verify_gives_up_what_takes_too_much_work() -> None:
    """A datatype that stands once, in thousands of statements, under somebody else's proof."""
    proof = ISSUER.secured(PLAIN)["proof"]
    datatype = "https://a.example/#" + "x" * 2_000
    document = under({"@id": "https://a.example/#extra", "@type": datatype}, extra=[f"{n}" for n in range(7_500)])
    report = verify(encoded({**document, "proof": proof}), trust=ISSUER.trust(), at=AT)
    assert (report.verdict, code_of(report)) == (Verdict.INDETERMINATE, "limit.work")
    assert report.genuine is None


def test_verify_keeps_time_by_a_stopwatch() -> None:
    data = encoded(ISSUER.secured(many(5_000)))
    moments = count(step=MAX_VERIFY_SECONDS + 1)
    report = verify(data, trust=ISSUER.trust(), at=AT, stopwatch=lambda: next(moments))
    assert (report.verdict, code_of(report)) == (Verdict.INDETERMINATE, "limit.time")
    assert verify(data, trust=ISSUER.trust(), at=AT, stopwatch=lambda: 0.0)
