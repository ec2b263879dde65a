"""The application: the desk and the pages put together, and what is shown when something is not right."""

from typing import Final

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from . import desk, guards, pages, starting

_SAID: Final = {
    400: "What was sent is no answer to this question. Nothing was saved: go back and choose one of the four.",
    403: "This form does not come from a page that this browser has open here, or cookies are off. Go back, load the "
    "page again, and send it once more. Nothing was changed.",
    404: "There is nothing at this address. A sitting can be seen in the browser that began it, and nowhere else.",
    413: "That is more than any form here holds. Nothing was saved.",
}
_FAULT: Final = "Something went wrong here. What you saved is kept: go back, and try again in a minute."


def create_app(at: desk.Desk, secret: bytes) -> Flask:
    """The exam as one application; `secret` signs its cookies."""
    app = Flask(__name__, static_folder=None)
    app.extensions[desk.NAME] = at
    app.jinja_env.globals["exam"] = at.exam
    guards.install(app, at.settings, secret)
    app.register_blueprint(starting.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _http_error(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    said = _SAID.get(status, _FAULT if status >= 500 else "That is not possible here.")
    return render_template("message.html", title="That did not work", said=said), status
