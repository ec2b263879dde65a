"""What signing needs from a key, wherever the private half is kept."""

from typing import Protocol


class Signer(Protocol):
    """An Ed25519 key that can sign (RFC 8032, pure Ed25519)."""

    @property
    def public_key(self) -> bytes:
        """The public half: 32 raw bytes."""

    def sign(self, data: bytes) -> bytes:
        """The signature over the data: 64 bytes."""
