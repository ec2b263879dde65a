"""The memory of a trust folder, by the real command and the real clock: what was seen once is not forgotten."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.kit.credentials import REVOCATION, aima
from tests.kit.minting import HOLDER, ISSUER, changed, encoded
from verifier.cli import main
from verifier.format.timestamp import format_milliseconds
from verifier.format.types import JsonObject

NOW = datetime.now(UTC)
INDEX = 48213
LONG = "2099-01-01T00:00:00Z"


def revocation(hours: float, *revoked: int, lasts: float = 1000) -> JsonObject:
    """The list as it was signed so many hours ago (less than none: in the future), valid for `lasts` hours."""
    start = NOW - timedelta(hours=hours)
    dates: JsonObject = {
        "validFrom": format_milliseconds(start),
        "validUntil": format_milliseconds(start + timedelta(hours=lasts)),
    }
    return ISSUER.secured({**ISSUER.status_list("revocation", REVOCATION, frozenset(revoked)), **dates})


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        report = json.loads(self.out)
        found = [check["code"] for check in report["checks"] if check["code"]]
        return found + [notice["code"] for notice in report["warnings"]]


@dataclass(frozen=True)
class Reader:
    """Somebody with a trust folder and a credential."""

    folder: Path

    @property
    def seen(self) -> Path:
        return self.folder / "trust" / "seen.json"

    @property
    def memory(self) -> Any:
        return json.loads(self.seen.read_bytes())

    def holds(self, *lists: JsonObject) -> None:
        """The folder holds these lists, and nothing else but the trust file and the memory."""
        for path in (self.folder / "trust").glob("list-*.json"):
            path.unlink()
        for place, each in enumerate(lists):
            (self.folder / "trust" / f"list-{place}.json").write_bytes(encoded(each))

    def check(self, *arguments: str, file: str = "aima.json", trust: str = "trust") -> Ran:
        """The command's own entry point, without the fifth of a second that starting Python takes."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main([file, "--trust", trust, "--json", *arguments])
            except SystemExit as stopped:  # argparse has said what is wrong
                status = int(str(stopped.code))
        return Ran(status, out.getvalue(), err.getvalue())

    def forget(self, *arguments: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["--forget", *arguments])
        return Ran(status, out.getvalue(), err.getvalue())

    def process(self, *arguments: str) -> Ran:
        """The real command, in a process of its own."""
        run = subprocess.run(
            [sys.executable, *arguments, "aima.json", "--trust", "trust", "--json"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in run.stderr, run.stderr
        return Ran(run.returncode, run.stdout, run.stderr)

    def given(self, *lists: JsonObject, file: str = "aima.json") -> Ran:
        """The check with these lists in the folder."""
        self.holds(*lists)
        return self.check(file=file)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "trust.json").write_bytes(encoded(ISSUER.trust_file(statusLists={})))
    document = changed(aima(), validUntil=LONG)
    (tmp_path / "aima.json").write_bytes(encoded(ISSUER.secured(document)))
    return Reader(tmp_path)


def test_the_newest_list_is_remembered(reader: Reader) -> None:
    assert reader.given(revocation(5)).status == 0
    assert reader.memory["statusLists"] == {REVOCATION: revocation(5)}
    assert reader.given(revocation(3)).status == 0
    assert reader.memory["statusLists"] == {REVOCATION: revocation(3)}
    assert reader.given(revocation(4)).status == 0
    assert reader.memory["statusLists"] == {REVOCATION: revocation(3)}
    assert reader.given().status == 0, "the remembered list is enough"
    assert not list((reader.folder / "trust").glob(".seen-*"))


def test_a_folder_that_an_issuer_publishes_stays_as_it_is_and_is_remembered(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older list still never wins: what was seen is kept in the reader's own state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (reader.folder / "trust" / ".well-known").mkdir()
    (reader.folder / "trust" / ".well-known" / "did.json").write_text("{}")
    assert reader.given(revocation(3, INDEX)).status == 1
    assert reader.given(revocation(9)).status == 1
    assert not reader.seen.exists()
    assert len(list((tmp_path / "state").rglob("seen.json"))) == 1


def test_the_real_command_remembers(reader: Reader) -> None:
    reader.holds(revocation(3, INDEX))
    assert reader.process("-m", "verifier").status == 1
    reader.holds(revocation(5))
    ran = reader.process("-m", "verifier")
    assert (ran.status, ran.codes, ran.err) == (1, ["status.revoked"], "")


def test_an_older_list_never_wins(reader: Reader) -> None:
    assert reader.given(revocation(3, INDEX)).status == 1
    assert reader.given(revocation(5)).codes == ["status.revoked"]
    assert reader.given().codes == ["status.revoked"]


def test_an_older_list_never_wins_when_the_newer_has_expired(reader: Reader) -> None:
    assert reader.given(revocation(3, lasts=2)).codes == ["status.stale"]
    ran = reader.given(revocation(5))
    assert (ran.status, ran.codes) == (3, ["status.stale"])
    assert reader.given(revocation(1)).status == 0, "a newer one does"


def test_an_expired_list_that_showed_a_withdrawal(reader: Reader) -> None:
    assert "status.revoked" in reader.given(revocation(3, INDEX, lasts=2)).codes
    assert "status.revoked" in reader.given(revocation(5)).codes


def test_a_withdrawal_is_not_taken_back(reader: Reader) -> None:
    assert reader.given(revocation(5, INDEX)).status == 1
    ran = reader.given(revocation(3))
    assert (ran.status, ran.codes) == (1, ["status.revoked", "status.unrevoked"])
    assert reader.memory["statusLists"] == {REVOCATION: revocation(3)}
    assert reader.memory["olderLists"] == {REVOCATION: [revocation(5, INDEX)]}
    assert reader.given(revocation(2)).codes == ["status.revoked", "status.unrevoked"]


def test_the_newest_is_remembered_also_after_a_withdrawal_was_taken_back(reader: Reader) -> None:
    """Else whoever makes the issuer take one back could freeze what is known of all the others."""
    assert reader.given(revocation(5, 7)).status == 0
    assert reader.given(revocation(3, INDEX)).status == 1
    assert reader.given(revocation(4)).codes == ["status.revoked"]


def test_a_list_from_the_far_future_is_open_and_not_remembered(reader: Reader) -> None:
    assert reader.given(revocation(3)).status == 0
    ran = reader.given(revocation(-500))
    assert (ran.status, ran.codes) == (3, ["status.early"])
    assert reader.memory["statusLists"] == {REVOCATION: revocation(3)}
    assert reader.given().status == 0


def test_a_forged_list_is_not_remembered(reader: Reader) -> None:
    forged = {**revocation(3), "validFrom": format_milliseconds(NOW - timedelta(hours=1))}
    assert reader.given(forged).codes == ["status.not-genuine"]
    assert reader.memory["statusLists"] == {}
    assert reader.given(forged, revocation(5)).status == 0


def test_lists_of_a_presentation_are_remembered(reader: Reader) -> None:
    credential = json.loads((reader.folder / "aima.json").read_bytes())
    (reader.folder / "vp.json").write_bytes(encoded(HOLDER.signed(HOLDER.presentation(credential))))
    assert reader.given(revocation(3, INDEX), file="vp.json").status == 1
    assert reader.given(revocation(5), file="vp.json").status == 1


def test_a_compromised_key_is_remembered_when_only_the_old_trust_file_is_left(reader: Reader) -> None:
    trust = reader.folder / "trust" / "trust.json"
    old = trust.read_bytes()
    marked: JsonObject = {"id": ISSUER.method, "compromised": "2026-07-01T00:00:00Z"}
    trust.write_bytes(encoded(ISSUER.trust_file(issuers=[{"id": ISSUER.did, "keys": [marked]}], statusLists={})))
    assert reader.given(revocation(3)).codes == ["method.compromised"]
    trust.write_bytes(old)
    assert reader.given(revocation(3)).codes == ["method.compromised"]
    reader.seen.unlink()
    assert reader.given(revocation(3)).status == 0


def test_a_clock_that_was_set_back(reader: Reader) -> None:
    """As it looks afterwards: the memory was written at a time that has not come yet."""
    assert reader.given(revocation(3)).status == 0
    later = format_milliseconds(NOW + timedelta(hours=1))
    reader.seen.write_bytes(encoded({**reader.memory, "seenAt": later}))
    ran = reader.check()
    assert (ran.status, ran.codes) == (3, ["clock.behind"])
    assert reader.memory["seenAt"] == later
    assert reader.check("--at", format_milliseconds(datetime.now(UTC))).status == 0, "a chosen time is no clock"


def test_a_clock_that_was_once_ahead_can_be_put_right(reader: Reader) -> None:
    """Found where every answer stayed open for ever, and said to set a clock that was right."""
    assert reader.given(revocation(3, 7)).status == 0
    reader.seen.write_bytes(encoded({**reader.memory, "seenAt": LONG}))
    ran = reader.check()
    assert (ran.status, ran.codes) == (3, ["clock.behind"])
    assert "--forget --trust" in json.loads(ran.out)["summary"]
    forgot = reader.forget("--trust", "trust")
    assert (forgot.status, forgot.err) == (0, "")
    assert "forgot the time 2099-01-01T00:00:00Z" in forgot.out
    assert "Lists kept: 1." in forgot.out
    assert "Lost: " in forgot.out
    assert reader.memory["statusLists"] == {REVOCATION: revocation(3, 7)}
    assert reader.check().status == 0
    assert "nothing was forgotten" in reader.forget("--trust", "trust").out


def test_a_damaged_memory_can_be_forgotten_and_so_can_several(reader: Reader) -> None:
    other = reader.folder / "other"
    other.mkdir()
    (other / "copy.json").write_bytes(encoded({"seenAt": LONG, "statusLists": {}}))
    reader.seen.write_bytes(b"{")
    assert reader.check().status == 2
    forgot = reader.forget("--trust", "trust", "--trust", "other")
    assert (forgot.status, len(forgot.out.splitlines())) == (0, 2)
    assert "is removed. Lost: " in forgot.out
    assert not reader.seen.exists()
    assert reader.given(revocation(3)).status == 0
    reader.seen.unlink()
    assert "Nothing is remembered" in reader.forget("--trust", "trust").out


@pytest.mark.parametrize(
    "arguments", [[], ["aima.json", "--trust", "trust"], ["--trust", "trust", "--at", LONG], ["--trust", "nowhere"]]
)
def test_what_cannot_be_forgotten(reader: Reader, arguments: list[str]) -> None:
    reader.seen.write_bytes(encoded({"seenAt": LONG, "statusLists": {}}))
    assert reader.forget(*arguments).status == 2
    assert reader.memory["seenAt"] == LONG


def test_a_clock_a_little_behind_is_fine(reader: Reader) -> None:
    assert reader.given(revocation(3)).status == 0
    soon = format_milliseconds(datetime.now(UTC) + timedelta(seconds=30))
    reader.seen.write_bytes(encoded({**reader.memory, "seenAt": soon}))
    assert reader.check().status == 0
    assert reader.memory["seenAt"] == soon


def test_a_chosen_time_writes_nothing(reader: Reader) -> None:
    reader.holds(revocation(3))
    now = format_milliseconds(datetime.now(UTC))
    assert reader.check("--at", now).status == 0
    assert not reader.seen.exists()
    assert reader.check().status == 0
    before = reader.seen.read_bytes()
    assert reader.check("--at", now).status == 0
    assert reader.seen.read_bytes() == before


def test_a_folder_that_may_not_be_written(reader: Reader) -> None:
    reader.holds(revocation(3))
    trust = reader.folder / "trust"
    trust.chmod(0o555)
    try:
        if os.access(trust, os.W_OK):
            pytest.skip("This user may write everywhere.")
        ran = reader.check()
        assert (ran.status, ran.err) == (0, "")
        assert not reader.seen.exists()
    finally:
        trust.chmod(0o755)


def test_a_single_file_has_no_memory(reader: Reader) -> None:
    assert reader.check(trust="trust/trust.json").status == 3
    assert not reader.seen.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b'{"seenAt":"2026-01-01T00:00:00Z","statusLists":[]}x',
        b'{"seenAt":"yesterday","statusLists":{}}',
        b'{"seenAt":"2026-01-01T00:00:00Z","statusLists":[1]}',
        b'{"seenAt":"2026-01-01T00:00:00Z","statusLists":{"urn:x":5}}',
        b'{"seenAt":"2026-01-01T00:00:00Z","statusLists":{},"olderLists":[5]}',
        b'{"seenAt":"2026-01-01T00:00:00Z","statusLists":{},"more":1}',
        bytes(100),
    ],
)
def test_a_damaged_memory_is_named(reader: Reader, content: bytes) -> None:
    """Going on without it would forget withdrawals in silence."""
    reader.holds(revocation(3))
    reader.seen.write_bytes(content)
    ran = reader.check()
    assert (ran.status, ran.out) == (2, "")
    assert "seen.json" in ran.err
    assert reader.seen.read_bytes() == content


