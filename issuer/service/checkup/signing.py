"""Checks of the signing keys: one may sign, a spare is announced, files are as they should be, none is given up."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import keys
from keys import KeyRecord, KeysError, KeyState, Registry
from keys.rotation import ANNOUNCEMENT
from verifier.format.timestamp import format_seconds

from ...lifecycle import State
from .. import rotate
from ..desk import REGISTRY_FILE
from ..rotate import Affected
from .advice import in_place_of, on, what
from .check import Check, Finding, Scene, fine, red, some, warning

_IN_USE: Final = (KeyState.ANNOUNCED, KeyState.ACTIVE)


def judge_active(registry: Registry, at: datetime) -> Iterator[Finding]:
    """Without an active key no list can be signed."""
    if registry.active(at):
        return
    spare = next((key.id for key in registry.keys if key.state is KeyState.ANNOUNCED), None)
    first = "" if spare else "`certify keys generate`, then "
    yield red(
        f"No key may sign: nothing can be issued or published. Run {first}`certify keys activate {spare or 'KEY'}`."
    )


def judge_spare(registry: Registry, at: datetime) -> Iterator[Finding]:
    """A key that is announced can take over at once when the active one is lost."""
    spares = [key for key in registry.keys if key.state is KeyState.ANNOUNCED]
    if not spares:
        yield warning(
            "No spare key is announced: if the active one is lost, readers will not have heard of the next one. "
            "Run `certify keys generate`."
        )
    else:
        yield fine(f"Spare keys: {', '.join(_spare(key, at) for key in spares)}.")


def _spare(key: KeyRecord, at: datetime) -> str:
    ready = key.announced + ANNOUNCEMENT
    return f"{key.id} (ready to be activated)" if ready <= at else f"{key.id} (from {format_seconds(ready)})"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the file of a key, as opening it would say it."""

    key: KeyRecord
    path: Path
    error: KeysError

    @property
    def told(self) -> str:
        """What is so, and its code; what to do is not in it."""
        return f"{what(self.error)} [{self.error.code}]"


def _files(scene: Scene) -> tuple[Fault, ...]:
    registry = scene.registry()
    return tuple(_faults(scene, keys.inspect, (key for key in registry.keys if key.state in _IN_USE)))


def _faults(scene: Scene, look: Callable[[KeyRecord, Path], object], those: Iterable[KeyRecord]) -> Iterator[Fault]:
    folder = scene.config.keys
    for key in those:
        try:
            look(key, folder)
        except KeysError as error:
            yield Fault(key, folder / key.signer.removeprefix("file:"), error)


def judge_files(faults: tuple[Fault, ...], _at: datetime) -> Iterator[Finding]:
    """What is wrong with the files of announced and active keys."""
    yield from (red(f"{fault.told} {_cure(fault)}") for fault in faults)


def _cure(fault: Fault) -> str:
    key_id = fault.key.id
    if fault.error.code == "key.file-mode":
        return f"Run {on('chmod 600', [fault.path])}, and ask yourself who has read it."
    if fault.error.code == "key.signer":
        return in_place_of(fault.path.parent / REGISTRY_FILE)
    back = in_place_of(fault.path)
    if fault.error.code == "key.file-missing":
        back = "Run `certify restore FILE --missing`."
    if fault.error.code == "key.passphrase":
        back = f"If the passphrase is right, the file is damaged: r{back[1:]}"
    if fault.key.state is KeyState.ANNOUNCED:
        return f"{back} If no backup has it, give it up: `certify keys compromise {key_id} --decision REF`."
    return (
        f"{back} If no backup has it, run `certify keys generate`, a day later `certify keys activate KEY`, and then "
        f"`certify keys retire {key_id}`."
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """Which key files the passphrase does not open; `tried` is False where none is at hand."""

    tried: bool
    faults: tuple[Fault, ...] = ()


def _worn(scene: Scene) -> tuple[str, ...]:
    in_use = [key for key in scene.registry().keys if key.state in _IN_USE]
    return tuple(
        key.id for key in in_use if not [*_faults(scene, keys.inspect, [key])] and keys.is_worn(key, scene.config.keys)
    )


def judge_worn(worn: tuple[str, ...], _at: datetime) -> Iterator[Finding]:
    """Files that were made before passphrases went through scrypt."""
    if worn:
        yield warning(
            f"Whoever has their file guesses its passphrase cheaply: {some(worn)}. Run `certify keys rewrap`."
        )


def _opened(scene: Scene) -> Opened:
    passphrase = scene.passphrase
    if passphrase is None:
        return Opened(tried=False)
    whole = [key for key in scene.registry().keys if not [*_faults(scene, keys.inspect, [key])]]
    return Opened(
        tried=True, faults=tuple(_faults(scene, lambda key, folder: keys.open_signer(key, folder, passphrase), whole))
    )


def judge_opened(found: Opened, _at: datetime) -> Iterator[Finding]:
    """A file that nobody can open is no better than none, and is noticed too late: when the key is needed."""
    if not found.tried:
        yield warning(
            "No passphrase is at hand, so nobody has tried it on the key files. Give it: "
            "`certify doctor --passphrase-fd 0`, or set keys.passphrase_file."
        )
    for fault in found.faults:
        if fault.key.state in _IN_USE:
            yield red(f"{fault.told} {_cure(fault)}")
        else:
            yield warning(
                f"{fault.told} {fault.key.id} signs no more and its file is not needed: run {on('rm', [fault.path])}."
            )


def _affected(scene: Scene) -> dict[str, tuple[Affected, ...]]:
    given_up = [key.id for key in scene.registry().keys if key.state is KeyState.COMPROMISED]
    return {key_id: rotate.affected(scene.desk, key_id, scene.at) for key_id in given_up}


def judge_compromised(found: dict[str, tuple[Affected, ...]], _at: datetime) -> Iterator[Finding]:
    """What a lost key has signed is accepted by nobody: its holders stand there with nothing."""
    for key_id, affected in found.items():
        due = [each.public_id for each in affected if each.state is State.VALID]
        if due:
            yield red(
                f"Signed by {key_id}, which was given up: {some(due)}. Run "
                f"`certify keys reissue {key_id} --decision REF`."
            )
        later = [each.public_id for each in affected if each.state in (State.SUSPENDED, State.PLANNED)]
        if later:
            yield warning(
                f"Signed by {key_id}, which was given up, and not to be issued anew yet: {some(later)}. "
                "Decide on the suspension, or run `certify resume`; then "
                f"`certify keys reissue {key_id} --decision REF`."
            )


CHECKS: Final = (
    Check("doctor.key-active", Scene.registry, judge_active, "A key may sign."),
    Check("doctor.key-spare", Scene.registry, judge_spare, "A spare key is announced."),
    Check("doctor.key-files", _files, judge_files, "The key files are there, encrypted, and for their owner alone."),
    Check("doctor.key-opened", _opened, judge_opened, "The passphrase opens every key file."),
    Check("doctor.key-cost", _worn, judge_worn, "Each guess at a passphrase of the key files is dear."),
    Check("doctor.key-compromised", _affected, judge_compromised, "Nothing rests on a key that was given up."),
)
