"""Readers of published files beside whoever writes them: no file is ever torn, and none gets older."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PAUSE_SECONDS = 0.002
FILES = ("status/revocation/1", "status/suspension/1", "trust.json")


@dataclass
class Seen:
    """What the readers saw: how often each has read, and every fault."""

    reads: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def readers(public: Path) -> Iterator[Seen]:
    """One reader for each file, until the block ends."""
    finished, seen = threading.Event(), Seen()
    threads = [threading.Thread(target=_read, args=(public / name, finished, seen)) for name in FILES]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        finished.set()
        for thread in threads:
            thread.join()


def _read(path: Path, finished: threading.Event, seen: Seen) -> None:
    newest, reads = [""], 0
    while not finished.wait(_PAUSE_SECONDS) or not reads:
        try:
            found = _dates(json.loads(path.read_bytes()))
        except (ValueError, OSError, KeyError) as error:
            seen.faults.append(f"{path.name}: {error!r}")
            return
        if found < newest:
            seen.faults.append(f"{path.name}: {found} after {newest}")
        newest, reads = found, reads + 1
    seen.reads.append(reads)


def _dates(value: dict[str, Any]) -> list[str]:
    documents = list(value.get("statusLists", {}).values()) or [value]
    return sorted(document["validFrom"] for document in documents)