@pytest.mark.parametrize("entry", [{}, {"validFrom": "never"}, {"validFrom": 5, "credentialSubject": []}])
def test_a_memory_with_something_else_in_it(reader: Reader, entry: JsonObject) -> None:
    seen: JsonObject = {"seenAt": "2026-01-01T00:00:00Z", "statusLists": {REVOCATION: entry}}
    reader.seen.write_bytes(encoded(seen))
    assert reader.given(revocation(3)).status == 0
    assert reader.memory["statusLists"] == {REVOCATION: revocation(3)}


# --- The command beside it ----------------------------------------------------------------------------------


def test_a_code_is_explained(reader: Reader) -> None:
    def explain(*arguments: str) -> Ran:
        return reader.check("--explain", *arguments)

    one = explain("status.revoked")
    assert one.status == 0
    assert one.out.startswith("status.revoked (not-revoked, failed)\n")
    every = explain("all")
    assert every.status == 0
    assert {"clock.behind", "limit.time", "online.tls"} <= {line.partition(" ")[0] for line in every.out.splitlines()}
    unknown = explain("no.such-code")
    assert (unknown.status, unknown.out) == (2, "")
    assert "no.such-code" in unknown.err


def test_a_presentation_for_an_occasion(reader: Reader) -> None:
    credential = json.loads((reader.folder / "aima.json").read_bytes())
    vp = HOLDER.signed(HOLDER.presentation(credential), challenge="c-1", domain="verifier.example")
    (reader.folder / "vp.json").write_bytes(encoded(vp))
    reader.holds(revocation(3))
    asked = ("--challenge", "c-1", "--domain", "verifier.example")
    assert reader.check(*asked, file="vp.json").codes == []
    assert reader.check(file="vp.json").codes == ["presentation.unasked"] * 2
    assert reader.check("--challenge", "c-2", *asked[2:], file="vp.json").codes == ["presentation.challenge"]
    assert reader.check(*asked[:2], "--domain", "else.example", file="vp.json").codes == ["presentation.domain"]


@pytest.mark.parametrize(
    "arguments",
    [["--online=yes"], ["--onlin"], ["--challenge"], ["--explain"], ["--max-status-age", "1"], ["--at", "2026-01-01"]],
)
def test_a_wrong_command_line(reader: Reader, arguments: list[str]) -> None:
    ran = reader.check(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "certify-verify" in ran.err


def test_a_check_that_takes_too_long_is_stopped(reader: Reader) -> None:
    program = (
        "import sys, time, verifier.cli as cli; cli.MAX_VERIFY_SECONDS = 0.1; "
        "cli.verify = lambda *_, **__: time.sleep(60); sys.exit(cli.main(sys.argv[1:]))"
    )
    ran = reader.process("-c", program)
    assert (ran.status, ran.codes) == (3, ["limit.time"])
