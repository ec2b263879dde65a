"""A candidate's own page: what they have, how each sitting went, and their files."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from flask import Response, render_template

from ...deliver import badge, drawing
from ...deliver.certificate import PAPERS
from ...deliver.qr import Form
from ...deliver.readback import UNREADABLE
from ...errors import IssuerError
from ...service import candidate, deliver, handout
from ...service.deliver import Delivery
from ...service.issue import MEDIA_TYPES
from ...words.exams import FLUENCIES
from ...words.sharing import linkedin, verify_link
from ..office import Office, office
from .bearing import bearer, blueprint, form_token, link, nothing, token

_DRAWN: Final = {"png": (drawing.png, "image/png"), "svg": (drawing.svg, "image/svg+xml")}


@blueprint.get("")
def home() -> str:
    """Everything; through a link that was renewed, nothing but the way back."""
    until = bearer().until
    if until is None:
        return shown()
    return render_template("person/replaced.html", until=until, form_token=form_token, token=token())


@blueprint.get("/renewed")
def renewed() -> str:
    """The new link, to be kept."""
    return render_template(
        "person/renewed.html", link=handout.address(office().desk.config.base_url, token()), token=token()
    )


@blueprint.get("/erase")
def erasing() -> str:
    """What it means, before it is done."""
    return _confirmation("person/erase.html")


@blueprint.get("/forget-contact")
def forgetting() -> str:
    """What it means, before it is done."""
    return _confirmation("person/forget.html")


@blueprint.get("/<public_id>/<name>")
def file(public_id: str, name: str) -> Response:
    """One rendering, byte for byte as it was stored."""
    try:
        form, content = candidate.rendering(office().desk, link(), public_id, name, office().now())
    except IssuerError:
        return nothing()
    response = Response(content, HTTPStatus.OK, content_type=MEDIA_TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/<public_id>/qr/<form>.<kind>")
def qr_code(public_id: str, form: str, kind: str) -> Response:
    """A QR code: `credential` or `number`, as `png` or `svg`. One that does not fit is not there."""
    if form not in tuple(Form) or kind not in _DRAWN:
        return nothing()
    try:
        code = candidate.qr_code(office().desk, link(), public_id, office().now(), number_only=form == Form.NUMBER)
    except IssuerError:
        return nothing()
    if code.form != form:
        return nothing()
    draw, media_type = _DRAWN[kind]
    response = Response(draw(code), HTTPStatus.OK, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{code.public_id}.{form}.qr.{kind}")
    return response


@blueprint.get("/<public_id>/certificate-<paper>.pdf")
def certificate(public_id: str, paper: str) -> Response:
    """The certificate on `a4` or `letter`."""
    if paper not in PAPERS:
        return nothing()
    return _delivered(
        lambda here: deliver.certificate_of(here.desk, _own(public_id), here.now(), PAPERS[paper]),
        "application/pdf",
    )


@blueprint.get("/<public_id>/badge.<form>")
def badge_image(public_id: str, form: str) -> Response:
    """The badge, as `png` or `svg`."""
    if form not in tuple(badge.Form):
        return nothing()
    kind = badge.Form(form)
    return _delivered(lambda here: deliver.baked(here.desk, _own(public_id), here.now(), kind), badge.MEDIA_TYPES[kind])


def _own(public_id: str) -> deliver.Find:
    return candidate.held(link(), public_id, office().now())


def _delivered(make: Callable[[Office], Delivery], media_type: str) -> Response:
    """A file to keep; what has no certificate or badge now is not there. Raises IssuerError `deliver.unreadable`."""
    try:
        made = make(office())
    except IssuerError as error:
        if error.code == UNREADABLE:
            raise
        return nothing()
    response = Response(made.content, HTTPStatus.OK, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=made.name)
    return response


def shown(errors: dict[str, str] | None = None, wish: str = "") -> str:
    """The page, after a mistake with what is wrong."""
    here = office()
    config = here.desk.config
    found = candidate.show(here.desk, link(), here.now())
    return render_template(
        "person/home.html",
        person=found,
        asked={(each.public_id, str(each.kind)) for each in found.waits},
        wait_hours=config.wait // timedelta(hours=1),
        fluencies=FLUENCIES,
        form_token=form_token,
        token=token(),
        linkedin=lambda each: linkedin(config, each.title, each.public_id, each.awarded, each.valid_until),
        verify_link=lambda each: verify_link(config, each.public_id),
        errors=errors or {},
        wish=wish,
    )


def _confirmation(template: str) -> str:
    here = office()
    found: Any = candidate.show(here.desk, link(), here.now())
    due = here.now() + here.desk.config.wait
    return render_template(template, person=found, due=due, form_token=form_token, token=token())
