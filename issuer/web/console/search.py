"""Find somebody, or a credential. What is looked for is sent as a form, so that it stands in no address and no log."""

from flask import render_template

from ...service import search
from ..office import office
from .frame import blueprint, form


@blueprint.get("/search")
def ask() -> str:
    """The form alone."""
    return render_template("console/search.html", found=None, term="", scanned=search.SCANNED)


@blueprint.post("/search")
def find() -> str:
    """Whoever fits."""
    here, term = office(), form("term")
    found = search.search_for(here.desk, term, here.now())
    return render_template("console/search.html", found=found, term=term, scanned=search.SCANNED)
