"""Headers of every answer: no script but those of the verify page, no frame, no guess, no leak."""

from typing import Final

from flask import Flask, Response, g, request

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SCRIPTED: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types certify-worker"
)
"""The policy of the verify page: its own scripts and no others, questions to this host alone, and text stays text."""
SCANNER: Final = "default-src 'none'; script-src 'wasm-unsafe-eval'"
"""The policy of its reader of QR codes, a worker: it runs WebAssembly, and can ask nobody anything."""
CHECKER: Final = "default-src 'none'; script-src 'self'"
"""The policy of its verifier, a worker: it runs the page's own scripts, and can ask nobody anything."""
CAMERA: Final = "camera=(self), geolocation=(), microphone=()"
"""What the verify page may ask of a device."""
_ALWAYS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_HTTPS: Final = "max-age=31536000"


def install(app: Flask) -> None:
    """Add them, unless an answer has set its own."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", _HTTPS)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response
