"""One credential with its whole history, its files, and a form for each act that it allows now."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, render_template

from verifier.format.timestamp import format_seconds

from ...errors import IssuerError
from ...service import lookup, possible, show, stored
from ...service.issue import MEDIA_TYPES, file_name
from ...validity import end_of_day
from ...words import awards as words
from .. import acts
from ..acts import OFFERS, Offer
from ..office import office
from ..problems import Problem, told
from ..roles import ON_ONE
from .frame import actor, blueprint, confirm, form


@blueprint.get("/credentials/<public_id>")
def credential(public_id: str) -> str:
    """Everything about it."""
    here = office()
    found = show.show(here.desk, public_id, here.now())
    refusals = possible.possible(here.desk, public_id, here.now())
    return render_template(
        "console/credential.html",
        found=found,
        seen=lookup.by_public_id(here.desk, found["publicId"], here.now()),
        offers=[_offered(name, offer, refusals[name]) for name, offer in OFFERS.items()],
    )


def _offered(name: str, offer: Offer, refusal: IssuerError | None) -> dict[str, Any]:
    mine = actor().role in ON_ONE[name]
    why = None if mine else f"This is for the role {' or '.join(sorted(ON_ONE[name]))}."
    return {"name": name, "offer": offer, "why": refusal.detail if refusal else why}


@blueprint.get("/credentials/<public_id>/files/<int:number>/<name>")
def file(public_id: str, number: int, name: str) -> Response:
    """One signed rendering, as it was stored."""
    content = stored.signed(office().desk, public_id, number, name)
    shown = show.show(office().desk, public_id, office().now())["publicId"]
    response = Response(content, content_type=MEDIA_TYPES[name])
    response.headers.set("Content-Disposition", "attachment", filename=file_name(shown, number, name))
    return response


def _act(name: str) -> Callable[[str], str]:
    offer = OFFERS[name]

    def carry_out(public_id: str) -> str:
        here = office()
        refusal = possible.possible(here.desk, public_id, here.now())[name]
        if refusal:
            raise refusal
        given = acts.given_by(
            actor(),
            form("decision"),
            reason=form("reason"),
            name=form("name"),
            due=_due(form("due")) if "due" in offer.fields else "",
            whole_person=form("wholePerson") == "yes",
        )
        asked = confirm(f"{offer.title}: {public_id}", offer.hint) if offer.final else None
        if asked:
            return asked
        done = acts.carry_out(here.desk, offer, public_id, given, here.now())
        return render_template(
            "console/done.html",
            offer=offer,
            done=done,
            unpublished=told(done.unpublished) if done.unpublished else "",
            public_id=public_id,
            traces_left=words.TRACES_LEFT,
        )

    return carry_out


for _name in OFFERS:
    blueprint.add_url_rule(f"/credentials/<public_id>/{_name}", f"act-{_name}", _act(_name), methods=["POST"])


def _due(text: str) -> str:
    """A day of the form: the decision is due by its end, where the issuer is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Problem(HTTPStatus.BAD_REQUEST, "request.body", "Give a day such as 2026-08-31.") from None
    return format_seconds(end_of_day(day, office().desk.config.zone))
