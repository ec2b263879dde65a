"""The verify page that checks in the reader's browser: static files, and the one file to keep. Absent where unbuilt."""

from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, redirect, request, send_from_directory
from werkzeug.wrappers import Response as Answer

import verifier
from verifier.limits import MAX_QR_CHARACTERS

from ..headers import CAMERA, CHECKER, SCANNER, SCRIPTED
from ..office import office

blueprint = Blueprint("local", __name__)
DIST: Final = Path(verifier.__file__).parent / "web" / "dist"
_SHELL: Final = "index.html"
_ALONE: Final = "certify-verify.html"
_WORKER: Final = "worker.js"
_POLICIES: Final = {"scanner.js": SCANNER, "checker.js": CHECKER}
_TRUST: Final = b"<!-- trust -->"
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".txt": "text/plain", ".json": "application/json"}


def built() -> bool:
    """Whether there is such a page here: it is made with Node.js, which a service need not have."""
    return (DIST / _SHELL).is_file()


@blueprint.get("/v")
def page() -> Answer:
    """The page; without it, the one that works everywhere. A browser keeps what follows # through a redirect."""
    return _file(_SHELL, "text/html") if built() else redirect("/certify/verify", HTTPStatus.FOUND)


@blueprint.get("/v#<payload>")
def escaped(payload: str) -> Answer:
    """Mail programs write the # of a code's link as %23, and so send here what was to stay in the browser.

    It goes back behind a #; the log has the route alone.
    """
    if not (payload.isascii() and payload.isdigit() and len(payload) <= MAX_QR_CHARACTERS):
        abort(HTTPStatus.NOT_FOUND)
    return redirect(f"/v#{payload}", HTTPStatus.FOUND)


@blueprint.get("/v/<name>")
def part(name: str) -> Response:
    """A script, the style sheet, the licences, or the digests of all of them."""
    kind = _TYPES.get(Path(name).suffix)
    if kind is None:
        abort(HTTPStatus.NOT_FOUND)
    response = _file(name, kind)
    if name == _WORKER:
        response.headers["Service-Worker-Allowed"] = "/v"  # the page stands one level above its parts
    return response


@blueprint.get("/certify/verify.html")
def alone() -> Response:
    """The whole page in one file, with the trust file of this moment inside: to be kept, not to be opened here."""
    trust = office().desk.config.public / "trust.json"
    if not built() or not trust.is_file():
        abort(HTTPStatus.NOT_FOUND)
    inside = trust.read_bytes().replace(b"<", b"\\u003c")  # nothing in it ends the element that it stands in
    content = (DIST / _ALONE).read_bytes().replace(_TRUST, inside, 1)
    disposition = {"Content-Disposition": f"attachment; filename={_ALONE}"}
    return Response(content, mimetype="text/html", headers=disposition)


def _file(name: str, kind: str) -> Response:
    """Asked for again each time, and sent again only when it changed: all parts are of one version."""
    packed = bool(request.accept_encodings["gzip"]) and (DIST / f"{name}.gz").is_file()
    response = send_from_directory(DIST, f"{name}.gz" if packed else name, mimetype=kind, max_age=0)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = _POLICIES.get(name, SCRIPTED)
    response.headers["Permissions-Policy"] = CAMERA
    return response
