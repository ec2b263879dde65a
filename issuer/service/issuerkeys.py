"""The public half of the issuer's keys, for anyone who compares them: state, times, and a fingerprint."""

import hashlib
from dataclasses import dataclass

from keys import KeyRecord

from ..diddoc import did_document, method_id
from .desk import Desk


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key. `method`: what proofs name; `in_document`: whether others still accept what it signed."""

    record: KeyRecord
    method: str
    fingerprint: str
    in_document: bool


def public_keys(desk: Desk) -> list[PublicKey]:
    """All of them, newest first."""
    registry, did = desk.registry(), desk.config.did
    listed = set(did_document(did, registry)["assertionMethod"])
    return [
        PublicKey(key, method_id(did, key), fingerprint(key.public_key), method_id(did, key) in listed)
        for key in reversed(registry.keys)
    ]


def fingerprint(public_key: bytes) -> str:
    """SHA-256 of the 32 key bytes: hex in groups of four, to be read aloud."""
    digest = hashlib.sha256(public_key).hexdigest()
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
