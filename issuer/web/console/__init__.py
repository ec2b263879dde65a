"""The console: pages for staff, who are logged in. Each calls the use case that the terminal calls."""

from . import batches, credentials, issuing, links, login, overview, persons, records, reports, requests, search
from .frame import blueprint

__all__ = [
    "batches",
    "blueprint",
    "credentials",
    "issuing",
    "links",
    "login",
    "overview",
    "persons",
    "records",
    "reports",
    "requests",
    "search",
]
