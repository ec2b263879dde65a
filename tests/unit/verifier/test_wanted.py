"""What is asked for online: the right documents, at the right addresses, and never anything unusual."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.credentials import DID, HOST, REVOCATION, SUSPENSION, aima, caig, entry
from tests.kit.minting import ISSUER, changed, encoded
from verifier import Trust
from verifier.format.contexts import VCDM2
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_WANTED
from verifier.wanted import Wanted, did_web_url, requirements, requirements_of_lists

KINDS = ["VerifiablePresentation", "BitstringStatusListEntry"]
NAMES = st.sampled_from(["id", "type", "verificationMethod", "statusListCredential"])
SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([DID, REVOCATION, *KINDS])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=8)
ISSUER_DOCUMENT = Wanted("did", DID, f"{HOST}/.well-known/did.json")
REVOCATION_LIST = Wanted("status-list", REVOCATION, REVOCATION)
SUSPENSION_LIST = Wanted("status-list", SUSPENSION, SUSPENSION)


def signed_by(*methods: Json) -> list[Json]:
    return [{"type": "DataIntegrityProof", "verificationMethod": method} for method in methods]


def test_a_credential_needs_its_issuer_and_its_lists() -> None:
    assert requirements(ISSUER.secured(aima())) == (ISSUER_DOCUMENT, REVOCATION_LIST)
    assert requirements(ISSUER.secured(caig())) == (ISSUER_DOCUMENT, REVOCATION_LIST, SUSPENSION_LIST)


def test_the_issuer_may_stand_alone() -> None:
    assert requirements(changed(aima(), issuer=DID)) == (ISSUER_DOCUMENT, REVOCATION_LIST)


def test_contexts_schemas_and_links_are_never_wanted() -> None:
    document = changed(caig(), credentialStatus=None, issuer="did:key:z6Mk")
    document["@context"] = ["https://www.w3.org/ns/credentials/v2", "https://evil.example/context"]
    assert requirements(document) == ()


def test_every_controller_of_a_proof() -> None:
    document = changed(aima(), proof=signed_by(f"{DID}#key-1", "did:web:co.example#a", "did:key:z6Mk#z6Mk", 7, None))
    co_signer = Wanted("did", "did:web:co.example", "https://co.example/.well-known/did.json")
    assert requirements(document) == (ISSUER_DOCUMENT, co_signer, REVOCATION_LIST)


def test_one_proof_may_stand_alone() -> None:
    document = changed(aima(), issuer="did:key:z6Mk", proof=signed_by(f"{DID}#key-1")[0])
    assert requirements(document) == (ISSUER_DOCUMENT, REVOCATION_LIST)


@pytest.mark.parametrize("holder", ["did:web:holder.example:ada", {"id": "did:web:holder.example:ada"}])
def test_a_presentation_needs_holder_signers_and_what_is_inside(holder: Json) -> None:
    presentation: JsonObject = {
        "type": ["VerifiablePresentation"],
        "holder": holder,
        "verifiableCredential": [aima(), caig(), "eyJ", None],
        "proof": signed_by("did:web:device.example#a"),
    }
    assert requirements(presentation) == (
        Wanted("did", "did:web:holder.example:ada", "https://holder.example/ada/did.json"),
        Wanted("did", "did:web:device.example", "https://device.example/.well-known/did.json"),
        ISSUER_DOCUMENT,
        REVOCATION_LIST,
        SUSPENSION_LIST,
    )


def enveloped(token: str) -> JsonObject:
    return {
        "type": ["VerifiablePresentation"],
        "verifiableCredential": envelope(token),
    }


def envelope(token: str) -> JsonObject:
    return {
        "@context": [VCDM2],
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }


def test_a_credential_in_an_envelope() -> None:
    parts = [b"{}", encoded(aima()), bytes(64)]
    token = ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    assert requirements(enveloped(token)) == (ISSUER_DOCUMENT, REVOCATION_LIST)


@pytest.mark.parametrize(
    "token", ["", "e30", "e30.e30", "e30.e30.e30", "e30.W10.e30.e30", "e=.e30.", "\ud800.a.b", "ä.a.b"]
)
def test_a_broken_envelope(token: str) -> None:
    assert requirements(enveloped(token)) == ()


def test_what_is_inside_something_else_is_not_looked_at() -> None:
    assert requirements({"type": ["VerifiableCredential"], "verifiableCredential": [aima()]}) == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://credentials.example/status/1",
        "https://credentials.example/status/1#list",
        "https://user@credentials.example/status/1",
        "https://credentials.example:22/status/1",
        "//credentials.example/status/1",
        "file:///etc/passwd",
        "",
        None,
        ["https://credentials.example/status/1"],
    ],
)
def test_a_list_without_an_address_that_may_be_asked_is_left_out(url: Json) -> None:
    status: JsonObject = {**entry("revocation", REVOCATION, 1), "statusListCredential": url}
    assert requirements(changed(aima(), credentialStatus=status)) == (ISSUER_DOCUMENT,)


def test_other_kinds_of_status_are_left_out() -> None:
    status: JsonObject = {**entry("revocation", REVOCATION, 1), "type": "StatusList2021Entry"}
    assert requirements(changed(aima(), credentialStatus=status)) == (ISSUER_DOCUMENT,)
    status["type"] = ["Other", "BitstringStatusListEntry"]
    assert requirements(changed(aima(), credentialStatus=status)) == (ISSUER_DOCUMENT, REVOCATION_LIST)


def test_a_bound_on_how_much_is_wanted() -> None:
    status: list[Json] = [entry("revocation", f"{HOST}/status/{n}", 1) for n in range(100)]
    wanted = requirements(changed(aima(), credentialStatus=status))
    assert len(wanted) == MAX_WANTED
    assert wanted[0] == ISSUER_DOCUMENT


def test_the_keys_of_the_lists_at_hand() -> None:
    signed = changed(ISSUER.lists()[REVOCATION], proof=signed_by("did:web:lists.example#a"))  # type: ignore[arg-type]
    expected = (ISSUER_DOCUMENT, Wanted("did", "did:web:lists.example", "https://lists.example/.well-known/did.json"))
    assert requirements_of_lists(caig(), Trust(status_lists={REVOCATION: signed})) == expected
    assert requirements_of_lists(caig(), Trust()) == ()


@given(st.dictionaries(st.sampled_from(["type", "issuer", "holder", "proof", "credentialStatus"]), VALUES))
def test_no_object_is_too_strange(document: JsonObject) -> None:
    requirements({**document, "verifiableCredential": [document]})


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:host.example", "https://host.example/.well-known/did.json"),
        ("did:web:host.example:a:b-c_d.e", "https://host.example/a/b-c_d.e/did.json"),
        ("did:web:host.example%3A8443", "https://host.example:8443/.well-known/did.json"),
        ("did:web:host.example%3a8443:a:b", "https://host.example:8443/a/b/did.json"),
        ("did:web:host.example%3A443", "https://host.example:443/.well-known/did.json"),
        ("did:web:127.0.0.1%3A8443", "https://127.0.0.1:8443/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
    ],
)
def test_the_address_of_a_did(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:web:",
        "did:key:z6Mk",
        "DID:web:host.example",
        "did:web:host.example:",
        "did:web:host.example::a",
        "did:web::a",
        "did:web:host.example:..:a",
        "did:web:host.example:.",
        "did:web:host.example:...",
        "did:web:host.example:a%2Fb",
        "did:web:host.example:%2e%2e",
        "did:web:host.example/a",
        "did:web:host.example?a",
        "did:web:host.example#a",
        "did:web:host.example\n",
        "did:web:user%40host.example",
        "did:web:user@host.example",
        "did:web:user%3Apassword%40host.example",
        "did:web:host.example%3A",
        "did:web:host.example%3A0",
        "did:web:host.example%3A08443",
        "did:web:host.example%3A22",
        "did:web:host.example%3A80",
        "did:web:host.example%3A65536",
        "did:web:host.example%3A８４４３",
        "did:web:host.example%3A8443%3A8443",
        "did:web:höst.example",
        "did:web:host.example:ä",
        "did:web:host..example",
        "did:web:.host.example",
        "did:web:host.example.",
        "did:web:-host.example",
        "did:web:host_a.example",
        "did:web:[::1]",
        "did:web:%5B::1%5D",
        f"did:web:{'a' * 64}.example",
        f"did:web:{'a.' * 127}example",
        f"did:web:host.example:{'a' * 2048}",
    ],
)
def test_a_did_without_an_address(did: str) -> None:
    assert did_web_url(did) is None
