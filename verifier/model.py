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
