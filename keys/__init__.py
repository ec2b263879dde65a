"""Signing keys: how they are kept, the public registry of them, and the life of each."""

from .errors import KeyFileError, KeysError, KeyStateError, RegistryError
from .local import LocalSigner, generate
from .opening import inspect, open_signer
from .record import KeyRecord, KeyState
from .registry import Registry, load, save
from .rotation import activate, announce, compromise, retire
from .signer import Signer

__all__ = [
    "KeyFileError",
    "KeyRecord",
    "KeyState",
    "KeyStateError",
    "KeysError",
    "LocalSigner",
    "Registry",
    "RegistryError",
    "Signer",
    "activate",
    "announce",
    "compromise",
    "generate",
    "inspect",
    "load",
    "open_signer",
    "retire",
    "save",
]
