"""Staff's door for programs: look, decide, carry out. Each route calls the use case that the terminal calls."""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from ...reasons import signed
from ...service import hold, log, review, show
from ...words import awards, care, issuing, keys
from .. import acts
from ..bearers import require_listed
from ..office import office
from ..problems import Problem, told
from . import shapes

blueprint = Blueprint("staff", __name__, url_prefix="/api")

MAX_EVENTS: Final = 1_000
"""Events of one answer; `after` asks for the next ones."""


@blueprint.get("/credentials/<public_id>")
def credential(public_id: str) -> Response:
    """Everything the register knows about one credential."""
    require_listed()
    return jsonify(show.show(office().desk, public_id, office().now()))


def _act(name: str) -> Any:
    offer = acts.OFFERS[name]

    def carry_out(public_id: str) -> Response:
        actor = require_listed()
        body: dict[str, Any] = {**shapes.body(shapes.acts()[name])}
        if "wholePerson" in body:
            body["whole_person"] = body.pop("wholePerson")
        given = acts.given_by(actor, body.pop("decision"), **body)
        done = acts.carry_out(office().desk, offer, public_id, given, office().now())
        failed = done.unpublished
        more = {"notPublished": {"code": failed.code, "detail": told(failed)}} if failed else {}
        return jsonify({**done.value, **more})

    return carry_out


for _name in acts.OFFERS:
    blueprint.add_url_rule(f"/credentials/<public_id>/{_name}", _name, _act(_name), methods=["POST"])


@blueprint.get("/holds")
def holds() -> Response:
    """The held records, oldest first."""
    require_listed()
    return jsonify([issuing.held_json(each) for each in hold.waiting(office().desk)])


@blueprint.post("/holds/<path:result_id>/release")
def release(result_id: str) -> Response:
    """Decide in the candidate's favour."""
    return _decide(hold.release, result_id)


@blueprint.post("/holds/<path:result_id>/refuse")
def refuse(result_id: str) -> Response:
    """Decide against the candidate."""
    return _decide(hold.refuse, result_id)


def _decide(act: Any, result_id: str) -> Response:
    actor = require_listed()
    body = shapes.body(shapes.HOLD)
    reference = signed(str(body["decision"]), actor.name)
    platform = request.args.get("platform") or None
    here = office()
    answer = act(here.desk, result_id, decided_by=actor.name, reference=reference, at=here.now(), platform=platform)
    found = issuing.answer_json(answer)
    found.pop("files")
    return jsonify(found)


@blueprint.get("/reviews")
def reviews() -> Response:
    """What waits for a person, longest first."""
    require_listed()
    return jsonify([awards.due_json(each) for each in review.due(office().desk, office().now())])


@blueprint.get("/keys")
def signing_keys() -> Response:
    """The public half of every signing key; they are managed at the terminal."""
    require_listed()
    return jsonify(keys.keys_json(office().desk.registry()))


@blueprint.get("/log")
def events() -> Response:
    """The event chain from `?after=` on, of `?publicId=` if given, and whether the whole of it holds."""
    require_listed()
    after = number("after")
    found = care.log_json(log.read(office().desk, request.args.get("publicId") or None))
    later = [event for event in found["events"] if event["seq"] > after]
    return jsonify({**found, "events": later[:MAX_EVENTS], "more": len(later) > MAX_EVENTS})


def number(name: str) -> int:
    """A parameter of the address, 0 when it is not there. Raises Problem `request.query`."""
    text = request.args.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise Problem(HTTPStatus.BAD_REQUEST, "request.query", f"{name} is a whole number from 0 on.")
    return int(text)
