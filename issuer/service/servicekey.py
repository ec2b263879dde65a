"""The key that links and form tokens are derived from, and that sessions rest on: a file of the home.

It is made when it is first needed, and read each time: deleting it ends every link and session in every process.
"""

import contextlib
import hashlib
import hmac
import secrets
import stat
from typing import Final

from keys import durable

from ..config import Config
from ..errors import IssuerError
from .desk import Desk

FILE: Final = "service-key"
_BYTES: Final = 32
_OWNER_FILE: Final = 0o600
_OTHERS: Final = 0o077


def of(desk: Desk) -> bytes:
    """The same for an act; of another issuer than the register's none is made."""
    desk.require_issuer()
    return load(desk.config)


def load(config: Config) -> bytes:
    """32 bytes. Raises IssuerError `service.key` when others can read it, or it is damaged."""
    path = config.keys / FILE
    if not path.exists():
        with contextlib.suppress(FileExistsError):  # another worker was first
            durable.create(path, secrets.token_bytes(_BYTES), mode=_OWNER_FILE)
    data = path.read_bytes()
    if stat.S_IMODE(path.stat().st_mode) & _OTHERS or len(data) != _BYTES:
        raise IssuerError(
            "service.key",
            f"{path} is damaged, or others can read it. Mend its mode, or delete it: then all links and sessions end.",
        )
    return data


def mark(key: bytes) -> str:
    """What stands beside a session in the register, so that it ends with the key."""
    return hmac.digest(key, b"session", hashlib.sha256).hex()[:32]
