"""What is said of a QR code: what it holds and why, for whoever prints it."""

from pathlib import Path
from typing import Any, Final

from ..deliver.qr import MAX_VERSION, Code, Form

_PRIVACY: Final = "Whoever scans it has the whole credential; some scanners keep what they read."


def drawn(code: Code, path: Path, *, wished: bool) -> str:
    """Where the code lies, and what it holds."""
    held = _PRIVACY if code.form is Form.CREDENTIAL else _why(code, wished=wished)
    return f"{path}: {holds(code)} (version {code.version})\n{held}"


def holds(code: Code) -> str:
    """What it holds, in a few words."""
    if code.form is Form.CREDENTIAL:
        return "the whole credential, works offline"
    return "the number only, looked up online"


def _why(code: Code, *, wished: bool) -> str:
    if wished:
        return "As asked for. Without --link it holds the whole credential, where that fits."
    size = f"version {code.needed}" if code.needed else "more than any code holds"
    return f"The whole credential would need {size}; phones read up to {MAX_VERSION}."


def drawn_json(code: Code, path: Path, size_mm: float) -> dict[str, Any]:
    """As `drawn`."""
    return {
        "publicId": code.public_id,
        "form": str(code.form),
        "version": code.version,
        "credentialVersion": code.needed,
        "text": str(code.text),
        "millimetres": size_mm,
        "file": str(path),
    }
