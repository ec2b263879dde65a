"""The values in a trust file (docs/formats.md): issuers with their keys, documents by address, dictionaries, times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

from .format import qrtext
from .format.errors import FormatError
from .format.multibase import decode_base64url
from .format.timestamp import parse
from .format.types import Json, JsonObject
from .limits import MAX_QR_DICTIONARY_BYTES

Documents: TypeAlias = Mapping[str, JsonObject]


class TrustError(ValueError):
    """A trust file that cannot be used: the caller's fault, never the credential's. `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class KeyWindow:
    """When one verification method of an issuer may have signed. None: open.

    `compromised`: when it became known that somebody else may have the key; nothing that it ever signed counts.
    """

    id: str
    active_from: datetime | None = None
    active_until: datetime | None = None
    compromised: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer that the relying party accepts. `disputed`: what is at hand contradicts itself about its keys."""

    id: str
    name: str = ""
    keys: tuple[KeyWindow, ...] = ()
    disputed: bool = False

    def window(self, method: str) -> KeyWindow | None:
        """The window of a verification method, if the trust file lists it; a compromised one has none."""
        return next((key for key in self.keys if key.id == method and not key.compromised), None)

    def given_up(self) -> Iterable[str]:
        """Those of its own verification methods that are compromised."""
        return (key.id for key in self.keys if key.compromised and key.id.partition("#")[0] == self.id)


def agreed(one: Issuer, other: Issuer) -> Issuer:
    """Of two equally new entries for one issuer: accepted, but by no key unless they agree about all of them."""
    name = min(filter(None, (one.name, other.name)), key=code_units, default="")
    if one.keys == other.keys and not one.disputed and not other.disputed:
        return Issuer(one.id, name, one.keys)
    return Issuer(one.id, name, disputed=True)


def issuers(value: Json) -> Mapping[str, Issuer]:
    """The issuers of a trust file by their DID. Raises TrustError, also for two entries of which none is the newer."""
    found = [_issuer(each) for each in items(value, "issuers")]
    _each_once([issuer.id for issuer in found], "issuers")
    return MappingProxyType({issuer.id: issuer for issuer in found})


def _issuer(value: Json) -> Issuer:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise TrustError("trust.format", "Each of issuers needs an id.")
    keys = sorted((_key_window(each) for each in items(value.get("keys"), "keys")), key=lambda key: code_units(key.id))
    _each_once([key.id for key in keys], "keys")
    return Issuer(str(value["id"]), str(value.get("name") or ""), tuple(keys))


def _key_window(value: Json) -> KeyWindow:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise TrustError("trust.format", "Each key of an issuer needs an id.")
    dates = [instant(value.get(name), name) for name in ("activeFrom", "activeUntil", "compromised")]
    return KeyWindow(str(value["id"]), *dates)


def _each_once(names: list[str], what: str) -> None:
    if len(set(names)) < len(names):
        seen: set[str] = set()
        twice = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise TrustError("trust.format", f"{what} names {twice[:200]} twice. Keep the newer entry.")


def code_units(text: str) -> bytes:
    """What names are sorted by: UTF-16, as the verifier in JavaScript does."""
    return text.encode("utf-16-be", "surrogatepass")


def items(value: Json, name: str) -> list[Json]:
    """The array `name` of a trust file; none is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise TrustError("trust.format", f"{name} is not an array.")
    return value


def instant(value: Json, name: str) -> datetime | None:
    """The time `name` of a trust file, if there is one."""
    if value is None:
        return None
    try:
        return parse(value if isinstance(value, str) else "")
    except FormatError as error:
        raise TrustError("trust.format", f"{name}: {error.detail}") from None


def documents(value: JsonObject, name: str) -> Documents:
    """The documents under `name` of a trust file, by their address."""
    found = value.get(name) or {}
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise TrustError("trust.format", f"{name} is not an object of documents by address.")
    return MappingProxyType({key: each for key, each in found.items() if isinstance(each, dict)})


def dictionaries(value: Json) -> Mapping[str, bytes]:
    """The dictionaries of QR texts of a trust file, by their address."""
    if not isinstance(value, dict):
        raise TrustError("trust.format", "qrDictionaries is not an object of dictionaries by address.")
    return MappingProxyType({name: _dictionary(name, each) for name, each in value.items()})


def _dictionary(name: str, value: Json) -> bytes:
    try:
        data = decode_base64url(value if isinstance(value, str) else "=")
    except FormatError:
        data = b""
    if not qrtext.is_address(name) or not 0 < len(data) <= MAX_QR_DICTIONARY_BYTES:
        raise TrustError("trust.format", f"qrDictionaries: {name[:100]} is no dictionary in base64url at its address.")
    return data
