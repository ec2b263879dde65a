"""What the pages work with: the exam, the store, the client, the clock and chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from flask import current_app

from .client import Answer, Client
from .delivery import deliver
from .exam import Exam
from .record import result_record
from .settings import Settings
from .sitting import Accommodation, Entry, Phase, Sitting, completed_at, deadline, phase, shuffled, starts_again
from .store import Store

NAME: Final = "exam-desk"


class TooManyStartsError(Exception):
    """No start is free before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("no start is free yet")
        self.until = until


class StillOpenError(Exception):
    """An earlier sitting runs on: go there."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__("a sitting is open")
        self.sitting = sitting


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock` answers an aware time, `token` an unguessable text of letters and digits."""

    settings: Settings
    exam: Exam
    store: Store
    client: Client
    clock: Callable[[], datetime]
    token: Callable[[], str]

    def now(self) -> datetime:
        """In whole milliseconds, as records state it: limits are then kept to the same digit."""
        now = self.clock()
        return now.replace(microsecond=now.microsecond // 1_000 * 1_000)

    def start(self, candidate: str, entry: Entry) -> Sitting:
        """A new sitting; raises TooManyStartsError or StillOpenError, and then nothing is taken."""
        now = self.now()

        def make(earlier: list[Sitting]) -> tuple[Sitting, str]:
            for each in earlier:
                if phase(each, now) is Phase.OPEN:
                    raise StillOpenError(each)
            until = starts_again([each.started_at for each in earlier], now, self.exam)
            if until:
                raise TooManyStartsError(until)
            seed = self.token()
            return self._sitting(candidate, len(earlier) + 1, entry, seed, now), seed

        return self.store.start(candidate, make)

    def _sitting(self, candidate: str, number: int, entry: Entry, seed: str, now: datetime) -> Sitting:
        return Sitting(
            id=self.token(),
            candidate=candidate,
            number=number,
            entry=entry,
            paper=shuffled(self.exam, seed),
            started_at=now,
            ends_at=deadline(now, self.exam, entry.accommodation),
            finished_at=None,
        )

    def finish(self, sitting: Sitting) -> None:
        """Score what was saved and store the record. Nothing is sent yet; a second time changes nothing."""
        now = self.now()
        ended = completed_at(sitting, now)

        def make(answers: Mapping[str, str]) -> bytes:
            return result_record(self.exam, self.settings.platform, sitting, answers, completed_at=ended, scored_at=now)

        self.store.finish(sitting, ended, make)

    def answer(self, sitting: Sitting) -> Answer | None:
        """The issuer's answer on a finished sitting; None: it has to wait."""
        outgoing = self.store.outgoing(sitting.id)
        return deliver(self.store, self.client, outgoing, self.now()) if outgoing else None

    def accommodation(self, code: str) -> Accommodation | None:
        """The extra time behind a code that the operator has given out."""
        return self.settings.accommodation.get(code)


def desk() -> Desk:
    """The desk of the application that answers this request."""
    return cast("Desk", current_app.extensions[NAME])
