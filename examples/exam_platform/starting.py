"""The first page: what the exam is, what is asked of a candidate, and the start."""

from typing import Final

from flask import Blueprint, render_template, request, send_from_directory, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.utils import redirect

from .desk import StillOpenError, TooManyStartsError, desk
from .names import MAX_NAME, clean_name
from .sitting import Entry, Phase, is_email, phase

blueprint = Blueprint("starting", __name__)
_CANDIDATE: Final = "candidate"
_ERRORS: Final = {
    "name": f"Give your name as it should stand on a credential: 1 to {MAX_NAME} characters on one line.",
    "email": "This is not an e-mail address. Correct it, or leave the field empty.",
    "code": "This code is not known. Check it against the letter that you got, or leave the field empty.",
    "terms": "The exam can only begin when you agree to the terms.",
}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The form, and the way back into a sitting that runs."""
    candidate = session.get(_CANDIDATE)
    latest = desk().store.latest(candidate) if candidate else None
    going_on = latest if latest and phase(latest, desk().now()) is not Phase.ABANDONED else None
    return render_template("start.html", errors={}, form=MultiDict(), going_on=going_on)


@blueprint.post("/")
def start() -> ResponseReturnValue:
    """Begin a sitting, or say what is missing."""
    entry, wrong = _read(request.form)
    if entry is None:
        errors = {name: _ERRORS[name] for name in wrong}
        return render_template("start.html", errors=errors, form=request.form, going_on=None), 422
    candidate = session.setdefault(_CANDIDATE, f"cand_{desk().token()}")
    try:
        sitting = desk().start(candidate, entry)
    except StillOpenError as open_one:
        sitting = open_one.sitting
    except TooManyStartsError as refused:
        return render_template("too_many.html", until=refused.until), 429
    return redirect(url_for("pages.question", sitting_id=sitting.id, place=1), 303)


@blueprint.get("/style.css")
def style() -> ResponseReturnValue:
    """The only thing beside the pages."""
    return send_from_directory(blueprint.root_path, "style.css", max_age=3_600)


def _read(form: MultiDict[str, str]) -> tuple[Entry | None, list[str]]:
    """The entry, or the fields that are wrong."""
    name, email = clean_name(form.get("name", "")), form.get("email", "").strip()
    code = form.get("code", "").strip()
    extra = desk().accommodation(code)
    right = {
        "name": name is not None,
        "email": not email or is_email(email),
        "code": not code or extra is not None,
        "terms": form.get("terms") == "yes",
    }
    wrong = [field for field, fits in right.items() if not fits]
    if name is None or wrong:
        return None, wrong
    listed, shown = form.get("list") == "yes", form.get("score") == "yes"
    return Entry(name, email or None, listed, shown, extra if code else None), []
