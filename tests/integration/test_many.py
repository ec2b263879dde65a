"""Many processes at once on one register: nothing is lost, doubled or withdrawn for somebody else."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.kit.home import AIMA_AT, LATER, REASON, certify, demo
from tests.kit.many import in_processes, records
from tests.kit.reader import readers
from verifier.format import statuslist

PROCESSES, EACH, SHARED, WITHDRAWN = 8, 100, 20, 400


def issue_all(home: Path, paths: list[Path], start: Any, answers: Any) -> None:
    start.wait()
    ran = certify("issue", *map(str, paths), "--json", "--home", str(home), "--at", AIMA_AT)
    for answer in json.loads(ran.out):
        answers.put((ran.exit, json.dumps(answer), ran.err))


def revoke_all(home: Path, public_ids: list[str], start: Any, answers: Any) -> None:
    start.wait()
    for public_id in public_ids:
        ran = certify("revoke", public_id, *REASON, "--json", "--home", str(home), "--at", LATER)
        answers.put((ran.exit, ran.out, ran.err))


@pytest.mark.slow
def test_eight_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = demo(tmp_path / "home")
    own = EACH - SHARED
    paths = records(tmp_path, range(SHARED + PROCESSES * own))
    shared, rest = paths[:SHARED], paths[SHARED:]
    work = [[*rest[n * own : (n + 1) * own], *shared] for n in range(PROCESSES)]

    begun = time.monotonic()
    answers = in_processes(issue_all, home, work)
    issuing = time.monotonic() - begun
    ids: dict[str, set[str]] = {}
    for answer in answers:
        ids.setdefault(answer["resultId"], set()).add(answer["publicId"])
    assert len(answers) == PROCESSES * EACH
    assert len(ids) == len(paths), "none is lost"
    assert all(len(public_ids) == 1 for public_ids in ids.values()), "none is issued twice"
    assert [answer["outcome"] for answer in answers].count("issued") == len(paths)
    indices = home.rows("SELECT purpose, list_number, list_index FROM status_index")
    assert len(indices) == len(set(indices)) == len(paths)
    assert len(home.rows("SELECT * FROM award")) == len(home.rows("SELECT DISTINCT person_id FROM award")) == len(paths)
    public_ids = sorted(public_id for (public_id,) in ids.values())
    assert all(home.verify(public_id, AIMA_AT) for public_id in public_ids[::20])

    gone = public_ids[:WITHDRAWN]
    begun = time.monotonic()
    with readers(home.path / "public") as seen:
        in_processes(revoke_all, home, [gone[n::PROCESSES] for n in range(PROCESSES)])
    withdrawing = time.monotonic() - begun
    assert seen.faults == []
    standing = json.loads((home.path / "public" / "status" / "revocation" / "1").read_bytes())
    bits = statuslist.decode(standing["credentialSubject"]["encodedList"])
    assert sum(byte.bit_count() for byte in bits) == WITHDRAWN
    assert {str(home.verify(public_id, LATER).state) for public_id in gone[::20]} == {"withdrawn"}
    assert all(home.verify(public_id, LATER) for public_id in public_ids[WITHDRAWN::20])
    assert home.json("log", at=LATER)["intact"]
    with capsys.disabled():
        print(
            f"\n{PROCESSES} processes: {len(answers)} issues in {issuing:.1f} s, {WITHDRAWN} withdrawals, each "
            f"published, in {withdrawing:.1f} s; {sum(seen.reads):,} reads beside them"
        )
