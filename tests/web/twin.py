"""The Python end of run_quads.mjs, and what our own engine says in the same form."""

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from verifier.format import meaning, nquads, rdfc
from verifier.format.contexts import Contexts, contexts_for
from verifier.format.errors import FormatError
from verifier.format.strictjson import load_object

Answer = dict[str, Any]
# Names that JavaScript puts before all others, wherever they stand in the text.
_INDEX = re.compile(r'"(?:0|[1-9][0-9]{0,9})": ')
NO_CONTEXTS: Mapping[str, str] = MappingProxyType({})


class Twin:
    """The engine in JavaScript, running. A context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(Path(__file__).with_name("run_quads.mjs"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def ask(self, op: str, text: str, contexts: Mapping[str, str] = NO_CONTEXTS) -> Answer:
        """The answer to one request; see the head of run_quads.mjs."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = json.dumps({"op": op, "text": text, "contexts": dict(contexts)})
        self._process.stdin.write(request.encode() + b"\n")
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline())
        return answer


def ours(op: str, text: str, contexts: Mapping[str, str] = NO_CONTEXTS) -> Answer:
    """What the twin has to answer."""
    try:
        return _OPERATIONS[op](text.encode(), contexts)
    except FormatError as error:
        return {"code": error.code, "detail": error.detail}


def agree(twin: Twin, text: str, contexts: Mapping[str, str] = NO_CONTEXTS) -> str:
    """What both say of a document: "" when they take it, or the code of the refusal."""
    code = ""
    for op in ("meaning", "canonicalize"):
        theirs, expected = twin.ask(op, text, contexts), ours(op, text, contexts)
        code = str(expected.get("code", ""))
        if code and _INDEX.search(text):
            assert "code" in theirs, "of two faults each names the one that it meets first"
        else:
            assert theirs == expected
    return code


def _contexts(texts: Mapping[str, str]) -> Contexts:
    return contexts_for({url: load_object(text.encode()) for url, text in texts.items()})


def _canonicalize(data: bytes, contexts: Mapping[str, str]) -> Answer:
    return {"nquads": rdfc.canonicalize(load_object(data), _contexts(contexts)).decode()}


def _meaning(data: bytes, contexts: Mapping[str, str]) -> Answer:
    part = meaning.defined_part(load_object(data), _contexts(contexts))
    return {"part": json.dumps(part, sort_keys=True)}


def _dataset(data: bytes, _: Mapping[str, str]) -> Answer:
    return {"nquads": rdfc.canonicalize(data).decode()}


def _names(data: bytes, _: Mapping[str, str]) -> Answer:
    return {"names": rdfc.canonical_names(nquads.read(data))}


_OPERATIONS: dict[str, Callable[[bytes, Mapping[str, str]], Answer]] = {
    "canonicalize": _canonicalize,
    "meaning": _meaning,
    "dataset": _dataset,
    "names": _names,
}
