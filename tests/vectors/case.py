"""What a vector is: a named input with one fault, and what the verifier has to say about it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, ParamSpec, TypeAlias

from tests.kit import credentials
from tests.kit.credentials import DID, aima
from tests.kit.minting import AT, ISSUER, Issuer, Key, changed, encoded, sign
from verifier import Policy, Report, Trust, Verdict, verify
from verifier.format.contexts import VCDM2
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject

P = ParamSpec("P")

TRUST = ISSUER.trust()
OTHER = Issuer(did="did:web:other.example", key=Key("other"), fragment="key-1")
PLAIN: JsonObject = changed(aima(), credentialStatus=None, credentialSchema=None)
"""A credential that needs nothing but the issuer's key."""
PERSON = Key("subject").did_key
SMALL: JsonObject = {
    "@context": [VCDM2],
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "credentialSubject": {"id": PERSON},
}
"""The least that is a credential."""
URL = f"{credentials.HOST}/x"


@dataclass(frozen=True)
class Given:
    """What is verified, and how."""

    data: bytes
    trust: Trust = TRUST
    at: datetime = AT
    policy: Policy = field(default_factory=Policy)


Build: TypeAlias = Callable[[], Given]


@dataclass(frozen=True)
class Case:
    """One vector. `beside`: further codes that cannot but come along, and `reason` why."""

    name: str
    sentence: str
    build: Build
    verdict: Verdict
    check: str = ""
    code: str = ""
    beside: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Of:
    """Writes the vectors of one check: `Of("readable").invalid(…)`."""

    check: str

    def invalid(self, name: str, code: str, sentence: str, build: Build, **beside: Any) -> Case:
        return Case(name, sentence, build, Verdict.INVALID, self.check, code, **beside)

    def undecided(self, name: str, code: str, sentence: str, build: Build, **beside: Any) -> Case:
        return Case(name, sentence, build, Verdict.INDETERMINATE, self.check, code, **beside)

    def warned(self, name: str, code: str, sentence: str, build: Build, **beside: Any) -> Case:
        return Case(name, sentence, build, Verdict.VALID, self.check, code, **beside)


def valid(name: str, sentence: str, build: Build, **beside: Any) -> Case:
    return Case(name, sentence, build, Verdict.VALID, **beside)


def deferred(make: Callable[P, Given]) -> Callable[P, Build]:
    """Nothing is signed before a test asks for it."""

    def later(*args: P.args, **kwargs: P.kwargs) -> Build:
        return partial(make, *args, **kwargs)

    return later


@deferred
def text(value: str | bytes) -> Given:
    """Bytes as they stand."""
    return Given(value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass"))


@deferred
def given(document: JsonObject, trust: Trust = TRUST, **policy: Any) -> Given:
    """A document as it stands."""
    return Given(encoded(document), trust, policy=Policy(**policy))


@deferred
def signed(document: JsonObject = PLAIN, suite: str = RDFC, trust: Trust = TRUST, **members: Json) -> Given:
    """The credential with members changed (None takes one away), properly signed."""
    return Given(encoded(ISSUER.secured(changed(document, **members), suite)), trust)


@deferred
def as_is(name: str, value: Json, document: JsonObject = PLAIN) -> Given:
    """The credential with one member set, also to null, properly signed: eddsa-jcs-2022 signs whatever it is given."""
    return Given(encoded(ISSUER.secured({**document, name: value}, JCS)))


@deferred
def tampered(suite: str = RDFC, document: JsonObject = PLAIN, **members: Json) -> Given:
    """Signed, and then members set."""
    return Given(encoded({**ISSUER.secured(document, suite), **members}))


@deferred
def options(suite: str = RDFC, document: JsonObject = PLAIN, **members: Json) -> Given:
    """The credential under a proof with members set before it was signed; None takes one away."""
    return Given(encoded(ISSUER.secured(document, suite, adjust=lambda usual: changed(usual, **members))))


@deferred
def proof_entry(suite: str = RDFC, **members: Json) -> Given:
    """The credential under a proof with members set after it was signed; None takes one away."""
    proof = sign(PLAIN, ISSUER.key, ISSUER.method, cryptosuite=suite)
    return Given(encoded({**PLAIN, "proof": changed(proof, **members)}))


def member(name: str, value: Json) -> dict[str, Any]:
    """One member whose name is no Python name, to be passed on as a keyword."""
    return {name: value}


def context(*entries: Json) -> dict[str, Any]:
    """The member @context: the base context, then the entries."""
    return {"@context": [VCDM2, *entries]}


def knowing(*others: Issuer, **members: Json) -> Trust:
    """A trust that accepts our issuer alone, and has the DID documents of others as well."""
    documents: JsonObject = {each.did: each.did_document() for each in (ISSUER, *others)}
    return ISSUER.trust(**{"didDocuments": documents, **members})


def spliced(document: JsonObject, *, before: str) -> bytes:
    """The text of a document with more text right behind its first bracket."""
    return b"{" + before.encode("utf-8", "surrogatepass") + json.dumps(document).encode()[1:]


def windowed(**dates: Json) -> Trust:
    """A trust whose window of the signing key has these dates."""
    key: JsonObject = {"id": ISSUER.method, **dates}
    return ISSUER.trust(issuers=[{"id": DID, "name": "", "keys": [key]}])


def report_on(case: Case) -> Report:
    given = case.build()
    return verify(given.data, trust=given.trust, at=given.at, policy=given.policy)
