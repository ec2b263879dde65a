"""What a relying party remembers between checks: the newest genuine lists, and when it last looked. Pure.

A memory makes three attacks visible that a single check cannot see: an older list offered after a newer one, a
withdrawal that a newer list no longer shows, and a clock that was set back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

from .format import statuslist
from .format.errors import FormatError
from .format.timestamp import format_milliseconds
from .format.types import Json, JsonObject, as_list
from .limits import MAX_LIST_COPIES, MAX_REMEMBERED_KEYS, MAX_REMEMBERED_LISTS
from .model import period
from .proofs import SKEW
from .report import Report
from .statuslists import REVOCATION
from .trust import Trust, TrustError
from .trustvalues import code_units
from .wellformed import issuer_id

FILE: Final = "seen.json"
"""The name of the memory inside a trust folder; `Trust.read` recognises its content."""
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_Copies: TypeAlias = tuple[JsonObject, ...]


def remember(
    remembered: Trust,
    report: Report,
    accepted: frozenset[str],
    at: datetime,
    compromised: frozenset[str] = frozenset(),
) -> bytes:
    """The new content of the memory, after a check at `at` (the clock's own time, never a chosen one).

    Only lists of accepted issuers are kept: nobody else can fill the memory. Of each list that is the newest copy, and
    older ones that show a withdrawal which the newest takes back. `compromised`: the keys that the trust marks so: an
    older trust file must not bring them back. What is written can be read again: where it would be too much, something
    is forgotten.
    """
    marked = sorted(remembered.compromised | compromised, key=code_units)[:MAX_REMEMBERED_KEYS]
    lists = {url: remembered.list_copies(url) for url in remembered.status_lists}
    for each in (report, *report.credentials):
        for url, copy in each.genuine_lists.items():
            if issuer_id(copy) in accepted and _fits(_content(at, {url: (copy,)}, marked)):
                lists[url] = _kept((*lists.get(url, ()), copy))
    seen = max((time for time in (remembered.seen_at, at) if time), default=at)
    lists = dict(list(lists.items())[-MAX_REMEMBERED_LISTS:])
    while not _fits(content := _content(seen, lists, marked)):
        _forget(lists)
    return content


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A memory put right: its new `content`, and the time that was `ahead` of the clock, if one was.

    `gone`: the addresses of lists that lost a copy dated later than now; `kept`: how many lists are left.
    """

    content: bytes
    ahead: datetime | None
    gone: tuple[str, ...]
    kept: int


def forget(remembered: Trust, at: datetime) -> Forgotten:
    """The memory by a clock that is right now, `at`: without a time of use and without lists that it has not reached.

    What it knows of withdrawals and compromised keys stays.
    """
    copies = {url: remembered.list_copies(url) for url in remembered.status_lists}
    reached = {url: tuple(copy for copy in each if _start(copy) - at <= SKEW) for url, each in copies.items()}
    lists = {url: each for url, each in reached.items() if each}
    seen = remembered.seen_at or at
    marked = sorted(remembered.compromised, key=code_units)
    gone = tuple(url for url, each in reached.items() if len(each) < len(copies[url]))
    return Forgotten(_content(min(seen, at), lists, marked), seen if seen > at else None, gone, len(lists))


def _forget(lists: dict[str, _Copies]) -> None:
    """The oldest copy of a list that has several, or else the list that has been there longest."""
    url = next((url for url, copies in lists.items() if len(copies) > 1), next(iter(lists)))
    lists[url] = lists[url][:-1]
    if not lists[url]:
        del lists[url]


def _content(seen: datetime, lists: dict[str, _Copies], compromised: Sequence[str]) -> bytes:
    older: dict[str, Json] = {url: list(copies[1:]) for url, copies in lists.items() if len(copies) > 1}
    value: JsonObject = {
        "seenAt": format_milliseconds(seen),
        "statusLists": {url: copies[0] for url, copies in lists.items()},
        **({"olderLists": older} if older else {}),
        **({"compromised": list(compromised)} if compromised else {}),
    }
    return json.dumps(value).encode() + b"\n"


def _fits(content: bytes) -> bool:
    try:
        Trust.read(content)
    except TrustError:
        return False
    return True


def _kept(copies: _Copies) -> _Copies:
    """One copy fewer than are looked at, so that there is room for the one that is given."""
    newest, *older = sorted(copies, key=_start, reverse=True)
    return (newest, *(each for each in older if each != newest and _takes_back(newest, each)))[: MAX_LIST_COPIES - 1]


def _start(copy: JsonObject) -> datetime:
    try:
        return period(copy)[0] or _LONG_AGO
    except FormatError:  # nothing genuine: somebody has written into the memory
        return _LONG_AGO


def _takes_back(copy: JsonObject, old: JsonObject) -> bool:
    """Whether a bit that says revoked in `old` is clear in `copy`."""
    if REVOCATION not in as_list(_subject(old).get("statusPurpose")):
        return False
    try:
        bits, before = (statuslist.decode(str(_subject(each).get("encodedList"))) for each in (copy, old))
    except FormatError:
        return False
    length = max(len(bits), len(before))  # the first bit is entry 0 in both, however long they are
    return bool(int.from_bytes(before.ljust(length, b"\0")) & ~int.from_bytes(bits.ljust(length, b"\0")))


def _subject(copy: JsonObject) -> JsonObject:
    subject = copy.get("credentialSubject")
    return subject if isinstance(subject, dict) else {}
