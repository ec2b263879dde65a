"""What an offline check of a document would need from elsewhere: DID documents and status lists. Pure.

Contexts and schemas are never among it: they are pinned or brought by the relying party, so that nobody who serves
them can change what a credential says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from . import endpoint
from .format.errors import FormatError
from .format.types import JsonObject, as_list
from .limits import MAX_CREDENTIALS, MAX_URL_CHARACTERS, MAX_WANTED
from .model import is_presentation
from .reading import opened
from .trust import Trust
from .wellformed import holder_id, issuer_id

# did:web section 2: parts are parted by colons; the one percent-encoding read here is the colon before a port.
_DID_WEB: Final = re.compile(
    r"did:web:(?P<host>[A-Za-z0-9.-]+)(?:%3[Aa](?P<port>[1-9][0-9]{0,4}))?(?P<path>(?::[A-Za-z0-9._-]+)*)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document to ask for: `name` is what the trust knows it by (DID or URL), `url` the https address."""

    kind: Literal["did", "status-list"]
    name: str
    url: str


def requirements(document: JsonObject) -> tuple[Wanted, ...]:
    """What a credential needs, or a presentation with each credential inside: at most 32, each once.

    These are the did:web documents of issuer, holder and every proof's controller, and the lists of its
    BitstringStatusListEntry entries (Bitstring Status List 1.0 section 2.1). What has no address that may be asked is
    left out. Takes any JSON object; nothing about it needs to have been checked.
    """
    found = (wanted for part in _parts(document) for wanted in (*_documents(part), *_lists(part)))
    return tuple(islice(_unique(found), MAX_WANTED))


def requirements_of_lists(document: JsonObject, trust: Trust) -> tuple[Wanted, ...]:
    """The did:web documents that the status lists of `document` need, for those lists that are in `trust`."""
    lists = [each.name for each in requirements(document) if each.kind == "status-list"]
    found = (wanted for url in lists for copy in trust.list_copies(url) for wanted in _documents(copy))
    return tuple(islice(_unique(found), MAX_WANTED))


def did_web_url(did: str) -> str | None:
    """The address of a did:web DID's document (did:web section 3.2); None for one that is malformed or unusual."""
    match = _DID_WEB.fullmatch(did) if len(did) <= MAX_URL_CHARACTERS else None
    if match is None:
        return None
    parts = match["path"].split(":")[1:]
    if any(set(part) == {"."} for part in parts):
        return None
    authority = f"{match['host']}:{match['port']}" if match["port"] else match["host"]
    url = "/".join(["https:/", authority, *(parts or [".well-known"]), "did.json"])
    return url if endpoint.parse(url) else None


def _parts(document: JsonObject) -> Iterator[JsonObject]:
    yield document
    if is_presentation(document):
        inside = as_list(document.get("verifiableCredential"))[:MAX_CREDENTIALS]
        yield from (_opened(each) for each in inside if isinstance(each, dict))


def _opened(contained: JsonObject) -> JsonObject:
    """A credential as it stands, or the one in an envelope (VCDM 2.0 section 4.13.1); {} for a broken envelope."""
    try:
        return opened(contained).document
    except FormatError:
        return {}


def _documents(part: JsonObject) -> Iterator[Wanted]:
    for did in (issuer_id(part), holder_id(part), *_controllers(part)):
        url = did_web_url(did)
        if url:
            yield Wanted("did", did, url)


def _controllers(part: JsonObject) -> Iterator[str]:
    for proof in as_list(part.get("proof")):
        method = proof.get("verificationMethod") if isinstance(proof, dict) else None
        if isinstance(method, str):
            yield method.partition("#")[0]


def _lists(part: JsonObject) -> Iterator[Wanted]:
    for entry in as_list(part.get("credentialStatus")):
        if isinstance(entry, dict) and "BitstringStatusListEntry" in as_list(entry.get("type")):
            url = entry.get("statusListCredential")
            if isinstance(url, str) and endpoint.parse(url):
                yield Wanted("status-list", url, url)


def _unique(found: Iterator[Wanted]) -> Iterator[Wanted]:
    seen: set[Wanted] = set()
    for wanted in found:
        if wanted not in seen:
            seen.add(wanted)
            yield wanted
