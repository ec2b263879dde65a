"""Numbers for those who watch, in the Prometheus text format. Counts only: no id, no name."""

import os
from typing import Any, Final

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, generate_latest, multiprocess

from ..register import statuses
from ..service import lists
from .office import office

blueprint = Blueprint("metrics", __name__)

ANSWERS: Final = Counter("certify_records", "Result records answered.", ["outcome"])
REFUSALS: Final = Counter("certify_refusals", "Why records were refused.", ["code"])
VERDICTS: Final = Counter("certify_verdicts", "Documents verified for somebody.", ["verdict"])
LIMITED: Final = Counter("certify_limited", "Requests refused because an address sent too many.", ["bound"])
FAILURES: Final = {
    "publish": Counter("certify_publish_failures", "Publications that could not be done."),
    "traces": Counter("certify_trace_failures", "Rounds of overwriting what was erased that could not be done."),
    "waiting": Counter("certify_waiting_failures", "Rounds of what holders had asked for that could not be done."),
    "batches": Counter("certify_batch_failures", "Rounds of work on batches that could not be done."),
}
"""Work in the background -> how often it failed."""
_SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"


@blueprint.get("/metrics")
def metrics() -> Response:
    """The counters of all processes, and the age of each status list in seconds."""
    registry: CollectorRegistry = REGISTRY
    if os.environ.get(_SHARED):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry).decode() + _list_ages(), content_type=CONTENT_TYPE_LATEST)


def _list_ages() -> str:
    desk, now = office().desk, office().now()
    lines = [
        "# HELP certify_list_age_seconds Age of the newest version of each status list.",
        "# TYPE certify_list_age_seconds gauge",
    ]
    with desk.reading() as connection:
        for purpose, number in lists.every(desk, connection):
            row = statuses.latest_list(connection, purpose, number)
            if row is not None:
                age = (now - row.valid_from).total_seconds()
                lines.append(f'certify_list_age_seconds{{list="{purpose}/{number}"}} {age:.0f}')
    return "\n".join(lines) + "\n"


def forget_worker(_server: Any, worker: Any) -> None:
    """A process has ended: its gauges no longer count."""
    if os.environ.get(_SHARED):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
