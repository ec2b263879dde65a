"""Plain templates for the documents that a candidate may list as evidence, and how to check a digest."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template

from ..office import office
from ..problems import Problem
from .reading import ASSETS

blueprint = Blueprint("artefacts", __name__)
_FOLDER = ASSETS / "artefacts"


@blueprint.get("/certify/caig/artefacts")
def artefacts() -> str:
    """One for each kind of evidence of the exam, with its digest as an example."""
    here = office()
    kinds = here.desk.catalog.current("CAIG", here.now()).evidence_types
    return render_template("pages/artefacts.html", kinds=[kind for kind in kinds if kind in _available()])


@blueprint.get("/certify/caig/artefacts/<kind>.md")
def template(kind: str) -> Response:
    """One template, to keep."""
    if kind not in _available():
        raise Problem(HTTPStatus.NOT_FOUND, "request.not-found", "There is no template of this name.")
    return Response(
        (_FOLDER / f"{kind}.md").read_bytes(),
        mimetype="text/markdown",
        headers={"Content-Disposition": f"attachment; filename={kind}.md"},
    )


def _available() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("*.md"))
