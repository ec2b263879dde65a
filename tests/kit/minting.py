"""Makes what the tests verify: keys from labels, a did:web issuer with its documents and lists, signed credentials."""

import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.kit import credentials
from verifier import Trust
from verifier.format import jose, multikey, proof, statuslist
from verifier.format.contexts import VCDM2, Contexts
from verifier.format.multibase import encode_base64url
from verifier.format.types import Json, JsonObject
from verifier.limits import MIN_STATUS_BITS

AT = datetime(2026, 8, 1, 12, tzinfo=UTC)
CREATED = "2026-07-20T10:00:00Z"
LIST_FROM = "2026-07-31T10:00:00Z"
LIST_UNTIL = "2026-09-04T10:00:00Z"


def encoded(value: Json) -> bytes:
    """A value as the bytes of a file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def changed(document: JsonObject, **members: Json) -> JsonObject:
    """A copy with top-level members set; None takes one away."""
    merged = {**copy.deepcopy(document), **members}
    return {name: value for name, value in merged.items() if value is not None}


@dataclass(frozen=True)
class Key:
    """A test key, made from a label: the same in every run, and worth nothing."""

    label: str

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"test key {self.label}".encode()).digest())

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def multibase(self) -> str:
        return multikey.encode(self.public)

    @property
    def did_key(self) -> str:
        return f"did:key:{self.multibase}"


def sign(
    document: JsonObject,
    key: Key,
    method: str,
    *,
    cryptosuite: str = proof.RDFC,
    contexts: Contexts | None = None,
    previous: tuple[JsonObject, ...] = (),
    adjust: Callable[[JsonObject], JsonObject] = dict,
) -> JsonObject:
    """A proof on `document`; `adjust` changes its options before they are signed. `previous`: it rests on these."""
    unsecured = proof.unsecured(document)
    options = proof.new_options(unsecured, cryptosuite, method, CREATED)
    if cryptosuite == proof.ED25519_2020:
        options = changed(options, type=cryptosuite, cryptosuite=None)
    if previous:
        options["previousProof"] = [each["id"] for each in previous]
    options = adjust(options)
    covered: JsonObject = {**unsecured, "proof": list(previous)} if previous else unsecured
    data = proof.hash_input(covered, options, contexts).data
    return {**options, "proofValue": proof.encode_signature(key.private.sign(data))}


def jws(payload: Json, key: Key, header: Json) -> str:
    """A compact JWS over the payload, signed as EdDSA whatever the header says."""
    signing_input = f"{_part(header)}.{_part(payload)}"
    return f"{signing_input}.{encode_base64url(key.private.sign(signing_input.encode()))}"


def _part(value: Json) -> str:
    return encode_base64url(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@dataclass(frozen=True)
class Holder:
    """Somebody with a did:key who presents credentials."""

    key: Key = field(default_factory=lambda: Key("holder"))

    @property
    def did(self) -> str:
        return self.key.did_key

    @property
    def method(self) -> str:
        return f"{self.did}#{self.key.multibase}"

    def presentation(self, *contained: Json, **members: Json) -> JsonObject:
        """An unsigned presentation of credentials, with members set; None takes one away."""
        document: JsonObject = {
            "@context": [VCDM2],
            "type": ["VerifiablePresentation"],
            "holder": self.did,
            "verifiableCredential": list(contained),
        }
        return changed(document, **members)

    def signed(self, presentation: JsonObject, cryptosuite: str = proof.RDFC, **options: Json) -> JsonObject:
        """The presentation under one proof, with options set before it was signed; None takes one away."""
        given: JsonObject = {"proofPurpose": "authentication", **options}
        one = sign(
            presentation, self.key, self.method, cryptosuite=cryptosuite, adjust=lambda usual: changed(usual, **given)
        )
        return {**presentation, "proof": [one]}


@dataclass(frozen=True)
class Issuer:
    """A did:web issuer with one key, its DID document, and two status lists."""

    did: str = credentials.DID
    key: Key = field(default_factory=lambda: Key("issuer"))
    fragment: str = "key-2026-1"

    @property
    def method(self) -> str:
        return f"{self.did}#{self.fragment}"

    @property
    def verification_method(self) -> JsonObject:
        return {
            "id": self.method,
            "type": "Multikey",
            "controller": self.did,
            "publicKeyMultibase": self.key.multibase,
        }

    def did_document(self) -> JsonObject:
        return {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.did,
            "verificationMethod": [self.verification_method],
            "assertionMethod": [self.method],
        }

    def secured(
        self,
        document: JsonObject,
        cryptosuite: str = proof.RDFC,
        adjust: Callable[[JsonObject], JsonObject] = dict,
    ) -> JsonObject:
        """`document` with one proof of this issuer."""
        one = sign(document, self.key, self.method, cryptosuite=cryptosuite, adjust=adjust)
        return {**proof.unsecured(document), "proof": [one]}

    def token(self, document: JsonObject, **header: Json) -> str:
        """`document` as a `vc+jwt` of this issuer, with header parameters changed; None takes one away."""
        usual: JsonObject = {"alg": "EdDSA", "typ": jose.TYPE, "kid": self.method}
        return jws(document, self.key, changed(usual, **header))

    def status_list(self, purpose: Json, url: str, indices: frozenset[int] = frozenset()) -> JsonObject:
        """An unsigned status list in which `indices` are set."""
        return {
            "@context": [VCDM2],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did,
            "validFrom": LIST_FROM,
            "validUntil": LIST_UNTIL,
            "credentialSubject": {
                "id": f"{url}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": statuslist.encode(statuslist.with_bits(MIN_STATUS_BITS, indices)),
            },
        }

    def lists(self, *, revoked: frozenset[int] = frozenset(), suspended: frozenset[int] = frozenset()) -> JsonObject:
        """Both signed lists by their URL."""
        revocation = self.status_list("revocation", credentials.REVOCATION, revoked)
        suspension = self.status_list("suspension", credentials.SUSPENSION, suspended)
        return {
            credentials.REVOCATION: self.secured(revocation),
            credentials.SUSPENSION: self.secured(suspension),
        }

    def trust_file(self, **members: Json) -> JsonObject:
        """The trust file that accepts this issuer, with members replaced."""
        key: JsonObject = {"id": self.method, "activeFrom": "2026-01-01T00:00:00Z"}
        return {
            "asOf": LIST_FROM,
            "issuers": [{"id": self.did, "name": "Example Certification Body", "keys": [key]}],
            "didDocuments": {self.did: self.did_document()},
            "statusLists": self.lists(),
            **members,
        }

    def trust(self, **members: Json) -> Trust:
        return read_trust(self.trust_file(**members))


def read_trust(value: Json) -> Trust:
    return Trust.read(encoded(value))


ISSUER = Issuer()
HOLDER = Holder()
