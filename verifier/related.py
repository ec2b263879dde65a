"""The digests by which a credential fixes what it refers to, compared where the verifier knows what was published.

VCDM 2.0 section 5.3; Subresource Integrity section 3.4, Controlled Identifiers 1.0 section 2.5 (multihash).
"""

import re
from typing import Final, NamedTuple

from .format.contexts import published_digests
from .format.errors import FormatError
from .format.multibase import decode_base58btc, decode_base64url
from .format.types import Json, JsonObject, as_list

_SRI: Final = re.compile(r"(sha(256|384|512)-[A-Za-z0-9+/]+={0,2}(\?\S*)?(\s+|$))+")
_TO_BASE64URL: Final = str.maketrans("+/", "-_")
_SIZES: Final = {"sha256": 32, "sha384": 48, "sha512": 64, "sha3-256": 32, "sha3-384": 48, "sha3-512": 64}
"""Bytes of a digest, by algorithm."""
_MULTIHASHES: Final = {
    0x12: "sha256",
    0x20: "sha384",
    0x13: "sha512",
    0x16: "sha3-256",
    0x15: "sha3-384",
    0x14: "sha3-512",
}
_VARINT_BYTES: Final = 4  # every code of a hash in use has at most three


class Digest(NamedTuple):
    """One digest that an entry states; `algorithm` is "" for one that is not known here."""

    algorithm: str
    value: bytes


def digests(entry: JsonObject) -> list[Digest]:
    """Every digest of an entry of `relatedResource`.

    Raises FormatError `vc.related-resource` when there is none, or one that no resource can have.
    """
    found: list[Digest] = []
    try:
        if "digestSRI" in entry:
            found += _from_sri(entry["digestSRI"])
        if "digestMultibase" in entry:
            found.append(_from_multibase(entry["digestMultibase"]))
    except FormatError:
        found = []
    if not found:
        raise FormatError("vc.related-resource", "A relatedResource has no digest, or one of no known form.")
    return found


def compare(document: JsonObject) -> tuple[str, ...]:
    """The ids of related resources whose digest could not be compared here, in a well-formed credential.

    Raises FormatError `context.digest` when one is compared and differs.
    """
    entries = (entry for entry in as_list(document.get("relatedResource")) if isinstance(entry, dict))
    return tuple(str(entry.get("id")) for entry in entries if not _known_and_right(entry))


def _known_and_right(entry: JsonObject) -> bool:
    expected = published_digests().get(str(entry.get("id")), {})
    stated = [each for each in digests(entry) if each.algorithm in expected]
    if any(each.value.hex() != expected[each.algorithm] for each in stated):
        raise FormatError("context.digest", f"{str(entry.get('id'))[:200]} was published with another digest.")
    return bool(stated)


def _from_sri(value: Json) -> list[Digest]:
    if not isinstance(value, str) or not _SRI.fullmatch(value):
        raise _unreadable()
    return [_from_expression(each) for each in value.split()]


def _from_expression(text: str) -> Digest:
    algorithm, _, rest = text.partition("-")
    digits = rest.partition("?")[0]
    if len(digits) % 4:
        raise _unreadable()
    return _sized(algorithm, decode_base64url(digits.rstrip("=").translate(_TO_BASE64URL)))


def _from_multibase(value: Json) -> Digest:
    """A multihash: the algorithm's number, the length, and as many bytes."""
    if not isinstance(value, str) or value[:1] not in ("u", "z"):
        raise _unreadable()
    number, rest = _varint(decode_base58btc(value) if value.startswith("z") else decode_base64url(value[1:]))
    length, digest = _varint(rest)
    if length != len(digest) or not digest:
        raise _unreadable()
    return _sized(_MULTIHASHES.get(number, ""), digest)


def _varint(data: bytes) -> tuple[int, bytes]:
    """A number in groups of seven bits, the lowest first, and the bytes behind it."""
    number = 0
    for place, byte in enumerate(data[:_VARINT_BYTES]):
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return number, data[place + 1 :]
    raise _unreadable()


def _sized(algorithm: str, digest: bytes) -> Digest:
    if len(digest) != _SIZES.get(algorithm, len(digest)):
        raise _unreadable()
    return Digest(algorithm, digest)


def _unreadable() -> FormatError:
    return FormatError("vc.related-resource", "It is no digest.")
