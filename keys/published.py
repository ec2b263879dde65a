"""Published test keys. Anyone can sign with them, so nothing that we issue may rest on one."""

import json
from functools import cache
from pathlib import Path

from verifier.format import multikey

from .errors import KeyFileError

_DATA = Path(__file__).parent / "data" / "published-test-keys.json"


@cache
def origins() -> dict[bytes, str]:
    """The published public keys (32 raw bytes), each with the document that its private half stands in."""
    entries = json.loads(_DATA.read_bytes())["keys"]
    return {multikey.decode(entry["publicKeyMultibase"]): entry["origin"] for entry in entries}


def refuse(public_key: bytes) -> bytes:
    """The same 32 bytes; raises KeyFileError `key.published` if the private half is public knowledge."""
    origin = origins().get(public_key)
    if origin is not None:
        raise KeyFileError("key.published", f"This is a published test key ({origin}). Generate one of your own.")
    return public_key
