"""The digests by which a credential fixes what it refers to, compared where the verifier knows what was published.

VCDM 2.0 section 5.3; Subresource Integrity section 3.4, Controlled Identifiers 1.0 section 2.5 (multihash).
"""

import base64
from collections.abc import Iterator
from typing import Final

from .format.contexts import published_digests
from .format.errors import FormatError
from .format.multibase import decode_base58btc, decode_base64url
from .format.types import Json, JsonObject, as_list

_SRI: Final = "sha256-"
_MULTIHASH: Final = b"\x12\x20"
"""sha2-256, 32 bytes."""


def compare(document: JsonObject) -> tuple[str, ...]:
    """The ids of related resources whose digest could not be compared here, in a well-formed credential.

    Raises FormatError `context.digest` when one is compared and differs.
    """
    entries = (entry for entry in as_list(document.get("relatedResource")) if isinstance(entry, dict))
    return tuple(str(entry.get("id")) for entry in entries if not _known_and_right(entry))


def _known_and_right(entry: JsonObject) -> bool:
    expected = published_digests().get(str(entry.get("id")))
    stated = [each for each in _sha256(entry) if each is not None] if expected else []
    if any(each.hex() != expected for each in stated):
        raise FormatError("context.digest", f"{str(entry.get('id'))[:200]} was published with another digest.")
    return bool(stated)


def _sha256(entry: JsonObject) -> Iterator[bytes | None]:
    """Every SHA-256 that an entry states; other hashes are stronger, and not known here."""
    for each in _text(entry.get("digestSRI")).split():
        if each.startswith(_SRI):
            yield _decoded(each.removeprefix(_SRI).partition("?")[0])
    yield _from_multibase(_text(entry.get("digestMultibase")))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""  # no digest at all, and so not the right one


def _from_multibase(text: str) -> bytes | None:
    try:
        data = decode_base58btc(text) if text.startswith("z") else decode_base64url(text[1:])
    except FormatError:
        return b""
    return data.removeprefix(_MULTIHASH) if data.startswith(_MULTIHASH) else None


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
