"""SIGKILL at any moment of an issue, a batch, a withdrawal or a publication: nothing lost, doubled or half-written."""

import json
import multiprocessing
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from issuer.register import events, transaction
from issuer.service.issue import AT_ONCE
from tests.kit.home import AIMA_AT, LATER, REASON, Home, certify, demo, opened
from tests.kit.many import records
from tests.kit.reader import readers
from verifier import reading
from verifier.format import statuslist
from verifier.format.strictjson import load_object

ROUNDS = 100
ROWS = 240
SEED = 20_260_901
MISFORTUNES = multiprocessing.get_context("forkserver")
MISFORTUNES.set_forkserver_preload(["tests.kit.warm"])  # what is killed is the act, not the imports before it


def quietly(*arguments: str) -> None:
    certify(*arguments)


def killed(home: Home, chance: random.Random, longest: float, *arguments: str) -> bool:
    """Run a command and kill it at a random moment; whether it was killed before its end."""
    process = MISFORTUNES.Process(target=quietly, args=(*arguments, "--home", str(home.path)))
    process.start()
    process.join(chance.uniform(0, longest))
    process.kill()
    process.join()
    return process.exitcode != 0


def duration(home: Home, *arguments: str) -> float:
    """How long the command takes from its start in a process of its own, in seconds."""
    begun = time.monotonic()
    process = MISFORTUNES.Process(target=quietly, args=(*arguments, "--home", str(home.path)))
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - begun


def whole(home: Home) -> None:
    """Every file of the home is complete, and the history holds."""
    for folder in ("public", "issued"):
        for name, data in home.files(folder).items():
            if not name.rpartition("/")[2].startswith(".") and not name.endswith((".png", ".bin")):
                (reading.read if name.endswith(".jwt") else load_object)(data)
    with opened(home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None


def leftovers(home: Home, folder: str) -> list[str]:
    names = (path.name for path in (home.path / folder).rglob("*") if path.is_file())
    return [name for name in names if name.startswith(".")]


def bits_set(home: Home) -> int:
    standing = json.loads((home.path / "public" / "status" / "revocation" / "1").read_bytes())
    return sum(byte.bit_count() for byte in statuslist.decode(standing["credentialSubject"]["encodedList"]))


@pytest.mark.slow
def test_whatever_is_killed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, chance = demo(tmp_path / "home"), random.Random(SEED)
    first, *paths = records(tmp_path, range(ROUNDS + 1))
    duration(home, "publish", "--at", AIMA_AT)  # starts the process that the others are forked from
    longest = 1.2 * duration(home, "issue", str(first), "--at", AIMA_AT)
    counted: dict[str, int] = {}

    def rounds(name: str, act: Callable[[int], tuple[str, ...]]) -> None:
        """The moments are drawn from the time that the act takes as the machine is just now."""
        span, counted[name] = longest, 0
        for number in range(ROUNDS):
            was_killed = killed(home, chance, span, *act(number))
            counted[name] += was_killed
            span *= 1.1 if was_killed else 0.85
        whole(home)

    with readers(home.path / "public") as seen:
        rounds("issue", lambda number: ("issue", str(paths[number]), "--at", AIMA_AT))
        planned = dict(home.rows("SELECT result_id, public_id FROM award JOIN result ON result_seq = seq"))
        answers = [home.json("issue", str(path), at=AIMA_AT) for path in paths]
        assert all(planned.get(each["resultId"], each["publicId"]) == each["publicId"] for each in answers), "doubled"
        public_ids = [each["publicId"] for each in answers]
        assert len(set(public_ids)) == len(home.rows("SELECT * FROM award")) - 1 == ROUNDS
        indices = home.rows("SELECT purpose, list_number, list_index FROM status_index")
        assert len(indices) == len(set(indices)) == ROUNDS + 1
        assert all(home.verify(public_id, AIMA_AT) for public_id in public_ids)

        rounds("revoke", lambda number: ("revoke", public_ids[number], *REASON, "--at", LATER))
        withdrawn = {public_id for (public_id,) in home.rows("SELECT public_id FROM award WHERE withdrawn_at > ''")}
        rounds("publish", lambda _: ("publish", "--at", LATER))
        home.json("publish", at=LATER)
        assert bits_set(home) == len(withdrawn)
        for public_id in set(public_ids) - withdrawn:
            home.json("revoke", public_id, *REASON, "--no-publish", at=LATER)
        home.json("publish", at=LATER)

    assert seen.faults == []
    assert bits_set(home) == ROUNDS
    assert {str(home.verify(public_id, LATER).state) for public_id in public_ids} == {"withdrawn"}
    home.json("resume", at=LATER)
    assert leftovers(home, "public") == leftovers(home, "issued") == []
    assert min(counted.values()) > ROUNDS / 4, "killed often enough to mean something"
    with capsys.disabled():
        print(f"\nKilled before the end, of {ROUNDS} each: {counted}; {sum(seen.reads):,} reads beside them")


@pytest.mark.slow
def test_a_batch_that_is_killed_again_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows that share transactions are begun and finished together; whatever was cut short comes out once."""
    home, chance = demo(tmp_path / "home"), random.Random(SEED)
    path, outcome = tmp_path / "batch.jsonl", tmp_path / "batch.jsonl.outcome.jsonl"
    path.write_bytes(b"".join(each.read_bytes() + b"\n" for each in records(tmp_path, range(ROWS))))
    arguments = ("batch", str(path), "--at", AIMA_AT)
    duration(home, "publish", "--at", AIMA_AT)  # starts the process that the others are forked from
    looked = duration(home, *arguments, "--dry-run")
    kills, span = 0, 2 * looked
    while killed(home, chance, span, *arguments):
        kills, span = kills + 1, span * 1.05  # it must come to an end on a slow machine, too
        whole(home)
    lines = [json.loads(line) for line in outcome.read_text(encoding="utf-8").splitlines()[1:]]
    assert [line["resultId"] for line in lines] == [f"res-{number}" for number in range(ROWS)]
    assert sum(line["outcome"] == "replayed" for line in lines) <= kills * AT_ONCE
    held = dict(home.rows("SELECT result_id, public_id FROM award JOIN result ON result_seq = seq"))
    assert held == {line["resultId"]: line["publicId"] for line in lines}
    assert len(home.rows("SELECT * FROM award")) == len(home.rows("SELECT * FROM status_index")) == ROWS
    assert len(home.rows("SELECT * FROM event WHERE type = 'issued'")) == ROWS
    assert home.rows("SELECT count(*) FROM revision WHERE delivered_at IS NULL") == [(0,)]
    home.json("resume", at=AIMA_AT)
    assert leftovers(home, "issued") == []
    assert all(home.verify(public_id, AIMA_AT) for public_id in held.values())
    assert kills > 5, "killed often enough to mean something"
    with capsys.disabled():
        print(f"\nA batch of {ROWS} rows, killed {kills} times")
