"""DID documents and verification methods, from the trust at hand and never from a network.

did:web (from Trust), did:key (from itself); Controlled Identifiers 1.0 sections 2 and 3.3, DID Core 1.0 section 5.
"""

from dataclasses import dataclass
from datetime import datetime

from .format import multikey
from .format.errors import FormatError
from .format.timestamp import parse
from .format.types import Json, JsonObject
from .trust import Trust

_KEY_METHOD = "did:key:"
_WEB_METHOD = "did:web:"
_MATERIALS = ("publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyHex", "publicKeyPem")
_BASE58_TYPE = "Ed25519VerificationKey2018"


@dataclass(frozen=True, slots=True)
class Method:
    """A verification method that may assert: its id, controller, 32 raw key bytes, and when it stops to count."""

    id: str
    controller: str
    public_key: bytes
    revoked: datetime | None = None
    expires: datetime | None = None


def resolve(did: str, trust: Trust) -> JsonObject:
    """The DID document of `did`.

    Raises FormatError `did.unknown` (not at hand), `did.method` (a method other than did:web and did:key) or
    `did.invalid` (the document is not that DID's).
    """
    if did.startswith(_KEY_METHOD):
        return _did_key_document(did)
    if did not in trust.did_documents:
        if not did.startswith(_WEB_METHOD):
            raise FormatError("did.method", f"{did[:120]} is neither did:web nor did:key.")
        if trust.disputes(did):
            raise FormatError(
                "did.unknown", f"The DID documents of {did[:120]} at hand differ, and none is dated later."
            )
        raise FormatError("did.unknown", f"The DID document of {did[:120]} is not at hand.")
    document = trust.did_documents[did]
    if document.get("id") != did:
        raise FormatError("did.invalid", f"The document at hand for {did} names another DID.")
    return document


def _did_key_document(did: str) -> JsonObject:
    """Section 3 of the did:key method: the document is made from the identifier alone."""
    text = did.removeprefix(_KEY_METHOD)
    try:
        multikey.decode(text)
    except FormatError as error:
        raise FormatError("did.invalid", error.detail) from None
    method: JsonObject = {
        "id": f"{did}#{text}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": text,
    }
    listed: list[Json] = [f"{did}#{text}"]
    return {"id": did, "verificationMethod": [method], "assertionMethod": listed, "authentication": listed}


def method_url(value: str, signer: str) -> str:
    """The absolute DID URL of a method that a proof or token by `signer` names in short.

    A mere fragment belongs to the signer's DID; a did:key alone has one key that signs, named as the DID itself.
    """
    if value.startswith("#"):
        return signer + value
    if value.startswith(_KEY_METHOD) and "#" not in value:
        return f"{value}#{value.removeprefix(_KEY_METHOD)}"
    return value


def verification_method(document: JsonObject, method_id: str, purpose: str) -> Method:
    """The method `method_id` of a DID document, if it stands under `purpose` (assertionMethod or authentication).

    Raises FormatError `method.unknown`, `method.purpose`, `method.controller` or `method.key`.
    """
    did = document.get("id")
    listed, embedded = (_described(document.get(name), did) for name in ("verificationMethod", purpose))
    found = [entry for entry in (*listed, *embedded) if entry["id"] == method_id]
    if not found:
        raise FormatError("method.unknown", f"The issuer's DID document has no key {method_id[:200]}.")
    if any(entry != found[0] for entry in found):  # the same entry in both places is one key
        raise FormatError("method.key", f"The issuer's DID document has two keys {method_id[:200]}.")
    entry = found[0]
    if entry not in embedded and method_id not in (_absolute(each, did) for each in _list(document.get(purpose))):
        raise FormatError("method.purpose", f"{method_id} is not listed under {purpose}.")
    if entry.get("controller") != did:
        raise FormatError("method.controller", f"{method_id} is controlled by {str(entry.get('controller'))[:120]}.")
    return Method(
        method_id,
        str(entry["controller"]),
        _public_key(entry),
        _instant(entry.get("revoked")),
        _instant(entry.get("expires")),
    )


def _absolute(value: Json, did: Json) -> Json:
    """A DID URL, made absolute where it is a mere fragment (DID Core 1.0 section 3.2.2)."""
    return f"{did}{value}" if isinstance(value, str) and value.startswith("#") else value


def _public_key(entry: JsonObject) -> bytes:
    """One key material per method: Multikey, JsonWebKey, or the older form of a bare base58btc text.

    Controlled Identifiers 1.0 section 2.2, Ed25519 Signature 2018 section 4.
    """
    present = [name for name in _MATERIALS if name in entry]
    try:
        if present == ["publicKeyMultibase"] and isinstance(entry["publicKeyMultibase"], str):
            return multikey.decode(entry["publicKeyMultibase"])
        if present == ["publicKeyJwk"]:
            return multikey.decode_jwk(entry["publicKeyJwk"])
        if present == ["publicKeyBase58"] and entry.get("type") == _BASE58_TYPE:
            return multikey.decode_base58(str(entry["publicKeyBase58"]))
    except FormatError as error:
        raise FormatError("method.key", error.detail) from None
    raise FormatError("method.key", "The method needs exactly one key: publicKeyMultibase or publicKeyJwk.")


def _instant(value: Json) -> datetime | None:
    if value is None:
        return None
    try:
        return parse(value if isinstance(value, str) else "")
    except FormatError as error:
        raise FormatError("method.key", f"revoked or expires: {error.detail}") from None


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _described(value: Json, did: Json) -> list[JsonObject]:
    """The methods that are written out, not only named, each under its absolute id."""
    return [{**entry, "id": _absolute(entry.get("id"), did)} for entry in _list(value) if isinstance(entry, dict)]
