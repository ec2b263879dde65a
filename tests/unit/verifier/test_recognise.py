"""Kinds that are not checked here: each is named and left open, and what is ours is never taken for one."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.carriers import baked_png, baked_svg, pdf_with
from tests.kit.credentials import aima
from tests.kit.foreign import MADE, OB1, OTHERS, SIGNED, VC1, VC2, VP1, as_bytes, health_card, sd_jwt, secured, token
from tests.kit.minting import AT, HOLDER, ISSUER, changed, encoded
from verifier import Report, Verdict, verify
from verifier.codes import CODES, Effect
from verifier.format.types import JsonObject
from verifier.kinds import FOREIGN, KINDS, OTHER_FILES
from verifier.limits import MAX_CREDENTIAL_BYTES
from verifier.recognise import recognise

BLAME = ("Ask the issuer", "Not genuine", "Do not rely", "not valid", "invalid", "damaged")
NAMED = {
    "kind.sd-jwt": "SD-JWT VC",
    "kind.jwt-vc": "JWT VC 1.1",
    "kind.jwt-vp": "JWT VP 1.1",
    "kind.jwt-signature": "Open Badges 3.0",
    "kind.jwt": "JWT",
    "kind.jwe": "JWE",
    "kind.jws-json": "JWS",
    "kind.europass": "Europass",
    "kind.mdoc": "mdoc",
    "kind.cose": "COSE",
    "kind.health-card": "SMART Health Card",
    "kind.eu-dcc": "HC1",
    "kind.cbor-ld": "VP1",
    "kind.open-badges-1": "Open Badge of version 1",
    "kind.open-badges-2": "Open Badge of version 2",
    "kind.blockcerts": "Blockcerts",
    "kind.clr-1": "CLR 1.0",
    "kind.anoncreds": "AnonCreds",
    "kind.bbs": "BBS",
    "kind.ecdsa": "ECDSA",
    "kind.older-signature": "JsonWebSignature2020",
    "kind.wrapped": "a credential inside of something else",
    "kind.archive": "archive",
    "kind.mail": "mail",
    "kind.photo": "photo",
    "kind.signed-pdf": "PDF",
    "kind.signed-document": "XML signature",
    "kind.wallet-pass": "Apple Wallet",
    "kind.wallet-link": "invitation",
    "kind.link": "link",
}
SECONDS = 2.0


def report_on(data: Any) -> Report:
    return verify(as_bytes(data), trust=ISSUER.trust(), at=AT)


def code_of(data: Any) -> str:
    decisive = report_on(data).decisive
    return decisive.code if decisive else ""


@pytest.mark.parametrize(("name", "code", "what", "made"), MADE, ids=[each[0] for each in MADE])
def test_a_kind_is_named_and_nobody_is_blamed(name: str, code: str, what: str, made: Any) -> None:
    report = report_on(made)
    assert (report.verdict, report.genuine, report.in_force) == (Verdict.INDETERMINATE, None, None)
    assert report.decisive is not None
    assert (report.decisive.id, report.decisive.code, report.decisive.detail) == ("readable", code, KINDS[code].sign)
    assert NAMED[code] in report.summary
    assert report.summary.startswith("This ")
    assert [word for word in BLAME if word in report.summary] == []
    assert "credential" not in report.to_json()


@pytest.mark.parametrize(("name", "code", "what", "made"), OTHERS, ids=[each[0] for each in OTHERS])
def test_what_is_no_credential_is_named(name: str, code: str, what: str, made: Any) -> None:
    report = report_on(made)
    assert report.verdict is Verdict.INVALID
    assert code_of(made) == code
    assert "issuer" not in report.summary


def test_every_kind_is_made_and_named() -> None:
    assert len(FOREIGN) >= 25
    assert {code for _, code, _, _ in MADE} == FOREIGN.keys() == NAMED.keys()
    assert {code for _, code, _, _ in OTHERS} == OTHER_FILES.keys()
    assert {CODES[code].effect for code in FOREIGN} == {Effect.INDETERMINATE}
    assert {CODES[code].effect for code in OTHER_FILES} == {Effect.FAILED}


@pytest.mark.parametrize("made", [sd_jwt(), token(VC2, typ="JWT"), json.dumps(OB1), health_card()])
@pytest.mark.parametrize("carried", [baked_png, baked_svg, pdf_with])
def test_a_kind_in_an_image_or_a_pdf(carried: Callable[[bytes], bytes], made: str) -> None:
    data = made.encode()
    assert code_of(carried(data)) == recognise(data)


def test_among_the_files_of_a_pdf() -> None:
    badge, photo = as_bytes(OB1), b"\xff\xd8\xff\xe0" + bytes(9)
    assert code_of(pdf_with(photo, badge, b"<invoice/>")) == "kind.open-badges-1"
    assert code_of(pdf_with(badge, sd_jwt().encode())) == "carrier.none", (
        "two kinds: which one is meant, nobody can tell"
    )
    assert code_of(pdf_with(photo)) == "carrier.none"
    assert report_on(pdf_with(badge, encoded(FILE))).genuine


def test_blanks_and_a_byte_order_mark_hide_nothing() -> None:
    for _, code, _, made in MADE:
        data = as_bytes(made)
        if data.isascii():
            assert recognise(b"\xef\xbb\xbf\n " + data + b"\r\n\t ") == code


@pytest.mark.parametrize("inside", [OB1, secured(cryptosuite="bbs-2023"), {"credential": SIGNED}])
def test_a_kind_within_a_presentation(inside: JsonObject) -> None:
    """Each is judged for itself; whether the holder's own signature covers it is another matter."""
    (report,) = report_on(HOLDER.presentation(inside)).credentials
    assert report.verdict is Verdict.INDETERMINATE
    assert report.decisive is not None
    assert report.decisive.code == recognise(encoded(inside))


