"""One key as the registry holds it, and its JSON form."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from verifier.format import multikey, timestamp
from verifier.format.errors import FormatError

from .errors import RegistryError

ID = re.compile(r"key-(\d{4})-([1-9]\d{0,5})", re.ASCII)
_SIGNER = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.ASCII)


class KeyState(StrEnum):
    """Where a key stands in its life; `keys.rotation` says how it moves on."""

    ANNOUNCED = "announced"
    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One key. `signer` is a URI such as `file:key-2026-1.pem`, relative to the keys folder.

    Times are UTC with whole seconds, as the registry file holds them. The key signs from `active_from` up to
    and including `active_until`; `compromised` is when that became known. Raises RegistryError `key.record`
    when the members are malformed or contradict each other.
    """

    id: str
    public_key_multibase: str
    signer: str
    state: KeyState
    created: datetime
    announced: datetime
    active_from: datetime | None = None
    active_until: datetime | None = None
    compromised: datetime | None = None

    def __post_init__(self) -> None:
        problem = _malformed(self) or _contradiction(self)
        if problem:
            raise RegistryError("key.record", f"Key {self.id!r}: {problem}. Restore the registry from a backup.")

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes."""
        return multikey.decode(self.public_key_multibase)

    @property
    def times(self) -> tuple[datetime | None, ...]:
        """When it was created, announced, first used and last used, in that order; then when it was lost."""
        return self.created, self.announced, self.active_from, self.active_until, self.compromised


_TEXTS = {"id": "id", "publicKeyMultibase": "public_key_multibase", "signer": "signer"}
_TIMES = {
    "created": "created",
    "announced": "announced",
    "activeFrom": "active_from",
    "activeUntil": "active_until",
    "compromised": "compromised",
}

# Which of active_from, active_until and compromised are set in each state; None leaves it open.
_SET: dict[KeyState, tuple[bool | None, bool | None, bool]] = {
    KeyState.ANNOUNCED: (False, False, False),
    KeyState.ACTIVE: (True, False, False),
    KeyState.RETIRED: (True, True, False),
    KeyState.COMPROMISED: (None, None, True),
}


def to_json(record: KeyRecord) -> dict[str, str]:
    """The record as a JSON object, without the times that it does not have."""
    texts = {name: getattr(record, member) for name, member in _TEXTS.items()}
    times = {name: getattr(record, member) for name, member in _TIMES.items()}
    stated = {name: timestamp.format_seconds(time) for name, time in times.items() if time}
    return texts | {"state": record.state.value} | stated


def from_json(entry: dict[str, Any]) -> KeyRecord:
    """The record; raises RegistryError, or FormatError, KeyError and ValueError for another shape."""
    texts = {member: str(entry[name]) for name, member in _TEXTS.items()}
    times = {member: timestamp.parse(entry[name]) for name, member in _TIMES.items() if name in entry}
    if not entry.keys() <= {*_TEXTS, *_TIMES, "state"}:
        raise ValueError
    return KeyRecord(**texts, **times, state=KeyState(entry["state"]))  # type: ignore[arg-type]


def _malformed(record: KeyRecord) -> str | None:
    if not ID.fullmatch(record.id):
        return "the id is not of the form key-2026-1"
    if not _SIGNER.fullmatch(record.signer):
        return "the signer is not a URI such as file:key-2026-1.pem"
    if any(time and (time.tzinfo is not UTC or time.microsecond) for time in record.times):
        return "a time is not in UTC with whole seconds"
    try:
        multikey.decode(record.public_key_multibase)
    except FormatError as error:
        return error.detail.rstrip(".")
    return None


def _contradiction(record: KeyRecord) -> str | None:
    *_, started, ended, lost = record.times
    facts = zip((started, ended, lost), _SET[record.state], strict=True)
    if any(wanted is not None and wanted is not bool(time) for time, wanted in facts) or (ended and not started):
        return f"its times do not fit the state {record.state}"
    order = [time for time in record.times[:4] if time]
    if order != sorted(order) or (lost and lost < record.announced):
        return "its times are out of order"
    return None
