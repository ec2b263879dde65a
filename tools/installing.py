"""`pip install` with a line of progress: what is fetched, how many of how many; everything it said when it fails.

Run by make before anything is installed, so the standard library alone is at hand.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
SEEN = re.compile(r"\s*(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._-]+)")
LAST = "Installing collected packages"
EVERY = 10
"""Packages between two lines where there is no terminal."""


def main(arguments: list[str]) -> int:
    """`installing.py REQUIREMENTS`: pip's exit status."""
    wanted = len(PACKAGE.findall(Path(arguments[0]).read_text(encoding="utf-8")))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar", "off"]
    begun = time.monotonic()
    with subprocess.Popen(
        [*pip, "--require-hashes", "-r", arguments[0]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        said = follow(process.stdout, wanted, sys.stderr)
    if process.returncode:
        print("".join(said), file=sys.stderr)
    else:
        print(f"  {wanted} packages are there, after {time.monotonic() - begun:.0f} s.", file=sys.stderr)
    return process.returncode


def follow(lines: Iterable[str], wanted: int, out: TextIO) -> list[str]:
    """Tell how far pip is while it speaks; the answer is all that it said."""
    said, count = list[str](), 0
    for line in lines:
        said.append(line)
        found = SEEN.match(line)
        count += found is not None
        if found and out.isatty():
            print(f"\r\033[K  {count} of {wanted} packages: {found[1]}", end="", file=out, flush=True)
        elif found and count % EVERY == 1:
            print(f"  {count} of {wanted} packages: {found[1]}", file=out, flush=True)
        elif line.startswith(LAST):
            lead = "\r\033[K" if out.isatty() else ""
            print(f"{lead}  {count} of {wanted} packages fetched, now they are installed ...", file=out, flush=True)
    return said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
