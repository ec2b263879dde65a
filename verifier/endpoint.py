"""Which https addresses may be asked at all: the shape of a URL, and which machines are public. Pure.

The addresses come from a document that nobody has verified yet, so anything unusual is refused.
"""

import ipaddress
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

from .limits import MAX_URL_CHARACTERS

HTTPS_PORT: Final = 443
# Below it live services that are not the web, and that may be reached from here and from nowhere else.
_FIRST_USER_PORT: Final = 1_024
_LAST_PORT: Final = 65_535
_URL: Final = re.compile(
    r"https://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<target>[/?][A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?"  # RFC 3986 section 3.3 and 3.4; no fragment, no user info
)
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_MAX_HOST_CHARACTERS: Final = 253

# The special-purpose registry of IANA, without the few entries that are reachable from everywhere, and multicast.
# Written out because the table in `ipaddress` changes from one Python release to the next.
_NOT_PUBLIC_4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of a carrier
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata of cloud machines
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_UNICAST_6: Final = IPv6Network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an https URL leads: host name or address (IPv6 without brackets), port, and path with query."""

    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The value of the Host header (RFC 9110 section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"


def parse(url: str) -> Endpoint | None:
    """The endpoint of an https URL, or None for any other and for one that is unusual.

    Unusual are user information, a fragment, characters outside RFC 3986, and a port below 1024 other than 443.
    """
    match = _URL.fullmatch(url) if len(url) <= MAX_URL_CHARACTERS else None
    if match is None:
        return None
    host, port, target = match["host"], int(match["port"] or HTTPS_PORT), match["target"] or "/"
    if not _may_be_host(host) or not _may_be_port(port):
        return None
    return Endpoint(host.strip("[]"), port, target if target.startswith("/") else f"/{target}")


def _may_be_port(port: int) -> bool:
    """Whether a web server of good manners may listen there."""
    return port == HTTPS_PORT or _FIRST_USER_PORT <= port <= _LAST_PORT


def _may_be_host(host: str) -> bool:
    if host.startswith("["):
        return _is_ipv6(host[1:-1])
    return len(host) <= _MAX_HOST_CHARACTERS and all(_LABEL.fullmatch(label) for label in host.split("."))


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def is_public(text: str) -> bool:
    """Whether an IP address, as text, is one that everybody on the internet reaches as the same machine.

    Not: loopback, private, link-local, shared, multicast, reserved, documentation; nor one of these written as an
    IPv4-mapped, 6to4 or NAT64 address. What is no address is not public.
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = _embedded(address)
        if inner is None:
            return address in _UNICAST_6 and not any(address in network for network in _NOT_PUBLIC_6)
        address = inner
    return not any(address in network for network in _NOT_PUBLIC_4)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets for this one end at (RFC 4291 section 2.5.5.2, RFC 3056, RFC 6052)."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
