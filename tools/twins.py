"""What the verifier in JavaScript shares with the one in Python: its pinned contexts, and its bounds."""

import json
from pathlib import Path
from typing import Any

from verifier import limits

VERIFIER = Path(__file__).resolve().parents[1] / "verifier"
WEB = VERIFIER / "web"
HEAD = "// Every bound of the verifier, with its unit and the reason for it. Written by `make regen` from limits.py."


def twins() -> dict[Path, bytes]:
    """The files of `verifier/web` that are derived."""
    entries = json.loads((VERIFIER / "data" / "MANIFEST.json").read_bytes())["contexts"]
    folder = VERIFIER / "data" / "contexts"
    documents = {each["url"]: json.loads((folder / each["file"]).read_bytes()) for each in entries}
    published = {each["url"]: each["published"] for each in entries if "published" in each}
    return {
        WEB / "data" / "contexts.json": line_by_line(documents),
        WEB / "data" / "published.json": line_by_line(published),
        WEB / "src" / "limits.mjs": bounds(),
    }


def line_by_line(members: dict[str, Any]) -> bytes:
    """A JSON object with one line for each member: short, and a change shows where it is."""
    lines = (
        f"{json.dumps(name)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for name, value in members.items()
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def bounds() -> bytes:
    """The constants of limits.py as those of a module in JavaScript, with their comments."""
    lines = (VERIFIER / "limits.py").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("#"))
    return "".join(f"{line}\n" for line in (HEAD, "", *map(_in_javascript, lines[first:]))).encode()


def _in_javascript(line: str) -> str:
    name = line.partition(":")[0]
    return f"export const {name} = {getattr(limits, name):_};" if hasattr(limits, name) else line.replace("#", "//", 1)
