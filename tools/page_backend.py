"""Builds the distributions: setuptools, which refuses to where the verify page is missing or older than its sources."""

import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "verifier" / "web"
STYLE = "../../issuer/web/assets/style.css"
"""The style sheet of all pages, which this one has inside."""


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """A wheel with the page, and with nothing that an earlier build has left."""
    require_page(WEB)
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)
    return str(build_meta.build_wheel(wheel_directory, config_settings, metadata_directory))


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    """Sources with the page as it was built, so that a wheel can be made from them without Node.js."""
    require_page(WEB)
    return str(build_meta.build_sdist(sdist_directory, config_settings))


def require_page(web: Path) -> None:
    """Raises SystemExit with a sentence where the page under `web` is not whole, or not that of the sources there."""
    dist = web / "dist"
    try:
        told = json.loads((dist / "digests.json").read_bytes())
    except FileNotFoundError:
        raise _unfit("is not built: verifier/web/dist lacks digests.json") from None
    for name, digest in told["files"].items():
        path = dist / name
        packed = dist / f"{name}.gz"
        if not path.is_file() or not packed.is_file():
            raise _unfit(f"is not whole: verifier/web/dist lacks {name}")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest or gzip.decompress(packed.read_bytes()) != content:
            raise _unfit(f"was changed after it was built: {name}")
    known = {name for each in ("digests.json", *told["files"]) for name in (each, f"{each}.gz")} | {".built"}
    for path in dist.iterdir():
        if path.name not in known:
            raise _unfit(f"has a file beside it that is none of it: {path.name}")
    if (web / "build.mjs").is_file() and sources(web) != told["sources"]:
        raise _unfit("was built from other sources than those that stand here")


def sources(web: Path) -> str:
    """What the page is built from, as one digest; verifier/web/build.mjs writes the same."""
    found = [path for folder in ("page", "src", "data") for path in (web / folder).rglob("*") if path.is_file()]
    names = [path.relative_to(web).as_posix() for path in found] + ["build.mjs", "package-lock.json", STYLE]
    lines = (f"{hashlib.sha256((web / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _unfit(why: str) -> SystemExit:
    return SystemExit(f"The verify page {why}. Install Node.js 20, run make dev, then build again.")
