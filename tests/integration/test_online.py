"""The fetcher against a real https server on this machine: servers that are slow, large or hostile."""

import gzip
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.kit.credentials import aima, entry
from tests.kit.https_server import Authority, Route, Server, Write, answer, raw, redirect, serving
from tests.kit.minting import AT, Issuer, changed, encoded
from verifier import Trust, Verdict, verify
from verifier.online import Address, Bounds, Network, connect, https_fetcher, resolve
from verifier.refresh import FetchError, bring_up_to_date

QUICK = Bounds(connect=2, fetch=2, total=4, body=1_000, bodies=1_500)
BODY = b'{"secret": true}'


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    with serving(authority.server("127.0.0.1", "localhost", "issuer.example"), {}) as running:
        yield running


@pytest.fixture
def serve(authority: Authority, server: Server) -> Callable[[Route], bytes]:
    """Fetches what a route answers."""

    def run(route: Route) -> bytes:
        server.routes = {"/x": route}
        return private_fetch(authority)(f"https://127.0.0.1:{server.port}/x")

    return run


def private_fetch(
    authority: Authority, bounds: Bounds = QUICK, network: Network | None = None
) -> Callable[[str], bytes]:
    return https_fetcher(allow_private=True, context=authority.client(), bounds=bounds, network=network)


def refused(call: Callable[[], object]) -> str:
    """The code of the error, which quotes nothing of what the server said."""
    with pytest.raises(FetchError) as caught:
        call()
    assert "secret" not in str(caught.value)
    return caught.value.code


def test_a_plain_answer(authority: Authority, server: Server) -> None:
    server.routes = {"/x/did.json?a=%20": answer(BODY)}
    assert private_fetch(authority)(f"https://127.0.0.1:{server.port}/x/did.json?a=%20") == BODY
    line, headers = server.seen[0]
    assert line == "GET /x/did.json?a=%20 HTTP/1.1"
    assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert headers["Host"] == f"127.0.0.1:{server.port}"
    assert headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n"
        + BODY[:8]
        + b"\r\n8\r\n"
        + BODY[8:]
        + b"\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n\r\n" + BODY,
    ],
)
def test_other_ways_to_write_the_same_answer(serve: Callable[[Route], bytes], data: bytes) -> None:
    assert serve(raw(data)) == BODY


def test_the_authorities_of_the_machine(authority: Authority, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    server.routes = {"/x": answer(BODY)}
    assert https_fetcher(allow_private=True)(f"https://localhost:{server.port}/x") == BODY
    assert server.names == ["localhost"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_refused_unless_asked_for(authority: Authority, server: Server, host: str) -> None:
    server.routes = {"/x": answer(BODY)}
    fetch = https_fetcher(context=authority.client(), bounds=QUICK)
    assert refused(lambda: fetch(f"https://{host}:{server.port}/x")) == "online.address"
    assert server.names == []


def test_a_certificate_for_another_host(authority: Authority) -> None:
    with serving(authority.server("other.example"), {"/x": answer(BODY)}) as other:
        assert refused(lambda: private_fetch(authority)(f"https://localhost:{other.port}/x")) == "online.tls"
        assert other.seen == []


def test_a_certificate_of_an_unknown_authority(server: Server, tmp_path: Path) -> None:
    stranger = Authority.create(tmp_path)
    assert refused(lambda: private_fetch(stranger)(f"https://localhost:{server.port}/x")) == "online.tls"


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_redirects_are_followed(authority: Authority, server: Server, status: str) -> None:
    server.routes = {
        "/x": redirect("y/../y", status),
        "/y": redirect(f"https://localhost:{server.port}/z#part", status),
        "/z": answer(BODY),
    }
    assert private_fetch(authority)(f"https://127.0.0.1:{server.port}/x") == BODY
    assert server.names[-1] == "localhost"


@pytest.mark.parametrize(
    "location",
    [
        "/x",  # for ever
        "http://127.0.0.1/x",
        "file:///etc/passwd",
        "https://secret:secret@127.0.0.1/x",
        "https://127.0.0.1:22/secret",
        "https://[secret",
        "https://127.0.0.1/ä",
        "",
    ],
)
def test_redirects_that_are_not_followed(serve: Callable[[Route], bytes], server: Server, location: str) -> None:
    body = b"secret"
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    assert refused(lambda: serve(raw(head + body))) == "online.redirect"
    assert len(server.seen) == (4 if location in ("/x", "") else 1)


def test_a_redirect_without_a_location(serve: Callable[[Route], bytes]) -> None:
    assert refused(lambda: serve(answer(b"secret", status="302 Found"))) == "online.redirect"


def stand_in(server: Server, *answers: str) -> tuple[Network, list[str]]:
    """A network whose look-ups give these addresses in turn, and whose connections all lead to `server`."""
    pending, reached = list(answers), list[str]()

    def looked_up(_host: str, port: int) -> Sequence[Address]:
        return [(socket.AF_INET, (pending.pop(0), port))]

    def connected(address: Address, seconds: float) -> socket.socket:
        reached.append(address[1][0])
        return connect((socket.AF_INET, ("127.0.0.1", server.port)), seconds)

    return Network(looked_up, connected), reached


def test_a_name_that_changes_its_address_is_reached_where_it_was_checked(authority: Authority, server: Server) -> None:
    server.routes = {"/x": answer(BODY)}
    network, reached = stand_in(server, "93.184.216.34", "127.0.0.1")
    fetch = https_fetcher(context=authority.client(), bounds=QUICK, network=network)
    assert fetch("https://issuer.example/x") == BODY
    assert reached == ["93.184.216.34"]
    assert server.names == ["issuer.example"], "the certificate is the name's, not the address's"
    assert refused(lambda: fetch("https://issuer.example/x")) == "online.address"
    assert reached == ["93.184.216.34"]


def test_each_hop_is_checked(authority: Authority, server: Server) -> None:
    server.routes = {"/x": redirect("https://inside.example/y")}
    network, reached = stand_in(server, "93.184.216.34", "10.0.0.1")
    fetch = https_fetcher(context=authority.client(), bounds=QUICK, network=network)
    assert refused(lambda: fetch("https://issuer.example/x")) == "online.address"
    assert reached == ["93.184.216.34"]


def test_no_second_look_up() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        found = [address for address in resolve("localhost", port) if address[0] == socket.AF_INET]
        with closing(connect(found[0], 1)) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)


@pytest.mark.parametrize(
    "route",
    [
        answer(b"s" * 1_001),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nsecret"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + b"s" * 1_001),
        raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"s" * 1_001),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + 2 * (b"200\r\n" + b"s" * 512 + b"\r\n")),
    ],
)
def test_too_large(serve: Callable[[Route], bytes], route: Route) -> None:
    assert refused(lambda: serve(route)) == "online.size"


