"""What the relying party trusts and has at hand: an immutable set, read from trust files and single documents.

The one reader of the trust format (docs/formats.md). It decides nothing: whether a list or a document is genuine is
for the checks to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cmp_to_key
from types import MappingProxyType
from typing import Any, Final, Self, TypeAlias

from . import trustvalues
from .format.errors import FormatError
from .format.jcs import canonicalize
from .format.strictjson import load_object, without_mark
from .format.timestamp import parse
from .format.types import JsonObject
from .limits import MAX_LIST_COPIES, MAX_TRUST_BYTES, MAX_TRUST_MEMBERS
from .newest import Agree, Dated, Shelf, neither, newest
from .trustvalues import Documents, Issuer, KeyWindow, TrustError

__all__ = ["Documents", "Issuer", "KeyWindow", "Trust", "TrustError"]

_MEMBERS = {"asOf", "issuers", "didDocuments", "statusLists", "schemas", "contexts", "qrDictionaries"}
_SEEN_MEMBERS = {"seenAt", "statusLists", "olderLists", "compromised"}
Dates: TypeAlias = Mapping[str, Mapping[str, datetime | None]]

# What goes by the date of its file, and what two different ones of one date come to.
_BY_DATE: Final[Mapping[str, Agree]] = {
    "issuers": trustvalues.agreed,
    "did_documents": neither,
    "schemas": neither,
    "contexts": neither,
    "qr_dictionaries": neither,
}


@dataclass(frozen=True, slots=True)
class Trust:
    """Accepted issuers, and DID documents, status lists, schemas, contexts and QR dictionaries at hand.

    `as_of`: when they were put together. `older_lists`: further copies of lists, by address. `seen_at`: when a memory
    was last written (`verifier.memory`), so that a clock that was set back can be noticed. `compromised`: verification
    methods that any file marks so. `dates`: by kind and name, of when the file was that each thing came in; a name that
    stands there and is not at hand is one about which equally new files contradict each other.
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
    compromised: frozenset[str] = frozenset()
    dates: Dates = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """A trust file, a DID document or a status list credential, recognised by its content.

        Raises TrustError `trust.json`, `trust.format` or `trust.unknown`.
        """
        try:
            value = load_object(without_mark(data), max_bytes=MAX_TRUST_BYTES, max_members=MAX_TRUST_MEMBERS)
        except FormatError as error:
            raise TrustError("trust.json", error.detail) from None
        if is_trust_file(value):
            return cls._from_trust_file(value)
        if is_memory(value):
            return cls._from_memory(value)
        if _is_status_list(value):
            return cls(status_lists=MappingProxyType({_list_url(value): value}))
        identifier = value.get("id")
        if isinstance(identifier, str) and identifier.startswith("did:"):
            return cls(did_documents=MappingProxyType({identifier: value}))
        raise TrustError("trust.unknown", "This is no trust file, DID document or status list.")

    @classmethod
    def _from_trust_file(cls, value: JsonObject) -> Self:
        issuers = trustvalues.issuers(value.get("issuers"))
        trust = cls(
            as_of=trustvalues.instant(value.get("asOf"), "asOf"),
            issuers=issuers,
            did_documents=trustvalues.documents(value, "didDocuments"),
            status_lists=trustvalues.documents(value, "statusLists"),
            schemas=trustvalues.documents(value, "schemas"),
            contexts=trustvalues.documents(value, "contexts"),
            qr_dictionaries=trustvalues.dictionaries(value.get("qrDictionaries") or {}),
            compromised=frozenset(method for issuer in issuers.values() for method in issuer.given_up()),
        )
        held = {kind: getattr(trust, kind).items() for kind in _BY_DATE}
        shelves = {kind: {name: Dated(trust.as_of, thing) for name, thing in things} for kind, things in held.items()}
        return replace(trust, dates=_noted(shelves))

    @classmethod
    def _from_memory(cls, value: JsonObject) -> Self:
        older = value.get("olderLists") or {}
        if not isinstance(older, dict):
            raise TrustError("trust.format", "olderLists is not an object of arrays by address.")
        copies = {url: trustvalues.items(each, "olderLists") for url, each in older.items()}
        marked = trustvalues.items(value.get("compromised"), "compromised")
        return cls(
            seen_at=trustvalues.instant(value["seenAt"], "seenAt"),
            status_lists=trustvalues.documents(value, "statusLists"),
            older_lists=MappingProxyType(
                {url: tuple(copy for copy in each if isinstance(copy, dict)) for url, each in copies.items()}
            ),
            compromised=frozenset(each for each in marked if isinstance(each, str)),
        )

    def __add__(self, other: "Trust") -> "Trust":
        """Both together, in either order. Of two issuers, documents and so on of one name the newer one counts, by the
        `asOf` of their files; of lists both are kept; a key that either of them marks compromised stays so.
        """
        copies = {
            url: _newest_first(self.list_copies(url) + other.list_copies(url))
            for url in (*self.status_lists, *other.status_lists)
        }
        found = {kind: newest(_shelf(self, kind), _shelf(other, kind), agree) for kind, agree in _BY_DATE.items()}
        return Trust(
            as_of=min((time for time in (self.as_of, other.as_of) if time), default=None),
            status_lists=MappingProxyType({url: lists[0] for url, lists in copies.items()}),
            older_lists=MappingProxyType({url: lists[1:] for url, lists in copies.items() if len(lists) > 1}),
            seen_at=max((time for time in (self.seen_at, other.seen_at) if time), default=None),
            compromised=self.compromised | other.compromised,
            dates=_noted(found),
            **{kind: _at_hand(shelf) for kind, shelf in found.items()},
        )

    def disputes(self, did: str) -> bool:
        """Whether equally new files hold different DID documents of this name, so that none of them counts."""
        return did not in self.did_documents and did in self.dates.get("did_documents", {})

    def resolving(self, documents: Documents) -> "Trust":
        """This trust with these DID documents, whatever it held: those given by hand, or fetched just now.

        What its files say about windows and compromised keys binds them as before.
        """
        return replace(self, did_documents=MappingProxyType({**self.did_documents, **documents}))

    def list_copies(self, url: str) -> tuple[JsonObject, ...]:
        """Every copy of a status list at hand, the one that claims to be newest first; none of them is proven."""
        newest_one = self.status_lists.get(url)
        return () if newest_one is None else (newest_one, *self.older_lists.get(url, ()))[:MAX_LIST_COPIES]

    def accepting(self, did: str) -> "Trust":
        """This trust, with one more accepted issuer."""
        issuers = {did: Issuer(did), **self.issuers}
        return replace(self, issuers=MappingProxyType(issuers))


