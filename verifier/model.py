"""The two versions of the data model, and what differs between them (VCDM 2.0; VCDM 1.1 is read, never issued)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from .format.contexts import VCDM1, VCDM2
from .format.jose import numeric_date
from .format.timestamp import parse
from .format.types import Json, JsonObject, as_list

_STARTS: Final = ("validFrom", "issuanceDate")
_ENDS: Final = ("validUntil", "expirationDate")
_KINDS_OF_LIST: Final = ("BitstringStatusList", "StatusList2021", "RevocationList2020", "RevocationList2021")
_LISTS: Final = frozenset(name for kind in _KINDS_OF_LIST for name in (kind, f"{kind}Credential"))


class Model(StrEnum):
    """The version of the data model that a document follows."""

    V1 = "1.1"
    V2 = "2.0"


def model_of(document: JsonObject) -> Model | None:
    """The version, by the first context (VCDM 2.0 section 4.3, VCDM 1.1 section 4.1)."""
    contexts = document.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else None
    if first == VCDM2:
        return Model.V2
    return Model.V1 if first == VCDM1 else None


def is_presentation(document: JsonObject) -> bool:
    """Whether the document is a presentation rather than a credential."""
    return "VerifiablePresentation" in as_list(document.get("type"))


def claims_to_be_one(document: JsonObject) -> bool:
    """Whether the document says of itself that it is a credential or a presentation."""
    return "VerifiableCredential" in as_list(document.get("type")) or is_presentation(document)


def is_status_list(document: JsonObject) -> bool:
    """Whether the document is a status list, of the kind that is read here or an older one, rather than about somebody.

    Types count in full, too, as JSON-LD lets them be written.
    """
    subjects = [each for each in as_list(document.get("credentialSubject")) if isinstance(each, dict)]
    types = [each for held in (document, *subjects) for each in as_list(held.get("type")) if isinstance(each, str)]
    return any(each.rpartition("#")[2] in _LISTS for each in types) or any("encodedList" in each for each in subjects)


def period(document: JsonObject) -> tuple[datetime | None, datetime | None]:
    """The latest start and the earliest end that the document names, under either version's names.

    `nbf` and `exp` count as well: the context of VCDM 2.0 defines them for credentials that are no token, too. Raises
    FormatError `time.invalid`, or `jwt.claims` for these.
    """
    starts = [parse(_text(document[name])) for name in _STARTS if name in document]
    ends = [parse(_text(document[name])) for name in _ENDS if name in document]
    numeric = numeric_date(document, "nbf"), numeric_date(document, "exp")
    return max(filter(None, [*starts, numeric[0]]), default=None), min(filter(None, [*ends, numeric[1]]), default=None)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
