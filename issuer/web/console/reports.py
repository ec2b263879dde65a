"""The log, verified and in pages, and what leaves the register as a table: credentials and counts, without names."""

from collections.abc import Sequence
from typing import Final

from flask import Response, render_template, request

from ...service import annual, log
from ...words.tables import as_csv
from ..office import office
from .frame import attached, blueprint

PAGE: Final = 100
"""Events of one page."""
_MAX_PAGE_DIGITS: Final = 6


@blueprint.get("/log")
def events() -> str:
    """The event chain, newest first. All of it is verified, whatever is shown."""
    public_id, kind = request.args.get("id", "").strip(), request.args.get("type", "")
    found = log.read(office().desk, public_id or None)
    kinds = sorted({str(event["type"]) for event in found.events})
    chosen = [event for event in reversed(found.events) if kind in {"", event["type"]}]
    number = _page(request.args.get("page", "1"))
    shown = chosen[(number - 1) * PAGE : number * PAGE]
    return render_template(
        "console/log.html",
        events=shown,
        broken_at=found.broken_at,
        kinds=kinds,
        kind=kind,
        id=public_id,
        page=number,
        pages=max(1, -(-len(chosen) // PAGE)),
        total=len(chosen),
    )


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= _MAX_PAGE_DIGITS else 1


@blueprint.get("/reports")
def reports() -> str:
    """The counts for the annual report."""
    return render_template("console/reports.html", head=annual.COUNTS_HEAD, rows=annual.counts(office().desk))


@blueprint.get("/reports/credentials.csv")
def credentials_csv() -> Response:
    """Every credential that was issued."""
    rows = annual.credentials(office().desk, office().now())
    return _csv("credentials.csv", annual.CREDENTIALS_HEAD, rows)


@blueprint.get("/reports/counts.csv")
def counts_csv() -> Response:
    """The counts."""
    return _csv("counts.csv", annual.COUNTS_HEAD, annual.counts(office().desk))


def _csv(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Response:
    return attached(name, as_csv(head, rows))
