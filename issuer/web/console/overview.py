"""The first page of the day, what waits for a decision, and the keys and lists as they stand."""

from flask import render_template

from ...service import overview, review
from ...words import waiting as words
from ...words.keys import keys_json
from ..office import office
from .frame import blueprint


@blueprint.get("")
def start() -> str:
    """What waits, and how the issuer is."""
    here = office()
    return render_template("console/start.html", found=overview.overview(here.desk, here.now()), what=words.what)


@blueprint.get("/reviews")
def reviews() -> str:
    """Everything that a person must decide on, longest first."""
    here = office()
    return render_template("console/reviews.html", waiting=review.due(here.desk, here.now()))


@blueprint.get("/keys")
def keys() -> str:
    """To look at: keys are managed at the terminal."""
    here = office()
    return render_template(
        "console/keys.html",
        keys=keys_json(here.desk.registry())["keys"],
        lists=overview.list_health(here.desk, here.now()),
        did=here.desk.config.did,
    )
