"""Changes to documents, tokens and bytes, from a seeded source: of values, names and order, and of single bits."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any, TypeAlias

from tests.kit import credentials
from tests.kit.minting import encoded
from verifier.format import jose
from verifier.format.contexts import OB3, VCDM2
from verifier.format.multibase import decode_base64url, encode_base64url
from verifier.format.types import Json, JsonObject

Path: TypeAlias = tuple[str | int, ...]

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


# --- Mutations of the document ------------------------------------------------------------------------------


def structural(data: bytes, chance: random.Random) -> bytes:
    """One to three changes somewhere in a document, or one in the header or payload of a token."""
    if jose.looks_like(data):
        return _token(data, chance)
    document: JsonObject = json.loads(data)
    for _ in range(chance.randint(1, 3)):
        if document:
            _change(document, chance)
    return encoded(document)


def _token(data: bytes, chance: random.Random) -> bytes:
    parts = data.decode().split(".")
    place = chance.choice([0, 1, 1])
    part: JsonObject = json.loads(decode_base64url(parts[place]))
    _change(part, chance)
    parts[place] = encode_base64url(encoded(part))
    return ".".join(parts).encode()


def _change(document: JsonObject, chance: random.Random) -> None:
    places = paths(document)[1:]
    if places:
        path = chance.choice(places)
        parent = at(document, path[:-1])
        chance.choice(CHANGES)(document, parent, path[-1], chance)


def _replace(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    parent[step] = chance.choice([*VALUES, None, True, False, 0, 1, -1, 1.5, "", [], {}, {"id": "urn:x:1"}, ["a", "b"]])


def _reshape(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    parent[step] = chance.choice(RESHAPES)(parent[step])


def _delete(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    del parent[step]


def _copy(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    parent[step] = copy.deepcopy(at(document, chance.choice(paths(document)[1:])))


def _rename(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    if isinstance(parent, dict):
        parent[chance.choice(NAMES)] = parent.pop(step)


def _insert(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    value = copy.deepcopy(at(document, chance.choice(paths(document)[1:])))
    if isinstance(parent, dict):
        parent[chance.choice(NAMES)] = value
    else:
        parent.insert(step, value)


def _swap(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    one, two = (chance.choice(paths(document)[1:]) for _ in range(2))
    if not _holds(one, two) and not _holds(two, one):
        first, second = at(document, one), at(document, two)
        at(document, one[:-1])[one[-1]], at(document, two[:-1])[two[-1]] = second, first


def _holds(outer: Path, inner: Path) -> bool:
    return inner[: len(outer)] == outer


def _letter(document: JsonObject, parent: Any, step: Any, chance: random.Random) -> None:
    """One character of a text: the smallest change that a person would want to make."""
    text = parent[step]
    if isinstance(text, str) and text:
        place = chance.randrange(len(text))
        parent[step] = text[:place] + chance.choice("0123456789abcXYZ -:é\u200b") + text[place + chance.randint(0, 1) :]


CHANGES: list[Callable[[JsonObject, Any, Any, random.Random], None]] = [
    *(_replace, _reshape, _reshape, _delete, _copy, _rename, _insert, _swap, _letter, _letter)
]


# --- Mutations of the bytes -----------------------------------------------------------------------------------


def bytewise(original: bytes, chance: random.Random) -> bytes:
    """A bit turned, a byte set, a span cut, doubled, moved or exchanged."""
    data = bytearray(original)
    for _ in range(chance.randint(1, 2)):
        chance.choice(BYTE_CHANGES)(data, chance)
    return bytes(data)


def _span(data: bytearray, chance: random.Random) -> slice:
    start = chance.randrange(len(data) + 1)
    return slice(start, start + chance.choice([1, 1, 2, 4, 16, 64, 512]))


def _bit(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _byte(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice(b'0123456789aZ"{}[],:.\\ \n\0\xff')


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_span(data, chance)]


def _double(data: bytearray, chance: random.Random) -> None:
    span = _span(data, chance)
    data[span.stop : span.stop] = data[span]


def _move(data: bytearray, chance: random.Random) -> None:
    span = _span(data, chance)
    moved = data[span]
    del data[span]
    place = chance.randrange(len(data) + 1)
    data[place:place] = moved


def _exchange(data: bytearray, chance: random.Random) -> None:
    one, two = sorted((_span(data, chance) for _ in range(2)), key=lambda span: span.start)
    if one.stop <= two.start:
        first, second = data[one], data[two]
        data[two], data[one] = first, second


BYTE_CHANGES: list[Callable[[bytearray, random.Random], None]] = [_bit, _bit, _byte, _cut, _double, _move, _exchange]