# --- What is ours --------------------------------------------------------------------------------------------

FILE = ISSUER.secured(aima())
TOKEN = ISSUER.token(aima())


def retold(**header: Any) -> str:
    """Our token under another header, which nobody has signed."""
    return token(aima(), **{"alg": "EdDSA", "typ": "vc+jwt", "kid": ISSUER.method, **header})


@pytest.mark.parametrize(
    "tampered",
    [
        {**FILE, **OB1},
        {**FILE, "@context": "https://w3id.org/openbadges/v2"},
        {**FILE, "@context": ["https://w3id.org/blockcerts/v1"], "type": "Assertion"},
        {**FILE, "type": ["Assertion"], "schema_id": "x", "cred_def_id": "y"},
        {**FILE, "payload": "data.europa.eu/snb", "signatures": []},
        changed(FILE, proof=None),
        {**changed(FILE, proof=None), **OB1, "payload": "", "signature": ""},
        {**FILE, "proof": {**VC1, "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}},
        {**FILE, "proof": [*FILE["proof"], secured(cryptosuite="bbs-2023")["proof"]], "name": "Eve"},  # type: ignore[misc]
        {**FILE, "proof": ["bbs-2023"]},
        f"{TOKEN}~",
        retold(alg="none"),
        retold(alg="none", typ="dc+sd-jwt"),
        retold(zip="DEF"),
        retold(),
        TOKEN[:-4] + "AAAA",
        token({**aima(), "vct": "urn:x", "vc": {}}, alg="EdDSA", typ="vc+jwt", kid=ISSUER.method),
        baked_png(encoded(FILE))[:-30],
        baked_png(encoded({**FILE, **OB1})),
        as_bytes(FILE)[:-3],
        {"type": "VerifiableCredential"},
        VP1 | {"verifiableCredential": [3]},
    ],
)  # fmt: skip
def test_what_is_ours_and_tampered_with_stays_invalid(tampered: Any) -> None:
    report = report_on(tampered)
    assert report.verdict is Verdict.INVALID
    assert not any(check.code.startswith("kind.") for check in report.checks)


def test_what_is_checked_here_is_not_taken_away() -> None:
    for sound in (FILE, TOKEN, baked_svg(encoded(FILE)), {**FILE, "proof": [*FILE["proof"], secured()["proof"]]}):  # type: ignore[misc]
        assert report_on(sound).genuine
        assert recognise(as_bytes(sound)) is None


@pytest.mark.parametrize(
    "unknown",
    [b"b", b"a.b.c", b"a.b.c.d.e", b"{", b"[{}]", b"null", b"\xff\xfe", b"www.issuer.example", b"~", b"o" * 40],
)
def test_what_is_not_known(unknown: bytes) -> None:
    assert recognise(unknown) is None


def test_a_file_that_is_too_large_is_named_all_the_same() -> None:
    photo = b"\xff\xd8\xff" + bytes(3 * MAX_CREDENTIAL_BYTES)
    assert code_of(photo) == "kind.photo"
    assert code_of(b" " * 2 * MAX_CREDENTIAL_BYTES + b"{}") == "json.size" or recognise(photo)


@pytest.mark.parametrize(
    "part",
    [
        " ",
        "\n",
        "a",
        ".",
        "~",
        "a.",
        "~.",
        "<",
        "<!--",
        "<svg",
        "https://?&",
        "o=",
        "a b ",
        ";\n",
        '["',
        '{"a":"eyJ.e.e",',
        "=",
    ],
)
@pytest.mark.parametrize("begin", ["", "a.b.c", "<!--", "https://x?", "[", '["', "eyJhIjoxfQ."])
def test_it_takes_no_longer_than_a_file_is_long(begin: str, part: str) -> None:
    data = (begin + part * (MAX_CREDENTIAL_BYTES // len(part)))[: MAX_CREDENTIAL_BYTES - 8].encode()
    started = time.perf_counter()
    recognise(data)
    assert time.perf_counter() - started < SECONDS


def test_many_texts_within_one_are_looked_at_once() -> None:
    data = json.dumps({"texts": [token({}, alg=3)] * 4_000}).encode()
    started = time.perf_counter()
    assert recognise(data) == "kind.wrapped"
    assert recognise(json.dumps({"texts": [token({}).replace("e", "f")] * 4_000}).encode()) == "file.data"
    assert time.perf_counter() - started < 2 * SECONDS
