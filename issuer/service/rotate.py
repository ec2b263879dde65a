"""Announce a new key: generated, public in the DID document, not yet signing."""

from datetime import datetime

import keys

from ..register import events
from .desk import REGISTRY_FILE, Desk
from .publish import publish
from .setup import add_key


def generate(desk: Desk, at: datetime) -> str:
    """Generate and announce a key, and publish the DID document that names it; the answer is its id."""
    passphrase = desk.passphrase()  # before the lock: a person may have to type it
    with desk.writing(at) as connection:
        registry = add_key(desk.config, desk.registry(), passphrase, at)
        events.append(connection, "key-announced", at=at, actor_role="operator")
        keys.save(desk.config.keys / REGISTRY_FILE, registry)
    publish(desk, at)
    return registry.keys[-1].id
