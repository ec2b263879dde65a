"""What the operator of the exam decides: who it is, where the issuer's service is, and who gets extra time."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from .sitting import Accommodation

LOOPBACK: Final = frozenset(("127.0.0.1", "localhost", "::1"))
MAX_EXTRA_MINUTES: Final = 1_440
"""What a result record can state."""
_PLATFORM: Final = re.compile(r"[!#-.0-\[\]-~]{1,128}")
_KEY_ID: Final = re.compile(r"[a-z0-9._-]{1,64}")


class SettingsError(Exception):
    """A setting that cannot work; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`tls`: the exam is reached over https, so cookies insist on it. `accommodation`: by the code given out."""

    data: Path
    service: str = "http://127.0.0.1:8080"
    platform: str = "exam-platform-demo"
    key_id: str = "key-1"
    tls: bool = False
    accommodation: dict[str, Accommodation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.service)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise SettingsError("service must be an https address, or http on this machine: results name people.")
        if parts.query or parts.fragment or "@" in parts.netloc:
            raise SettingsError("service must be a plain address such as https://credentials.example.")
        if not _PLATFORM.fullmatch(self.platform) or not _KEY_ID.fullmatch(self.key_id):
            raise SettingsError("platform or key_id has characters that a signature cannot name.")

    @property
    def service_origin(self) -> str:
        parts = urlsplit(self.service)
        return f"{parts.scheme}://{parts.netloc}".lower()


def load_settings(data: Path, **given: Any) -> Settings:
    """From DATA/exam.toml, if it is there; what is `given` and not None wins. Raises SettingsError."""
    path = data / "exam.toml"
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        approved = {code: _accommodation(item) for code, item in read.pop("accommodation", {}).items()}
        chosen = {**read, **{name: value for name, value in given.items() if value is not None}}
        return Settings(data=data, accommodation=approved, **chosen)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SettingsError(f"{path} cannot be used: {error}") from None


def _accommodation(item: dict[str, Any]) -> Accommodation:
    minutes, reference = item["extra_minutes"], item["approval_ref"]
    if not isinstance(minutes, int) or not 0 < minutes <= MAX_EXTRA_MINUTES:
        raise SettingsError(f"extra_minutes must be from 1 to {MAX_EXTRA_MINUTES}.")
    if not isinstance(reference, str) or not reference.isprintable() or not 0 < len(reference) <= 200:
        raise SettingsError("approval_ref must be one line of at most 200 characters.")
    return Accommodation(minutes, reference)
