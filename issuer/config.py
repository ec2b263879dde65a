"""The frozen, validated configuration of one issuer's home: certify.toml, overridden by CERTIFY_SECTION__KEY."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import IssuerError

DEMO_MARK: Final = "DEMO"
FILE: Final = "certify.toml"
DATABASE: Final = "certify.db"
_KNOWN: Final = {
    "issuer": {"name", "base_url", "email", "zone"},
    "home": {"demo"},
    "keys": {"passphrase_file"},
    "status": {"length"},
}
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_DEFAULT_LENGTH: Final = 131_072


@dataclass(frozen=True, slots=True)
class Config:
    """One issuer. `base_url` has no slash at its end; `zone` is where its days end; `status_length` is in bits."""

    home: Path
    name: str
    base_url: str
    email: str
    zone: ZoneInfo
    demo: bool
    passphrase_file: Path | None
    status_length: int = _DEFAULT_LENGTH

    @property
    def did(self) -> str:
        """The did:web of the base URL's host (did:web method, section 3.1)."""
        return "did:web:" + urlsplit(self.base_url).netloc.replace(":", "%3A")

    @property
    def keys(self) -> Path:
        """The folder of the registry and the key files."""
        return self.home / "keys"

    @property
    def public(self) -> Path:
        """The folder that any web server serves as it is."""
        return self.home / "public"

    @property
    def issued(self) -> Path:
        """The folder of issued files."""
        return self.home / "issued"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the register."""
        return f"sqlite:///{self.home / DATABASE}"


def load(home: Path, environment: Mapping[str, str]) -> Config:
    """The configuration of `home`; raises IssuerError `config.missing` or `config.invalid`."""
    path = home / FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IssuerError("config.missing", f"There is no issuer in {home}. Run certify init first.") from None
    except (OSError, ValueError) as error:
        raise IssuerError("config.invalid", f"{path} cannot be read: {error}.") from None
    return _config(home, _flatten(values) | _overrides(environment))


def write(config: Config) -> bytes:
    """The bytes of certify.toml; JSON strings are TOML strings."""
    passphrase = f"passphrase_file = {json.dumps(str(config.passphrase_file))}\n" if config.passphrase_file else ""
    text = f"""# The configuration of this issuer. CERTIFY_SECTION__KEY in the environment overrides a value.
[issuer]
name = {json.dumps(config.name)}
base_url = {json.dumps(config.base_url)}
email = {json.dumps(config.email)}
# Every printed date names this zone; a credential ends with a day of it.
zone = {json.dumps(config.zone.key)}

[home]
demo = {json.dumps(config.demo)}

[keys]
{passphrase}"""
    return text.encode()


def build(home: Path, **values: str | bool | None) -> Config:
    """A configuration from single values, named as `section_key` without the section; raises IssuerError."""
    sections = {key: section for section, keys in _KNOWN.items() for key in keys}
    return _config(home, {f"{sections[key]}.{key}": value for key, value in values.items() if value is not None})


def _flatten(values: Mapping[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for section, members in values.items():
        if section not in _KNOWN or not isinstance(members, dict):
            raise IssuerError("config.invalid", f"certify.toml has an unknown section [{section}].")
        for key, value in members.items():
            if key not in _KNOWN[section]:
                raise IssuerError("config.invalid", f"certify.toml has an unknown key {key} in [{section}].")
            flat[f"{section}.{key}"] = value
    return flat


def _overrides(environment: Mapping[str, str]) -> dict[str, object]:
    names = {f"CERTIFY_{section}__{key}".upper(): f"{section}.{key}" for section in _KNOWN for key in _KNOWN[section]}
    return {names[name]: value for name, value in environment.items() if name in names}


def _config(home: Path, flat: Mapping[str, object]) -> Config:
    demo = flat.get("home.demo", False)
    if isinstance(demo, str):
        demo = demo.lower() == "true"
    name = _text(flat, "issuer.name")
    if demo is not False and not name.startswith(DEMO_MARK):
        raise IssuerError("config.invalid", f"The name of a demo issuer must start with {DEMO_MARK}.")
    passphrase_file = flat.get("keys.passphrase_file")
    return Config(
        home=home,
        name=name,
        base_url=_base_url(_text(flat, "issuer.base_url")),
        email=_email(_text(flat, "issuer.email")),
        zone=_zone(str(flat.get("issuer.zone", "UTC"))),
        demo=demo is not False,
        passphrase_file=Path(str(passphrase_file)) if passphrase_file else None,
        status_length=_length(flat.get("status.length", _DEFAULT_LENGTH)),
    )


def _text(flat: Mapping[str, object], name: str) -> str:
    value = flat.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > 200:  # noqa: PLR2004
        raise IssuerError("config.invalid", f"The configuration needs {name} (1 to 200 characters).")
    return value


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc) or text != f"https://{parts.netloc}":
        raise IssuerError("config.invalid", "base_url is not of the form https://credentials.example, without a path.")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise IssuerError("config.invalid", "email is not an address for complaints.")
    return text


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise IssuerError("config.invalid", f"zone {text!r} is not a time zone such as Europe/Vienna.") from None


def _length(value: object) -> int:
    try:
        length = int(str(value))
    except ValueError:
        length = 0
    if length < _DEFAULT_LENGTH or length % 8:
        raise IssuerError("config.invalid", f"status.length is not a multiple of 8 from {_DEFAULT_LENGTH} on.")
    return length
