"""The frozen, validated configuration of one issuer's home: certify.toml, overridden by CERTIFY_SECTION__KEY."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from . import look
from .errors import IssuerError
from .look import Look
from .results.text import has_control

DEMO_MARK: Final = "DEMO"
FILE: Final = "certify.toml"
DATABASE: Final = "certify.db"
_POSTGRES: Final = "postgresql+pg8000"
_KNOWN: Final = {
    "issuer": {"name", "base_url", "email", "zone"},
    "home": {"demo"},
    "keys": {"passphrase_file"},
    "status": {"length"},
    "database": {"url", "password_file"},
    "certificate": {"accent", "logo", "fonts"},
    "links": {"wait_hours"},
}
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*(?::[1-9][0-9]{{0,4}})?", re.ASCII)
_DIGITS: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_MAX_TEXT: Final = 200
_MAX_PORT: Final = 65_535
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_DEFAULT_LENGTH: Final = 131_072
MAX_LENGTH: Final = 1 << 22
"""Bits: half a megabyte, however many are set, so that a list is also read as a credential (1 MiB)."""
_DEFAULT_WAIT: Final = 72
_MAX_WAIT: Final = 30 * 24
"""Hours. An erasure has to be done within a month of the request (GDPR, article 12)."""
_OVERRIDE: Final = re.compile(r"CERTIFY_[A-Z0-9]+__\w+")
# Whether a home is a demo is settled once, when it is made: its clock and its signed name rest on it.
_NEVER_OVERRIDDEN: Final = {"home.demo"}


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
    wait: timedelta = timedelta(hours=_DEFAULT_WAIT)
    """Between what a holder asks for through their link and cannot be brought back, and its being done."""
    password_file: Path | None = None
    server: URL | None = None
    """The PostgreSQL register; without it the register is a file of the home."""
    look: Look = look.USUAL

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

    def verify_link(self, public_id: str) -> str:
        """Where anyone can look a credential up."""
        return f"{self.base_url}/certify/verify?{urlencode({'id': public_id})}"

    @property
    def database(self) -> URL:
        """The SQLAlchemy URL of the register; made from its parts, since a path may hold ? or %."""
        return self.server or URL.create("sqlite", database=str(self.home / DATABASE))


def load(home: Path, environment: Mapping[str, str]) -> Config:
    """The configuration of `home`; raises IssuerError `config.missing` or `config.invalid`."""
    path = home / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise IssuerError("config.missing", f"There is no issuer in {home}. Run certify init first.") from None
    except OSError as error:
        raise IssuerError("config.invalid", f"{path} cannot be read: {error}.") from None
    return read(home, data, environment)


def read(home: Path, data: bytes, environment: Mapping[str, str]) -> Config:
    """The configuration that these bytes of certify.toml give `home`; raises IssuerError `config.invalid`."""
    try:
        values = tomllib.loads(data.decode())
    except ValueError as error:
        raise IssuerError("config.invalid", f"{home / FILE} cannot be read: {error}.") from None
    unknown = [*_unknown(values), *_not_overridable(environment)]
    if unknown:
        raise IssuerError("config.invalid", f"{FILE} or the environment has what is not known: {', '.join(unknown)}.")
    return _config(home, _flatten(values) | _overrides(environment))


def write(config: Config) -> bytes:
    """The bytes of certify.toml."""
    passphrase = f"passphrase_file = {_toml(str(config.passphrase_file))}\n" if config.passphrase_file else ""
    text = f"""# The configuration of this issuer. CERTIFY_SECTION__KEY in the environment overrides a value.
[issuer]
name = {_toml(config.name)}
base_url = {_toml(config.base_url)}
email = {_toml(config.email)}
# Every printed date names this zone; a credential ends with a day of it.
zone = {_toml(config.zone.key)}

[home]
demo = {json.dumps(config.demo)}

[keys]
{passphrase}"""
    return (text + _database(config) + look.write(config.look) + _links(config)).encode()


def _database(config: Config) -> str:
    if config.server is None:
        return ""
    url = config.server.set(drivername="postgresql", password=None).render_as_string()
    file = f"password_file = {_toml(str(config.password_file))}\n" if config.password_file else ""
    return f"\n[database]\nurl = {_toml(url)}\n{file}"


def _links(config: Config) -> str:
    hours = config.wait // timedelta(hours=1)
    return f"\n[links]\nwait_hours = {hours}\n" if hours != _DEFAULT_WAIT else ""


def _toml(text: str) -> str:
    """A JSON string is a TOML string, unless it writes a character beyond U+FFFF as two escapes, or DEL as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def build(home: Path, **values: str | bool | None) -> Config:
    """A configuration from single values, named as `section_key` without the section; raises IssuerError."""
    sections = {key: section for section, keys in _KNOWN.items() for key in keys}
    return _config(home, {f"{sections[key]}.{key}": value for key, value in values.items() if value is not None})


