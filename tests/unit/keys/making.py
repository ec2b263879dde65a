"""Registries for the tests of the keys package, each with keys of its own."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys import Registry, announce

T0 = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def public_key() -> bytes:
    return Ed25519PrivateKey.generate().public_key().public_bytes_raw()


def announced(*key_ids: str, at: datetime = T0) -> Registry:
    """A registry of these keys, all announced at that time."""
    registry = Registry()
    for key_id in key_ids:
        registry = announce(registry, key_id, public_key(), f"file:{key_id}.pem", at=at)
    return registry
