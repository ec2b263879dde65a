"""A bound on time: it interrupts, it cleans up, and it does nothing where it cannot."""

import signal
import threading
import time

import pytest

from verifier.deadline import TimeUp, deadline


def idle() -> None:
    while True:
        time.sleep(1)


def test_work_in_time_goes_on() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline(5):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_work_that_takes_too_long_is_interrupted() -> None:
    begun = time.monotonic()
    with pytest.raises(TimeUp), deadline(0.02):
        idle()
    assert time.monotonic() - begun < 5
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_nothing_in_the_work_can_take_it_for_an_error_of_its_own() -> None:
    def work() -> None:
        try:
            idle()
        except Exception:  # noqa: BLE001 - as the work of a foreign library may do
            pytest.fail("caught")

    with pytest.raises(TimeUp), deadline(0.02):
        work()


def test_an_error_in_the_work_stops_the_clock() -> None:
    with pytest.raises(ValueError, match="mine"), deadline(5):
        raise ValueError("mine")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_elsewhere_it_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def work() -> None:
        with deadline(0.001):
            time.sleep(0.02)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    monkeypatch.delattr(signal, "setitimer")
    work()
    assert done == [True, True]
