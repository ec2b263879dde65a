"""What is said of backups, restores and repairs."""

from collections.abc import Iterator
from typing import Any

from verifier.format.display import visible
from verifier.format.timestamp import format_milliseconds, format_seconds

from ..service.backup import BackedUp
from ..service.repair import Repaired
from ..service.restore import Restored
from .care import published, published_json


def backed_up(done: BackedUp) -> str:
    """Where it lies, what is in it, and what is not."""
    number, _ = done.manifest.events
    return "\n".join(
        (
            f"Backed up and verified: {visible(str(done.path))} ({done.size:,} bytes)",
            f"  Register up to event {number}, certify.toml, the key registry, {done.keys} encrypted key file(s)",
            "  No passphrase is in it: keep that elsewhere. public/ and issued/ are written again from the register.",
            "  It names people: keep it as you keep the register.",
        )
    )


def backed_up_json(done: BackedUp) -> dict[str, Any]:
    """As `backed_up`."""
    number, newest = done.manifest.events
    return {
        "file": str(done.path),
        "size": done.size,
        "created": format_seconds(done.manifest.created),
        "did": done.manifest.did,
        "events": {"last": number, "hash": newest},
        "lists": {name: format_milliseconds(at) for name, at in done.manifest.lists.items()},
        "keys": done.keys,
    }


def restored(done: Restored) -> str:
    """What stands, what was kept, which passphrase is expected, and what to do next."""
    return "\n".join(_restored_lines(done))


def _restored_lines(done: Restored) -> Iterator[str]:
    yield f"Restored {done.config.did} as of {format_seconds(done.created)}"
    yield f"  Home: {visible(str(done.config.home))}"
    if done.aside is not None:
        yield f"  The register that was there: {visible(str(done.aside))}. It names people: delete it in the end."
    yield from (f"  Left as it was: {name}" for name in done.kept)
    yield f"  {_passphrase(done)}"
    yield "Every link, session and token has ended, and what candidates had asked for was taken back: what ended since"
    yield "the backup would be good again. Look through certify staff list and certify platforms list, too."
    yield "Nothing can be issued or published with it until it knows what came after: run certify repair."


def put_back(names: tuple[str, ...]) -> str:
    """Which files were put back; the rest was there."""
    if not names:
        return "Nothing was missing: every file of the backup is there. Move one that is damaged away first."
    return f"Put back: {', '.join(names)}. The register is as it was."


def _passphrase(done: Restored) -> str:
    path = done.config.passphrase_file
    if path is None:
        return "Passphrase: no file is set; it will be asked for at a terminal."
    there = "it is there" if done.has_passphrase else "it is not there: put it back from where you keep it"
    return f"Passphrase: expected in {visible(str(path))} ({there}). No backup holds it."


def restored_json(done: Restored) -> dict[str, Any]:
    """As `restored`."""
    path = done.config.passphrase_file
    return {
        "did": done.config.did,
        "home": str(done.config.home),
        "created": format_seconds(done.created),
        "aside": str(done.aside) if done.aside else None,
        "kept": list(done.kept),
        "passphraseFile": str(path) if path else None,
        "passphraseFileFound": done.has_passphrase,
    }


def repaired(done: Repaired) -> str:
    """What was found and done, and what is left to do."""
    return "\n".join(_repaired_lines(done))


def _repaired_lines(done: Repaired) -> Iterator[str]:
    yield "Repaired" if done.is_news else "Nothing was missing"
    for label, names in _named(done):
        if names:
            yield f"  {label + ':':<25} {len(names)}"
            yield from (f"    {name}" for name in names)
    if done.replaced:
        yield f"  Replaced revisions:       {done.replaced}"
    if done.orphans:
        yield f"  Withdrawn or suspended credentials that were not found: {done.orphans} (they stay so)"
    for each in done.skipped:
        yield f"  Left out: {visible(each.file)} [{each.code}]"
    if done.fresh_lists:
        yield f"  New credentials take their indices from {', '.join(f'{name}/{n}' for name, n in done.fresh_lists)}."
    if done.recovered:
        yield "Let the platform send all result records since the backup again: none is issued twice."
    if done.suspended:
        yield "Staff have 14 days to decide on what is suspended: certify reinstate, or certify revoke."
    if done.published:
        yield published(done.published)


def _named(done: Repaired) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("Recovered", tuple(f"{each.public_id}, revision {each.number}" for each in done.recovered)),
        ("Withdrawn again", done.withdrawn),
        ("Suspended again", done.suspended),
        ("Suspension lifted again", done.reinstated),
        ("In force after all", done.in_force_again),
        ("Erased again", done.erased),
        ("Joined to a held record", done.adopted),
    )


def repaired_json(done: Repaired) -> dict[str, Any]:
    """As `repaired`."""
    return {
        "recovered": [{"publicId": each.public_id, "revision": each.number} for each in done.recovered],
        "withdrawn": list(done.withdrawn),
        "suspended": list(done.suspended),
        "reinstated": list(done.reinstated),
        "inForceAgain": list(done.in_force_again),
        "replaced": done.replaced,
        "orphans": done.orphans,
        "erased": list(done.erased),
        "adopted": list(done.adopted),
        "skipped": [{"file": each.file, "code": each.code} for each in done.skipped],
        "newerLists": [f"{purpose}/{number}" for purpose, number in done.newer_lists],
        "freshLists": [f"{purpose}/{number}" for purpose, number in done.fresh_lists],
        "published": published_json(done.published) if done.published else None,
    }