def test_a_body_that_never_ends(serve: Callable[[Route], bytes]) -> None:
    def endless(write: Write) -> None:
        write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            write(b"s" * 65_536)

    assert refused(lambda: serve(endless)) == "online.size"


def test_all_answers_together_have_a_bound(authority: Authority, server: Server) -> None:
    server.routes = {"/x": answer(b"s" * 1_000)}
    fetch = private_fetch(authority)
    url = f"https://127.0.0.1:{server.port}/x"
    assert len(fetch(url)) == 1_000
    assert refused(lambda: fetch(url)) == "online.size"


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_a_drip_ends_when_the_time_is_up(authority: Authority, server: Server, start: bytes) -> None:
    def drip(write: Write) -> None:
        write(start)
        while True:
            write(b"1")
            time.sleep(0.02)

    server.routes = {"/x": drip}
    fetch = private_fetch(authority, Bounds(fetch=0.4))
    began = time.monotonic()
    assert refused(lambda: fetch(f"https://127.0.0.1:{server.port}/x")) == "online.time"
    assert time.monotonic() - began < 2


def test_a_server_that_never_shakes_hands(authority: Authority) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        fetch = private_fetch(authority, Bounds(fetch=0.3))
        assert refused(lambda: fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/x")) == "online.time"


def test_nobody_listens(authority: Authority) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    assert refused(lambda: private_fetch(authority)(f"https://127.0.0.1:{port}/x")) == "online.network"


def test_a_compressed_answer_is_not_unpacked(serve: Callable[[Route], bytes]) -> None:
    bomb = gzip.compress(b"s" * 500_000)
    assert len(bomb) < QUICK.body
    assert refused(lambda: serve(answer(bomb, "Content-Encoding: gzip"))) == "online.content"
    coded = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + bomb
    assert refused(lambda: serve(raw(coded))) == "online.content"


@pytest.mark.parametrize("status", ["201 C", "204 N", "206 P", "300 M", "304 N", "401 U", "404 N", "500 I", "999 X"])
def test_any_status_but_200(serve: Callable[[Route], bytes], status: str) -> None:
    assert refused(lambda: serve(answer(b"secret", status=status))) == "online.status"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"secret\r\n\r\n",
        b"HTTP/1.1 secret\r\n\r\n",
        b"SSH-2.0-secret\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: secret\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 " + b"s" * 70_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nsecret",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsecret\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nsecret",
    ],
)
def test_what_is_not_http_or_was_cut_off(serve: Callable[[Route], bytes], data: bytes) -> None:
    assert refused(lambda: serve(raw(data))) == "online.network"


def test_from_a_bare_file_to_a_verdict(authority: Authority, server: Server) -> None:
    issuer = Issuer(f"did:web:localhost%3A{server.port}:certify")
    url = f"https://localhost:{server.port}/status/1"
    credential = issuer.secured(changed(aima(issuer.did), credentialStatus=entry("revocation", url, 5)))
    trust = Trust().accepting(issuer.did)
    fetch = private_fetch(authority, Bounds())

    revoked = issuer.secured(issuer.status_list("revocation", url, frozenset({5})))
    older = changed(issuer.status_list("revocation", url), validFrom="2026-07-30T10:00:00Z")
    document = answer(encoded(issuer.did_document()))
    server.routes = {"/certify/did.json": document, "/status/1": answer(encoded(issuer.secured(older)))}
    trust, problems = bring_up_to_date(credential, trust, fetch)
    assert problems == ()
    assert verify(encoded(credential), trust=trust, at=AT).verdict is Verdict.VALID

    server.routes = {"/certify/did.json": document, "/status/1": answer(encoded(revoked))}
    trust, _ = bring_up_to_date(credential, trust, fetch)
    assert verify(encoded(credential), trust=trust, at=AT).verdict is Verdict.INVALID

    server.routes = {"/status/1": answer(encoded(issuer.secured(older)))}
    trust, problems = bring_up_to_date(credential, trust, fetch)
    assert [problem.code for problem in problems] == ["online.status", "online.content"]
    assert verify(encoded(credential), trust=trust, at=AT).verdict is Verdict.INVALID
