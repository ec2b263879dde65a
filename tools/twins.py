"""What the verifier in JavaScript and its page share with Python: contexts, dictionaries and tables."""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

from issuer.words import checks
from verifier import limits
from verifier.codes import CODES, Effect, Outcome
from verifier.format.contexts import published_digests
from verifier.format.multikey import SMALL_ORDER_Y
from verifier.kinds import KINDS

VERIFIER = Path(__file__).resolve().parents[1] / "verifier"
WEB = VERIFIER / "web"


def twins() -> dict[Path, bytes]:
    """The files of `verifier/web` that are derived."""
    entries = json.loads((VERIFIER / "data" / "MANIFEST.json").read_bytes())["contexts"]
    folder = VERIFIER / "data" / "contexts"
    documents = {each["url"]: json.loads((folder / each["file"]).read_bytes()) for each in entries}
    return {
        WEB / "data" / "contexts.json": line_by_line(documents),
        WEB / "src" / "limits.mjs": bounds(),
        WEB / "src" / "codes.mjs": codes(),
        WEB / "src" / "kinds.mjs": kinds(),
        WEB / "src" / "sentences.mjs": sentences(),
        WEB / "src" / "format" / "dictionaries.mjs": dictionaries(),
        WEB / "src" / "format" / "points.mjs": points(),
        WEB / "src" / "format" / "published.mjs": published(),
        WEB / "page" / "words" / "questions.mjs": questions(),
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
    purpose = "Every bound of the verifier, with its unit and the reason for it."
    return module(purpose, "limits.py", map(_in_javascript, lines[first:]))


def _in_javascript(line: str) -> str:
    name = line.partition(":")[0]
    return f"export const {name} = {getattr(limits, name):_};" if hasattr(limits, name) else line.replace("#", "//", 1)


def codes() -> bytes:
    """The table of codes.py without its sentences: code -> {check, effect}."""
    rows = {row.code: {"check": row.check, "effect": row.effect} for row in CODES.values()}
    purpose = "The table of codes: for each, its check, and what it does to the verdict. Sentences: see sentences.mjs."
    tables = (("Outcome", members(Outcome)), ("Effect", members(Effect)), ("CODES", rows))
    return module(purpose, "codes.py", (constant(*table) for table in tables))


def sentences() -> bytes:
    """What codes.py tells a reader of each code."""
    rows = {row.code: row.sentence for row in CODES.values()}
    purpose = "A sentence for a reader of each code; loaded by explain.mjs for a report that has a code."
    return module(purpose, "codes.py", [constant("SENTENCES", rows)])


def kinds() -> bytes:
    """How each kind that is not checked here is known."""
    signs = {code: kind.sign for code, kind in KINDS.items()}
    return module("The kinds that are not checked here: how each is known.", "kinds.py", [constant("SIGNS", signs)])


def points() -> bytes:
    """The keys that nobody may accept, by their y."""
    rows = (f"  {y}n,\n" for y in sorted(SMALL_ORDER_Y))
    purpose = "The y coordinates of the eight points of small order."
    return module(purpose, "multikey.py", [f"export const SMALL_ORDER_Y = Object.freeze([\n{''.join(rows)}]);"])


def dictionaries() -> bytes:
    """The built-in dictionaries of QR codes. As texts, because base64 would spoil what packs a page on its way."""
    files = sorted((VERIFIER / "data" / "qr").glob("*.bin"))
    rows = {str(int(path.stem)): path.read_bytes().decode("latin-1") for path in files}
    purpose = "The built-in dictionaries of QR codes by number, a character for each byte."
    return module(purpose, "data/qr", [constant("BUILT_IN", rows)])


def published() -> bytes:
    """The digests of contexts as their authors publish them, where they are known."""
    purpose = "URL -> algorithm -> digest in hex of the bytes that a context's own authors publish, if known."
    return module(purpose, "MANIFEST.json", [constant("PUBLISHED_DIGESTS", dict(published_digests()))])


def questions() -> bytes:
    """What each check asks, and what its outcome answers, in words."""
    purpose = "What each check asks, and what is said of its outcome."
    lines = (constant("QUESTIONS", checks.QUESTIONS), constant("ANSWERS", checks.ANSWERS))
    return module(purpose, "words/checks.py", lines)


def members(enumeration: type[StrEnum]) -> dict[str, str]:
    return {each.name: each.value for each in enumeration}


def constant(name: str, value: dict[str, Any]) -> str:
    return f"export const {name} = Object.freeze({line_by_line(value).decode().rstrip()});"


def module(purpose: str, source: str, lines: Iterable[str]) -> bytes:
    """A module in JavaScript, which says where it comes from."""
    head = f"// {purpose} Written by `make regen` from {source}."
    return "".join(f"{line}\n" for line in (head, "", *lines)).encode()
