"""Refreshing the trust with a fetch that is made up: what joins it, what does not, and what is said about it."""

from collections.abc import Mapping

import pytest

from tests.kit.credentials import DID, HOST, REVOCATION, SUSPENSION, aima, caig
from tests.kit.minting import AT, ISSUER, Issuer, changed, encoded
from tests.vectors.cases_qr import COMPACT, OWN, OWN_HOST, TEXT
from verifier import Trust, Verdict, verify
from verifier.format import qrtext
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_CREDENTIAL_BYTES, MAX_QR_DICTIONARY_BYTES, MAX_WANTED
from verifier.refresh import FetchError, Problem, bring_up_to_date, refresh, with_dictionary
from verifier.wanted import Wanted

DOCUMENT_URL = f"{HOST}/.well-known/did.json"
DOCUMENT = Wanted("did", DID, DOCUMENT_URL)
LIST = Wanted("status-list", REVOCATION, REVOCATION)


class Web:
    """Answers from a table, and notes what was asked; what is not in the table is a 404."""

    def __init__(self, pages: Mapping[str, Json | bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError("online.status", "The server answered with status 404.")
        page = self.pages[url]
        return page if isinstance(page, bytes) else encoded(page)


def published(issuer: Issuer = ISSUER, revoked: frozenset[int] = frozenset()) -> dict[str, Json | bytes]:
    return {DOCUMENT_URL: issuer.did_document(), **issuer.lists(revoked=revoked)}


def the_list(**members: Json) -> JsonObject:
    return ISSUER.secured(changed(ISSUER.status_list("revocation", REVOCATION), **members))


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.url) for problem in problems]


def test_from_nothing_to_a_verdict() -> None:
    credential = ISSUER.secured(caig())
    trust, problems = bring_up_to_date(credential, Trust().accepting(DID), Web(published()).fetch)
    assert problems == ()
    assert verify(encoded(credential), trust=trust, at=AT).verdict is Verdict.VALID


def test_online_never_accepts_an_issuer() -> None:
    credential = ISSUER.secured(aima())
    trust, _ = bring_up_to_date(credential, Trust(), Web(published()).fetch)
    assert not trust.issuers
    assert verify(encoded(credential), trust=trust, at=AT).verdict is Verdict.INDETERMINATE


def test_a_withdrawal_since_the_trust_was_written() -> None:
    credential, trust = ISSUER.secured(aima()), ISSUER.trust()
    assert verify(encoded(credential), trust=trust, at=AT)
    pages = published() | {REVOCATION: the_list_with(48213, validFrom="2026-08-01T09:00:00Z")}
    trust, _ = bring_up_to_date(credential, trust, Web(pages).fetch)
    assert verify(encoded(credential), trust=trust, at=AT).verdict is Verdict.INVALID


def the_list_with(index: int, **members: Json) -> JsonObject:
    return ISSUER.secured(changed(ISSUER.status_list("revocation", REVOCATION, frozenset({index})), **members))


def test_everything_is_asked_once() -> None:
    web = Web(published())
    bring_up_to_date(ISSUER.secured(caig()), ISSUER.trust(), web.fetch)
    assert web.asked == [DOCUMENT_URL, REVOCATION, SUSPENSION]
    web = Web({})
    bring_up_to_date(ISSUER.secured(caig()), Trust(), web.fetch)
    assert web.asked == [DOCUMENT_URL, REVOCATION, SUSPENSION]


def test_the_keys_of_a_list_are_asked_for_in_a_second_round() -> None:
    other = Issuer("did:web:lists.example")
    signed = other.secured(ISSUER.status_list("revocation", REVOCATION))
    web = Web({**published(), REVOCATION: signed, "https://lists.example/.well-known/did.json": other.did_document()})
    trust, problems = bring_up_to_date(ISSUER.secured(aima()), Trust(), web.fetch)
    assert web.asked == [DOCUMENT_URL, REVOCATION, "https://lists.example/.well-known/did.json"]
    assert problems == ()
    assert set(trust.did_documents) == {DID, other.did}


def test_a_list_cannot_make_us_ask_without_end() -> None:
    proofs: list[Json] = [{"verificationMethod": f"did:web:n{n}.example#a"} for n in range(100)]
    web = Web({**published(), REVOCATION: changed(the_list(), proof=proofs)})
    bring_up_to_date(ISSUER.secured(aima()), Trust(), web.fetch)
    assert len(web.asked) == MAX_WANTED


def test_nothing_wanted_nothing_asked() -> None:
    trust = ISSUER.trust()
    assert bring_up_to_date({}, trust, Web({}).fetch) == (trust, ())


def test_a_failure_leaves_what_was_there() -> None:
    trust = ISSUER.trust()
    after, problems = refresh(trust, (DOCUMENT, LIST), Web({}).fetch)
    assert after == trust
    assert codes(problems) == [("online.status", DOCUMENT_URL), ("online.status", REVOCATION)]


