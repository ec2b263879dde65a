"""The console: pages for staff, who are logged in. Each calls the use case that the terminal calls."""

from . import credentials, issuing, login, overview, persons, records, reports, search
from .frame import blueprint

__all__ = ["blueprint", "credentials", "issuing", "login", "overview", "persons", "records", "reports", "search"]
