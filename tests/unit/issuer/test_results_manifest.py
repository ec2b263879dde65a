"""The example records, in order, against a register made of dictionaries: each as the manifest says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from issuer.results import (
    EarlierAttempt,
    Holding,
    Judgement,
    Known,
    Outcome,
    Prior,
    Record,
    RecordRefused,
    RecordState,
    judge,
    read_record,
)
from issuer.validity import valid_until
from tests.unit.issuer.result_records import CATALOG, RESULTS, instant

MANIFEST: list[dict[str, Any]] = json.loads((RESULTS / "manifest.json").read_text(encoding="utf-8"))
ZONE = ZoneInfo("UTC")
SPOKEN = {Outcome.ACCEPTED: "issued", Outcome.REPLAY: "replayed"}
# The table of the specification, without transport.signature.
TABLE = {
    "json.strict", "result.replay", "result.conflict", "credential.unknown", "blueprint.unknown",
    "time.format", "time.order", "time.limit", "time.future", "time.stale", "domain.set",
    "domain.size", "domain.range", "number.type", "sum.raw", "sum.max", "pass.mark",
    "percent.mismatch", "outcome.mismatch", "outcome.fail", "attempt.policy", "candidate.name",
    "candidate.mismatch", "assurance.identity", "integrity.hold", "prerequisite.missing",
    "prerequisite.unknown", "prerequisite.holder", "prerequisite.status", "prerequisite.order",
    "experience.missing", "evidence.type", "evidence.digest", "evidence.title", "evidence.duplicate",
    "consent.terms", "duplicate.active",
}  # fmt: skip


@dataclass
class TinyRegister:
    """What a register must remember to fill Known; a person is a platform's candidate id."""

    records: list[tuple[Record, RecordState]] = field(default_factory=list)
    awards: dict[str, list[Holding]] = field(default_factory=dict)
    emails: dict[str, set[str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def known(self, record: Record) -> Known:
        person = record.candidate.candidate_id
        emails = self.emails.get(person, set())
        wanted = record.prerequisite and record.prerequisite.credential_id
        named = [holding for own in self.awards.values() for holding in own if holding.public_id == wanted]
        return Known(
            person=person if person in self.emails else None,
            same_result=self.prior(lambda other: other.result_id == record.result_id),
            same_attempt=self.prior(
                lambda other: (
                    other.result_id != record.result_id
                    and other.platform == record.platform
                    and other.attempt.attempt_id == record.attempt.attempt_id
                )
            ),
            attempts=tuple(self.attempts(record)),
            email_differs=bool(emails and record.candidate.email and record.candidate.email not in emails),
            holdings=tuple(self.awards.get(person, ())),
            named_prerequisite=named[0] if named else None,
        )

    def prior(self, same: Any) -> Prior | None:
        found = [Prior(other.digest, state) for other, state in self.records if same(other)]
        found.sort(key=lambda prior: prior.state is RecordState.REFUSED)  # one that stands goes first
        return found[0] if found else None

    def attempts(self, record: Record) -> list[EarlierAttempt]:
        return [
            EarlierAttempt(other.attempt.number, other.attempt.started_at, other.attempt.completed_at)
            for other, state in self.records
            if state is not RecordState.REFUSED
            and other.result_id != record.result_id
            and other.candidate.candidate_id == record.candidate.candidate_id
            and other.credential == record.credential
        ]

    def keep(self, record: Record, judgement: Judgement) -> str | None:
        """Remember the answer; the public id if something was issued."""
        if judgement.outcome is Outcome.REPLAY:
            return None
        self.records.append((record, RecordState(judgement.outcome.value)))
        person = record.candidate.candidate_id
        if judgement.outcome in (Outcome.ACCEPTED, Outcome.FAILED):
            self.emails.setdefault(person, set()).update(filter(None, [record.candidate.email]))
        return self.award(record, judgement) if judgement.outcome is Outcome.ACCEPTED else None

    def award(self, record: Record, judgement: Judgement) -> str:
        own = self.awards.setdefault(record.candidate.candidate_id, [])
        renewed = [holding.valid_until for holding in own if holding.public_id == judgement.renews]
        previous = renewed[0] if renewed else None
        scored = record.attempt.scored_at
        years = CATALOG.blueprints[record.blueprint].validity_years
        public_id = f"{record.credential}-{scored.year}-{next(self.numbers):08d}"
        own.append(Holding(public_id, record.credential, scored, valid_until(scored, years, ZONE, previous)))
        return public_id


def run(entry: dict[str, Any], register: TinyRegister, issued: dict[str, str]) -> tuple[str, list[str]]:
    data = (RESULTS / entry["file"]).read_bytes()
    for text, file in entry.get("replace", {}).items():
        data = data.replace(text.encode(), issued[file].encode())
    try:
        record = read_record(data)
    except RecordRefused as error:
        return "refused", [finding.code for finding in error.findings]
    judgement = judge(record, register.known(record), CATALOG, instant(entry["at"]))
    public_id = register.keep(record, judgement)
    if public_id:
        issued[entry["file"]] = public_id
    return SPOKEN.get(judgement.outcome, judgement.outcome.value), list(judgement.codes)


def test_every_record_does_what_the_manifest_says() -> None:
    register, issued = TinyRegister(), dict[str, str]()
    answers = {}
    for index, entry in enumerate(MANIFEST):
        answers[index, entry["file"]] = run(entry, register, issued)
    assert answers == {
        (index, entry["file"]): (entry["outcome"], entry["codes"]) for index, entry in enumerate(MANIFEST)
    }
    expiry = {holding.public_id: holding.valid_until for own in register.awards.values() for holding in own}
    assert expiry[issued["aima-renewal.json"]] == datetime.fromisoformat("2030-07-01T23:59:59+00:00")
    assert expiry[issued["aima-leap-day.json"]] == datetime.fromisoformat("2030-02-28T23:59:59+00:00")


def test_the_manifest_is_in_order_and_complete() -> None:
    times = [instant(entry["at"]) for entry in MANIFEST]
    assert times == sorted(set(times))
    files = {path.name for path in RESULTS.glob("*.json")} - {"manifest.json"}
    assert {entry["file"] for entry in MANIFEST} == files
    assert all(entry["exit"] == (entry["outcome"] == "refused") for entry in MANIFEST)
    assert [entry["file"] for entry in MANIFEST[:2]] == ["aima-pass.json", "caig-pass.json"]


def test_every_code_of_the_table_has_an_example() -> None:
    assert {code for entry in MANIFEST for code in entry["codes"]} == TABLE


def test_only_invented_addresses() -> None:
    for entry in MANIFEST:
        text = (RESULTS / entry["file"]).read_text(encoding="utf-8")
        assert all(part.startswith("candidate.example") for part in text.split("@")[1:])
