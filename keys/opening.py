"""From a key's record to its signer: the one place that knows the kinds of signer URI."""

import re
from pathlib import Path

from . import local
from .errors import KeyFileError
from .record import KeyRecord
from .signer import Signer

# One plain name inside the keys folder: a registry must not lead to files elsewhere.
_FILE = re.compile(r"file:([A-Za-z0-9][A-Za-z0-9._-]*)", re.ASCII)


def open_signer(key: KeyRecord, folder: Path, passphrase: bytes) -> Signer:
    """The signer of the record; `file:NAME` is a file in the keys folder.

    Raises KeyFileError: `key.signer` for a URI that is not known here, else as `keys.local.load`.
    """
    return local.load(_path(key, folder), passphrase, public_key=key.public_key)


def inspect(key: KeyRecord, folder: Path) -> None:
    """Look at what the signer needs without opening it; raises KeyFileError as `open_signer`, as far as that shows."""
    local.inspect(_path(key, folder))


def is_worn(key: KeyRecord, folder: Path) -> bool:
    """Whether the key's file is of an older, cheaper form; raises KeyFileError as `inspect`."""
    return local.is_worn(_path(key, folder))


def rewrap(key: KeyRecord, folder: Path, passphrase: bytes) -> bool:
    """Write the key's file in the form of today; whether it was another. Raises KeyFileError as `open_signer`."""
    return local.rewrap(_path(key, folder), passphrase, public_key=key.public_key)


def _path(key: KeyRecord, folder: Path) -> Path:
    match = _FILE.fullmatch(key.signer)
    if match is None:
        detail = f"Key {key.id} has the signer {key.signer!r}; only file:NAME in the keys folder is known."
        raise KeyFileError("key.signer", detail)
    return folder / match[1]
