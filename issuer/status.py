"""Status lists: rows -> bitstring -> unsigned list credential (Bitstring Status List 1.0). Pure.

A list is always rebuilt from the rows of the register, never edited: a bit cannot be lost by two writers.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from verifier.format import statuslist
from verifier.format.contexts import VCDM2
from verifier.format.timestamp import format_milliseconds
from verifier.limits import MAX_LIST_AGE_DAYS

from .errors import IssuerError

TTL: Final = timedelta(hours=1)
"""How long a reader may keep a copy before asking again."""
VALIDITY: Final = timedelta(days=MAX_LIST_AGE_DAYS)
"""How long a copy can be relied on offline: as long as any verifier of ours would."""
RESIGN_AFTER: Final = timedelta(days=1)
"""A list is signed again daily, also when nothing changed."""
LATE_AFTER: Final = timedelta(hours=26)
"""A list that is older was not signed for a day, and somebody should see why."""
HABIT: Final = timedelta(days=7)
"""For as long lists must have been signed daily to say that something signs them daily: a weekend is in every week."""
_TICK: Final = timedelta(milliseconds=1)


def next_valid_from(at: datetime, last: datetime | None) -> datetime:
    """A `validFrom` with milliseconds, strictly newer than the list that stands."""
    now = at.replace(microsecond=at.microsecond // 1000 * 1000)
    return now if last is None or now > last else last + _TICK


def is_daily(dated: Sequence[datetime]) -> bool:
    """Whether lists that are dated so (oldest first) were signed every day for a week, weekends among them."""
    gaps = (after - before for before, after in pairwise(dated))
    return bool(dated) and dated[-1] - dated[0] >= HABIT and all(gap <= LATE_AFTER for gap in gaps)


def build(
    url: str, issuer: str, purpose: str, *, length: int, indices: frozenset[int], valid_from: datetime
) -> dict[str, Any]:
    """The list credential at `url` without a proof: `length` bits, exactly `indices` set.

    Raises IssuerError `status.length` when an index lies beyond the end.
    """
    if indices and max(indices) >= length:
        raise IssuerError(
            "status.length", f"status.length was made smaller than the entries of {url} need. Set it as it was."
        )
    return {
        "@context": [VCDM2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": format_milliseconds(valid_from),
        "validUntil": format_milliseconds(valid_from + VALIDITY),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": statuslist.encode(statuslist.with_bits(length, indices)),
            "ttl": int(TTL.total_seconds() * 1000),
        },
    }


def indices_set(bits: bytes) -> frozenset[int]:
    """The places of the bits that are set, most significant bit of the first byte first."""
    return frozenset(
        place * 8 + offset for place, byte in enumerate(bits) if byte for offset in range(8) if byte >> (7 - offset) & 1
    )


def refuse_lost_bits(standing: str, indices: frozenset[int], url: str) -> None:
    """Raise `status.unrevoked` if a bit of the `encodedList` that stands would be cleared: revocation is for ever."""
    lost = indices_set(statuslist.decode(standing)) - indices
    if lost:
        raise IssuerError(
            "status.unrevoked",
            f"The published list {url} withdraws {len(lost)} entries that the register does not. Nothing was "
            "published; this register is an older copy. Run certify repair.",
        )
