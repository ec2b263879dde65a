"""Public ids such as AIMA-2026-7K3Q9FW8: for looking up and reading aloud, never for access.

Code, UTC year of the award, and 8 characters of Crockford's base32: 7 random ones and a check character (Luhn mod
32), which catches every single mistyped character.
"""

import re
import secrets
from datetime import UTC, datetime
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_CHARACTERS: Final = 7
_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_FORM: Final = re.compile(r"([A-Z]{2,12})-(\d{4})-([0-9A-HJKMNP-TV-Z]{8})", re.ASCII)


def new(code: str, awarded: datetime) -> str:
    """A fresh public id for a credential `code` awarded at `awarded` (aware)."""
    payload = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return f"{code}-{awarded.astimezone(UTC).year:04d}-{payload}{_check_character(payload)}"


def normalize(text: str) -> str | None:
    """The id that a person meant (case, spaces, I and L for 1, O for 0), or None when it is no public id."""
    code, _, rest = text.strip().upper().partition("-")
    year, _, characters = rest.partition("-")
    match = _FORM.fullmatch(f"{code}-{year}-{characters.translate(_LOOKALIKES)}")
    if match is None or _check_character(match[3][:-1]) != match[3][-1]:
        return None
    return match[0]


def _check_character(payload: str) -> str:
    """Luhn's algorithm in base 32."""
    total = 0
    for place, character in enumerate(reversed(payload)):
        weighted = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += weighted // 32 + weighted % 32
    return ALPHABET[-total % 32]
