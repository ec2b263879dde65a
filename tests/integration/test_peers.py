"""Certify against a second implementation: what npm's @digitalbazaar/vc signs, verifies and canonicalizes."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.peers.client import Json, Peer, PeerError
from tests.peers.documents import (
    CREATED,
    DID_WEB,
    IRREGULAR,
    REGULAR,
    STATUS,
    TAMPERINGS,
    changed,
    status_list,
    unsigned,
)
from verifier import Policy, Trust, verify
from verifier.format import rdfc
from verifier.format.errors import FormatError

pytestmark = pytest.mark.node

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

SEED = bytes(range(32))
NOW = "2026-08-01T00:00:00Z"
AT = datetime(2026, 8, 1, tzinfo=UTC)
METHOD = f"{DID_WEB}#key-1"


@pytest.fixture(scope="module")
def peer(node: Path) -> Iterator[Peer]:
    with Peer(node) as running:
        yield running


# --- What the peer signs, we verify -------------------------------------------------------------------------


def did_web_document(key: str) -> Json:
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID_WEB,
        "verificationMethod": [{"id": METHOD, "type": "Multikey", "controller": DID_WEB, "publicKeyMultibase": key}],
        "assertionMethod": [METHOD],
    }


def did_web_trust(key: str, *lists: Json) -> Trust:
    return read_trust(
        {
            "asOf": NOW,
            "issuers": [{"id": DID_WEB, "name": "Peer Example", "keys": []}],
            "didDocuments": {DID_WEB: did_web_document(key)},
            "statusLists": {signed["id"]: signed for signed in lists},
        }
    )


def read_trust(trust: Json) -> Trust:
    return Trust.read(json.dumps(trust).encode())


def verdict(credential: Json, trust: Trust, policy: Policy | None = None, at: datetime = AT) -> str:
    report = verify(json.dumps(credential).encode(), trust=trust, at=at, policy=policy or Policy())
    return report.verdict.value


def test_a_peer_credential_with_did_key_is_valid(peer: Peer) -> None:
    key = peer.public_key(SEED)
    did = f"did:key:{key}"
    signed = peer.issue(unsigned(did), seed=SEED, method=f"{did}#{key}", created=CREATED)
    accepting = Policy(accept_issuers=frozenset({did}))
    assert peer.errors(signed, {}, now=NOW) == []
    assert verdict(signed, Trust(), accepting) == "valid"
    assert verdict(signed, Trust()) == "indeterminate", "an issuer that nobody accepted"


def test_a_peer_credential_with_did_web_is_valid(peer: Peer) -> None:
    key = peer.public_key(SEED)
    signed = peer.issue(unsigned(), seed=SEED, method=METHOD, created=CREATED)
    assert peer.errors(signed, {DID_WEB: did_web_document(key)}, now=NOW) == []
    assert verdict(signed, did_web_trust(key)) == "valid"
    assert verdict(signed, Trust()) == "indeterminate", "a DID that nothing resolves"


@pytest.mark.parametrize(("revoked", "expected"), [((), "valid"), ((76, 78), "valid"), ((77,), "invalid")])
def test_a_peer_status_list_counts(peer: Peer, revoked: tuple[int, ...], expected: str) -> None:
    def issue(credential: Json) -> Json:
        return peer.issue(credential, seed=SEED, method=METHOD, created=CREATED)

    trust = did_web_trust(peer.public_key(SEED), issue(status_list(*revoked)))
    assert verdict(issue(unsigned() | {"credentialStatus": STATUS}), trust) == expected


@pytest.mark.parametrize(("path", "value"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_tampered_peer_credential_is_refused_by_both(peer: Peer, path: str, value: object) -> None:
    key = peer.public_key(SEED)
    signed = peer.issue(unsigned(), seed=SEED, method=METHOD, created=CREATED)
    tampered = changed({**signed, "proof": [signed["proof"]]}, path, value)
    assert peer.errors(tampered, {DID_WEB: did_web_document(key)}, now=NOW) == ["Invalid signature."]
    assert verdict(tampered, did_web_trust(key)) == "invalid"


def test_another_key_is_refused_by_both(peer: Peer) -> None:
    other = peer.public_key(SEED[::-1])
    signed = peer.issue(unsigned(), seed=SEED, method=METHOD, created=CREATED)
    assert peer.errors(signed, {DID_WEB: did_web_document(other)}, now=NOW) == ["Invalid signature."]
    assert verdict(signed, did_web_trust(other)) == "invalid"


# --- What we sign, the peer verifies ------------------------------------------------------------------------


@pytest.fixture(params=["aima", "caig"])
def example(request: pytest.FixtureRequest) -> Json:
    credential: Json = json.loads((EXAMPLES / f"{request.param}.json").read_bytes())
    return credential


@pytest.fixture(scope="module")
def example_trust() -> Json:
    trust: Json = json.loads((EXAMPLES / "trust" / "trust.json").read_bytes())
    return trust


def test_the_peer_verifies_our_credential(peer: Peer, example: Json, example_trust: Json) -> None:
    assert peer.errors(example, example_trust["didDocuments"], now=example["validFrom"]) == []


@pytest.mark.parametrize(("path", "value"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_our_tampered_credential_is_refused_by_both(
    peer: Peer, example: Json, example_trust: Json, path: str, value: object
) -> None:
    tampered = changed(example, path, value)
    now = example["validFrom"]
    assert peer.errors(tampered, example_trust["didDocuments"], now=now) == ["Invalid signature."]
    assert verdict(tampered, read_trust(example_trust), at=datetime.fromisoformat(now)) == "invalid"


# --- Both canonicalize to the same bytes --------------------------------------------------------------------


def attempt(canonicalize: Callable[[Json], bytes], document: Json) -> bytes | None:
    """The canonical bytes, or nothing when it refuses the document."""
    try:
        return canonicalize(document)
    except (FormatError, PeerError):
        return None


@pytest.mark.parametrize("document", REGULAR.values(), ids=REGULAR)
def test_both_canonicalize_alike(peer: Peer, document: Json) -> None:
    theirs = peer.canonicalize(document)
    assert theirs
    assert rdfc.canonicalize(document) == theirs


@pytest.mark.parametrize("document", IRREGULAR.values(), ids=IRREGULAR)
def test_we_refuse_or_canonicalize_alike(peer: Peer, document: Json) -> None:
    ours = attempt(rdfc.canonicalize, document)
    assert ours is None or ours == attempt(peer.canonicalize, document)
