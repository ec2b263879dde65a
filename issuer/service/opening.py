"""Before the keys of an issuer change: does the passphrase at hand open what will be needed afterwards?"""

from datetime import datetime
from typing import Final

import keys
from keys import KeyFileError, KeyRecord, Registry

from .desk import Desk

_GONE: Final = {"key.file-missing", "key.file-damaged", "key.unencrypted"}
"""Files that no passphrase opens: they tell nothing about one, and a new key is what helps then."""


def proven(desk: Desk, registry: Registry, at: datetime) -> bytes:
    """The passphrase, which opens the key that signs; else any other key file. Raises a KeysError, and as `passphrase`.

    A key under another passphrase than the others would be of no use to whoever has only theirs.
    """
    passphrase = desk.passphrase()
    signing = registry.active(at)[:1]
    refused: list[KeyFileError] = []
    for key in (*signing, *(key for key in reversed(registry.keys) if key not in signing)):
        try:
            keys.open_signer(key, desk.config.keys, passphrase)
        except KeyFileError as error:
            if error.code in _GONE:
                continue
            if key in signing:
                raise
            refused.append(error)
        else:
            return passphrase
    if refused:
        raise refused[0]
    return passphrase


def opened(desk: Desk, key: KeyRecord) -> None:
    """Open the file of this key; raises KeyFileError, and as `passphrase`."""
    keys.open_signer(key, desk.config.keys, desk.passphrase())
