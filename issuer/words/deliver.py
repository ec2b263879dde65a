"""What is said of certificates and badges that were made."""

from pathlib import Path
from typing import Any

from ..service.deliver import Delivery


def one(made: Delivery, path: Path) -> str:
    """Where it lies, and how anyone can check it."""
    return f"{path}: {made.public_id}, revision {made.revision}\nThe signed credential is inside it."


def one_json(made: Delivery, path: Path) -> dict[str, Any]:
    """As `one`; `bytes` is the size of the file."""
    return {"publicId": made.public_id, "revision": made.revision, "file": str(path), "bytes": len(made.content)}
