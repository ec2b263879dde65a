"""Repair a register that is older than what was published and issued: tell it again all that can be known.

Everything is read and believed first; then one transaction enters it all, with fresh lists for what is issued from
now on: which indices of the old lists were given away after the backup, nobody can know (docs/adr/0008).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from ..credential import StatusEntry
from ..errors import IssuerError
from ..register import events, recovered, statuses
from . import adopt, erase, evidence, linkcare, lists, reapply, reenter, traces
from .desk import REPAIRED, Desk
from .evidence import FoundRevision, PublishedList, Skipped
from .lists import REVOCATION, SUSPENSION, Which
from .publish import Published, publish, publish_due
from .reenter import Entered


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was found and done. All names of awards are public ids.

    `replaced`: bits of revisions that a newer one had replaced. `orphans`: set bits of credentials that were not found.
    `adopted`: awards whose held record was found with them. `fresh_lists`: where new indices come from.
    """

    recovered: tuple[Entered, ...] = ()
    withdrawn: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()
    reinstated: tuple[str, ...] = ()
    in_force_again: tuple[str, ...] = ()
    replaced: int = 0
    orphans: int = 0
    erased: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    newer_lists: tuple[Which, ...] = ()
    fresh_lists: tuple[Which, ...] = ()
    published: Published | None = None

    @property
    def is_news(self) -> bool:
        """Whether the register learned anything."""
        told = replace(self, skipped=(), published=None)
        return told != Repaired()


def repair(
    desk: Desk,
    *,
    published: Sequence[Path],
    issued: Sequence[Path],
    nothing_published: bool,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Repaired:
    """Repair, then publish. `published`, `issued`: folders beside those of the home. Safe to repeat.

    `now` is asked for each step: to read all that was issued may take longer than clocks may differ.
    `progress`: how many of these files were read, of how many.
    Raises IssuerError `repair.list-not-genuine`, `repair.no-lists` or `repair.ledger`, and as `Desk.writing`; nothing
    has changed then.
    """
    desk.require_issuer()  # else its own lists would look like another's
    desk.signing_key(now())  # before the lock: a person may have to type the passphrase
    at = now()
    ledger = erase.ledger(desk.config.home)
    found = evidence.published(desk, [*published, desk.config.public], at)
    with desk.reading() as connection:
        known = recovered.digests(connection)
    folders = [desk.config.issued, *issued]
    revisions, skipped, forgotten = evidence.issued(
        desk, folders, at, known=known, erased=ledger.awards, progress=progress
    )
    at = now()
    with desk.writing(at, repairing=True) as connection:
        if not nothing_published:
            _refuse_missing(desk, connection, found, revisions)
        erased = reapply.erasures(connection, ledger, at)
        done = _repaired(desk, connection, found, revisions, at)
        done = replace(done, erased=tuple(erased), skipped=(*skipped, *done.skipped))
        done = _closed(desk, connection, done, at)
    _forget(desk, forgotten)
    gone = tuple(Skipped(str(path), reenter.ERASED) for path in forgotten)
    seen = publish(desk, now()) if done.is_news else publish_due(desk, now())
    return replace(done, skipped=(*done.skipped, *gone), published=seen)


def _refuse_missing(
    desk: Desk, connection: Connection, found: Iterable[PublishedList], revisions: Iterable[FoundRevision]
) -> None:
    """Every list that there must be has to be at hand: what it withdraws would be forgotten for ever."""
    if _is_fresh(connection):
        return
    known = {each.which for each in found}
    named = {(entry.purpose, entry.list_number) for each in revisions for entry in each.found.entries}
    wanted = {*lists.every(desk, connection), *named}
    highest = {purpose: max(number for each, number in known | wanted if each == purpose) for purpose, _ in wanted}
    all_of_them = {(purpose, number) for purpose, last in highest.items() for number in range(1, last + 1)}
    missing = sorted(all_of_them - known)
    if missing:
        names = ", ".join(lists.path_of(each) for each in missing)
        raise IssuerError(
            "repair.no-lists",
            f"What was published of {names} is not at hand, so nobody can tell what it withdraws. Copy it from the web "
            "server and name the folder with --published; if it was never published, or cannot be had from anywhere, "
            "give --nothing-published. Nothing was changed.",
        )


def _is_fresh(connection: Connection) -> bool:
    """Whether a repair was the very last act: then the register knows all lists, published by now or not."""
    newest = events.newest(connection)
    return newest is not None and newest.type == REPAIRED


def _repaired(
    desk: Desk,
    connection: Connection,
    found: Sequence[PublishedList],
    revisions: Iterable[FoundRevision],
    at: datetime,
) -> Repaired:
    newest = {each.which: each for each in found}  # the newest comes last
    newer = _keep_newer(connection, newest.values())
    if newer:
        linkcare.end_everything(connection, at)
    revoked = frozenset(entry for each in found if each.which[0] == REVOCATION for entry in each.entries)
    entered, skipped, again = reenter.enter(connection, revisions, revoked, at)
    withdrawn, replaced, lost = reapply.withdrawals(connection, revoked, at)
    reinstated = reapply.lifted(connection, {which: newest[which].entries for which in newer}, at)
    suspended, others = reapply.suspended(connection, _suspended(newest, newer, entered), at)
    return Repaired(
        recovered=tuple(entered),
        withdrawn=tuple(withdrawn),
        suspended=tuple(suspended),
        reinstated=tuple(reinstated),
        in_force_again=tuple(again),
        replaced=replaced,
        orphans=lost + others,
        adopted=tuple(adopt.adopt_held(connection, desk.catalog, at)),
        skipped=tuple(skipped),
        newer_lists=newer,
    )


def _suspended(
    newest: Mapping[Which, PublishedList], newer: Sequence[Which], entered: Iterable[Entered]
) -> frozenset[StatusEntry]:
    """The set entries of suspension lists that are news: of others the register knows as much, or more."""
    mine = {entry for each in entered for entry in each.entries}
    shown = (each for (purpose, _), each in newest.items() if purpose == SUSPENSION)
    return frozenset(entry for each in shown for entry in each.entries if each.which in newer or entry in mine)


def _keep_newer(connection: Connection, found: Iterable[PublishedList]) -> tuple[Which, ...]:
    """Store the published versions that the register does not have, so that the next ones are newer than they are."""
    known = statuses.newest_lists(connection)
    newer = [each for each in found if each.which not in known or known[each.which] < each.valid_from]
    for each in newer:
        statuses.add_list(
            connection,
            *each.which,
            valid_from=each.valid_from,
            valid_until=each.valid_until,
            content=each.content,
        )
    return tuple(sorted(each.which for each in newer))


def _closed(desk: Desk, connection: Connection, done: Repaired, at: datetime) -> Repaired:
    """Begin a fresh list of each purpose and note the repair, unless the last act was one and this found nothing."""
    if not done.is_news and _is_fresh(connection):
        return done
    purposes = dict.fromkeys(purpose for purpose, _ in lists.every(desk, connection))
    fresh = tuple((purpose, statuses.last_list(connection, purpose) + 1) for purpose in purposes)
    lists.sign(desk, connection, fresh, at)
    events.append(connection, REPAIRED, at=at)
    return replace(done, fresh_lists=fresh)


def _forget(desk: Desk, forgotten: Iterable[Path]) -> None:
    """Delete the issued files of erased awards from the home; those in other folders are their owner's."""
    for path in forgotten:
        if path.parent == desk.config.issued:
            path.unlink(missing_ok=True)
    traces.clear(desk)
