"""What candidates have asked for on their pages, and the mark that it was answered."""

from flask import redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from ...reasons import signed
from ...service import notices, requests, waiting
from ...words import waiting as words
from ..office import office
from .frame import actor, blueprint, form


@blueprint.get("/requests")
def candidates_requests() -> str:
    """The open ones, what waits and will be done, and what somebody has to write to candidates."""
    desk = office().desk
    return render_template(
        "console/requests.html",
        waiting=requests.waiting(desk),
        due=waiting.listed(desk),
        what=words.what,
        notices=[words.notice_json(desk.config, each) for each in notices.listed(desk)],
    )


@blueprint.post("/requests/<int:number>/close")
def close_request(number: int) -> AnyResponse:
    """It is answered, in whichever way."""
    here = office()
    requests.close(here.desk, number, reference=signed(form("decision"), actor().name), at=here.now())
    return redirect("/console/requests", 303)
