"""Signing: what comes out verifies, and what no signature may cover is refused before the key is touched."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from pyld import jsonld
from pyld.context_resolver import ContextResolver

from issuer import secondopinion
from issuer.errors import IssuerError
from issuer.signing import secure
from tests.kit import credentials
from tests.kit.minting import AT, ISSUER, Key
from verifier import Verdict, verify
from verifier.format import proof
from verifier.format.contexts import VCDM2

CREATED = datetime(2026, 7, 20, 10, tzinfo=UTC)
SUITES = (proof.RDFC, proof.JCS)


@dataclass
class CountingSigner:
    """A signer that remembers what it was asked to sign."""

    key: Key = field(default_factory=lambda: ISSUER.key)
    asked: list[bytes] = field(default_factory=list)

    @property
    def public_key(self) -> bytes:
        return self.key.public

    def sign(self, data: bytes) -> bytes:
        self.asked.append(data)
        return self.key.private.sign(data)


def signed(document: dict[str, Any], suite: str, signer: CountingSigner | None = None) -> dict[str, Any]:
    return secure(document, signer or CountingSigner(), ISSUER.method, suite, CREATED)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("document", [credentials.aima(), credentials.caig()], ids=["aima", "caig"])
def test_what_is_signed_verifies(document: dict[str, Any], suite: str) -> None:
    before = copy.deepcopy(document)
    secured = signed(document, suite)
    assert document == before
    assert verify(json.dumps(secured).encode(), trust=ISSUER.trust(), at=AT)
    (only,) = secured.pop("proof")
    assert secured == document
    extra = {"@context"} if suite == proof.JCS else set()
    assert only.keys() - extra == {
        "type",
        "cryptosuite",
        "created",
        "verificationMethod",
        "proofPurpose",
        "proofValue",
    }
    assert (only["created"], only["verificationMethod"]) == ("2026-07-20T10:00:00Z", ISSUER.method)


TITLE = "شهادة"
DIRECTED: dict[str, Any] = {
    "a language and a direction": {"@value": TITLE, "@language": "ar", "@direction": "rtl"},
    "a direction alone": {"@value": TITLE, "@direction": "rtl"},
    "a language in capitals": {"@value": TITLE, "@language": "AR-EG", "@direction": "rtl"},
    "two languages": [
        {"@value": TITLE, "@language": "ar", "@direction": "rtl"},
        {"@value": "Certificate", "@language": "en", "@direction": "ltr"},
    ],
}


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("name", DIRECTED.values(), ids=DIRECTED)
def test_a_text_with_a_direction_is_signed_and_verifies(name: Any, suite: str) -> None:
    secured = signed({**credentials.aima(), "name": name}, suite)
    assert verify(json.dumps(secured).encode(), trust=ISSUER.trust(), at=AT)
    turned = json.loads(json.dumps(secured).replace('"rtl"', '"ltr"'))
    assert verify(json.dumps(turned).encode(), trust=ISSUER.trust(), at=AT).verdict is Verdict.INVALID


@pytest.mark.parametrize("suite", SUITES)
def test_the_same_content_gives_the_same_bytes(suite: str) -> None:
    assert signed(credentials.caig(), suite) == signed(credentials.caig(), suite)


def member(name: str, value: Any, *path: Any) -> Callable[[dict[str, Any]], None]:
    def act(document: dict[str, Any]) -> None:
        target: Any = document
        for part in path:
            target = target[part]
        target[name] = value

    return act


HOLDER = ("credentialSubject", "identifier", 0)
UNFIT = {
    "an undefined term": member("colour", "red"),
    "an undefined term deep inside": member("shoeSize", "44", *HOLDER),
    "an undefined type": member("type", ["VerifiableCredential", "OpenBadgeCredential", "Diploma"]),
    "null": member("description", None),
    "an @index": member("@index", "x", "credentialSubject"),
    "a relative address": member("id", "badge.png", "credentialSubject", "achievement", "image"),
    "an unknown context": member("@context", [VCDM2, "https://context.example/v1"]),
    "a lone surrogate": member("identityHash", "Ada \ud800", *HOLDER),
}


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("change", UNFIT.values(), ids=UNFIT)
def test_what_no_signature_may_cover_is_not_signed(change: Callable[[dict[str, Any]], None], suite: str) -> None:
    document, signer = credentials.aima(), CountingSigner()
    change(document)
    with pytest.raises(IssuerError) as raised:
        signed(document, suite, signer)
    assert raised.value.code == "sign.content"
    assert signer.asked == []


@pytest.mark.parametrize("character", ["\x01", "\x08", "\x0c", "\x1f", "\x7f"])
def test_what_two_processors_read_differently_is_not_signed(character: str) -> None:
    document, signer = credentials.aima(), CountingSigner()
    member("identityHash", f"Ada{character}Example", *HOLDER)(document)
    with pytest.raises(IssuerError) as raised:
        signed(document, proof.RDFC, signer)
    assert raised.value.code == "sign.disagreement"
    assert signer.asked == []


def test_the_second_opinion_never_leaves_the_pinned_contexts() -> None:
    with pytest.raises(IssuerError) as raised:
        secondopinion.agree({"@context": "https://context.example/v1", "id": "urn:x:1"}, b"")
    assert raised.value.code == "sign.disagreement"


def test_the_second_opinion_is_one() -> None:
    with pytest.raises(IssuerError) as raised:
        secondopinion.agree(credentials.aima(), b"something else")
    assert raised.value.code == "sign.disagreement"


@pytest.mark.parametrize("made", range(2), ids=["first", "again"])
def test_the_second_opinion_is_that_of_a_processor_which_remembers_nothing(made: int) -> None:
    """Whatever was asked before: contexts are remembered, and documents are not."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": secondopinion._load}
    documents = [credentials.aima(), credentials.caig(), secured_options(credentials.aima())]
    for document in documents[::-1] if made else documents:
        document["id"] = f"urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a1{made}"
        theirs = jsonld.normalize(document, {**options, "contextResolver": ContextResolver({}, secondopinion._load)})
        secondopinion.agree(document, theirs.encode())
        with pytest.raises(IssuerError):
            secondopinion.agree({**document, "id": "urn:uuid:another"}, theirs.encode())


def secured_options(document: dict[str, Any]) -> dict[str, Any]:
    return {**proof.new_options(document, proof.RDFC, ISSUER.method, "2026-07-20T10:00:00Z"), "@context": [VCDM2]}
