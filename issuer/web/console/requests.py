"""What candidates have asked for on their pages, and the mark that it was answered."""

from flask import redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from ...reasons import signed
from ...service import requests
from ..office import office
from .frame import actor, blueprint, form


@blueprint.get("/requests")
def candidates_requests() -> str:
    """The open ones, oldest first."""
    return render_template("console/requests.html", waiting=requests.waiting(office().desk))


@blueprint.post("/requests/<int:number>/close")
def close_request(number: int) -> AnyResponse:
    """It is answered, in whichever way."""
    here = office()
    requests.close(here.desk, number, reference=signed(form("decision"), actor().name), at=here.now())
    return redirect("/console/requests", 303)
