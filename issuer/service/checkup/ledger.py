"""Checks of the register: its file, its version, its chain of events, and what waits in it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import Connection

from verifier.format.timestamp import format_seconds

from ...config import Config
from ...register import awards, database, events, examine
from .. import hold, identity, review
from ..desk import CLOCK_TOLERANCE, LONGEST_PAUSE, REPAIRED, RESTORED, last_act
from ..hold import Held
from ..review import Due
from .advice import RESTORE
from .check import Check, Finding, Scene, red, some, warning

_HELD_TOO_LONG: Final = timedelta(days=14)
"""A candidate who has passed and hears nothing for two weeks writes to somebody."""

Found = TypeVar("Found")


def _read(query: Callable[[Connection], Found]) -> Callable[[Scene], Found]:
    def gather(scene: Scene) -> Found:
        with scene.desk.reading() as connection:
            return query(connection)

    return gather


def _identity(scene: Scene) -> tuple[Config, str | None]:
    return scene.config, _read(identity.founded)(scene)


def judge_identity(facts: tuple[Config, str | None], _at: datetime) -> Iterator[Finding]:
    """The configuration, and the DID that the register was begun under."""
    wrong = identity.fault(*facts)
    if wrong:
        yield red(f"{wrong} Until then every act is refused.")


def judge_damage(faults: tuple[str, ...], _at: datetime) -> Iterator[Finding]:
    """What SQLite found."""
    if faults:
        yield red(f"The register is damaged: {some(faults)}. Stop issuing, and run {RESTORE}.")


def judge_versions(versions: tuple[str | None, str | None], _at: datetime) -> Iterator[Finding]:
    """The migration that the register stands at, and the one that it should."""
    standing, head = versions
    if standing != head:
        yield red(
            f"The register stands at migration {standing}, this program at {head}. Run `certify log` with the newer of "
            "the two programs: that brings it up to date, or says why not."
        )


def judge_chain(broken_at: int | None, _at: datetime) -> Iterator[Finding]:
    """The number of the first event that does not fit."""
    if broken_at is not None:
        yield red(
            f"The event chain is broken at event {broken_at}: somebody has changed the register. Keep a copy as "
            f"evidence, and see `certify log`. Then run {RESTORE}."
        )


def judge_clock(last: datetime | None, at: datetime) -> Iterator[Finding]:
    """`last`: the register's newest act."""
    if last is not None and at < last - CLOCK_TOLERANCE:
        yield red(
            f"The clock says {format_seconds(at)}, yet the register holds an act of {format_seconds(last)}. Set the "
            "clock; until then nothing can be done."
        )
    elif last is not None and at > last + LONGEST_PAUSE:
        yield warning(
            f"The last act was {(at - last).days} days ago. If the clock is right, run "
            "`certify publish`, and see why nothing was signed."
        )


def judge_restored(kind: str | None, _at: datetime) -> Iterator[Finding]:
    """The newest of the two events around a restore."""
    if kind == RESTORED:
        yield red(
            "The register was restored from a backup and does not know what came after it. Run `certify repair`; until "
            "then nothing can be done."
        )


def judge_unfinished(public_ids: list[str], _at: datetime) -> Iterator[Finding]:
    """Revisions that a crash kept from their holders."""
    if public_ids:
        yield warning(f"Not delivered: {some(public_ids)}. Run `certify resume`, then `certify publish`.")


def judge_due(waiting: tuple[Due, ...], _at: datetime) -> Iterator[Finding]:
    """Reviews can wait a little; a suspension past its date cannot."""
    late = [each.public_id for each in waiting if each.why == "suspension"]
    if late:
        yield red(
            f"Suspended past the date of decision: {some(late)}. Decide on each: "
            "`certify reinstate ID --decision REF`, or `certify revoke ID --reason REASON --decision REF`."
        )
    reviews = [each.public_id for each in waiting if each.why == "review"]
    if reviews:
        yield warning(
            f"Under review: {some(reviews)}. Decide on each: `certify review close ID --decision REF`, or "
            "`certify revoke ID --reason REASON --decision REF`, or suspend it."
        )


def judge_held(waiting: list[Held], at: datetime) -> Iterator[Finding]:
    """Records that nobody has decided on."""
    old = [each.result_id for each in waiting if each.received_at < at - _HELD_TOO_LONG]
    if old:
        yield warning(
            f"Held for more than {_HELD_TOO_LONG.days} days: {some(old)}. Decide on each: "
            "`certify hold release ID --by NAME --decision REF`, or `certify hold refuse ID --by NAME --decision REF`."
        )


CHECKS: Final = (
    Check("doctor.register", _read(examine.damage), judge_damage, "The register is sound."),
    Check("doctor.identity", _identity, judge_identity, "The configuration is of the issuer that the register is of."),
    Check("doctor.migrations", _read(database.versions), judge_versions, "The register is of this program's version."),
    Check("doctor.chain", _read(events.broken_at), judge_chain, "The event chain holds."),
    Check("doctor.clock", _read(last_act), judge_clock, "The clock agrees with the register."),
    Check(
        "doctor.restored",
        _read(lambda connection: events.last_of(connection, RESTORED, REPAIRED)),
        judge_restored,
        "The register does not wait for a repair.",
    ),
    Check("doctor.unfinished", _read(awards.unfinished), judge_unfinished, "Every credential has reached its holder."),
    Check("doctor.due", lambda scene: review.due(scene.desk, scene.at), judge_due, "No credential waits for a person."),
    Check("doctor.held", lambda scene: hold.waiting(scene.desk), judge_held, "No record has been held for long."),
)
