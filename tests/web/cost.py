"""What a file costs each of the two verifiers, in a process of its own."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.kit import measured
from tests.kit.minting import AT
from verifier.format.timestamp import format_seconds


class Cost(NamedTuple):
    """The verdict, CPU seconds, and bytes of memory at the highest."""

    verdict: str
    seconds: float
    peak: int


def in_python(folder: Path, data: bytes, *trust: bytes) -> Cost:
    """By the real command."""
    names = _written(folder, data, trust)
    options = [part for name in names[1:] for part in ("--trust", name)]
    found = measured.run(folder, names[0], *options, "--json", "--at", format_seconds(AT))
    return Cost(json.loads(found.out)["verdict"], found.seconds, found.peak)


def in_node(folder: Path, data: bytes, *trust: bytes) -> Cost:
    """By `verify` alone, as the page calls it."""
    script = str(Path(__file__).with_name("run_cost.mjs"))
    done = subprocess.run(
        ["node", script, format_seconds(AT), *_written(folder, data, trust)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    found = json.loads(done.stdout)
    return Cost(found["verdict"], found["seconds"], found["peak"])


def _written(folder: Path, data: bytes, trust: tuple[bytes, ...]) -> list[str]:
    """The names of the files: the document, then the trust."""
    names = ["file", *(f"trust-{place}.json" for place in range(len(trust)))]
    for name, content in zip(names, (data, *trust), strict=True):
        (folder / name).write_bytes(content)
    return names
