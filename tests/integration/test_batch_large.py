"""Thousands of results in one batch of the real command, killed twice: nothing lost, nothing doubled, memory flat.

`CERTIFY_BATCH_ROWS=10000` takes as many as a large exam day has, which is a quarter of an hour on a slow machine.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from issuer.service.issue import AT_ONCE
from tests.kit.home import AIMA_AT, RESULTS, Home, demo

ROWS = int(os.environ.get("CERTIFY_BATCH_ROWS", "3000"))
FEW = ROWS // 3
KILLED_AFTER = (FEW // 3, FEW * 3 // 4)
MARGIN = 8 << 20
POLL_SECONDS = 0.05
CERTIFY = Path(sys.executable).with_name("certify")


def write_batch(path: Path, rows: int) -> Path:
    record = json.loads((RESULTS / "aima-pass.json").read_bytes())
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            record["resultId"], record["attempt"]["attemptId"] = f"res-{number}", f"att-{number}"
            record["candidate"] |= {"candidateId": f"cand-{number}", "email": f"n{number}@candidate.example"}
            file.write(json.dumps(record) + "\n")
    return path


@contextmanager
def started(home: Home, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with (home.path.parent / "stderr").open("ab") as stderr:
        command = [str(CERTIFY), "batch", *arguments, "--home", str(home.path), "--at", AIMA_AT]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr) as process:
            try:
                yield process
            finally:
                process.kill()


def peak(process: subprocess.Popen[bytes]) -> int:
    """The most memory that the process ever held, in bytes; 0 when it has gone."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)


def last_peak(process: subprocess.Popen[bytes], until: Callable[[], bool] = lambda: False) -> int:
    """The peak when `until` comes true, or shortly before the process ends."""
    highest = 0
    while process.poll() is None and not until():
        highest = max(highest, peak(process))
        time.sleep(POLL_SECONDS)
    return max(highest, peak(process))


class Outcome:
    """The outcome file as it grows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = -1
        self._read = 0

    def reaches(self, rows: int) -> Callable[[], bool]:
        def reached() -> bool:
            if self.path.exists():
                with self.path.open("rb") as file:
                    file.seek(self._read)
                    new = file.read()
                self.rows, self._read = self.rows + new.count(b"\n"), self._read + len(new)
            return self.rows >= rows

        return reached


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_thousands_of_results_survive_two_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = demo(tmp_path / "home")
    with started(home, str(write_batch(tmp_path / "few.jsonl", FEW)), "--dry-run") as process:
        few_looked_at = last_peak(process)
    batch, begun = write_batch(tmp_path / "batch.jsonl", ROWS), time.monotonic()
    outcome = Outcome(tmp_path / "batch.jsonl.outcome.jsonl")
    with started(home, str(batch)) as process:
        all_looked_at = last_peak(process, outcome.reaches(1))
        looked_seconds = time.monotonic() - begun
        last_peak(process, outcome.reaches(KILLED_AFTER[0]))
        os.kill(process.pid, signal.SIGKILL)
    with started(home, str(batch)) as process:
        last_peak(process, outcome.reaches(KILLED_AFTER[1]))
        os.kill(process.pid, signal.SIGKILL)
    with started(home, str(batch)) as process:
        few_answered = last_peak(process, outcome.reaches(FEW))
        since = time.monotonic()
        all_answered = last_peak(process)
        seconds = time.monotonic() - since
        said = process.communicate()[0].decode()
        assert process.returncode == 0, said
    with capsys.disabled():
        print(f"\n{ROWS:,} rows, killed twice: {time.monotonic() - begun:.0f} s")
        print(f"Looked at {ROWS / looked_seconds:.0f} a second, answered {(ROWS - FEW) / seconds:.1f} a second")
        print(f"Peak memory to look at {FEW:,} and {ROWS:,}: {few_looked_at >> 20} and {all_looked_at >> 20} MiB")
        print(f"Peak memory to answer {FEW:,} and {ROWS:,}: {few_answered >> 20} and {all_answered >> 20} MiB")
    check_answers(home, outcome.path)
    assert "Answered " in (tmp_path / "stderr").read_text(encoding="utf-8")
    assert all_looked_at < few_looked_at + MARGIN
    assert all_answered < few_answered + MARGIN


def check_answers(home: Home, path: Path) -> None:
    """Every row once in the file and once in the register, and both tell of the same credentials."""
    head, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert head["rows"] == ROWS
    assert [line["row"] for line in lines] == [*range(1, ROWS + 1)]
    assert [line["resultId"] for line in lines] == [f"res-{number}" for number in range(ROWS)]
    assert {(line["outcome"], line["first"]) for line in lines} <= {("issued", None), ("replayed", "accepted")}
    assert sum(line["outcome"] == "replayed" for line in lines) <= len(KILLED_AFTER) * AT_ONCE
    awards = home.rows("SELECT result_id, public_id FROM award JOIN result ON result.seq = result_seq")
    assert len(awards) == len({public_id for _, public_id in awards}) == ROWS
    assert dict(awards) == {line["resultId"]: line["publicId"] for line in lines}
    indices = home.rows("SELECT purpose, list_number, list_index FROM status_index")
    assert len(indices) == len(set(indices)) == ROWS
    assert home.rows("SELECT count(*) FROM revision WHERE delivered_at IS NULL") == [(0,)]
    assert len([*(home.path / "issued").iterdir()]) == 3 * ROWS
    for line in lines[:: ROWS // 10]:
        assert home.verify(line["publicId"], AIMA_AT)
