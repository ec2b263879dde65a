"""The Python end of run_quads.mjs, and what our own engine says in the same form."""

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.web.running import Answer, Running
from verifier.format import meaning, nquads, rdfc
from verifier.format.contexts import Contexts, contexts_for
from verifier.format.errors import FormatError
from verifier.format.steps import Steps
from verifier.format.strictjson import load_object

# Names that JavaScript puts before all others, wherever they stand in the text.
_INDEX = re.compile(r'"(?:0|[1-9][0-9]{0,9})": ')
NO_CONTEXTS: Mapping[str, str] = MappingProxyType({})


class Twin(Running):
    """The engine in JavaScript, running."""

    SCRIPT = "run_quads.mjs"

    def ask(self, op: str, text: str, contexts: Mapping[str, str] = NO_CONTEXTS) -> Answer:
        """The answer to one request; see the head of run_quads.mjs."""
        return self.request(op=op, text=text, contexts=dict(contexts))


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


def _contexts(texts: Mapping[str, str], steps: Steps) -> Contexts:
    return contexts_for({url: load_object(text.encode()) for url, text in texts.items()}, steps)


def _canonicalize(data: bytes, contexts: Mapping[str, str]) -> Answer:
    steps = Steps()
    nquads = rdfc.canonicalize(load_object(data), _contexts(contexts, steps), rdfc.Work(steps)).decode()
    return {"nquads": nquads, "steps": steps.taken}


def _meaning(data: bytes, contexts: Mapping[str, str]) -> Answer:
    steps = Steps()
    part = meaning.defined_part(load_object(data), _contexts(contexts, steps))
    return {"part": json.dumps(part, sort_keys=True), "steps": steps.taken}


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
