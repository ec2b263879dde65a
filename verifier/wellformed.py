"""The shape that VCDM 2.0 section 4 asks of credentials and presentations, before anything is believed of them.

VCDM 1.1 differs in its context and in the names of its dates; both are read (`model`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from .format.contexts import is_absolute
from .format.errors import FormatError
from .format.types import Json, JsonObject, as_list
from .limits import MAX_CONTAINED_PROOFS, MAX_CREDENTIALS
from .model import Model, model_of, period
from .related import digests

_LANGUAGE_MEMBERS: Final = {"@value", "@language", "@direction"}
_TYPED: Final = ("termsOfUse", "evidence", "refreshService")
_CREDENTIAL_MEMBERS: Final = frozenset(
    {"issuer", "credentialSubject", "credentialStatus", "credentialSchema", "evidence", "awardedDate"}
    | {"validFrom", "validUntil", "issuanceDate", "expirationDate"}
)
_URL_LIKE: Final = re.compile(r"\S+")


def check(document: JsonObject) -> None:
    """Raise FormatError with a `vc.…` code for the first rule that a credential breaks."""
    for rule in _RULES:
        rule(document)


def check_presentation(document: JsonObject) -> None:
    """The same for a presentation (section 4.13)."""
    for rule in _PRESENTATION_RULES:
        rule(document)


def issuer_id(document: JsonObject) -> str:
    """The issuer's URL, whether it stands alone or in an object (section 4.7); "" when there is none."""
    issuer = document.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, dict) else issuer
    return identifier if isinstance(identifier, str) else ""


def holder_id(document: JsonObject) -> str:
    """The URL of a presentation's holder; "" when it names none."""
    holder = document.get("holder")
    identifier = holder.get("id") if isinstance(holder, dict) else holder
    return identifier if isinstance(identifier, str) else ""


