"""A candidate's own page: what they have, how each sitting went, and their files."""

from http import HTTPStatus
from typing import Any

from flask import Response, render_template

from ...errors import IssuerError
from ...service import candidate
from ...service.issue import MEDIA_TYPES
from ...words.exams import FLUENCIES
from ...words.sharing import linkedin, verify_link
from ..office import office
from .bearing import blueprint, form_token, nothing, person, token


@blueprint.get("")
def home() -> str:
    """Everything."""
    return shown()


@blueprint.get("/renewed")
def renewed() -> str:
    """The new link, to be kept."""
    link = f"{office().desk.config.base_url}/c/{token()}"
    return render_template("person/renewed.html", link=link, token=token())


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
        form, content = candidate.rendering(office().desk, person(), public_id, name)
    except IssuerError:
        return nothing()
    response = Response(content, HTTPStatus.OK, content_type=MEDIA_TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def shown(errors: dict[str, str] | None = None, wish: str = "") -> str:
    """The page, after a mistake with what is wrong."""
    here = office()
    config = here.desk.config
    return render_template(
        "person/home.html",
        person=candidate.show(here.desk, person(), here.now()),
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
    found: Any = candidate.show(here.desk, person(), here.now())
    return render_template(template, person=found, form_token=form_token, token=token())
