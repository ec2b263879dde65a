"""Every vector through other implementations: @digitalbazaar/vc for JSON, jose for tokens. Differences are listed.

Compared is whether a file would be taken for genuine and for its time and occasion: what a status list says, and whom a
reader accepts, is beyond the peers. docs/differences.md lists each difference by the vector's name.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.kit.minting import ISSUER
from tests.peers.client import Json, Peer, PeerError
from tests.vectors.case import Case, Given
from tests.vectors.cases import CASES
from verifier import Report, reading, verify
from verifier.codes import Outcome
from verifier.format import jose, qrtext, wrapping
from verifier.format.errors import FormatError
from verifier.format.multibase import encode_base64url
from verifier.format.multikey import decode as decode_multikey
from verifier.format.timestamp import format_milliseconds

pytestmark = pytest.mark.node

LISTED = ROOT / "docs" / "differences.md"
BEYOND = {
    *("status-list-authentic", "status-fresh", "not-revoked", "not-suspended"),
    *("issuer-accepted", "credential-schema", "credentials-inside"),
}


@dataclass(frozen=True)
class Compared:
    """What both sides say about one vector; no `theirs` for what the peers cannot be asked."""

    case: Case
    ours: bool
    theirs: bool | None
    errors: tuple[str, ...] = ()


def accepted(report: Report) -> bool:
    """Genuine, in its time, for this occasion; and so is everything inside."""
    own = (check.outcome in (Outcome.PASSED, Outcome.SKIPPED) for check in report.checks if check.id not in BEYOND)
    return all(own) and all(map(accepted, report.credentials))


def compare(peer: Peer, case: Case) -> Compared:
    given = case.build()
    ours = accepted(verify(given.data, trust=given.trust, at=given.at, policy=given.policy))
    try:
        text = _carried(given).decode()
    except UnicodeDecodeError:
        return Compared(case, ours, None)  # they take text
    try:
        answer = _ask(peer, text, given)
    except PeerError as error:
        answer = {"verified": False, "errors": [str(error)]}
    return Compared(case, ours, answer["verified"], tuple(answer["errors"]))


def _carried(given: Given) -> bytes:
    """What a peer can be asked about: the credential in an image, a PDF, a mail or a QR text, where one is."""
    try:
        data = wrapping.bare(reading.unpacked(given.data))
        if reading.read(given.data, given.trust.qr_dictionaries).around:
            data = wrapping.inside(data) or data
    except FormatError:
        data = given.data if isinstance(given.data, bytes) else b""
    try:
        data = reading.unpacked(data)
        return qrtext.decode(data, given.trust.qr_dictionaries) if qrtext.looks_like(data) else data
    except FormatError:
        return given.data


def _ask(peer: Peer, text: str, given: Given) -> Json:
    if jose.looks_like(text.encode()):
        return peer.ask("jwt", token=text.strip(), jwk=_key(text, given))
    return peer.ask(
        "judge",
        text=text,
        documents=dict(given.trust.did_documents),
        contexts=dict(given.trust.contexts),
        now=format_milliseconds(given.at),
        challenge=given.policy.challenge,
        domain=given.policy.domain,
    )


def _key(text: str, given: Given) -> Json:
    """jose takes no key from a token: its caller finds one. Here that of the `kid`, or else the issuer's usual one."""
    public = ISSUER.key.public
    try:
        kid = str(jose.parse(text.encode()).header.get("kid"))
        if kid.startswith("did:key:"):
            public = decode_multikey(kid.removeprefix("did:key:").partition("#")[0])
        for document in given.trust.did_documents.values():
            for method in document.get("verificationMethod") or ():  # type: ignore[union-attr]
                if isinstance(method, dict) and str(method.get("id")).endswith(kid):
                    public = decode_multikey(str(method.get("publicKeyMultibase")))
    except FormatError:
        pass
    return {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(public)}


def listed(title: str = "") -> list[str]:
    """The names in the first column of the tables, or of the one under a title."""
    text = LISTED.read_text(encoding="utf-8").partition(f"## {title}")[2]
    rows = (line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_difference_is_listed_and_no_other(node: Path) -> None:
    """One test, so that the peers are asked once, however many processes share the work."""
    with Peer(node) as peer:
        compared = [compare(peer, case) for case in CASES]
    listed_and_true(compared)
    no_laxer(compared)
    most_are_compared(compared)


def listed_and_true(compared: list[Compared]) -> None:
    found = {each.case.name: each for each in compared if each.theirs is not None and each.theirs is not each.ours}
    unlisted = [(name, each.ours, each.theirs, each.errors) for name, each in found.items() if name not in listed()]
    assert not unlisted, "each needs a row in docs/differences.md: who is right, and why"
    assert sorted(listed()) == sorted(found), "what is listed is a difference, and stands once"


def no_laxer(compared: list[Compared]) -> None:
    """Where we take what a peer refuses, it had better be for something that the peer lacks."""
    laxer = {each.case.name for each in compared if each.ours and each.theirs is False}
    assert laxer <= set(listed("Taken by Certify, refused by the peer"))


def most_are_compared(compared: list[Compared]) -> None:
    agreed = [each.ours for each in compared if each.ours is each.theirs]
    # Texts in other encodings, images, and binary kinds: no peer reads them.
    assert len([each for each in compared if each.theirs is None]) < len(compared) / 16
    assert agreed.count(True) > 100
    assert agreed.count(False) > 100
