"""What staff do about a candidate's link and what waits behind it, and the notices that somebody has to send."""

from flask import redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from ...reasons import signed
from ...service import linkcare, notices, waiting
from ..office import office
from .frame import actor, blueprint, confirm, form


@blueprint.post("/persons/<name>/link/end")
def end_link(name: str) -> str | AnyResponse:
    """Nobody opens the page any more, and nothing waits behind it."""
    here, reference = office(), _reference()
    asked = confirm("End the link", "It opens nothing from now on, and what waits behind it is taken back.")
    if asked:
        return asked
    key = linkcare.end(here.desk, name, reference=reference, at=here.now())
    return redirect(f"/console/persons/{key}", 303)


@blueprint.post("/persons/<name>/link/renew")
def renew_link(name: str) -> str | AnyResponse:
    """The same, and a new link, which is shown this once."""
    here, reference = office(), _reference()
    asked = confirm("Make a new link", "The one in use ends at once, and what waits behind it is taken back.")
    if asked:
        return asked
    link = linkcare.renew(here.desk, name, reference=reference, at=here.now())
    return render_template("console/link.html", link=link, name=name)


@blueprint.post("/waiting/<int:number>/take-back")
def take_back(number: int) -> AnyResponse:
    """It shall not happen."""
    here = office()
    found = waiting.drop(here.desk, number, reference=_reference(), at=here.now())
    return redirect(f"/console/persons/{found.person}", 303)


@blueprint.post("/notices/<int:number>/told")
def told(number: int) -> AnyResponse:
    """It was sent."""
    here = office()
    notices.told(here.desk, number, here.now())
    return redirect("/console/requests", 303)


def _reference() -> str:
    return signed(form("decision"), actor().name)
