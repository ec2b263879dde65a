"""What a candidate does on their own page. Each act asks for the form's token, and then leads back with 303."""

import re
from http import HTTPStatus
from typing import Final

from flask import redirect, request
from werkzeug.wrappers import Response as Answer

from ...errors import IssuerError
from ...service import consents, requests, waiting
from ...service.waiting import Kind
from ..office import office
from .bearing import blueprint, link, nothing, require_form, token
from .person import shown

_YES: Final = "yes"
_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_WAITING: Final = "#waiting"


@blueprint.post("/<public_id>/registry")
def set_listed(public_id: str) -> Answer:
    """List me in the registry, or no longer."""
    require_form(f"registry/{public_id}")
    here = office()
    try:
        consents.set_listed(here.desk, link(), public_id, listed=_given(), at=here.now())
    except IssuerError as error:
        return _not_theirs(error)
    return _back(f"#{public_id}")


@blueprint.post("/<public_id>/score")
def set_score(public_id: str) -> Answer:
    """Put my score into the credential, or take it out, when the time to take that back is over."""
    require_form(f"score/{public_id}")
    here = office()
    try:
        waiting.ask_for_score(here.desk, link(), public_id, shown=_given(), at=here.now())
    except IssuerError as error:
        return _not_theirs(error)
    return _back(_WAITING)


@blueprint.post("/correction")
def correct() -> Answer | tuple[str, int]:
    """Ask staff for a correction of the name."""
    require_form("correction")
    here, wish = office(), request.form.get("name", "")
    try:
        requests.ask_for_name(here.desk, link(), wish, here.now())
    except IssuerError as error:
        if error.code not in {"candidate.name", "request.many"}:
            raise
        return shown({"name": error.detail}, wish[:200]), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back("#correction")


@blueprint.post("/renew")
def renew() -> Answer:
    """A new link; this one can take that back for a time, and nothing else."""
    require_form("renew")
    here = office()
    new = waiting.renew(here.desk, link(), here.now())
    return redirect(f"/c/{new}/renewed", HTTPStatus.SEE_OTHER)


@blueprint.post("/forget-contact")
def forget_contact() -> Answer:
    """Delete the addresses when the time to take that back is over; everything else stays."""
    require_form("forget-contact")
    waiting.ask(office().desk, link(), Kind.FORGET_CONTACT, office().now())
    return _back(_WAITING)


@blueprint.post("/erase")
def withdraw_and_erase() -> Answer:
    """Withdraw everything and delete all that names the person, when the time to take that back is over."""
    require_form("erase")
    waiting.ask(office().desk, link(), Kind.ERASE, office().now())
    return _back(_WAITING)


@blueprint.post("/take-back")
def take_back() -> Answer:
    """It shall not happen. The page says what waits still, also when this came too late."""
    number = request.form.get("number", "")
    require_form(f"take-back/{number}")
    try:
        waiting.take_back(office().desk, link(), int(number) if _NUMBER.fullmatch(number) else 0, office().now())
    except IssuerError as error:
        if error.code != "waiting.unknown":
            raise
    return _back(_WAITING)


@blueprint.post("/take-all-back")
def take_all_back() -> Answer:
    """Through a link that was renewed: it is the link again, and nothing waits any more."""
    require_form("take-all-back")
    waiting.take_all_back(office().desk, link(), office().now())
    return _back("")


def _given() -> bool:
    return request.form.get("given") == _YES


def _back(anchor: str) -> Answer:
    return redirect(f"/c/{token()}{anchor}", HTTPStatus.SEE_OTHER)


def _not_theirs(error: IssuerError) -> Answer:
    """Another person's credential is answered like none at all."""
    if error.code != "award.unknown":
        raise error
    return nothing()
