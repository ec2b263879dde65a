"""What every template may use: the issuer's name, the navigation, and filters that make dates and texts fit to show."""

from datetime import UTC, datetime
from typing import Any, Final

from flask import Flask, request
from jinja2 import StrictUndefined

from verifier.format.display import visible, whole
from verifier.format.timestamp import parse

from ... import dates
from ..office import office

NAVIGATION: Final = (
    ("/certify/aima", "AIMA"),
    ("/certify/caig", "CAIG"),
    ("/certify/verify", "Verify"),
    ("/certify/employers", "For employers"),
    ("/certify/policy", "Policy"),
    ("/certify/keys", "Keys"),
)


def install(app: Flask) -> None:
    """Let every template use them."""
    app.context_processor(_site)
    app.jinja_env.filters |= {"visible": visible, "whole": whole, "instant": dates.instant, "day": day, "iso": iso}
    app.jinja_env.filters |= {"parsed": parse}
    app.jinja_env.undefined = StrictUndefined  # a name that nobody gave is a fault, not an empty place
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _site() -> dict[str, Any]:
    config = office().desk.config
    return {"site": config, "navigation": NAVIGATION, "here": request.path}


def day(moment: datetime) -> str:
    """`1 July 2026 (Europe/Vienna)`: in the issuer's zone."""
    return dates.day(moment, office().desk.config.zone)


def iso(moment: datetime) -> str:
    """For the machine-readable half of a date."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
