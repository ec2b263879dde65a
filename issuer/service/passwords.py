"""Passwords of staff, as argon2id (RFC 9106). The library comes with the extra `service`, and is loaded when needed."""

import secrets
from functools import cache
from typing import Any


def prepare() -> None:
    """Load the library now, and make what the password of an unknown name is compared with."""
    _nobody()


def hashed(password: str) -> str:
    """What the register keeps of a password."""
    return str(_hasher().hash(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept. None: nobody's, which takes as long as somebody's."""
    from argon2.exceptions import VerificationError

    try:
        return bool(_hasher().verify(_nobody() if kept is None else kept, password))
    except VerificationError:
        return False


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return hashed(secrets.token_hex(16))
