"""What the relying party trusts and has at hand: an immutable set, read from trust files and single documents.

The one reader of the trust format (docs/formats.md). It decides nothing: whether a list or a document is genuine is
for the checks to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Self, TypeAlias

from .format import qrtext
from .format.errors import FormatError
from .format.multibase import decode_base64url
from .format.strictjson import load_object, without_mark
from .format.timestamp import parse
from .format.types import Json, JsonObject
from .limits import MAX_LIST_COPIES, MAX_QR_DICTIONARY_BYTES, MAX_TRUST_BYTES, MAX_TRUST_MEMBERS

_MEMBERS = {"asOf", "issuers", "didDocuments", "statusLists", "schemas", "contexts", "qrDictionaries"}
_SEEN_MEMBERS = {"seenAt", "statusLists", "olderLists"}
Documents: TypeAlias = Mapping[str, JsonObject]


class TrustError(ValueError):
    """A trust file that cannot be used: the caller's fault, never the credential's. `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class KeyWindow:
    """When one verification method of an issuer may have signed. None: open."""

    id: str
    active_from: datetime | None = None
    active_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer that the relying party accepts."""

    id: str
    name: str = ""
    keys: tuple[KeyWindow, ...] = ()

    def window(self, method: str) -> KeyWindow | None:
        """The window of a verification method, if the trust file lists it."""
        return next((key for key in self.keys if key.id == method), None)


@dataclass(frozen=True, slots=True)
class Trust:
    """Accepted issuers, and DID documents, status lists, schemas, contexts and QR dictionaries at hand.

    `as_of`: when they were put together. `older_lists`: further copies of lists, by address. `seen_at`: when a memory
    was last written (`verifier.memory`), so that a clock that was set back can be noticed.
    """

    as_of: datetime | None = None
    issuers: Mapping[str, Issuer] = field(default_factory=dict)
    did_documents: Documents = field(default_factory=dict)
    status_lists: Documents = field(default_factory=dict)
    schemas: Documents = field(default_factory=dict)
    contexts: Documents = field(default_factory=dict)
    qr_dictionaries: Mapping[str, bytes] = field(default_factory=dict)
    older_lists: Mapping[str, tuple[JsonObject, ...]] = field(default_factory=dict)
    seen_at: datetime | None = None

    @classmethod
    def read(cls, data: bytes) -> Self:
        """A trust file, a DID document or a status list credential, recognised by its content.

        Raises TrustError `trust.json`, `trust.format` or `trust.unknown`.
        """
        try:
            value = load_object(without_mark(data), max_bytes=MAX_TRUST_BYTES, max_members=MAX_TRUST_MEMBERS)
        except FormatError as error:
            raise TrustError("trust.json", error.detail) from None
        if value.keys() <= _MEMBERS and ("asOf" in value or "issuers" in value):
            return cls._from_trust_file(value)
        if "seenAt" in value and value.keys() <= _SEEN_MEMBERS:
            return cls._from_memory(value)
        if _is_status_list(value):
            return cls(status_lists=MappingProxyType({_list_url(value): value}))
        identifier = value.get("id")
        if isinstance(identifier, str) and identifier.startswith("did:"):
            return cls(did_documents=MappingProxyType({identifier: value}))
        raise TrustError("trust.unknown", "This is no trust file, DID document or status list.")

    @classmethod
    def _from_trust_file(cls, value: JsonObject) -> Self:
        issuers = [_issuer(each) for each in _list(value.get("issuers"), "issuers")]
        return cls(
            as_of=_instant(value.get("asOf"), "asOf"),
            issuers=MappingProxyType({issuer.id: issuer for issuer in issuers}),
            did_documents=_documents(value, "didDocuments"),
            status_lists=_documents(value, "statusLists"),
            schemas=_documents(value, "schemas"),
            contexts=_documents(value, "contexts"),
            qr_dictionaries=_dictionaries(value.get("qrDictionaries") or {}),
        )

    @classmethod
    def _from_memory(cls, value: JsonObject) -> Self:
        older = value.get("olderLists") or {}
        if not isinstance(older, dict):
            raise TrustError("trust.format", "olderLists is not an object of arrays by address.")
        copies = {url: _list(each, "olderLists") for url, each in older.items()}
        return cls(
            seen_at=_instant(value["seenAt"], "seenAt"),
            status_lists=_documents(value, "statusLists"),
            older_lists=MappingProxyType(
                {url: tuple(copy for copy in each if isinstance(copy, dict)) for url, each in copies.items()}
            ),
        )

    def __add__(self, other: "Trust") -> "Trust":
        """Both together. For the same issuer, document or schema the right one counts; of lists both are kept."""
        copies = {
            url: _newest_first(self.list_copies(url) + other.list_copies(url))
            for url in (*self.status_lists, *other.status_lists)
        }
        return Trust(
            as_of=min((time for time in (self.as_of, other.as_of) if time), default=None),
            issuers=MappingProxyType({**self.issuers, **other.issuers}),
            did_documents=MappingProxyType({**self.did_documents, **other.did_documents}),
            status_lists=MappingProxyType({url: lists[0] for url, lists in copies.items()}),
            schemas=MappingProxyType({**self.schemas, **other.schemas}),
            contexts=MappingProxyType({**self.contexts, **other.contexts}),
            qr_dictionaries=MappingProxyType({**self.qr_dictionaries, **other.qr_dictionaries}),
            older_lists=MappingProxyType({url: lists[1:] for url, lists in copies.items() if len(lists) > 1}),
            seen_at=max((time for time in (self.seen_at, other.seen_at) if time), default=None),
        )

    def list_copies(self, url: str) -> tuple[JsonObject, ...]:
        """Every copy of a status list at hand, the one that claims to be newest first; none of them is proven."""
        newest = self.status_lists.get(url)
        return () if newest is None else (newest, *self.older_lists.get(url, ()))

    def accepting(self, did: str) -> "Trust":
        """This trust, with one more accepted issuer."""
        issuers = {did: Issuer(did), **self.issuers}
        return replace(self, issuers=MappingProxyType(issuers))


def _is_status_list(value: JsonObject) -> bool:
    types = value.get("type")
    return isinstance(types, list) and "BitstringStatusListCredential" in types


def _list_url(value: JsonObject) -> str:
    identifier = value.get("id")
    if not isinstance(identifier, str):
        raise TrustError("trust.format", "The status list has no id, so it is not known which list it is.")
    return identifier


def _newest_first(copies: tuple[JsonObject, ...]) -> tuple[JsonObject, ...]:
    """Distinct copies of one list: an old one must not hide a withdrawal that a newer one shows, nor a forged one
    hide a genuine one.
    """
    distinct = [copy for place, copy in enumerate(copies) if copy not in copies[:place]]
    return tuple(sorted(distinct, key=_valid_from, reverse=True)[:MAX_LIST_COPIES])


def _valid_from(document: JsonObject) -> float:
    value = document.get("validFrom")
    try:
        return parse(value).timestamp() if isinstance(value, str) else 0.0
    except FormatError:
        return 0.0


def _issuer(value: Json) -> Issuer:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise TrustError("trust.format", "Each of issuers needs an id.")
    keys = [_key_window(each) for each in _list(value.get("keys"), "keys")]
    return Issuer(str(value["id"]), str(value.get("name") or ""), tuple(keys))


def _key_window(value: Json) -> KeyWindow:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise TrustError("trust.format", "Each key of an issuer needs an id.")
    return KeyWindow(
        str(value["id"]),
        _instant(value.get("activeFrom"), "activeFrom"),
        _instant(value.get("activeUntil"), "activeUntil"),
    )


def _list(value: Json, name: str) -> list[Json]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise TrustError("trust.format", f"{name} is not an array.")
    return value


def _instant(value: Json, name: str) -> datetime | None:
    if value is None:
        return None
    try:
        return parse(value if isinstance(value, str) else "")
    except FormatError as error:
        raise TrustError("trust.format", f"{name}: {error.detail}") from None


def _documents(value: JsonObject, name: str) -> Documents:
    documents = value.get(name) or {}
    if not isinstance(documents, dict) or not all(isinstance(each, dict) for each in documents.values()):
        raise TrustError("trust.format", f"{name} is not an object of documents by address.")
    return MappingProxyType({key: each for key, each in documents.items() if isinstance(each, dict)})


def _dictionaries(value: Json) -> Mapping[str, bytes]:
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
