"""Whether the name of a member or type says what is signed.

Under RDFC no @context is signed, only the IRIs that names stand for. Whoever changes a context can call the end of
validity something that no check looks for, or call one thing by the name of another, and the signature stands. So a
definition that this package does not vouch for may neither rename what a pinned context names, nor give a name that
is not the last part of its IRI, nor bring in words of the credential standards from outside their contexts.
"""

import json
from enum import StrEnum
from functools import lru_cache
from typing import Final

from .contexts import EMPTY, ActiveContext, pinned
from .definitions import Origin, Term
from .nquads import RDF
from .types import Json

_STANDARD: Final = (
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials/status#",
    "https://w3id.org/security#",
)
_DELIMITERS: Final = frozenset("/#:?=")


class Use(StrEnum):
    """Where a name stands."""

    MEMBER = "member"
    TYPE = "type"
    VALUE = "value"


def says_what_is_signed(name: str, term: Term, use: Use) -> bool:
    """Whether `name` may stand in a document for the IRI of `term`."""
    ours = term.origin is Origin.PINNED or term.iri in _pinned_names()
    if ours and ((use is Use.MEMBER and name[:1].isupper()) or (use is Use.TYPE and name[:1].islower())):
        return False  # Open Badges has one IRI for the class Criteria and the member criteria: the letter tells
    if term.origin is Origin.PINNED:
        return True
    if term.iri.startswith(RDF) or name not in _pinned_names().get(term.iri, {name}):
        return False
    if term.origin is Origin.GIVEN:
        return True
    return _ends_with(term.iri, name) and not term.iri.startswith(_STANDARD)


def _ends_with(iri: str, name: str) -> bool:
    """Whether `name` is all that stands behind the last delimiter of an IRI."""
    before = len(iri) - len(name) - 1
    return iri.endswith(name) and iri[before : before + 1] in _DELIMITERS and not _DELIMITERS.intersection(name)


def has_short_name(iri: str, active: ActiveContext) -> bool:
    """Whether `iri` has a name, in force or pinned, so that writing it out would be a second way to say it."""
    return iri in _pinned_names() or iri in active.iris


@lru_cache(maxsize=1)
def _pinned_names() -> dict[str, set[str]]:
    """IRI -> its names in all pinned contexts, scoped ones included."""
    names: dict[str, set[str]] = {}
    for url in pinned().urls:
        _collect(pinned().apply(EMPTY, url), pinned().document(url)["@context"], names)
    return names


def _collect(active: ActiveContext, local: Json, names: dict[str, set[str]]) -> None:
    for entry in local if isinstance(local, list) else [local]:
        for name in entry if isinstance(entry, dict) else ():
            term = active.terms.get(name)
            if term is not None:
                names.setdefault(term.iri, set()).add(name)
            if term is not None and term.scope:
                _collect(pinned().property_scoped(active, term), json.loads(term.scope), names)
