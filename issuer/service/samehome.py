"""Whether a home and a backup are of one issuer: nothing of one may come to lie beside something of another."""

import json
from pathlib import Path
from typing import Final

import keys
from keys import Registry

from ..config import Config
from ..errors import IssuerError
from . import archive
from .archive import Archive

_DID_DOCUMENT: Final = ".well-known/did.json"


def refuse_another(found: Archive, config: Config) -> None:
    """Raise IssuerError `restore.foreign` where the folder has what another issuer published, or
    `restore.other-keys` where its keys are others than the backup's; RegistryError for a registry that cannot be read.
    """
    published = _published_as(config.public)
    if published not in (None, found.manifest.did):
        raise IssuerError(
            "restore.foreign",
            f"{found.path} is a backup of {found.manifest.did}, and {config.public} was published by {published}. "
            "Choose a new folder. Nothing was changed.",
        )
    standing, saved = config.home / archive.REGISTRY, keys.parse(found.files[archive.REGISTRY])
    other = _other_key(keys.load(standing), saved) if standing.exists() else _other_file(found, config.home)
    if other:
        raise IssuerError(
            "restore.other-keys",
            f"{other} in {config.home} is not that of the backup: these are the keys of another issuer, or of one that "
            "was made anew. Choose a new folder. Nothing was changed.",
        )


def _published_as(public: Path) -> str | None:
    """The DID of what is published, None where nothing is or where it cannot be read: doctor says more of that."""
    try:
        document = json.loads((public / _DID_DOCUMENT).read_bytes())
    except (OSError, ValueError):
        return None
    return str(document.get("id")) if isinstance(document, dict) else None


def _other_key(standing: Registry, saved: Registry) -> str | None:
    """The id of a key that is not the same in both; one of them may know later keys than the other."""
    ours, theirs = ({key.id: key.public_key for key in each.keys} for each in (standing, saved))
    shared = [key_id for key_id in ours if key_id in theirs]
    if ours and theirs and not shared:
        return next(iter(ours))
    return next((key_id for key_id in shared if ours[key_id] != theirs[key_id]), None)


def _other_file(found: Archive, home: Path) -> str | None:
    """A key file without a registry beside it has to be the very same: nothing else tells whose it is."""
    for name, data in found.files.items():
        if name.endswith(".pem") and (home / name).exists() and (home / name).read_bytes() != data:
            return name
    return None
