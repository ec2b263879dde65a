"""Files that an issuer, a verifier or an exam platform has beside certificates: each named by what it holds.

None of them is a certificate, and none is wrong: the answer stays open and says what to do with the file. Status lists
are signed, so they are judged like credentials (`listdocument`). `recognise` asks this about what nobody has signed.
"""

from collections.abc import Callable
from typing import Final

from .format.types import Json, JsonObject, as_list
from .model import claims_to_be_one
from .trust import is_memory, is_trust_file


def own_file(document: JsonObject) -> str | None:
    """The code of what this document is, None for whatever says that it is a credential, and what is not known."""
    if claims_to_be_one(document):
        return None
    return next((code for code, fits in _SHAPES if fits(document)), None)


def _of_type(name: str) -> Callable[[JsonObject], bool]:
    return lambda document: name in as_list(document.get("type"))


def _having(*names: str) -> Callable[[JsonObject], bool]:
    return lambda document: all(name in document for name in names)


def _is_did_document(document: JsonObject) -> bool:
    identifier = document.get("id")
    described = any(name in document for name in ("verificationMethod", "assertionMethod", "authentication", "service"))
    return isinstance(identifier, str) and identifier.startswith("did:") and described


def _is_schema(document: JsonObject) -> bool:
    return isinstance(document.get("$schema"), str) or (document.get("type") == "object" and "properties" in document)


def _is_context(document: JsonObject) -> bool:
    return document.keys() == {"@context"} and any(isinstance(each, dict) for each in as_list(document["@context"]))


def _is_key(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("kty"), str)


def _is_key_set(document: JsonObject) -> bool:
    return _is_key(document) or any(map(_is_key, as_list(document.get("keys"))))


_SHAPES: Final[tuple[tuple[str, Callable[[JsonObject], bool]], ...]] = (
    ("kind.trust-file", is_trust_file),
    ("kind.memory", is_memory),
    ("kind.did-document", _is_did_document),
    ("kind.achievement", _of_type("Achievement")),
    ("kind.profile", _of_type("Profile")),
    ("kind.result-record", _having("resultId", "candidate", "outcome")),
    ("kind.report", _having("verdict", "genuine", "checks")),
    ("kind.schema", _is_schema),
    ("kind.context", _is_context),
    ("kind.key-set", _is_key_set),
)
