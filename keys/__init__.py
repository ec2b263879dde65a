"""Signing keys: how they are kept, the public registry of them, and the life of each."""

from .errors import KeyFileError, KeysError, KeyStateError, RegistryError
from .local import MAX_FILE_BYTES, LocalSigner, generate, sealed
from .opening import inspect, is_worn, open_signer, rewrap
from .record import KeyRecord, KeyState
from .registry import MAX_REGISTRY_BYTES, Registry, load, parse, save
from .rotation import activate, announce, compromise, put_right, retire
from .signer import Signer

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_REGISTRY_BYTES",
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
    "is_worn",
    "load",
    "open_signer",
    "parse",
    "put_right",
    "retire",
    "rewrap",
    "save",
    "sealed",
]
