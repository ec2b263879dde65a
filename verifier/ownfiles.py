"""Files that an issuer, a verifier or an exam platform has beside certificates: each named by what it holds.

None of them is a certificate, and none is wrong: the answer stays open and says what to do with the file. Status lists
are signed, so they are judged like credentials (`listdocument`).
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from .format.proof import suite_of
from .format.types import Json, JsonObject, as_list
from .model import claims_to_be_one
from .trust import is_memory, is_trust_file


class OwnFile(NamedTuple):
    """`sign`: by what the file is known, which is the detail of the report."""

    code: str
    sign: str
    fits: Callable[[JsonObject], bool]


def own_file(document: JsonObject) -> OwnFile | None:
    """What this document is, None for a credential, a presentation, whatever is signed, and what is not known."""
    proofs = as_list(document.get("proof"))
    if any(not isinstance(each, dict) or suite_of(each) for each in proofs) or claims_to_be_one(document):
        return None
    return next((each for each in OWN_FILES if each.fits(document)), None)


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


OWN_FILES: Final = (
    OwnFile("kind.trust-file", "JSON with asOf or issuers, and what a trust file holds.", is_trust_file),
    OwnFile("kind.memory", "JSON with seenAt, and what the memory of a trust folder holds.", is_memory),
    OwnFile("kind.did-document", "JSON whose id is a DID, with its keys or services.", _is_did_document),
    OwnFile("kind.achievement", "JSON of type Achievement.", _of_type("Achievement")),
    OwnFile("kind.profile", "JSON of type Profile.", _of_type("Profile")),
    OwnFile(
        "kind.result-record", "JSON with resultId, candidate and outcome.", _having("resultId", "candidate", "outcome")
    ),
    OwnFile("kind.report", "JSON with verdict, genuine and checks.", _having("verdict", "genuine", "checks")),
    OwnFile("kind.schema", "JSON with $schema, or with type object and properties.", _is_schema),
    OwnFile("kind.context", "JSON that holds a vocabulary under @context, and nothing else.", _is_context),
    OwnFile("kind.key-set", "JSON with keys, each with kty.", _is_key_set),
)
