"""Many people and many processes: records for a crowd, and acts that all begin at once."""

import json
import multiprocessing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.kit.home import RESULTS, Home

RECORD = (RESULTS / "aima-pass.json").read_bytes()
_PATIENCE_SECONDS = 300


def records(folder: Path, people: range) -> list[Path]:
    """A pass of AIMA for each of these people."""
    paths = []
    for number in people:
        record = json.loads(RECORD)
        record["resultId"], record["attempt"]["attemptId"] = f"res-{number}", f"att-{number}"
        record["candidate"] |= {"candidateId": f"cand-{number}", "email": f"n{number}@candidate.example"}
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(record), encoding="utf-8")
    return paths


def in_processes(act: Callable[..., None], home: Home, work: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Run `act` on each part of the work in a process of its own, all at once; the answers."""
    context = multiprocessing.get_context("spawn")
    start, answers = context.Event(), context.Queue()
    processes = [context.Process(target=act, args=(home.path, part, start, answers)) for part in work]
    for process in processes:
        process.start()
    start.set()
    said = [answers.get(timeout=_PATIENCE_SECONDS) for part in work for _ in part]
    for process in processes:
        process.join()
    assert [(status, error) for status, _, error in said] == [(0, "")] * len(said)
    return [json.loads(text) for _, text, _ in said]
