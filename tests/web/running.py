"""A script in Node.js that answers each line of JSON with another, kept running for many questions."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Answer = dict[str, Any]


class Running:
    """The script of this folder that a subclass names. A context manager."""

    SCRIPT: str

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(Path(__file__).with_name(self.SCRIPT))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def request(self, **request: object) -> Answer:
        """The answer to one request; see the head of the script."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline())
        return answer
