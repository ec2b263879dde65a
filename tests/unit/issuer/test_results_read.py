"""Reading a result record: every fault of shape with its code, and never another exception."""

import json
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.catalog import read_schema
from issuer.results import Record, RecordRefused, check_evidence_bytes, read_record
from tests.unit.issuer.result_records import DROP, change, good

NO_CLAIM = {"credential": "AIMA", "credentialId": None, "waiver": None}


def refused(data: bytes) -> list[str]:
    with pytest.raises(RecordRefused) as caught:
        read_record(data)
    return [finding.code for finding in caught.value.findings]


def test_values_arrive_as_they_were_sent() -> None:
    data = change(good("caig"), {})
    record = read_record(data)
    assert (record.raw, record.digest) == (data, sha256(data).hexdigest())
    assert record.attempt.started_at.isoformat() == "2026-07-08T01:00:00+00:00"
    assert record.prerequisite is not None
    assert (record.prerequisite.credential, record.prerequisite.waiver) == ("AIMA", None)
    assert [item.type for item in record.evidence] == ["model-card", "risk-register"]
    assert sum(score.correct for score in record.domains) == record.overall.raw_score


def test_optional_things_may_be_left_out() -> None:
    record = read_record(
        change(
            good("aima"),
            {
                "candidate.email": DROP,
                "candidate.subjectId": DROP,
                "attempt.accommodation": DROP,
                "overall.percent": DROP,
            },
        )
    )
    assert (record.candidate.email, record.candidate.subject_id) == (None, None)
    assert (record.attempt.accommodation, record.overall.percent) == (None, None)


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("aima", {"answers": []}, "json.strict"),
        ("aima", {"candidate.age": 40}, "json.strict"),
        ("aima", {"candidate.displayName": DROP}, "json.strict"),
        ("aima", {"consents.discloseScore": "no"}, "json.strict"),
        ("aima", {"schema": "result-record/2"}, "json.strict"),
        ("aima", {"outcome": "passed"}, "json.strict"),
        ("aima", {"resultId": "res\n1"}, "json.strict"),
        ("aima", {"resultId": "res_1\n"}, "json.strict"),
        ("aima", {"candidate.email": "no address"}, "json.strict"),
        ("aima", {"attempt.number": 0}, "json.strict"),
        ("aima", {"attempt.accommodation": {"extraMinutes": 15}}, "json.strict"),
        ("aima", {"attempt.accommodation": {"extraMinutes": 15, "approvalRef": "A\u202eB"}}, "json.strict"),
        ("aima", {"prerequisite": NO_CLAIM}, "json.strict"),
        ("aima", {"experience": {"declared": True, "initiatives": 1, "from": "2026-03-01"}}, "json.strict"),
        ("caig", {"evidence.0.bytes": "AAAA"}, "json.strict"),
        ("caig", {"prerequisite.waiver": {"code": "X", "date": "2026-07-01"}}, "json.strict"),
        ("aima", {"domains.0.correct": 4.0}, "number.type"),
        ("aima", {"domains.0.correct": True}, "number.type"),
        ("aima", {"overall.rawScore": "12"}, "number.type"),
        ("aima", {"attempt.number": 1.0}, "number.type"),
        ("caig", {"experience.initiatives": 1.5}, "number.type"),
        ("caig", {"evidence.0.byteLength": None}, "number.type"),
        ("aima", {"attempt.startedAt": "2026-07-01T09:00:00"}, "time.format"),
        ("aima", {"attempt.startedAt": "2026-07-01"}, "time.format"),
        ("aima", {"attempt.startedAt": "2026-07-01T09:00:00Z\n"}, "time.format"),
        ("aima", {"attempt.startedAt": "２026-07-01T09:00:00Z"}, "time.format"),
        ("aima", {"attempt.startedAt": "2026-02-30T09:00:00Z"}, "time.format"),
        ("aima", {"attempt.scoredAt": 1782896400}, "time.format"),
        ("caig", {"experience.from": "2026-W10-1"}, "time.format"),
        ("caig", {"experience.from": "20260301"}, "time.format"),
        ("caig", {"evidence.0.preparedAt": "2026-06-31"}, "time.format"),
        ("aima", {"overall.percent": 80.0}, "percent.mismatch"),
    ],
)
def test_one_fault_one_code(name: str, changes: dict[str, Any], code: str) -> None:
    assert refused(change(good(name), changes)) == [code]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}x",
        b'{"a": 1, "a": 1}',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b'"\\ud800"',
        b"[" * 100_000,
        b" " * 70_000,
    ],
)
def test_what_is_not_strict_json_of_one_object(data: bytes) -> None:
    assert refused(data) == ["json.strict"]


def test_every_fault_is_said() -> None:
    changes = {
        "schema": DROP,
        "extra": 1,
        "another": 2,
        "candidate.candidateId": DROP,
        "attempt.startedAt": "soon",
        "attempt.number": 1.0,
        "overall.percent": 80,
    }
    codes = refused(change(good("aima"), changes))
    assert sorted(codes) == ["json.strict"] * 4 + ["number.type", "percent.mismatch", "time.format"]


def test_an_empty_record_lacks_each_field_once() -> None:
    lacking = [f"The record lacks {name}: add it." for name in read_schema("result-record-1")["required"]]
    with pytest.raises(RecordRefused) as caught:
        read_record(b'{"surprise": 1}')
    details = [finding.detail for finding in caught.value.findings]
    unknown = "The record has a field that no record has (surprise): leave it out."
    assert sorted(details) == sorted([*lacking, unknown])


def test_the_number_of_findings_is_bounded() -> None:
    assert len(refused(change(good("aima"), {"domains": [0] * 5_000}))) == 100


def test_no_finding_names_the_person() -> None:
    secret = "ada@example"
    changes = {
        "candidate.email": [secret],
        "candidate.displayName": {secret: secret},
        secret: secret,
        "outcome": secret,
    }
    data = change(good("aima"), changes)
    duplicate = json.dumps({secret: 1})[:-1].encode() + f', "{secret}": 2}}'.encode()
    for bad in (data, duplicate):
        with pytest.raises(RecordRefused) as caught:
            read_record(bad)
        assert secret not in str(caught.value)


def test_the_person_stays_out_of_the_log() -> None:
    shown = repr(read_record(change(good("aima"), {})))
    assert "Ada" not in shown
    assert "@" not in shown


def test_evidence_bytes_must_be_the_ones_listed() -> None:
    document = b"model card"
    digest = {"alg": "sha-256", "hex": sha256(document).hexdigest()}
    changes = {"evidence.0.digest": digest, "evidence.0.byteLength": len(document)}
    item = read_record(change(good("caig"), changes)).evidence[0]
    assert list(check_evidence_bytes(item, document)) == []
    assert [finding.code for finding in check_evidence_bytes(item, b"model care")] == ["evidence.digest"]
    assert {finding.code for finding in check_evidence_bytes(item, b"other")} == {"evidence.digest"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(RecordRefused):
        read_record(data)


@given(st.data())
def test_no_changed_record_raises_anything_else(data: st.DataObject) -> None:
    record = good(data.draw(st.sampled_from(["aima", "caig"])))
    part: Any = record
    while isinstance(part, dict | list) and part:
        keys = list(part) if isinstance(part, dict) else range(len(part))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(part[key], dict | list) or data.draw(st.booleans()):
            part[key] = data.draw(JSON)
            break
        part = part[key]
    with suppress(RecordRefused):
        assert isinstance(read_record(json.dumps(record).encode()), Record)
