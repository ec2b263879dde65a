"""Who is who: a person's addresses, candidate ids and credentials, and mistakes about that put right."""

from flask import redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from ...reasons import signed
from ...service import linkcare, persons
from ...words import waiting as words
from ..office import office
from .frame import actor, blueprint, confirm, form


@blueprint.get("/persons/<name>")
def person(name: str) -> str:
    """The person with this key, or who holds the credential with this public id."""
    desk = office().desk
    return render_template(
        "console/person.html", found=persons.show(desk, name), link=linkcare.show(desk, name), what=words.what
    )


@blueprint.post("/persons/<name>/add-email")
def add_email(name: str) -> AnyResponse:
    """Note a further address."""
    here = office()
    return _then(persons.add_email(here.desk, name, form("email"), reference=_reference(), at=here.now()))


@blueprint.post("/persons/<name>/merge")
def merge(name: str) -> str | AnyResponse:
    """Two that are one."""
    here, reference = office(), _reference()
    asked = confirm("Merge two persons", "All of the other one becomes this one's. Splitting them again is by hand.")
    if asked:
        return asked
    return _then(persons.merge(here.desk, name, form("other").strip(), reference=reference, at=here.now()))


@blueprint.post("/persons/<name>/split")
def split(name: str) -> AnyResponse:
    """One that is two."""
    here = office()
    platform, candidate = form("platform"), form("candidate")
    new = persons.split(
        here.desk, name, platform=platform, candidate_id=candidate, reference=_reference(), at=here.now()
    )
    return _then(new)


def _reference() -> str:
    return signed(form("decision"), actor().name)


def _then(key: str) -> AnyResponse:
    return redirect(f"/console/persons/{key}", 303)
