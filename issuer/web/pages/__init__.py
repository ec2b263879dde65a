"""The pages that people read: HTML without scripts, but for one page. They show what `issuer/service/` answers."""

from flask import Blueprint, Flask

from . import artefacts, bearing, checking, layout, local, person, personacts, reading

__all__ = ["install", "person", "personacts"]  # the last two add their addresses to bearing.blueprint

blueprint = Blueprint("pages", __name__, template_folder="../templates")
for _each in (reading, checking, local, artefacts, bearing):
    blueprint.register_blueprint(_each.blueprint)


def install(app: Flask) -> None:
    """Add the pages, and what every template may use."""
    layout.install(app)
    app.register_blueprint(blueprint)
