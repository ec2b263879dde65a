"""The verify page: one form, and the answer on the same page. Nothing that is checked here is kept."""

import time
from http import HTTPStatus
from typing import Final

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from verifier.limits import MAX_CARRIER_BYTES

from ... import publicid
from ...service import lookup
from ..guards import MAX_UPLOAD_BYTES
from ..office import office
from .local import built
from .verdicts import Shown, of_found, of_report

blueprint = Blueprint("checking", __name__, url_prefix="/certify")
_SHOWN_ID: Final = 100
_EMPTY: Final = "Paste a credential, or choose its file."
_UNKNOWN: Final = "No credential has this number. Check it against the certificate, also for characters left out."


@blueprint.get("/verify")
def by_id() -> str | tuple[str, int]:
    """The form, or the answer on `?id=`."""
    given = request.args.get("id")
    if given is None:
        return _page()
    found = lookup.find_public(office().desk, given, office().now())
    if found is None:
        return _page(given=given, errors={"id": _UNKNOWN}), HTTPStatus.NOT_FOUND
    return _page(of_found(found), given=found.facts["id"])


@blueprint.post("/verify")
def document() -> str | tuple[str, int] | Answer:
    """The answer on what was pasted or chosen; a file counts more than a text."""
    if request.mimetype == "multipart/form-data":  # where a text of the form still has the usual bound
        request.max_content_length = MAX_UPLOAD_BYTES
    file = request.files.get("file")
    data = (file.read() if file else b"") or request.form.get("document", "").strip().encode()
    if not data:
        return _page(errors={"document": _EMPTY}), HTTPStatus.BAD_REQUEST
    number = publicid.normalize(data.decode(errors="replace")) if len(data) < _SHOWN_ID else None
    if number:  # somebody has pasted the number of the certificate
        return redirect(f"/certify/verify?id={number}", HTTPStatus.SEE_OTHER)
    desk = office().desk
    return _page(of_report(lookup.of_document(desk, data, office().now(), time.monotonic), desk.config.did))


def _page(shown: Shown | None = None, *, given: str = "", errors: dict[str, str] | None = None) -> str:
    return render_template(
        "pages/verify.html",
        shown=shown,
        given=given[:_SHOWN_ID],
        errors=errors or {},
        now=office().now(),
        local=built(),
        most_mib=MAX_CARRIER_BYTES >> 20,
    )
