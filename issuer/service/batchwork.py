"""The work on batches that were sent to the service. Any process may do it; one at a time works on a batch."""

import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from keys import KeysError

from ..errors import IssuerError
from . import batch as answering
from . import batches, outcomes, servicekey
from .batches import Batch, State
from .desk import Desk

WAITING: Final = timedelta(days=3)
"""Rows that nobody wanted answered are personal data without a purpose."""
KEPT: Final = timedelta(days=90)
"""For whoever still asks what became of a batch; it names nobody by then."""
_LEFT_BEHIND_SECONDS: Final = 3_600
"""An upload takes seconds: what is older, a process that was killed has left."""
_SHOWN_SECONDS: Final = 0.5


def work(desk: Desk, now: Callable[[], datetime]) -> None:
    """Do all that waits, and delete what has had its time. Raises nothing for what is wrong with one batch."""
    for batch in batches.every(desk):
        if batch.state in {State.LOOKING, State.ANSWERING} or batch.holds_rows_in_vain or _is_over(batch, now()):
            with batches.alone(batch) as mine:
                if mine:
                    _further(desk, batches.find(desk, batch.id), now)
    _sweep(batches.home(desk), now())


def _further(desk: Desk, batch: Batch, now: Callable[[], datetime]) -> None:
    if _is_over(batch, now()):
        shutil.rmtree(batch.folder)
        return
    if batch.state is State.DONE:
        _forget(batch)
    try:
        if batch.state is State.LOOKING:
            _look(desk, batch, now())
            batch = batches.find(desk, batch.id)
        if batch.state is State.ANSWERING:
            _answer(desk, batch, now)
    except (IssuerError, KeysError) as error:
        batches.write(batch.folder / "stopped.json", {"code": error.code, "detail": error.detail})
    except OSError:
        detail = "A file could not be written or read. Make room where the home lies, then begin it again."
        batches.write(batch.folder / "stopped.json", {"code": "disk", "detail": detail})


def _look(desk: Desk, batch: Batch, at: datetime) -> None:
    looked = answering.preflight(desk, batch.rows, batch.survey, answered=0, at=at, progress=_Shown(batch))
    batches.write(batch.folder / "looked.json", looked.to_json())
    (batch.folder / "progress").unlink(missing_ok=True)


def _answer(desk: Desk, batch: Batch, now: Callable[[], datetime]) -> None:
    key = servicekey.load(desk.config)
    with outcomes.opened(batch.outcome, batch.survey, site=None) as kept:  # they are told to who asks, anew
        answering.run(desk, batch.rows, batch.survey, kept, key=key, now=now, progress=_Shown(batch))
        batches.write(batch.folder / "done.json", answering.counted(kept.counts))
    _forget(batch)


def _forget(batch: Batch) -> None:
    """Findings may quote a record, as the rows do."""
    for path in (batch.folder / "looked.json", batch.folder / "progress", batch.rows):
        path.unlink(missing_ok=True)


def _is_over(batch: Batch, at: datetime) -> bool:
    """A batch that something has stopped half-way is kept: somebody has to go on with it, or discard it."""
    if batch.state is State.DONE:
        return at - batch.at > KEPT
    begun = (batch.folder / "begun.json").exists()
    return not begun and at - batch.at > WAITING


def _sweep(home: Path, at: datetime) -> None:
    for path in home.glob(".*"):
        if at.timestamp() - path.stat().st_mtime > _LEFT_BEHIND_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


class _Shown:
    """Progress for whoever watches from another process; nothing rests on it, so it need not be on disk."""

    def __init__(self, batch: Batch) -> None:
        self._path = batch.folder / "progress"
        self._next = 0.0

    def __call__(self, done: int, _all: int) -> None:
        if time.monotonic() >= self._next:
            new = self._path.with_name(".progress")
            new.write_text(str(done), encoding="ascii")
            new.replace(self._path)
            self._next = time.monotonic() + _SHOWN_SECONDS
