"""The example records, in order, through the real command: each does what the manifest says, and nothing more."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from issuer.register import events, transaction
from tests.kit.home import RESULTS, SUFFIXES, Home, Ran, demo, opened
from verifier import reading
from verifier.format.timestamp import parse

MANIFEST: list[dict[str, Any]] = json.loads((RESULTS / "manifest.json").read_text(encoding="utf-8"))
AFTERWARDS = "2028-08-02T00:00:00Z"


@dataclass
class Run:
    """The manifest as it was run once: the answer on each entry, and what a reader found right after each issue."""

    home: Home
    answers: list[Ran] = field(default_factory=list)
    issued: dict[str, str] = field(default_factory=dict)
    verdicts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    new_files: list[set[str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def send(self, entry: dict[str, Any], at: str) -> Ran:
        data = (RESULTS / entry["file"]).read_bytes()
        for text, file in entry.get("replace", {}).items():
            assert text.encode() in data
            data = data.replace(text.encode(), self.issued[file].encode())
        return self.home.certify("issue", "-", "--json", at=at, stdin=data)

    def step(self, entry: dict[str, Any]) -> None:
        before = set(self.home.files("issued"))
        ran = self.send(entry, entry["at"])
        self.answers.append(ran)
        self.new_files.append(set(self.home.files("issued")) - before)
        if ran.json["outcome"] == "issued":
            public_id = self.issued[entry["file"]] = ran.json["publicId"]
            for suffix in SUFFIXES:
                report = self.home.verify(public_id, entry["at"], suffix)
                self.verdicts[entry["file"], suffix] = (str(report.verdict), report.summary)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    run = Run(demo(tmp_path_factory.mktemp("manifest") / "home"))
    for entry in MANIFEST:
        run.step(entry)
    run.files = run.home.files("issued")
    return run


def said(ran: Ran) -> tuple[int, str, list[str], str]:
    return ran.exit, ran.json["outcome"], ran.json["codes"], ran.err


def test_every_record_does_what_the_manifest_says(run: Run) -> None:
    answers = {
        (place, entry["file"]): said(ran) for place, (entry, ran) in enumerate(zip(MANIFEST, run.answers, strict=True))
    }
    assert answers == {
        (place, entry["file"]): (entry["exit"], entry["outcome"], entry["codes"], "")
        for place, entry in enumerate(MANIFEST)
    }


def test_every_rendering_is_valid_for_a_reader_the_moment_it_is_released(run: Run) -> None:
    expected = {
        (entry["file"], suffix): ("valid", "Genuine and in force.")
        for entry in MANIFEST
        if entry["outcome"] == "issued"
        for suffix in SUFFIXES
    }
    assert run.verdicts == expected


def test_files_appear_for_what_was_issued_and_for_nothing_else(run: Run) -> None:
    for entry, ran, new in zip(MANIFEST, run.answers, run.new_files, strict=True):
        public_id = ran.json["publicId"]
        issued = entry["outcome"] == "issued"
        assert new == ({f"{public_id}.r1{suffix}" for suffix in SUFFIXES} if issued else set()), entry["file"]
        assert bool(ran.json["files"]) == (entry["outcome"] in ("issued", "replayed"))
    assert set(run.files) == {f"{public_id}.r1{suffix}" for public_id in run.issued.values() for suffix in SUFFIXES}


def test_nobody_without_a_credential_has_an_award(run: Run) -> None:
    assert {row[0] for row in run.home.rows("SELECT public_id FROM award")} == set(run.issued.values())


def test_both_renderings_say_the_same(run: Run) -> None:
    for public_id in run.issued.values():
        file, compact = (json.loads(run.home.file(public_id, suffix).read_bytes()) for suffix in SUFFIXES[:2])
        assert [file.pop("proof")[0]["cryptosuite"], compact.pop("proof")[0]["cryptosuite"]] == [
            "eddsa-rdfc-2022",
            "eddsa-jcs-2022",
        ]
        token = reading.read(run.home.file(public_id, ".jwt").read_bytes())
        assert token.jws
        assert token.jws.header == {"alg": "EdDSA", "cty": "vc", "kid": token.jws.header["kid"], "typ": "vc+jwt"}
        assert file == compact == token.document


def test_every_index_belongs_to_exactly_one_revision_and_stands_in_its_credential(run: Run) -> None:
    rows = run.home.rows(
        "SELECT purpose, list_number, list_index, public_id FROM status_index JOIN award ON award.id = award_id"
    )
    signed = []
    for public_id in run.issued.values():
        entries = json.loads(run.home.file(public_id).read_bytes())["credentialStatus"]
        for entry in entries if isinstance(entries, list) else [entries]:
            number = int(entry["statusListCredential"].rpartition("/")[2])
            signed.append((entry["statusPurpose"], number, int(entry["statusListIndex"]), public_id))
    assert len({row[:3] for row in rows}) == len(rows)
    assert sorted(rows) == sorted(signed)


def test_the_event_chain_holds_and_tells_every_issue(run: Run) -> None:
    with opened(run.home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None
    kinds = [row[0] for row in run.home.rows("SELECT type FROM event")]
    assert kinds.count("planned") == kinds.count("issued") == len(run.issued)
    assert kinds.count("held") == sum(entry["outcome"] == "held" for entry in MANIFEST)


def test_every_answer_but_a_refusal_has_a_recorded_decision_or_waits_for_one(run: Run) -> None:
    decided = dict(
        run.home.rows("SELECT result.state, count(*) FROM decision JOIN result ON result.seq = result_seq GROUP BY 1")
    )
    outcomes = [entry["outcome"] for entry in MANIFEST]
    assert decided == {"accepted": outcomes.count("issued"), "failed": outcomes.count("failed")}
    assert len(run.home.json("hold", "list", at=AFTERWARDS)) == outcomes.count("held")


@pytest.mark.parametrize(
    ("file", "until"),
    [
        ("aima-pass.json", "2028-07-01T23:59:59Z"),
        ("aima-renewal.json", "2030-07-01T23:59:59Z"),
        ("aima-leap-day.json", "2030-02-28T23:59:59Z"),
    ],
)
def test_it_ends_with_the_right_day(run: Run, file: str, until: str) -> None:
    public_id = run.issued[file]
    assert json.loads(run.home.file(public_id).read_bytes())["validUntil"] == until
    report = run.home.verify(public_id, until)
    assert {check.code for check in report.checks} & {"period.expired", "period.early"} == set()


def test_the_accommodation_does_not_enter_the_credential(run: Run) -> None:
    record = json.loads((RESULTS / "caig-accommodation.json").read_bytes())
    text = run.home.file(run.issued["caig-accommodation.json"]).read_text(encoding="utf-8")
    assert record["attempt"]["accommodation"]["approvalRef"] not in text
    assert "ccommodation" not in text


def test_sent_once_more_the_answers_are_the_first_ones_and_nothing_changes(run: Run) -> None:
    """The last test of the module: it moves the register on."""
    awards = run.home.rows("SELECT * FROM award ORDER BY id")
    first = {"issued": "accepted", "failed": "failed", "held": "held"}
    for entry, before in zip(MANIFEST, run.answers, strict=True):
        again = run.send(entry, AFTERWARDS)
        if entry["outcome"] == "refused":
            assert (again.exit, again.json["outcome"]) == (1, "refused"), entry["file"]
            assert again.json["publicId"] is None
            continue
        assert (again.exit, again.json["outcome"]) == (0, "replayed"), entry["file"]
        assert again.json["codes"][0] == "result.replay"
        assert again.json["publicId"] == before.json["publicId"]
        assert again.json["first"] == first.get(entry["outcome"], "accepted")
        assert again.json["files"] == before.json["files"]
    assert run.home.files("issued") == run.files
    assert run.home.rows("SELECT * FROM award ORDER BY id") == awards
    still = run.home.verify(run.issued["aima-leap-day.json"], AFTERWARDS)
    assert still
    assert still.trust_as_of == parse(AFTERWARDS)
