"""The pages of one sitting: a question each, all of them at a glance, handing in, and the way to the result."""

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, abort, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from . import words
from .client import Answer
from .desk import desk
from .sitting import Phase, Sitting, chosen, phase

blueprint = Blueprint("pages", __name__, url_prefix="/sitting/<sitting_id>")
_WAITS: Final = 202


@blueprint.get("/<int:place>")
def question(sitting_id: str, place: int) -> ResponseReturnValue:
    """One question, as this sitting shows it."""
    sitting = _own(sitting_id)
    if not 1 <= place <= len(sitting.paper):
        abort(404)
    if phase(sitting, desk().now()) is not Phase.OPEN:
        return _to("result", sitting)
    question_id, options = sitting.paper[place - 1]
    asked = desk().exam.questions[question_id]
    given = desk().store.answers(sitting.id).get(question_id)
    # Numbers in this sitting's order: neither a form nor a page knows the ids that the key is written in.
    shown = [(number, asked.options[option], option == given) for number, option in enumerate(options, 1)]
    return render_template(
        "question.html",
        sitting=sitting,
        place=place,
        situation=asked.situation,
        ask=asked.ask,
        options=shown,
        now=desk().now(),
    )


@blueprint.post("/<int:place>")
def save(sitting_id: str, place: int) -> ResponseReturnValue:
    """Keep the answer and go where the candidate wants to."""
    sitting = _own(sitting_id)
    if phase(sitting, desk().now()) is not Phase.OPEN:
        return _to("result", sitting)
    choice = request.form.get("choice")
    if not 1 <= place <= len(sitting.paper) or not _keep(sitting, place, choice):
        abort(400)
    steps = {"back": place - 1, "next": place + 1}
    to = steps.get(request.form.get("go", "next"), 0)
    if not 1 <= to <= len(sitting.paper):
        return _to("overview", sitting)
    return redirect(url_for("pages.question", sitting_id=sitting.id, place=to), 303)


@blueprint.get("/overview")
def overview(sitting_id: str) -> ResponseReturnValue:
    """Which questions have an answer, and the button that hands in."""
    sitting = _own(sitting_id)
    if phase(sitting, desk().now()) is not Phase.OPEN:
        return _to("result", sitting)
    answers = desk().store.answers(sitting.id)
    answered = [question_id in answers for question_id, _ in sitting.paper]
    return render_template("overview.html", sitting=sitting, answered=answered, now=desk().now())


@blueprint.post("/overview")
def hand_in(sitting_id: str) -> ResponseReturnValue:
    """The end; after the deadline what was saved before counts."""
    sitting = _own(sitting_id)
    if phase(sitting, desk().now()) is Phase.OPEN:
        desk().finish(sitting)
    return _to("result", sitting)


@blueprint.get("/result")
def result(sitting_id: str) -> ResponseReturnValue:
    """To the issuer's page, or what is known until then. A sitting that ran out ends here."""
    sitting = _own(sitting_id)
    now = phase(sitting, desk().now())
    if now is Phase.OPEN:
        return _to("overview", sitting)
    if now is Phase.ABANDONED:
        return render_template("abandoned.html"), 410
    if now is Phase.OVER:
        desk().finish(sitting)
    answer = desk().answer(sitting)
    if answer is None:
        return render_template("waiting.html", sitting=sitting), _WAITS
    if _leads_to_the_service(answer):
        return redirect(str(answer.link), 303)
    return render_template("result.html", answer=answer, explained=words.explained(answer.codes))


def _own(sitting_id: str) -> Sitting:
    """A sitting is its candidate's alone; for anybody else it does not exist."""
    sitting = desk().store.sitting(sitting_id)
    if sitting is None or sitting.candidate != session.get("candidate"):
        abort(404)
    return sitting


def _keep(sitting: Sitting, place: int, choice: str | None) -> bool:
    """Whether it could be kept. No choice is no answer yet, and leaves an earlier one."""
    if choice is None:
        return True
    option = chosen(sitting.paper, place, choice)
    if option is not None:
        desk().store.save(sitting.id, sitting.paper[place - 1][0], option)
    return option is not None


def _leads_to_the_service(answer: Answer) -> bool:
    """Only there a candidate is sent without a click; every other address is shown first."""
    parts = urlsplit(answer.link or "")
    return f"{parts.scheme}://{parts.netloc}".lower() == desk().settings.service_origin


def _to(page: str, sitting: Sitting) -> Response:
    return redirect(url_for(f"pages.{page}", sitting_id=sitting.id), 303)
