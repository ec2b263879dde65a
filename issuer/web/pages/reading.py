"""The pages that explain: what is certified, for whom, by which rules, with which keys."""

from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as Answer

from ...reasons import reasons
from ...service import issuerkeys
from ...status import RESIGN_AFTER, TTL, VALIDITY
from ...words import problems
from ...words.exams import FLUENCIES, Exam, alignments, exam
from ..office import office
from .examples import EXAMPLES

blueprint = Blueprint("reading", __name__)
ASSETS: Final = Path(__file__).parents[1] / "assets"
_HOUR: Final = 3_600


@blueprint.get("/certify/assets/style.css")
def style() -> Response:
    """The one style sheet."""
    kept = {"Cache-Control": f"public, max-age={_HOUR}"}
    return Response((ASSETS / "style.css").read_bytes(), mimetype="text/css", headers=kept)


@blueprint.get("/")
def root() -> Answer:
    """People who type the host alone."""
    return redirect("/certify", HTTPStatus.FOUND)


@blueprint.get("/certify")
def start() -> str:
    """Why, and which of the two."""
    exams = [_exam("AIMA"), _exam("CAIG")]
    return render_template("pages/start.html", exams=exams, alignments=alignments(exams), fluencies=FLUENCIES)


@blueprint.get("/certify/aima")
def aima() -> str:
    """The assessment for people who run AI projects."""
    return _about("AIMA")


@blueprint.get("/certify/caig")
def caig() -> str:
    """The certification for people who govern them."""
    return _about("CAIG")


@blueprint.get("/certify/employers")
def employers() -> str:
    """For somebody who was shown a credential."""
    return render_template("pages/employers.html", **_lists())


@blueprint.get("/certify/policy")
def policy() -> str:
    """Withdrawal, suspension, complaints, appeals, and what is kept."""
    found = {act: [reason.replace("-", " ") for reason in reasons(act)] for act in ("revocation", "suspension")}
    return render_template("pages/policy.html", reasons=found, **_lists())


@blueprint.get("/certify/keys")
def keys() -> str:
    """The public halves of all keys there ever were."""
    return render_template("pages/keys.html", keys=issuerkeys.public_keys(office().desk))


@blueprint.get("/certify/erased")
def erased() -> str:
    """Where a holder arrives who had everything erased: nothing here tells who."""
    return render_template("pages/erased.html")


@blueprint.get("/api/problems")
def explained() -> str:
    """What the codes of problems mean."""
    return render_template("pages/problems.html", table=problems.TABLE)


def _about(code: str) -> str:
    about = _exam(code)
    return render_template(f"pages/{code.lower()}.html", exam=about, fluencies=FLUENCIES, examples=EXAMPLES)


def _exam(code: str) -> Exam:
    here = office()
    catalog = here.desk.catalog
    return exam(catalog, catalog.current(code, here.now()), here.desk.config.base_url)


def _lists() -> dict[str, Any]:
    """How fresh status lists are: hours that a copy serves online, days offline."""
    return {
        "ttl_hours": TTL.total_seconds() / _HOUR,
        "validity_days": VALIDITY.days,
        "resign_hours": RESIGN_AFTER.total_seconds() / _HOUR,
    }
