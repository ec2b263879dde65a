"""Bring a trust up to date with documents that a given function fetches. Pure but for that function.

Nothing here judges a credential: what was fetched joins the trust, and then the offline checks decide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .format.errors import FormatError
from .format.strictjson import load_object, without_mark
from .format.types import JsonObject, as_list
from .limits import (
    MAX_CREDENTIAL_BYTES,
    MAX_FETCH_BYTES,
    MAX_ONLINE_ROUNDS,
    MAX_QR_DICTIONARY_BYTES,
    MAX_WANTED,
)
from .reading import dictionary_named_in
from .trust import Trust
from .wanted import Wanted, requirements, requirements_of_lists

# An https URL to the bytes found there, or FetchError.
Fetch: TypeAlias = Callable[[str], bytes]


class FetchError(Exception):
    """A fetch that gave nothing. `code` starts with `online.`; `detail` quotes nothing of the answer's body."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Problem:
    """One fetch that brought nothing new: a warning of the report, which never changes the verdict."""

    code: str
    url: str
    detail: str


def bring_up_to_date(document: JsonObject, trust: Trust, fetch: Fetch) -> tuple[Trust, tuple[Problem, ...]]:
    """`trust` with the newest of all that an offline check of `document` would need; each address is asked once.

    `document` is any JSON object, checked or not. A list may name keys of further DID documents: hence the rounds.
    """
    asked: list[Wanted] = []
    problems: list[Problem] = []
    for _ in range(MAX_ONLINE_ROUNDS):
        candidates = dict.fromkeys((*requirements(document), *requirements_of_lists(document, trust)))
        wanted = [each for each in candidates if each not in asked][: MAX_WANTED - len(asked)]
        if not wanted:
            break
        trust, found = refresh(trust, wanted, fetch)
        asked += wanted
        problems += found
    return trust, tuple(problems)


def with_dictionary(data: bytes, trust: Trust, fetch: Fetch) -> tuple[Trust, tuple[Problem, ...]]:
    """`trust` with the dictionary without which a QR text cannot be read, where `data` is one and names one.

    One that is at hand is not asked for again: under its number a dictionary never changes (docs/qr-format.md).
    """
    url = dictionary_named_in(data)
    if url is None or url in trust.qr_dictionaries:
        return trust, ()
    try:
        content = fetch(url)
    except FetchError as error:
        return trust, (Problem(error.code, url, error.detail),)
    if not 0 < len(content) <= MAX_QR_DICTIONARY_BYTES:
        return trust, (Problem("online.content", url, "The answer is no dictionary."),)
    return trust + Trust(qr_dictionaries={url: content}), ()


def refresh(trust: Trust, wanted: Sequence[Wanted], fetch: Fetch) -> tuple[Trust, tuple[Problem, ...]]:
    """`trust` with what `fetch` gives for each of `wanted`. What cannot be had leaves what was there, and a Problem.

    A list that is not the newest at hand joins as a further copy, and is a Problem too: a server may be serving an
    old one, or the one at hand may be forged. Which of them counts is for the checks to say.
    """
    problems: list[Problem] = []
    for each in wanted:
        try:
            document = _document(each, fetch(each.url))
        except FetchError as error:
            problems.append(Problem(error.code, each.url, error.detail))
            continue
        if each.kind == "did":
            trust = trust.resolving({each.name: document})  # as it is now, whatever its date
            continue
        trust += Trust(status_lists={each.name: document})
        if trust.status_lists[each.name] != document:
            problems.append(Problem("online.content", each.url, "The list there is no newer than the one at hand."))
    return trust, tuple(problems)


def _document(wanted: Wanted, data: bytes) -> JsonObject:
    """What was fetched, if it says of itself that it is what was asked for."""
    if wanted.kind == "did":
        document = _read(data, MAX_CREDENTIAL_BYTES)
        if document.get("id") != wanted.name:
            raise FetchError("online.content", "The answer is not the document of that DID.")
        return document
    document = _read(data, MAX_FETCH_BYTES)
    is_list = "BitstringStatusListCredential" in as_list(document.get("type"))
    if not is_list or document.get("id", wanted.name) != wanted.name:
        raise FetchError("online.content", "The answer is not the status list of that address.")
    return document


def _read(data: bytes, max_bytes: int) -> JsonObject:
    try:
        return load_object(without_mark(data), max_bytes=max_bytes)
    except FormatError as error:
        # The code alone: the sentence of the reader may quote what was read.
        raise FetchError("online.content", f"The answer cannot be read ({error.code}).") from None
