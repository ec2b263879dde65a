"""The issuer's DID document and the trust file, from the public key registry. Pure.

DID Core 1.0, Controlled Identifiers 1.0. A retired key stays under assertionMethod for as long as credentials rest on
it, and never carries `expires` or `revoked`: other verifiers would refuse what it signed. A compromised key is gone,
and marked in the trust file.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from keys import KeyRecord, KeyState, Registry
from verifier.format import multikey
from verifier.format.multibase import encode_base64url
from verifier.format.qrtext import NO_DICTIONARIES
from verifier.format.timestamp import format_seconds

_CONTEXTS: Final = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]


def did_document(did: str, registry: Registry) -> dict[str, Any]:
    """Every key but the compromised ones, twice: as Multikey and, for wallets that need it, as JsonWebKey."""
    kept = [key for key in registry.keys if key.state is not KeyState.COMPROMISED]
    methods = [method for key in kept for method in (_multikey(did, key), _jwk(did, key))]
    return {
        "@context": _CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def method_id(did: str, key: KeyRecord) -> str:
    """The verification method that proofs name."""
    return f"{did}#{key.id}"


def _multikey(did: str, key: KeyRecord) -> dict[str, Any]:
    return {
        "id": method_id(did, key),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.public_key_multibase,
    }


def _jwk(did: str, key: KeyRecord) -> dict[str, Any]:
    return {
        "id": f"{method_id(did, key)}-jwk",
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": {**multikey.encode_jwk(key.public_key), "kid": f"{key.id}-jwk"},
    }


def trust_file(
    did: str,
    name: str,
    registry: Registry,
    *,
    as_of: datetime,
    status_lists: Mapping[str, dict[str, Any]],
    schemas: Mapping[str, dict[str, Any]],
    dictionaries: Mapping[str, bytes] = NO_DICTIONARIES,
) -> dict[str, Any]:
    """Everything an offline reader needs about this issuer (docs/formats.md); `dictionaries` by their address."""
    return {
        "asOf": format_seconds(as_of),
        "issuers": [{"id": did, "name": name, "keys": list(_keys(did, registry))}],
        "didDocuments": {did: did_document(did, registry)},
        "statusLists": dict(status_lists),
        "schemas": dict(schemas),
        "qrDictionaries": {url: encode_base64url(content) for url, content in dictionaries.items()},
    }


def _keys(did: str, registry: Registry) -> Iterator[dict[str, Any]]:
    """The windows of keys in use, and both methods of compromised ones: an older copy must not bring them back."""
    for key in registry.keys:
        if key.state in (KeyState.ACTIVE, KeyState.RETIRED):
            yield _window(did, key)
        elif key.compromised is not None:
            for method in (method_id(did, key), f"{method_id(did, key)}-jwk"):
                yield {**_window(did, key), "id": method, "compromised": format_seconds(key.compromised)}


def _window(did: str, key: KeyRecord) -> dict[str, Any]:
    return {
        "id": method_id(did, key),
        "activeFrom": format_seconds(key.active_from) if key.active_from else None,
        "activeUntil": format_seconds(key.active_until) if key.active_until else None,
    }
