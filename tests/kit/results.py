"""Result records for tests that need others than the examples: of another person or platform, or as of now."""

import copy
import json
from datetime import datetime, timedelta
from typing import Any

from tests.kit.home import RESULTS
from verifier.format.timestamp import format_seconds


def record(name: str = "aima-pass.json", **changes: Any) -> bytes:
    """An example with some members set; `candidate__email` is that member of `candidate`."""
    value = json.loads((RESULTS / name).read_bytes())
    for path, new in changes.items():
        *parents, last = path.split("__")
        target = value
        for parent in parents:
            target = target[parent]
        target[last] = copy.deepcopy(new)
    return json.dumps(value, ensure_ascii=False).encode()


def record_of(at: datetime, name: str = "aima-pass.json", **changes: Any) -> bytes:
    """An attempt of ten minutes, scored a moment before `at`."""
    times = {
        f"attempt__{member}": format_seconds(at - timedelta(seconds=seconds))
        for member, seconds in (("startedAt", 601), ("completedAt", 1), ("scoredAt", 1))
    }
    return record(name, **times, **changes)
