"""Checks of the register: its file, its version, its chain of events, and what waits in it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import Connection

from verifier.format.timestamp import format_seconds

from ...config import Config
from ...register import awards, database, events, examine, traces
from .. import clock, hold, identity, notices, review, waiting
from ..clock import Ahead
from ..desk import CLOCK_TOLERANCE, REPAIRED, RESTORED, last_act, longest_pause, said
from ..hold import Held
from ..notices import Notice
from ..review import Due
from ..waiting import Waiting
from .advice import RESTORE
from .check import Check, Finding, Scene, red, some, warning

_HELD_TOO_LONG: Final = timedelta(days=14)
"""A candidate who has passed and hears nothing for two weeks writes to somebody."""

_DONE_WITHIN: Final = timedelta(hours=25)
"""The service does it within seconds, a daily timer within a day."""
_TOLD_WITHIN: Final = timedelta(days=1)
"""A third of the usual waiting time."""

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


def _pause(connection: Connection) -> tuple[datetime, timedelta] | None:
    last = last_act(connection)
    return (last, longest_pause(connection, last)) if last else None


def judge_clock(facts: tuple[datetime, timedelta] | None, at: datetime) -> Iterator[Finding]:
    """The register's newest act, and how long after it a clock is believed."""
    last, longest = facts or (None, timedelta())
    if last is not None and at < last - CLOCK_TOLERANCE:
        yield red(
            f"The clock says {format_seconds(at)}, yet the register holds an act of {format_seconds(last)}. Set the "
            "clock; if it is right, and was ahead then, run `certify clock put-right --decision REF`. Until then "
            "nothing can be done."
        )
    elif last is not None and at > last + longest:
        yield warning(
            f"The last act was {said(at - last)} ago. If the clock is right, run "
            "`certify publish`, and see why nothing was signed."
        )


def judge_traces(since: datetime | None, _at: datetime) -> Iterator[Finding]:
    """The oldest erasure after which the database's files were not rewritten."""
    if since is not None:
        yield warning(
            f"Something was erased on {format_seconds(since)}, and traces of it are left in the database's files. A "
            "service overwrites them within minutes, or run `certify publish`. If that does not help, somebody holds "
            "an old state of the register open (a backup, a shell, a program that hangs), or the disk is full: end "
            "that."
        )


def judge_ahead(found: Ahead, _at: datetime) -> Iterator[Finding]:
    """What a clock that was ahead has dated."""
    if not found.is_nothing:
        names = [*found.due, *found.keys, *(f"the {purpose} list {number}" for purpose, number in found.lists)]
        yield red(
            f"Dated later than the clock says: {some(names) or 'events'}. If the clock is right, run "
            "`certify clock put-right --decision REF`."
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


def judge_held(records: list[Held], at: datetime) -> Iterator[Finding]:
    """Records that nobody has decided on."""
    old = [each.result_id for each in records if each.received_at < at - _HELD_TOO_LONG]
    if old:
        yield warning(
            f"Held for more than {_HELD_TOO_LONG.days} days: {some(old)}. Decide on each: "
            "`certify hold release ID --by NAME --decision REF`, or `certify hold refuse ID --by NAME --decision REF`."
        )


def judge_overdue(asked: list[Waiting], at: datetime) -> Iterator[Finding]:
    """What nobody has taken back, and nobody has done."""
    old = [str(each.seq) for each in asked if each.due < at - _DONE_WITHIN]
    if old:
        yield warning(
            f"Asked for by holders, due and not done: {some(old)}. Run `certify waiting carry-out`, and see why the "
            "service did not."
        )


def judge_untold(untold: list[Notice], at: datetime) -> Iterator[Finding]:
    """Letters that nobody has sent, which a holder needs while there is something to take back."""
    old = [str(each.seq) for each in untold if each.at < at - _TOLD_WITHIN]
    if old:
        yield warning(f"Not told to holders for a day: {some(old)}. See `certify notices list`, and write to them.")


CHECKS: Final = (
    Check("doctor.register", _read(examine.damage), judge_damage, "The register is sound."),
    Check("doctor.identity", _identity, judge_identity, "The configuration is of the issuer that the register is of."),
    Check("doctor.migrations", _read(database.versions), judge_versions, "The register is of this program's version."),
    Check("doctor.chain", _read(events.broken_at), judge_chain, "The event chain holds."),
    Check("doctor.clock", _read(_pause), judge_clock, "The clock agrees with the register."),
    Check(
        "doctor.ahead",
        lambda scene: clock.ahead(scene.desk, scene.at),
        judge_ahead,
        "Nothing is dated later than the clock says.",
    ),
    Check("doctor.traces", _read(traces.oldest), judge_traces, "Nothing that was erased is left in the files."),
    Check(
        "doctor.restored",
        _read(lambda connection: events.last_of(connection, RESTORED, REPAIRED)),
        judge_restored,
        "The register does not wait for a repair.",
    ),
    Check("doctor.unfinished", _read(awards.unfinished), judge_unfinished, "Every credential has reached its holder."),
    Check("doctor.due", lambda scene: review.due(scene.desk, scene.at), judge_due, "No credential waits for a person."),
    Check("doctor.waiting", lambda scene: waiting.listed(scene.desk), judge_overdue, "Nothing that is due waits."),
    Check("doctor.notices", lambda scene: notices.listed(scene.desk), judge_untold, "No holder waits to be told."),
    Check("doctor.held", lambda scene: hold.waiting(scene.desk), judge_held, "No record has been held for long."),
)