def test_one_failure_does_not_stop_the_rest() -> None:
    after, problems = refresh(Trust(), (DOCUMENT, LIST), Web({REVOCATION: the_list()}).fetch)
    assert set(after.status_lists) == {REVOCATION}
    assert codes(problems) == [("online.status", DOCUMENT_URL)]


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        (DOCUMENT, b""),
        (DOCUMENT, b"<html>secret</html>"),
        (DOCUMENT, b'{"secret": 1, "secret": 2}'),
        (DOCUMENT, ["secret"]),
        (DOCUMENT, {"id": "did:web:secret.example"}),
        (DOCUMENT, {"id": [DID]}),
        (DOCUMENT, {"verificationMethod": []}),
        (DOCUMENT, encoded({"id": DID}) + b" " * MAX_CREDENTIAL_BYTES),
        (LIST, b"\x1f\x8b secret"),
        (LIST, ISSUER.did_document()),
        (LIST, ISSUER.lists()[SUSPENSION]),
        (LIST, changed(the_list(), id=7)),
        (LIST, changed(the_list(), type=["VerifiableCredential", "secret"])),
    ],
)
def test_what_is_not_the_document_wanted_does_not_join(wanted: Wanted, page: Json | bytes) -> None:
    trust = ISSUER.trust()
    after, problems = refresh(trust, (wanted,), Web({wanted.url: page}).fetch)
    assert after == trust
    assert codes(problems) == [("online.content", wanted.url)]
    assert "secret" not in problems[0].detail


def test_a_list_without_an_id_is_the_list_of_its_address() -> None:
    page = changed(ISSUER.status_list("revocation", REVOCATION), id=None)
    after, problems = refresh(Trust(), (LIST,), Web({REVOCATION: page}).fetch)
    assert (dict(after.status_lists), problems) == ({REVOCATION: page}, ())


def test_an_older_list_never_wins() -> None:
    trust = ISSUER.trust(statusLists={REVOCATION: the_list_with(48213)})
    older = the_list(validFrom="2026-07-01T00:00:00Z")
    after, problems = refresh(trust, (LIST,), Web({REVOCATION: older}).fetch)
    assert after.status_lists == trust.status_lists
    assert after.list_copies(REVOCATION)[1:] == (older,), "the newer one may turn out to be forged"
    assert codes(problems) == [("online.content", REVOCATION)]
    assert not verify(encoded(ISSUER.secured(aima())), trust=after, at=AT)


def test_a_fetched_document_replaces_the_one_at_hand() -> None:
    newer = {**ISSUER.did_document(), "assertionMethod": []}
    after, _ = refresh(ISSUER.trust(), (DOCUMENT,), Web({DOCUMENT_URL: newer}).fetch)
    assert after.did_documents[DID] == newer


# --- The dictionary of a QR text --------------------------------------------------------------------------------------

CODE = qrtext.encode(COMPACT, OWN_HOST, 100, OWN).encode()
DICTIONARY_URL = qrtext.address(OWN_HOST, 100)
KNOWN = ISSUER.trust()


def test_a_code_is_read_with_the_dictionary_that_it_names() -> None:
    trust, problems = with_dictionary(CODE, KNOWN, Web({DICTIONARY_URL: OWN}).fetch)
    assert problems == ()
    open_, read = (verify(CODE, trust=each, at=AT) for each in (KNOWN, trust))
    assert open_.decisive is not None
    assert open_.decisive.code == "qr.dictionary"
    assert read.genuine
    for data in (CODE.replace(b"#", b"%23"), b"Here: " + CODE):
        assert with_dictionary(data, KNOWN, Web({DICTIONARY_URL: OWN}).fetch) == (trust, ())


def test_a_dictionary_at_hand_is_not_asked_for() -> None:
    web = Web({})
    known = KNOWN + Trust(qr_dictionaries={DICTIONARY_URL: OWN})
    for data, trust in ((CODE, known), (TEXT.encode(), KNOWN), (b"{}", KNOWN), (CODE[:-1] + b"x", KNOWN)):
        assert with_dictionary(data, trust, web.fetch) == (trust, ())
    assert web.asked == []


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ({}, "online.status"),
        ({DICTIONARY_URL: b""}, "online.content"),
        ({DICTIONARY_URL: b"x" * (MAX_QR_DICTIONARY_BYTES + 1)}, "online.content"),
    ],
)
def test_no_dictionary_to_be_had(pages: dict[str, Json | bytes], code: str) -> None:
    trust, problems = with_dictionary(CODE, KNOWN, Web(pages).fetch)
    assert trust == KNOWN
    assert codes(problems) == [(code, DICTIONARY_URL)]
    assert verify(CODE, trust=trust, at=AT).verdict is Verdict.INDETERMINATE
