"""What the property tests draw: any JSON, and credentials with something changed somewhere."""

import copy
import json
from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.kit import credentials
from verifier.format.contexts import OB3, VCDM2
from verifier.format.types import Json, JsonObject

Path: TypeAlias = tuple[str | int, ...]

# Text as files hold it, with what readers stumble over: half surrogates, controls, bidi marks, other scripts.
AWKWARD = ["", " ", "\ud800", "\0", "\u202e", "a\nb", '"', "\\", "\x7f", "é", "e\u0301", "李雷", "\U0001f600", "null"]
TEXT = st.text(max_size=12) | st.sampled_from(AWKWARD)

# Words that mean something here: a mutation that never hits one would test little.
_NAMES = """
    id type name description issuer validFrom validUntil awardedDate evidence proof @context @id @type @value @language
    @direction @index @graph @included @list @set @nest @reverse @json @none credentialStatus credentialSchema
    credentialSubject narrative url image achievement identifier identityHash hashed result status resultDescription
    alignment criteria created expires cryptosuite verificationMethod proofPurpose proofValue previousProof
    statusPurpose statusListIndex statusListCredential termsOfUse relatedResource confidenceMethod creditsEarned
    jsonSchema otherIdentifier email
"""
_VALUES = f"""
    {VCDM2} {OB3} {credentials.DID} {credentials.REVOCATION} {credentials.SUSPENSION} urn:x:1 a:b _:b0 x
    VerifiableCredential OpenBadgeCredential AchievementCredential Profile Evidence Image Achievement JsonSchema
    BitstringStatusListEntry DataIntegrityProof false true 0 48213 2026-07-01T09:32:00Z 2036-07-01T09:32:00Z
    https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a10
    did:web:else.example
"""
NAMES, VALUES = _NAMES.split(), _VALUES.split()
SCALARS: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | TEXT | st.sampled_from(VALUES)
)
NAME: st.SearchStrategy[str] = st.sampled_from(NAMES) | TEXT
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAME, inner, max_size=4),
    max_leaves=12,
)


def paths(value: Json, base: Path = ()) -> list[Path]:
    """Where every value of a document stands, the document itself first."""
    inner: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [base, *(path for step, each in inner for path in paths(each, (*base, step)))]


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _wrapped(value: Any) -> Any:
    return [value]


def _doubled(value: Any) -> Any:
    return [*value, *copy.deepcopy(value[:1])] if isinstance(value, list) else [value, copy.deepcopy(value)]


def _unwrapped(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _turned(value: Any) -> Any:
    if isinstance(value, list):
        return value[::-1]
    return dict(reversed(value.items())) if isinstance(value, dict) else value


def _other_form(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return value.get("id", value)
    if isinstance(value, str):
        return {"id": value} if ":" in value else {"@value": value}
    return value


def _nearly(value: Any) -> Any:
    if isinstance(value, str):
        return value.swapcase() + " "
    return not value if isinstance(value, bool) else value


RESHAPES: list[Callable[[Any], Any]] = [_wrapped, _doubled, _unwrapped, _turned, _other_form, _nearly]


def _change(draw: st.DrawFn, document: JsonObject) -> None:
    """One change at one place, in the document itself."""
    places = paths(document)
    path = draw(st.sampled_from(places[1:]))
    parent, step = at(document, path[:-1]), path[-1]
    kind = draw(st.sampled_from(["replace", "reshape", "delete", "rename", "insert", "copy", "swap"]))
    other = at(document, draw(st.sampled_from(places[1:])))
    if kind == "replace":
        parent[step] = draw(JSON)
    elif kind == "reshape":
        parent[step] = draw(st.sampled_from(RESHAPES))(parent[step])
    elif kind == "delete":
        del parent[step]
    elif kind == "copy":
        parent[step] = copy.deepcopy(other)
    elif kind == "swap":
        _swap(document, path, draw(st.sampled_from(places[1:])))
    elif isinstance(parent, dict):
        value = parent[step] if kind == "insert" else parent.pop(str(step))
        parent[draw(NAME)] = copy.deepcopy(other) if kind == "insert" and draw(st.booleans()) else copy.deepcopy(value)
    else:
        parent.insert(int(step), draw(JSON) if kind == "insert" else copy.deepcopy(parent[int(step)]))


def _swap(document: JsonObject, one: Path, two: Path) -> None:
    if one[: len(two)] == two or two[: len(one)] == one:
        return  # one holds the other
    first, second = at(document, one), at(document, two)
    at(document, one[:-1])[one[-1]], at(document, two[:-1])[two[-1]] = second, first


@st.composite
def mutated(draw: st.DrawFn, documents: list[JsonObject], most: int = 3) -> tuple[JsonObject, JsonObject]:
    """(a document, a copy of it with one to `most` changes)."""
    original = draw(st.sampled_from(documents))
    document: JsonObject = json.loads(json.dumps(original))  # so that nothing stands in two places at once
    for _ in range(draw(st.integers(1, most))):
        if len(document) > 1:
            _change(draw, document)
    return original, document
