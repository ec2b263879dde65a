"""A candidate's own page behind an unguessable link."""

from flask import Blueprint

blueprint = Blueprint("person", __name__, url_prefix="/c")
