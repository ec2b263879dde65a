"""The fetcher without a network: what it refuses before it connects, and how it names what fails."""

import socket
import ssl
import threading
from collections.abc import Callable, Sequence

import pytest

from verifier.online import Address, Bounds, Network, https_fetcher
from verifier.refresh import FetchError


def v4(*texts: str) -> list[Address]:
    return [(socket.AF_INET, (text, 443)) for text in texts]


def v6(*texts: str) -> list[Address]:
    return [(socket.AF_INET6, (text, 443, 0, 0)) for text in texts]


class Machine:
    """Looks names up in a list of answers, notes where it is told to connect, and connects nowhere."""

    def __init__(self, *answers: Sequence[Address], failure: OSError | None = None) -> None:
        self.answers = list(answers)
        self.looked_up: list[tuple[str, int]] = []
        self.connected: list[tuple[str, float]] = []
        self.failure = failure or ConnectionRefusedError(111, "Connection refused")

    def resolve(self, host: str, port: int) -> Sequence[Address]:
        self.looked_up.append((host, port))
        return self.answers.pop(0)

    def connect(self, address: Address, seconds: float) -> socket.socket:
        self.connected.append((address[1][0], seconds))
        raise self.failure

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.connect, lambda: 0.0)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(FetchError) as caught:
        call()
    assert str(caught.value) == f"{caught.value.code}: {caught.value.detail}"
    return caught.value.code


@pytest.mark.parametrize(
    "url", ["http://a.example/", "file:///etc/passwd", "https://a.example:22/", "", "https://u@a/"]
)
def test_plain_https_addresses_alone(url: str) -> None:
    machine = Machine()
    assert code_of(lambda: https_fetcher(network=machine.network)(url)) == "online.scheme"
    assert machine.looked_up == []


@pytest.mark.parametrize(
    "answer",
    [
        v4("127.0.0.1"),
        v4("169.254.169.254"),
        v4("1.1.1.1", "10.0.0.1"),
        v6("::1"),
        v6("2606:4700::1111", "::ffff:192.168.0.1"),
        v6("fe80::1%lo"),
        [(socket.AF_UNIX, ("/run/socket",))],
    ],
)
def test_one_address_that_is_not_public_is_one_too_many(answer: Sequence[Address]) -> None:
    machine = Machine(answer)
    assert code_of(lambda: https_fetcher(network=machine.network)("https://a.example/")) == "online.address"
    assert machine.connected == []


def test_private_addresses_on_request() -> None:
    machine = Machine(v4("10.0.0.1"))
    fetch = https_fetcher(network=machine.network, allow_private=True)
    assert code_of(lambda: fetch("https://a.example/")) == "online.network"
    assert machine.connected == [("10.0.0.1", 5.0)]


def test_the_host_is_looked_up_once_and_a_few_of_its_addresses_are_tried() -> None:
    machine = Machine(v6("2606:4700::1111") + v4("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"))
    assert code_of(lambda: https_fetcher(network=machine.network)("https://a.example:8443/")) == "online.network"
    assert machine.looked_up == [("a.example", 8443)]
    assert [place for place, _ in machine.connected] == ["2606:4700::1111", "1.1.1.1", "1.1.1.2", "1.1.1.3"]


def test_a_host_without_addresses() -> None:
    assert code_of(lambda: https_fetcher(network=Machine([]).network)("https://a.example/")) == "online.network"


def test_a_connection_that_takes_too_long() -> None:
    machine = Machine(v4("1.1.1.1"), failure=TimeoutError())
    assert code_of(lambda: https_fetcher(network=machine.network)("https://a.example/")) == "online.time"


@pytest.mark.parametrize("error", [socket.gaierror(-2, "secret"), UnicodeError("secret"), OSError()])
def test_a_host_that_is_not_known(error: Exception) -> None:
    def resolve(_host: str, _port: int) -> Sequence[Address]:
        raise error

    assert code_of(lambda: https_fetcher(network=Network(resolve=resolve))("https://a.example/")) == "online.network"


def test_a_look_up_that_does_not_come_back() -> None:
    release = threading.Event()

    def resolve(_host: str, _port: int) -> Sequence[Address]:
        release.wait(30)
        return []

    fetch = https_fetcher(network=Network(resolve=resolve), bounds=Bounds(fetch=0.05))
    assert code_of(lambda: fetch("https://a.example/")) == "online.time"
    release.set()


def test_the_total_time_counts_from_the_first_fetch_on() -> None:
    now = [1000.0]
    machine = Machine(v4("1.1.1.1"), v4("1.1.1.1"), v4("1.1.1.1"))
    network = Network(machine.resolve, machine.connect, lambda: now[0])
    fetch = https_fetcher(network=network, bounds=Bounds(total=30, fetch=10, connect=20))
    now[0] = 5000.0
    assert code_of(lambda: fetch("https://a.example/")) == "online.network"
    now[0] = 5028.0
    assert code_of(lambda: fetch("https://a.example/")) == "online.network"
    now[0] = 5030.0
    assert code_of(lambda: fetch("https://a.example/")) == "online.time"
    assert [seconds for _, seconds in machine.connected] == [10.0, 2.0]


def test_a_context_that_checks_nothing_is_refused() -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    with pytest.raises(ValueError, match="must check"):
        https_fetcher(context=context)
    context.verify_mode = ssl.CERT_NONE
    with pytest.raises(ValueError, match="must check"):
        https_fetcher(context=context)
