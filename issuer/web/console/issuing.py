"""Issue from one result record that is pasted or uploaded, as `certify issue` does."""

from http import HTTPStatus

from flask import render_template, request

from ...results import MAX_RECORD_BYTES
from ...service import accept
from ...service.accept import Answer
from ..office import office
from .frame import blueprint, form


@blueprint.get("/issue")
def record_form() -> str:
    """The form."""
    return render_template("console/issue.html", answer=None, record="")


@blueprint.post("/issue")
def issue() -> tuple[str, int]:
    """The answer, with every finding; a refused record can be corrected in the form."""
    here, data = office(), _record()
    answer = accept.accept(here.desk, data, here.now())
    refused = answer.answer is Answer.REFUSED
    left = data.decode(errors="replace") if refused else ""
    page = render_template("console/issue.html", answer=answer, record=left)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def _record() -> bytes:
    """The file, else the text: a browser sends its lines with CR LF, which no platform does."""
    upload = request.files.get("file")
    data = upload.stream.read(MAX_RECORD_BYTES + 1) if upload else b""
    return data or form("record").replace("\r\n", "\n").encode()
