"""The published files, as any web server could serve them: media types, ETag, Cache-Control, and CORS for all."""

from typing import Final

from flask import Blueprint, Response, abort, send_from_directory

from .office import office

blueprint = Blueprint("publication", __name__)
_HOUR, _DAY = 3_600, 86_400
_LIST: Final = ("application/vc", _HOUR)


@blueprint.get("/.well-known/did.json")
def did_document() -> Response:
    """The DID document."""
    return _file(".well-known/did.json", "application/did+json", _HOUR)


@blueprint.get("/status/<purpose>/<int:number>")
def status_list(purpose: str, number: int) -> Response:
    """A status list; its ttl says how long a copy may be kept."""
    return _file(f"status/{purpose}/{number}", *_LIST)


@blueprint.get("/achievements/<code>/<version>")
def achievement(code: str, version: str) -> Response:
    """An achievement, or its badge image."""
    kind = "image/png" if version.endswith(".png") else "application/ld+json"
    return _file(f"achievements/{code}/{version}", kind, _DAY)


@blueprint.get("/schemas/<name>.json")
def schema(name: str) -> Response:
    """A JSON Schema."""
    return _file(f"schemas/{name}.json", "application/schema+json", _DAY)


@blueprint.get("/qr/<int:number>.bin")
def dictionary(number: int) -> Response:
    """A dictionary of QR codes, which never changes."""
    return _file(f"qr/{number:03}.bin", "application/octet-stream", _DAY)


@blueprint.get("/trust.json")
def trust() -> Response:
    """The trust file."""
    return _file("trust.json", "application/json", _HOUR)


def _file(name: str, media_type: str, seconds: int) -> Response:
    if any(part.startswith(".") for part in name.removeprefix(".well-known/").split("/")):
        abort(404)  # what a writer has not finished yet
    response = send_from_directory(office().desk.config.public, name, mimetype=media_type, max_age=seconds)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
