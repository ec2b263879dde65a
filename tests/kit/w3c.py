"""The contexts and keys of the W3C's own EdDSA vectors, which are for tests alone."""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verifier.format.contexts import Contexts, pinned
from verifier.format.multibase import decode_base58btc
from verifier.format.types import JsonObject

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"
CITIZENSHIP_FILE = Path("node_modules/@digitalbazaar/citizenship-context/contexts/v4rc1.jsonld")


def contexts(**more: JsonObject) -> Contexts:
    """The pinned contexts, and the W3C's examples context, which gives every word a meaning."""
    documents = {url: pinned().document(url) for url in pinned().urls}
    documents[EXAMPLES] = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
    return Contexts(documents | more)


def private_key(multibase: str) -> Ed25519PrivateKey:
    """The key of a `privateKeyMultibase` (codec 0x1300)."""
    data = decode_base58btc(multibase)
    assert data[:2] == b"\x80\x26"
    return Ed25519PrivateKey.from_private_bytes(data[2:34])


def load(path: Path) -> JsonObject:
    value = json.loads(path.read_bytes())
    assert isinstance(value, dict)
    return value
