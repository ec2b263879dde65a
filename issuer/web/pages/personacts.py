"""What a candidate does on their own page. Each act asks for the form's token, and then leads back with 303."""

from http import HTTPStatus
from typing import Final

from flask import redirect, request
from werkzeug.wrappers import Response as Answer

from ...errors import IssuerError
from ...service import candidate, consents, erase, publish, requests, traces
from ..office import office
from .bearing import blueprint, nothing, person, require_form, token
from .person import shown

_YES: Final = "yes"


@blueprint.post("/<public_id>/registry")
def set_listed(public_id: str) -> Answer:
    """List me in the registry, or no longer."""
    require_form(f"registry/{public_id}")
    here = office()
    try:
        consents.set_listed(here.desk, person(), public_id, listed=_given(), at=here.now())
    except IssuerError as error:
        return _not_theirs(error)
    return _back(f"#{public_id}")


@blueprint.post("/<public_id>/score")
def set_score(public_id: str) -> Answer:
    """Put my score into the credential, or take it out."""
    require_form(f"score/{public_id}")
    here = office()
    try:
        consents.set_score(here.desk, person(), public_id, shown=_given(), at=here.now())
    except IssuerError as error:
        return _not_theirs(error)
    return _back(f"#{public_id}")


@blueprint.post("/correction")
def correct() -> Answer | tuple[str, int]:
    """Ask staff for a correction of the name."""
    require_form("correction")
    here, wish = office(), request.form.get("name", "")
    try:
        requests.ask_for_name(here.desk, person(), wish, here.now())
    except IssuerError as error:
        if error.code not in {"candidate.name", "request.many"}:
            raise
        return shown({"name": error.detail}, wish[:200]), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back("#correction")


@blueprint.post("/renew")
def renew() -> Answer:
    """A new link; this one ends."""
    require_form("renew")
    here = office()
    new = candidate.renew_link(here.desk, person(), token(), here.key, here.now())
    return redirect(f"/c/{new}/renewed", HTTPStatus.SEE_OTHER)


@blueprint.post("/forget-contact")
def forget_contact() -> Answer:
    """Delete the addresses; everything else stays."""
    require_form("forget-contact")
    here = office()
    erase.forget_contact_of(
        here.desk, person(), reference=consents.REFERENCE, at=here.now(), seconds=traces.AT_ONCE_SECONDS
    )
    return _back("#data")


@blueprint.post("/erase")
def withdraw_and_erase() -> Answer:
    """Withdraw everything and delete all that names the person; their link ends with it."""
    require_form("erase")
    here = office()
    erase.erase_person(here.desk, person(), reference=consents.REFERENCE, at=here.now(), seconds=traces.AT_ONCE_SECONDS)
    publish.publish_due(here.desk, here.now())
    return redirect("/certify/erased", HTTPStatus.SEE_OTHER)


def _given() -> bool:
    return request.form.get("given") == _YES


def _back(anchor: str) -> Answer:
    return redirect(f"/c/{token()}{anchor}", HTTPStatus.SEE_OTHER)


def _not_theirs(error: IssuerError) -> Answer:
    """Another person's credential is answered like none at all."""
    if error.code != "award.unknown":
        raise error
    return nothing()
