"""Checks of the signing keys: one may sign, a spare is announced, files are as they should be, none is given up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import keys
from keys import KeyRecord, KeysError, KeyState, Registry
from keys.rotation import ANNOUNCEMENT
from verifier.format.timestamp import format_seconds

from ...lifecycle import State
from .. import rotate
from ..rotate import Affected
from .check import Check, Finding, Scene, fine, red, some, warning

_IN_USE: Final = (KeyState.ANNOUNCED, KeyState.ACTIVE)


def judge_active(registry: Registry, at: datetime) -> Iterator[Finding]:
    """Without an active key no list can be signed."""
    if not registry.active(at):
        yield red("No key may sign: nothing can be issued or published. Run certify keys list, then activate a spare.")


def judge_spare(registry: Registry, at: datetime) -> Iterator[Finding]:
    """A key that is announced can take over at once when the active one is lost."""
    spares = [key for key in registry.keys if key.state is KeyState.ANNOUNCED]
    if not spares:
        yield warning(
            "No spare key is announced: if the active one is lost, readers will not have heard of the next one. "
            "Run certify keys generate."
        )
    else:
        yield fine(f"Spare keys: {', '.join(_spare(key, at) for key in spares)}.")


def _spare(key: KeyRecord, at: datetime) -> str:
    ready = key.announced + ANNOUNCEMENT
    return f"{key.id} (ready to be activated)" if ready <= at else f"{key.id} (from {format_seconds(ready)})"


def _files(scene: Scene) -> tuple[KeysError, ...]:
    return tuple(
        error for key in scene.registry().keys if key.state in _IN_USE and (error := _fault(scene, key)) is not None
    )


def _fault(scene: Scene, key: KeyRecord) -> KeysError | None:
    try:
        keys.inspect(key, scene.config.keys)
    except KeysError as error:
        return error
    return None


def _worn(scene: Scene) -> tuple[str, ...]:
    in_use = [key for key in scene.registry().keys if key.state in _IN_USE]
    return tuple(key.id for key in in_use if _fault(scene, key) is None and keys.is_worn(key, scene.config.keys))


def judge_worn(worn: tuple[str, ...], _at: datetime) -> Iterator[Finding]:
    """Files that were made before passphrases went through scrypt."""
    if worn:
        yield warning(f"Whoever has their file guesses its passphrase cheaply: {some(worn)}. Run certify keys rewrap.")


def judge_files(faults: tuple[KeysError, ...], _at: datetime) -> Iterator[Finding]:
    """What is wrong with the files of announced and active keys, as opening them would say it."""
    yield from (red(f"{fault.detail} [{fault.code}]") for fault in faults)


def _affected(scene: Scene) -> dict[str, tuple[Affected, ...]]:
    given_up = [key.id for key in scene.registry().keys if key.state is KeyState.COMPROMISED]
    return {key_id: rotate.affected(scene.desk, key_id, scene.at) for key_id in given_up}


def judge_compromised(found: dict[str, tuple[Affected, ...]], _at: datetime) -> Iterator[Finding]:
    """What a lost key has signed is accepted by nobody: its holders stand there with nothing."""
    for key_id, affected in found.items():
        due = [each.public_id for each in affected if each.state is State.VALID]
        if due:
            yield red(f"Signed by {key_id}, which was given up: {some(due)}. Run certify keys reissue {key_id}.")
        later = [each.public_id for each in affected if each.state in (State.SUSPENDED, State.PLANNED)]
        if later:
            yield warning(
                f"Signed by {key_id}, which was given up, and not to be issued anew yet: {some(later)}. "
                "Decide on the suspension, or run certify resume; then certify keys reissue."
            )


CHECKS: Final = (
    Check("doctor.key-active", Scene.registry, judge_active, "A key may sign."),
    Check("doctor.key-spare", Scene.registry, judge_spare, "A spare key is announced."),
    Check("doctor.key-files", _files, judge_files, "The key files are there, encrypted, and for their owner alone."),
    Check("doctor.key-cost", _worn, judge_worn, "Each guess at a passphrase of the key files is dear."),
    Check("doctor.key-compromised", _affected, judge_compromised, "Nothing rests on a key that was given up."),
)