def _context(document: JsonObject) -> None:
    """Section 4.3: an ordered set, the base context first, then URLs or objects."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or model_of(document) is None:
        raise FormatError("vc.context", "@context is not an array that starts with the context of VCDM 2.0 or 1.1.")
    for entry in contexts:
        if not isinstance(entry, dict) and not _is_url(entry):
            raise FormatError("vc.context", "@context holds an entry that is neither a URL nor an object.")


def _id(document: JsonObject) -> None:
    if "id" in document and not _is_url(document["id"]):
        raise FormatError("vc.id", "id is not one URL.")


def _type(document: JsonObject) -> None:
    types = document.get("type")
    texts = [types] if isinstance(types, str) else types
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise FormatError("vc.type", "type is missing, or not a text or an array of texts.")
    if "VerifiableCredential" not in texts:
        raise FormatError("vc.type", "type does not hold VerifiableCredential.")


def _presentation_type(document: JsonObject) -> None:
    if not _typed(document):
        raise FormatError("vc.type", "type is not a text or an array of texts.")
    if "VerifiableCredential" in as_list(document["type"]):
        raise FormatError("vc.type", "It calls itself a presentation and a credential at once.")


def _holder(document: JsonObject) -> None:
    if "holder" in document and not _is_url(holder_id(document)):
        raise FormatError("vc.holder", "holder is neither a URL nor an object whose id is a URL.")


def _contained(document: JsonObject) -> None:
    own = sorted(_CREDENTIAL_MEMBERS & document.keys())
    if own:
        # Signed by the holder alone, it would stand beside what issuers say.
        raise FormatError("vc.contained", f"The presentation itself has {own[0]}, which belongs to a credential.")
    contained = as_list(document.get("verifiableCredential"))
    if not all(isinstance(each, dict) and each for each in contained):
        raise FormatError("vc.contained", "verifiableCredential holds something that is not an object.")
    if len(contained) > MAX_CREDENTIALS:
        raise FormatError("vc.contained", f"There are more than {MAX_CREDENTIALS} credentials in the presentation.")
    if sum(len(as_list(each.get("proof"))) for each in contained if isinstance(each, dict)) > MAX_CONTAINED_PROOFS:
        raise FormatError("vc.contained", f"There are more than {MAX_CONTAINED_PROOFS} proofs in the presentation.")


def _issuer(document: JsonObject) -> None:
    if not _is_url(issuer_id(document)):
        raise FormatError("vc.issuer", "issuer is neither a URL nor an object whose id is a URL.")


def _subject(document: JsonObject) -> None:
    subjects = as_list(document.get("credentialSubject"))
    if not subjects or not all(isinstance(each, dict) and each for each in subjects):
        raise FormatError("vc.subject", "credentialSubject is missing or empty.")
    for subject in subjects:
        if isinstance(subject, dict) and "id" in subject and not _is_url(subject["id"]):
            raise FormatError("vc.subject", "The id of a credentialSubject is not one URL.")


def _period(document: JsonObject) -> None:
    """Section 4.9: xsd:dateTimeStamp, in order."""
    try:
        start, end = period(document)
    except FormatError as error:
        raise FormatError("vc.period", f"A date of validity: {error.detail}") from None
    if start and end and end < start:
        raise FormatError("vc.period", "The credential ends before it begins.")


def _issuance_date(document: JsonObject) -> None:
    if model_of(document) is Model.V1 and "issuanceDate" not in document:
        raise FormatError("vc.period", "VCDM 1.1 requires issuanceDate.")


def _status(document: JsonObject) -> None:
    for entry in _entries(document, "credentialStatus", "vc.status"):
        if not _typed(entry):
            raise FormatError("vc.status", "An entry of credentialStatus has no type.")
        if "id" in entry and not _is_url(entry["id"]):
            raise FormatError("vc.status", "The id of a credentialStatus entry is not one URL.")


def _schema(document: JsonObject) -> None:
    for entry in _entries(document, "credentialSchema", "vc.schema"):
        if not _typed(entry) or not _is_url(entry.get("id")):
            raise FormatError("vc.schema", "An entry of credentialSchema needs a type and a URL as id.")


def _typed_objects(document: JsonObject) -> None:
    for name in _TYPED:
        for entry in _entries(document, name, "vc.typed-object"):
            if not _typed(entry):
                raise FormatError("vc.typed-object", f"An entry of {name} has no type.")


def _language(document: JsonObject) -> None:
    """Section 11.1: a language object holds @value, @language and @direction, nothing beside them."""
    issuer = document.get("issuer")
    for holder in [document, *([issuer] if isinstance(issuer, dict) else [])]:
        for name in ("name", "description"):
            for value in as_list(holder.get(name)):
                if isinstance(value, dict) and not ("@value" in value and value.keys() <= _LANGUAGE_MEMBERS):
                    raise FormatError("vc.language", f"{name} is an object with members beside @value.")


def _related(document: JsonObject) -> None:
    """Section 5.3: each resource once, with a digest."""
    seen: set[str] = set()
    for entry in _entries(document, "relatedResource", "vc.related-resource"):
        identifier = entry.get("id")
        if not isinstance(identifier, str) or not _is_url(identifier) or identifier in seen:
            raise FormatError("vc.related-resource", "A relatedResource has no URL as id, or one that stands twice.")
        digests(entry)
        seen.add(identifier)


_RULES: Final[tuple[Callable[[JsonObject], None], ...]] = (
    _context,
    _id,
    _type,
    _issuer,
    _subject,
    _period,
    _issuance_date,
    _status,
    _schema,
    _typed_objects,
    _language,
    _related,
)
_PRESENTATION_RULES: Final[tuple[Callable[[JsonObject], None], ...]] = (
    _context,
    _id,
    _presentation_type,
    _holder,
    _contained,
    _period,
    _typed_objects,
)


def _entries(document: JsonObject, name: str, code: str) -> Iterator[JsonObject]:
    if name in document and document[name] is None:
        raise FormatError(code, f"{name} is null.")
    for entry in as_list(document.get(name)):
        if not isinstance(entry, dict):
            raise FormatError(code, f"An entry of {name} is not an object.")
        yield entry


def _typed(entry: JsonObject) -> bool:
    types = as_list(entry.get("type"))
    return bool(types) and all(isinstance(each, str) for each in types)


def _is_url(value: Json) -> bool:
    return isinstance(value, str) and is_absolute(value) and _URL_LIKE.fullmatch(value) is not None
