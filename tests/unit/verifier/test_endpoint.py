"""Which addresses may be asked: the shape of a URL, and which machines are public."""

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verifier.endpoint import Endpoint, is_public, parse


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "authority"),
    [
        ("https://a.example", "a.example", 443, "/", "a.example"),
        ("https://a.example/", "a.example", 443, "/", "a.example"),
        ("https://A.example:443/x", "A.example", 443, "/x", "A.example"),
        ("https://a.example:8443/x/y.json?z=1&%20=/", "a.example", 8443, "/x/y.json?z=1&%20=/", "a.example:8443"),
        ("https://a.example?z", "a.example", 443, "/?z", "a.example"),
        ("https://192.0.2.1:1024/x", "192.0.2.1", 1024, "/x", "192.0.2.1:1024"),
        ("https://[2001:db8::1]:65535/x", "2001:db8::1", 65535, "/x", "[2001:db8::1]:65535"),
    ],
)
def test_an_address(url: str, host: str, port: int, target: str, authority: str) -> None:
    found = parse(url)
    assert found == Endpoint(host, port, target)
    assert found.authority == authority


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example/x",
        "//a.example/x",
        "http://a.example/x",
        "ftp://a.example/x",
        "HTTPS://a.example/x",
        "https:/a.example",
        "https:///x",
        "https://user@a.example/x",
        "https://user:password@a.example/x",
        "https://a.example\\@b.example/x",
        "https://a.example:/x",
        "https://a.example:0/x",
        "https://a.example:22/x",
        "https://a.example:80/x",
        "https://a.example:1023/x",
        "https://a.example:65536/x",
        "https://a.example:0443/x",
        "https://a.example/x#y",
        "https://a.example/x y",
        "https://a.example/x\r\nHost: b.example",
        "https://a.example/x\n",
        "https://a.example/\x00",
        "https://a.example/ä",
        "https://ä.example/x",
        "https://a。example/x",
        "https://a.example./x",
        "https://a_b.example/x",
        "https://-a.example/x",
        "https://[::1/x",
        "https://[::g]/x",
        "https://[127.0.0.1]/x",
        "https://[fe80::1%25eth0]/x",
        "https://a.example/" + "x" * 2048,
    ],
)
def test_no_address(url: str) -> None:
    assert parse(url) is None


@pytest.mark.parametrize(
    "text",
    ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "2002:101:101::", "64:ff9b::101:101"],
)
def test_public(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:10.0.0.1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::101:101",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "localhost",
        "1.1.1",
        "0x7f.0.0.1",
        "",
    ],
)
def test_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses())
@example(ipaddress.ip_address("192.31.196.1"))
def test_what_is_public_here_is_global_for_the_standard_library(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    inner = None
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
    if is_public(str(address)) and not str(address).startswith("64:ff9b::"):
        assert (inner or address).is_global
