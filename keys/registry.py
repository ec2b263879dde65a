"""The public half of every key there ever was, and the one file that holds it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from verifier.format import strictjson
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject

from . import durable, record
from .errors import RegistryError
from .record import KeyRecord, KeyState

MAX_REGISTRY_BYTES = 1_000_000  # about 3,000 keys
_PUBLIC_FILE = 0o644


@dataclass(frozen=True, slots=True)
class Registry:
    """The keys, oldest first. Raises RegistryError `key.duplicate` when two share an id, a signer or a key."""

    keys: tuple[KeyRecord, ...] = ()

    def __post_init__(self) -> None:
        for name in ("id", "public_key_multibase", "signer"):
            if len({getattr(key, name) for key in self.keys}) != len(self.keys):
                raise RegistryError("key.duplicate", f"Two keys have the same {name}. Give each its own.")

    def get(self, key_id: str) -> KeyRecord:
        """The key; raises RegistryError `key.unknown`."""
        for key in self.keys:
            if key.id == key_id:
                return key
        known = ", ".join(key.id for key in self.keys) or "none"
        raise RegistryError("key.unknown", f"The registry has no key {key_id!r}. It has: {known}.")

    def with_key(self, key: KeyRecord) -> "Registry":
        """The registry with this record in the place of the one that has its id, or after all others."""
        if any(known.id == key.id for known in self.keys):
            return Registry(tuple(key if known.id == key.id else known for known in self.keys))
        return Registry((*self.keys, key))

    def active(self, at: datetime) -> tuple[KeyRecord, ...]:
        """The keys that may sign at this time, newest first: the first of them signs."""
        started = [
            (key.active_from, place, key)
            for place, key in enumerate(self.keys)
            if key.state is KeyState.ACTIVE and key.active_from and key.active_from <= at
        ]
        return tuple(key for *_, key in sorted(started, reverse=True))

    def next_id(self, year: int) -> str:
        """`key-<year>-<n>`, where n is one more than the highest of that year."""
        matches = [match for key in self.keys if (match := record.ID.fullmatch(key.id))]
        highest = max((int(match[2]) for match in matches if int(match[1]) == year), default=0)
        return f"key-{year:04d}-{highest + 1}"

    def dump(self) -> bytes:
        """UTF-8 JSON for people and programs; the same registry gives the same bytes."""
        return json.dumps({"keys": [record.to_json(key) for key in self.keys]}, indent=2).encode() + b"\n"


def parse(data: bytes) -> Registry:
    """Read `{"keys": […]}`; raises RegistryError."""
    try:
        document = strictjson.load_object(data, max_bytes=MAX_REGISTRY_BYTES)
        return Registry(tuple(map(_key, _entries(document))))
    except FormatError as error:
        raise RegistryError(error.code, f"In the key registry: {error.detail}") from None
    except (KeyError, TypeError, ValueError):
        detail = (
            "The key registry does not have the shape that certify writes. Move it away, and restore it from a backup."
        )
        raise RegistryError("key.registry", detail) from None


def _entries(document: JsonObject) -> list[Json]:
    entries = document["keys"]
    if len(document) != 1 or not isinstance(entries, list):
        raise TypeError
    return entries


def _key(entry: Json) -> KeyRecord:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise TypeError
    return record.from_json(entry)


def load(path: Path) -> Registry:
    """Read the registry file; raises RegistryError, with `key.registry-missing` if there is none."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        detail = f"There is no key registry {path}. Restore it from a backup."
        raise RegistryError("key.registry-missing", detail) from None
    except OSError as error:
        detail = f"The key registry {path} cannot be read: {error.strerror}."
        raise RegistryError("key.registry-unreadable", detail) from None


def save(path: Path, registry: Registry) -> None:
    """Write the registry file in one step: after a crash the old or the new one stands. Raises OSError."""
    durable.replace(path, registry.dump(), mode=_PUBLIC_FILE)
