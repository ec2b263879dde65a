"""Results on their way: each is stored before it is sent, and the same bytes are sent until there is an answer."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from typing import Final

from .client import Answer, Client, NotTakenError
from .store import Outgoing, Store

RETRY_SECONDS: Final = 30.0
log = logging.getLogger("exam")


def deliver(store: Store, client: Client, outgoing: Outgoing, at: datetime) -> Answer | None:
    """The service's answer on a record, asked for when it is not there yet; None: it has to wait."""
    if outgoing.answer:
        return outgoing.answer
    try:
        answer = client.send(outgoing.body, at)
    except NotTakenError as error:
        log.warning("result %s waits: %s", outgoing.sitting, error)
        return None
    store.answered(outgoing.sitting, answer)
    log.info("result %s: %s %s", outgoing.sitting, answer.outcome, " ".join(answer.codes))
    return answer


def deliver_waiting(store: Store, client: Client, now: Callable[[], datetime]) -> None:
    """Send whatever waits. One that is not taken stands in no other's way."""
    for outgoing in store.unanswered():
        deliver(store, client, outgoing, now())


class Courier(Thread):
    """Sends what waits, again and again, until it is stopped."""

    def __init__(self, store: Store, client: Client, now: Callable[[], datetime]) -> None:
        super().__init__(name="courier", daemon=True)
        self._work = (store, client, now)
        self._stopped = Event()

    def run(self) -> None:
        while not self._stopped.wait(RETRY_SECONDS):
            try:
                deliver_waiting(*self._work)
            except Exception:  # noqa: BLE001 - a full disk now must not end the sending for ever
                log.error("sending failed; it is tried again")  # noqa: TRY400 - a traceback may hold a name

    def stop(self) -> None:
        self._stopped.set()
