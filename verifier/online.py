"""Fetch over https within bounds. The only file of the verifier that may open a socket.

What is asked for is named by a document that nobody has verified yet: so every fetch is bounded in time, bytes and
redirects, and reaches public machines alone.
"""

import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any, Final, TypeAlias, cast
from urllib.parse import urldefrag, urljoin

from . import endpoint, limits
from .endpoint import Endpoint
from .refresh import Fetch, FetchError

# One address of a host, as the socket module has it: the family, and what `connect` takes.
Address: TypeAlias = tuple[int, Any]

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_REQUEST: Final = (
    "GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: certify-verify\r\nAccept-Encoding: identity\r\n"
    "Accept: application/vc, application/did+json, application/ld+json, application/json, */*;q=0.1\r\n"
    "Connection: close\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one fetcher may spend: seconds (connecting, one fetch, all), bytes (one answer, all), and redirects."""

    connect: float = limits.MAX_CONNECT_SECONDS
    fetch: float = limits.MAX_FETCH_SECONDS
    total: float = limits.MAX_ONLINE_SECONDS
    body: int = limits.MAX_FETCH_BYTES
    bodies: int = limits.MAX_ONLINE_BYTES
    redirects: int = limits.MAX_REDIRECTS


def resolve(host: str, port: int) -> list[Address]:
    """Every address of a host. Raises OSError when it has none. Blocks for as long as the system's resolver does."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), place) for family, _, _, _, place in found]


def connect(address: Address, seconds: float) -> socket.socket:
    """A connection to exactly this address, with no look-up in between. Raises OSError."""
    family, place = address
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect(place)
    except BaseException:
        connection.close()
        raise
    return connection


@dataclass(frozen=True, slots=True)
class Network:
    """The three things of the machine that a fetcher uses: name look-up, connections, and a clock in seconds."""

    resolve: Callable[[str, int], Sequence[Address]] = resolve
    connect: Callable[[Address, float], socket.socket] = connect
    clock: Callable[[], float] = time.monotonic


def https_fetcher(
    *,
    allow_private: bool = False,
    context: ssl.SSLContext | None = None,
    bounds: Bounds | None = None,
    network: Network | None = None,
) -> Fetch:
    """A function from an https URL to the bytes of a 200 answer, or FetchError. It serves one verification.

    `allow_private` lets it ask loopback, private and reserved addresses too. `context` is the machine's trust in
    certificate authorities (SSL_CERT_FILE counts) unless given; ValueError for one that checks no certificate.
    No proxy, cookie or credential is used. `bounds.total` runs from the first fetch on.
    """
    context = context or ssl.create_default_context()
    if not context.check_hostname or context.verify_mode is not ssl.CERT_REQUIRED:
        raise ValueError("context must check the certificate and its host name")
    return _Fetcher(context, bounds or Bounds(), network or Network(), allow_private=allow_private).fetch


class _Fetcher:
    def __init__(self, context: ssl.SSLContext, bounds: Bounds, network: Network, *, allow_private: bool) -> None:
        self._context = context
        self._bounds = bounds
        self._network = network
        self._allow_private = allow_private
        self._end: float | None = None
        self._bytes_left = bounds.bodies

    def fetch(self, url: str) -> bytes:
        now = self._network.clock()
        if self._end is None:
            self._end = now + self._bounds.total
        left = self._countdown(min(self._end, now + self._bounds.fetch))
        for hop in range(self._bounds.redirects + 1):
            place = endpoint.parse(url)
            if place is None:
                raise FetchError("online.redirect" if hop else "online.scheme", "Only plain https addresses are asked.")
            with _named_errors():
                answer = self._ask(place, left)
            if isinstance(answer, bytes):
                return answer
            url = _target(url, answer)
        raise FetchError("online.redirect", f"There are more than {self._bounds.redirects} redirects.")

    def _countdown(self, deadline: float) -> Callable[[], float]:
        def left() -> float:
            """The seconds that remain, more than none; or TimeoutError."""
            seconds = deadline - self._network.clock()
            if seconds <= 0:
                raise TimeoutError
            return seconds

        return left

    def _ask(self, place: Endpoint, left: Callable[[], float]) -> bytes | str:
        """The body of the answer, or where it redirects to."""
        with closing(self._secure(place, left)) as connection:
            connection.settimeout(left())
            connection.sendall(_REQUEST.format(target=place.target, host=place.authority).encode("ascii"))
            # The response asks its socket for a file to read, and for nothing else.
            with closing(HTTPResponse(cast("socket.socket", _Inbound(connection, left)), method="GET")) as response:
                response.begin()
                if response.status in _REDIRECTS:
                    return response.getheader("Location") or ""
                return self._body(response)

    def _secure(self, place: Endpoint, left: Callable[[], float]) -> ssl.SSLSocket:
        plain = self._connected(self._addresses(place, left), left)
        try:
            plain.settimeout(left())
            return self._context.wrap_socket(plain, server_hostname=place.host)
        except BaseException:
            plain.close()
            raise

    def _addresses(self, place: Endpoint, left: Callable[[], float]) -> Sequence[Address]:
        """All addresses of the host, looked up once; it must not have a single one that may not be asked."""
        found = _in_time(lambda: self._network.resolve(place.host, place.port), left())
        if not self._allow_private and not all(endpoint.is_public(str(address[1][0])) for address in found):
            raise FetchError("online.address", "The host has an address that is not public.")
        return found[: limits.MAX_CONNECT_ATTEMPTS]

    def _connected(self, addresses: Sequence[Address], left: Callable[[], float]) -> socket.socket:
        failure = OSError()
        for address in addresses:
            try:
                return self._network.connect(address, min(self._bounds.connect, left()))
            except OSError as error:
                failure = error
        raise failure

    def _body(self, response: HTTPResponse) -> bytes:
        if response.status != 200:
            raise FetchError("online.status", f"The server answered with status {response.status}.")
        codings = response.headers.get_all("Content-Encoding", []) + response.headers.get_all("Transfer-Encoding", [])
        if any(coding.strip().lower() not in ("", "identity", "chunked") for coding in codings):
            raise FetchError("online.content", "The answer is compressed, which was not asked for.")
        most = min(self._bounds.body, self._bytes_left)
        data = response.read(most + 1) if (response.length or 0) <= most else None
        if data is None or len(data) > most:
            raise FetchError("online.size", f"The answer has more than {most} bytes.")
        if response.length:
            raise FetchError("online.network", "The answer was cut off.")
        self._bytes_left -= len(data)
        return data


class _Inbound(io.RawIOBase):
    """What a connection brings until the time is up. A socket's own timeout would start anew with each byte."""

    def __init__(self, connection: ssl.SSLSocket, left: Callable[[], float]) -> None:
        super().__init__()
        self._connection = connection
        self._left = left

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._connection.settimeout(self._left())
        return self._connection.recv_into(buffer)


def _target(url: str, location: str) -> str:
    """The absolute address of a redirect (RFC 9110 section 10.2.2), or "" when it is none."""
    try:
        return urldefrag(urljoin(url, location)).url
    except ValueError:
        return ""


def _in_time(look_up: Callable[[], Sequence[Address]], seconds: float) -> Sequence[Address]:
    """The look-up's answer, or TimeoutError. The system's resolver takes no timeout, hence the thread."""
    answers: queue.SimpleQueue[Sequence[Address] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(look_up())
        except (OSError, ValueError) as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer


@contextmanager
def _named_errors() -> Iterator[None]:
    """Errors of the network under our codes, without the text of a server in them."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        reason = str(error.verify_message).rstrip(".")
        raise FetchError("online.tls", f"The server's certificate does not hold: {reason}.") from None
    except ssl.SSLError:
        raise FetchError("online.tls", "No secure connection could be made.") from None
    except TimeoutError:
        raise FetchError("online.time", "The server did not answer in time.") from None
    except socket.gaierror:
        raise FetchError("online.network", "The host name is not known.") from None
    except OSError as error:
        raise FetchError("online.network", f"No connection: {error.strerror or 'none was possible'}.") from None
    except (HTTPException, ValueError):
        raise FetchError("online.network", "The answer is not HTTP.") from None
