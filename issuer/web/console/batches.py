"""Many records at once: send them, see what would become of them, have them answered, watch it."""

from http import HTTPStatus
from pathlib import PurePath
from typing import Any, Final

from flask import Response, make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from ...service import batches, mailmerge, template
from ...service.accept import Answer
from ...service.batches import State
from ...words.batch import sent_json
from ...words.tables import as_csv
from ..office import office
from ..problems import Problem
from .frame import actor, attached, blueprint

_HEAD: Final = ("row", "spreadsheetRow", "line", "resultId", "outcome", "first", "publicId", "codes", "why")
_SECONDS: Final = "2"
_MOVING: Final = frozenset({State.LOOKING, State.ANSWERING})


@blueprint.get("/batches")
def every_batch() -> str:
    """A form for a new one, and those that are kept."""
    here = office()
    kinds = sorted(here.desk.catalog.credentials)
    return render_template("console/batches.html", found=batches.every(here.desk), kinds=kinds)


@blueprint.post("/batches")
def take_batch() -> AnyResponse:
    """Keep the rows of a file; nothing is answered yet."""
    here, upload = office(), request.files.get("file")
    kind = PurePath(upload.filename or "").suffix.lower().removeprefix(".") if upload else ""
    if upload is None or kind not in batches.KINDS:
        raise Problem(HTTPStatus.BAD_REQUEST, "batch.format", "Choose a file whose name ends in .jsonl or .csv.")
    return _seen(batches.take(here.desk, upload.stream, kind, actor(), here.now()).id)


@blueprint.get("/batches/template-<credential>-<separator>.csv")
def batch_template(credential: str, separator: str) -> Response:
    """A table to begin with."""
    here = office()
    if separator not in template.SEPARATORS:
        raise NotFound
    table = template.table(here.desk, credential, template.SEPARATORS[separator], here.now())
    return attached(f"{credential.lower()}.csv", table)


@blueprint.get("/batches/<batch_id>")
def batch(batch_id: str) -> Response:
    """How far it is. Whoever watches gets the page again by itself until it stands still, and can end that."""
    found = batches.find(office().desk, batch_id)
    watched, moving = request.args.get("watch") == "yes", found.state in _MOVING
    problem = sent_json(found)["problem"]
    page = render_template(
        "console/batch.html", batch=found, problem=problem, watched=watched, moving=moving, outcomes=tuple(Answer)
    )
    response = make_response(page)
    if watched and moving:
        response.headers["Refresh"] = _SECONDS
    return response


@blueprint.get("/batches/<batch_id>/answers.csv")
def batch_answers(batch_id: str) -> Response:
    """The answers so far, for a spreadsheet."""
    found = batches.find(office().desk, batch_id)
    lines, _ = batches.answers(found, 0, found.survey.rows)
    rows = [[_cell(line, name) for name in _HEAD] for line in lines]
    return attached(f"answers-{found.id[:8]}.csv", as_csv(_HEAD, rows))


@blueprint.post("/batches/<batch_id>/links")
def batch_links(batch_id: str) -> Response:
    """Names, addresses and links of those whom a batch has led to a credential, for a mail merge."""
    here = office()
    select = mailmerge.of_outcome(batches.find(here.desk, batch_id).outcome)
    site = request.host_url.rstrip("/")
    found = mailmerge.export(here.desk, select, key=here.key, site=site, at=here.now(), progress=lambda *_: None)
    return attached(f"links-{batch_id[:8]}.csv", as_csv(mailmerge.HEAD, found.rows, marked=True))


@blueprint.post("/batches/<batch_id>/begin")
def begin_batch(batch_id: str) -> AnyResponse:
    """Its rows shall be answered."""
    here = office()
    return _seen(batches.begin(here.desk, batch_id, actor(), here.now()).id)


@blueprint.post("/batches/<batch_id>/discard")
def discard_batch(batch_id: str) -> AnyResponse:
    """Delete what is kept of it."""
    batches.discard(office().desk, batch_id)
    return redirect("/console/batches", 303)


def _cell(line: dict[str, Any], name: str) -> str:
    if name == "why":
        return " ".join(finding["detail"] for finding in line.get("findings", ()))
    return " ".join(line["codes"]) if name == "codes" else str(line.get(name) or "")


def _seen(batch_id: str) -> AnyResponse:
    return redirect(f"/console/batches/{batch_id}?watch=yes", 303)
