"""How often one address may ask, counted in each process for itself. Addresses are held for a minute, never written.

Windows of a minute begin with an address's first request. A count per process is enough for what it is for: one
address cannot take the time of all the others, nor try tokens or numbers by the thousand. Several processes allow as
many times more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import ceil
from threading import Lock
from types import MappingProxyType
from typing import Final

from cachetools import TTLCache
from flask import Flask, Response, request

from . import metrics
from .problems import Problem

WINDOW: Final = timedelta(minutes=1)
MOST_COUNTS: Final = 50_000
"""Kept at once, in some 25 MB; beyond it the one that was used longest ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Requests that one process answers one address within a minute. Behind one address may be a whole company."""

    documents: int = 60
    """Documents to verify: each takes milliseconds of the processor, and the worst that are taken take seconds."""
    lookups: int = 120
    """Look-ups by id: somebody who reads, or a program that goes through a list, but nobody who tries all numbers."""
    logins: int = 20
    """A try costs a tenth of a second and 64 MiB on purpose (argon2id)."""
    wrong: int = 60
    """Wrong tokens, signatures and ids, together. Whoever has used them up is answered nothing more."""
    others: int = 1_200
    """Everything else: more than a person can click, and less than it takes to keep one process busy."""


DEFAULT: Final = Bounds()
_FREE: Final = frozenset({"publication", "health", "metrics"})
"""Blueprints whose answers cost nothing and are meant for everybody, readers of status lists above all."""
_WRONG: Final = "wrong"
_LOOKUPS: Final = "lookups"
_KINDS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("POST", "/api/certify/verify"): "documents",
        ("POST", "/certify/verify"): "documents",
        ("GET", "/api/certify/verify"): _LOOKUPS,
        ("GET", "/certify/verify"): _LOOKUPS,
        ("POST", "/console/login"): "logins",
        ("POST", "/console/enter"): "logins",
        ("POST", "/api/results"): _WRONG,  # a platform is known by its signature, and may send as much as it has
    }
)


@dataclass(slots=True)
class _Window:
    ends: datetime
    count: int = 0


class Rates:
    """The counts of one process. `now`: the clock, aware."""

    def __init__(self, bounds: Bounds, now: Callable[[], datetime]) -> None:
        self._bounds, self._lock = bounds, Lock()
        self.windows: TTLCache[tuple[str, bytes], _Window, datetime] = TTLCache(MOST_COUNTS, WINDOW, now)

    def admit(self) -> None:
        """Before a request. Raises Problem 429 `request.too-many`."""
        kind = _kind()
        if kind is None:
            return
        for each, more in ((kind, int(kind != _WRONG)), (_WRONG, 0)):
            seconds = self._wait(each, more)
            if seconds:
                metrics.LIMITED.labels(each).inc()
                raise Problem(
                    HTTPStatus.TOO_MANY_REQUESTS,
                    "request.too-many",
                    f"Too many requests came from your address. Wait {seconds} seconds, then try again.",
                    **{"Retry-After": str(seconds)},
                )

    def note(self, response: Response) -> Response:
        """After it: was it a guess?"""
        unknown = response.status_code == HTTPStatus.NOT_FOUND and _kind() == _LOOKUPS
        if unknown or response.status_code == HTTPStatus.UNAUTHORIZED:
            self._wait(_WRONG, 1)
        return response

    def _wait(self, kind: str, more: int) -> int:
        """Seconds until there is room again; 0 when there is, and then `more` are counted."""
        bound: int = getattr(self._bounds, kind)
        with self._lock, self.windows.timer as now:
            window = self.windows.setdefault((kind, address()), _Window(now + WINDOW))
            if window.count >= bound:
                return max(1, ceil((window.ends - now).total_seconds()))
            window.count += more
        return 0


def install(app: Flask, bounds: Bounds, now: Callable[[], datetime]) -> None:
    """Refuse who asks too often."""
    rates = Rates(bounds, now)
    app.extensions[Rates.__name__] = rates
    app.before_request(rates.admit)
    app.after_request(rates.note)


def _kind() -> str | None:
    """The bound that a request counts for; None when there is none."""
    if request.blueprint in _FREE:
        return None
    method = "GET" if request.method == "HEAD" else request.method
    return _KINDS.get((method, request.url_rule.rule if request.url_rule else ""), "others")


def address() -> bytes:
    """Whose request it is: an IPv4 address, or the half of an IPv6 address that a provider gives to one household."""
    try:
        found: IPv4Address | IPv6Address = ip_address(request.remote_addr or "")
    except ValueError:
        return b""  # no address that a proxy should send: all of them are counted as one
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped.packed if mapped else found.packed[:8]