def _unknown(values: Mapping[str, object]) -> Iterator[str]:
    """Everything in the file that has no meaning: one look shows all of it."""
    for section, members in values.items():
        if section not in _KNOWN or not isinstance(members, dict):
            yield f"an unknown section [{section}]"
        else:
            yield from (f"an unknown key {key} in [{section}]" for key in members if key not in _KNOWN[section])


def _flatten(values: Mapping[str, object]) -> dict[str, object]:
    sections = ((section, members) for section, members in values.items() if isinstance(members, dict))
    return {f"{section}.{key}": value for section, members in sections for key, value in members.items()}


def _names() -> dict[str, str]:
    return {f"CERTIFY_{section}__{key}".upper(): f"{section}.{key}" for section in _KNOWN for key in _KNOWN[section]}


def _not_overridable(environment: Mapping[str, str]) -> Iterator[str]:
    given = (name for name in environment if _OVERRIDE.fullmatch(name))
    yield from (name for name in given if _names().get(name, "home.demo") in _NEVER_OVERRIDDEN)


def _overrides(environment: Mapping[str, str]) -> dict[str, object]:
    names = _names()
    return {names[name]: value for name, value in environment.items() if name in names}


def _config(home: Path, flat: Mapping[str, object]) -> Config:
    demo = flat.get("home.demo", False)
    if not isinstance(demo, bool):
        raise IssuerError("config.invalid", "home.demo is not true or false.")
    name = _text(flat, "issuer.name")
    if demo and not name.startswith(DEMO_MARK):
        raise IssuerError("config.invalid", f"The name of a demo issuer must start with {DEMO_MARK}.")
    passphrase_file = flat.get("keys.passphrase_file")
    return Config(
        home=home,
        name=name,
        base_url=_base_url(_text(flat, "issuer.base_url")),
        email=_email(_text(flat, "issuer.email")),
        zone=_zone(str(flat.get("issuer.zone", "UTC"))),
        demo=demo,
        passphrase_file=Path(str(passphrase_file)) if passphrase_file else None,
        status_length=_length(flat.get("status.length", _DEFAULT_LENGTH)),
        wait=timedelta(hours=_wait_hours(flat.get("links.wait_hours", _DEFAULT_WAIT))),
        password_file=Path(str(flat["database.password_file"])) if flat.get("database.password_file") else None,
        look=look.read(home, flat),
        server=_server(flat.get("database.url"), flat.get("database.password_file")),
    )


def _text(flat: Mapping[str, object], name: str) -> str:
    value = flat.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_TEXT or not _signable(value):
        raise IssuerError(
            "config.invalid", f"The configuration needs {name} (1 to {_MAX_TEXT} characters, none of them control)."
        )
    return value


def _signable(text: str) -> bool:
    return not has_control(text) and not any("\ud800" <= character <= "\udfff" for character in text)


def _base_url(text: str) -> str:
    host = text.removeprefix("https://")
    port = host.partition(":")[2]
    if host == text or not _HOST.fullmatch(host) or int(port or 0) > _MAX_PORT:
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


def _server(value: object, password_file: object) -> URL | None:
    """postgresql://USER@HOST:PORT/NAME; the password stands in a file of its own, never in the configuration."""
    if value is None:
        return None
    try:
        url = make_url(str(value))
    except ArgumentError:
        raise IssuerError("config.invalid", "database.url is no URL such as postgresql://USER@HOST/NAME.") from None
    if url.get_backend_name() != "postgresql" or url.password or not url.database:
        raise IssuerError(
            "config.invalid", "database.url names a PostgreSQL database, and no password: that stands in password_file."
        )
    return url.set(drivername=_POSTGRES, password=_first_line(password_file) if password_file else None)


def _first_line(name: object) -> str:
    try:
        return Path(str(name)).read_text(encoding="utf-8").partition("\n")[0]
    except (OSError, ValueError):
        raise IssuerError("config.invalid", f"database.password_file {name} cannot be read.") from None


def _length(value: object) -> int:
    digits = str(value)
    length = int(digits) if _DIGITS.fullmatch(digits) else 0
    if not _DEFAULT_LENGTH <= length <= MAX_LENGTH or length % 8:
        raise IssuerError(
            "config.invalid", f"status.length is not a multiple of 8 from {_DEFAULT_LENGTH} to {MAX_LENGTH}."
        )
    return length


def _wait_hours(value: object) -> int:
    digits = str(value)
    hours = int(digits) if _DIGITS.fullmatch(digits) else 0
    if not 1 <= hours <= _MAX_WAIT:
        raise IssuerError("config.invalid", f"links.wait_hours is not a whole number of hours from 1 to {_MAX_WAIT}.")
    return hours
