"""Tokens, presentations, trust files and memories: whatever they hold, there is an answer, and it follows."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.credentials import REVOCATION, aima, caig
from tests.kit.minting import AT, HOLDER, ISSUER, encoded, jws
from tests.kit.securing import chain, ed25519_2020, enveloped, jwt, presentation, proof_set
from tests.kit.strategies import JSON, TEXT, mutated
from verifier import Level, NotVerifiedError, Policy, Report, Trust, TrustError, Verdict, memory, output, verify
from verifier.codes import CODES, Outcome
from verifier.format.multibase import encode_base64url
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_LIST_COPIES
from verifier.refresh import bring_up_to_date
from verifier.wanted import requirements

TRUST = ISSUER.trust()
FILE = ISSUER.secured(aima())
TOKEN = jwt(aima())
PRESENTATIONS: list[JsonObject] = [
    presentation(FILE, enveloped(TOKEN)),
    presentation(proof_set(caig()), challenge="c", domain="d"),
    presentation(ed25519_2020(aima())),
]
SECURED = [proof_set(caig()), chain(aima()), ed25519_2020(aima())]
LISTS = [each for each in ISSUER.lists().values() if isinstance(each, dict)]
MEMORY: JsonObject = {
    "seenAt": "2026-07-31T12:00:00Z",
    "statusLists": ISSUER.lists(),
    "olderLists": {REVOCATION: [ISSUER.lists(revoked=frozenset({5}))[REVOCATION]]},
}


def examined(data: bytes, trust: Trust = TRUST, policy: Policy | None = None) -> Report:
    """The report, after everything that can be asked of it has been asked."""
    report = verify(data, trust=trust, at=AT, policy=policy)
    json.dumps(report.to_json())
    assert output.text(report, details=True)
    concluded(report)
    return report


def concluded(report: Report) -> None:
    """The verdict follows from the checks; that of a presentation from those inside as well."""
    outcomes = {check.outcome for check in report.checks}
    assert (report.verdict is Verdict.INVALID) == (Outcome.FAILED in outcomes)
    assert (report.verdict is Verdict.VALID) == (outcomes <= {Outcome.PASSED, Outcome.SKIPPED} != {Outcome.SKIPPED})
    assert bool(report) is (report.verdict is Verdict.VALID)
    for check in report.checks:
        row = CODES.get(check.code)
        assert not check.code or (row and (row.check, row.effect.value) == (check.id, check.outcome.value))
    if report.genuine is not True:
        with pytest.raises(NotVerifiedError):
            report.require(Level.AUTHENTIC)
    for inner in report.credentials:
        assert not report or inner, "a presentation is worth no more than the least of its credentials"
        assert inner.verdict is not Verdict.INVALID or report.verdict is Verdict.INVALID
        concluded(inner)


# --- Tokens -------------------------------------------------------------------------------------------------


def b64(data: bytes) -> str:
    return encode_base64url(data)


JSON_TEXTS = JSON.map(lambda value: json.dumps(value).encode())
PARTS = st.binary(max_size=40).map(b64) | JSON_TEXTS.map(b64) | st.text("abcXYZ019-_=.", max_size=12)
TOKENS = st.lists(PARTS, min_size=2, max_size=4).map(".".join).map(str.encode)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "alg": st.sampled_from(["EdDSA", "Ed25519", "none", "ES256"]) | JSON,
        "typ": st.just("vc+jwt") | JSON,
        "kid": st.sampled_from([ISSUER.method, "#key-2026-1", "#"]) | JSON,
        "crit": JSON,
        "b64": JSON,
    },
)
CLAIMS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("iss", "sub", "jti", "iat", "exp", "nbf", "vc", "proof", "issuer", "id"), JSON)
)


def any_token(data: bytes) -> None:
    assert not examined(data)


def any_signed_token(pair: tuple[JsonObject, JsonObject]) -> None:
    """Signed, whatever it says: the signer may be the one to be watched."""
    header, claims = pair
    data = jws({**aima(), **claims}, ISSUER.key, header).encode("utf-8", "replace")
    report = examined(data)
    if report.genuine:
        assert report.require(Level.AUTHENTIC).document == {**aima(), **claims}


def any_cut_token(cut: tuple[int, int, bytes]) -> None:
    start, length, filling = cut
    data = TOKEN[:start] + filling + TOKEN[start + length :]
    report = examined(data)
    # Other text around a token, and white space within it, are passed over; nothing else is.
    assert not report or TOKEN in b"".join(data.split())


# --- Presentations, sets and chains -------------------------------------------------------------------------


def any_presentation(contained: Json) -> None:
    examined(encoded(HOLDER.presentation(contained)))
    examined(encoded({**HOLDER.presentation(FILE), "holder": contained}))


def any_envelope(address: str) -> None:
    envelope: JsonObject = {**enveloped(b""), "id": f"data:application/vc+jwt,{address}"}
    report = examined(encoded(HOLDER.presentation(envelope)))
    assert [inner.verdict for inner in report.credentials] in ([], [Verdict.INVALID], [Verdict.INDETERMINATE])


def any_mutation(pair: tuple[JsonObject, JsonObject]) -> None:
    examined(encoded(pair[1]), policy=Policy(challenge="c", domain="d"))
    for each in requirements(pair[1]):
        assert each.url.startswith("https://")


# --- Trust, and what is remembered ----------------------------------------------------------------------------


def any_trust(data: bytes) -> None:
    try:
        trust = Trust.read(data)
    except TrustError as error:
        assert error.code in ("trust.json", "trust.format", "trust.unknown")
        return
    together = TRUST + trust + trust
    report = examined(encoded(FILE), together)
    assert all(len(together.list_copies(url)) <= MAX_LIST_COPIES for url in together.status_lists)
    remembered(together, report)


def any_trust_file(pair: tuple[JsonObject, JsonObject]) -> None:
    any_trust(encoded(pair[1]))


def any_memory(pair: tuple[JsonObject, JsonObject]) -> None:
    any_trust(encoded(pair[1]))
    any_trust(encoded({**MEMORY, "statusLists": {REVOCATION: pair[1]}}))


def remembered(trust: Trust, report: Report) -> None:
    """What a check leaves behind can be read, and a second check by it says the same."""
    accepted = frozenset({ISSUER.did})
    content = memory.remember(trust, report, accepted, AT)
    again = Trust.read(content)
    assert memory.remember(again, report, accepted, AT) == content
    assert set(report.genuine_lists) <= set(again.status_lists)


def any_answer(value: Any) -> None:
    """Whatever a server answers, an online refresh takes it or leaves it."""
    _, problems = bring_up_to_date(FILE, ISSUER.trust(statusLists={}), lambda _: json.dumps(value).encode())
    assert all(CODES[problem.code].check == "command" for problem in problems)


TRUST_FILE = ISSUER.trust_file(schemas={"urn:s": {"type": "object"}}, contexts={"urn:c": {"@context": {}}})
ROBUST: list[tuple[Callable[[Any], None], st.SearchStrategy[Any], int]] = [
    (any_token, TOKENS, 150),
    (any_signed_token, st.tuples(HEADERS, CLAIMS), 150),
    (any_cut_token, st.tuples(st.integers(0, len(TOKEN)), st.integers(0, 9), st.binary(max_size=4)), 150),
    (any_presentation, JSON, 100),
    (any_envelope, TEXT | TOKENS.map(bytes.decode), 100),
    (any_mutation, mutated(PRESENTATIONS + SECURED), 200),
    (any_trust, st.binary(max_size=100) | JSON_TEXTS, 100),
    (any_trust_file, mutated([TRUST_FILE]), 150),
    (any_answer, JSON | mutated(LISTS).map(lambda pair: pair[1]), 100),
    (any_memory, mutated([MEMORY, *LISTS]), 150),
]


@pytest.mark.parametrize(("body", "strategy", "count"), ROBUST, ids=lambda value: getattr(value, "__name__", ""))
def test_there_is_always_an_answer(body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int) -> None:
    settings(max_examples=count)(given(strategy)(body))()


@pytest.mark.slow
@pytest.mark.parametrize(("body", "strategy", "count"), ROBUST, ids=lambda value: getattr(value, "__name__", ""))
def test_there_is_always_an_answer_at_length(
    body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int
) -> None:
    settings(max_examples=5 * count)(given(strategy)(body))()


# --- The verdict of a presentation ----------------------------------------------------------------------------

INSIDE: list[JsonObject] = [
    FILE,
    enveloped(TOKEN),
    {**FILE, "name": "Another"},
    ISSUER.secured({**aima(), "credentialStatus": {**aima()["credentialStatus"], "statusListCredential": "urn:x"}}),  # type: ignore[dict-item]
    aima(),
]
VERDICTS = [Verdict.VALID, Verdict.VALID, Verdict.INVALID, Verdict.INDETERMINATE, Verdict.INVALID]


@settings(max_examples=60)
@given(st.lists(st.integers(0, len(INSIDE) - 1), max_size=4), st.sampled_from(["c", "other", None]), st.booleans())
def test_a_presentation_is_worth_what_all_its_parts_are(places: list[int], challenge: str | None, signed: bool) -> None:
    held = HOLDER.presentation(*[INSIDE[place] for place in places])
    # Canonical JSON: as RDF, copies of one credential are as good as one, and hard to tell apart.
    document = HOLDER.signed(held, "eddsa-jcs-2022", challenge="c") if signed else held
    report = examined(encoded(document), policy=Policy(challenge=challenge))
    inside = [VERDICTS[place] for place in places]
    assert [inner.verdict for inner in report.credentials] == inside
    failed = Verdict.INVALID in inside or (signed and challenge == "other")
    unsure = Verdict.INDETERMINATE in inside or not signed
    assert report.verdict is (Verdict.INVALID if failed else Verdict.INDETERMINATE if unsure else Verdict.VALID)