def is_trust_file(value: JsonObject) -> bool:
    """Whether this is a trust file, good or bad."""
    return value.keys() <= _MEMBERS and ("asOf" in value or "issuers" in value)


def is_memory(value: JsonObject) -> bool:
    """Whether this is the memory of a trust folder (`verifier.memory`), good or bad."""
    return "seenAt" in value and value.keys() <= _SEEN_MEMBERS


def _shelf(trust: Trust, kind: str) -> Shelf:
    """What a trust holds of one kind, with the dates, and what is disputed."""
    held, dates = getattr(trust, kind), trust.dates.get(kind, {})
    return {name: Dated(dates.get(name), held.get(name)) for name in {**held, **dates}}


def _at_hand(shelf: Shelf) -> Mapping[str, Any]:
    return MappingProxyType({name: each.thing for name, each in shelf.items() if each.thing is not None})


def _noted(shelves: Mapping[str, Shelf]) -> Dates:
    """The date of whatever has one, and the names of what is disputed."""
    dates = {
        kind: {name: each.date for name, each in shelf.items() if each.date is not None or each.thing is None}
        for kind, shelf in shelves.items()
    }
    return MappingProxyType({kind: names for kind, names in dates.items() if names})


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
    return tuple(sorted(distinct, key=cmp_to_key(_by_date), reverse=True)[:MAX_LIST_COPIES])


def _by_date(one: JsonObject, other: JsonObject) -> int:
    """The order of two copies; of one date by their bytes, so that it does not matter which of them came first."""
    first, second = _valid_from(one), _valid_from(other)
    if first == second:
        return 1 if canonicalize(one) > canonicalize(other) else -1
    return 1 if first > second else -1


def _valid_from(document: JsonObject) -> float:
    value = document.get("validFrom")
    try:
        return parse(value).timestamp() if isinstance(value, str) else 0.0
    except FormatError:
        return 0.0
