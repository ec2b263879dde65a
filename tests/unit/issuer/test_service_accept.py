"""Accepting and deciding: what the command line does not show, and a blueprint on which a person decides."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from issuer.catalog import DecidedBy
from issuer.errors import IssuerError
from issuer.register import records, transaction
from issuer.service import accept, hold, revoke, show
from issuer.service.accept import Answer
from issuer.service.desk import Desk
from tests.kit.home import AIMA_AT, LATER, RESULTS, demo, opened
from verifier.format.timestamp import parse

RECORD = (RESULTS / "aima-pass.json").read_bytes()
AT = parse(AIMA_AT)
AFTER = parse(LATER)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(demo(tmp_path / "home")) as desk:
        yield desk


def decided_by_a_person(desk: Desk) -> None:
    blueprints = {
        name: replace(blueprint, decided_by=DecidedBy("person", None))
        for name, blueprint in desk.catalog.blueprints.items()
    }
    desk.catalog = replace(desk.catalog, blueprints=MappingProxyType(blueprints))


def test_the_decision_is_recorded_apart_from_the_exam(desk: Desk) -> None:
    accepted = accept.accept(desk, RECORD, AT)
    with transaction(desk.engine) as connection:
        row = records.standing(connection, "exam-platform-demo", accepted.result_id)
        assert row is not None
        (decision,) = records.decisions(connection, row.seq)
    assert (decision.decided_by, decision.at, decision.outcome) == ("rule:pass-and-clear/1", AT, "accepted")
    assert (decision.set_aside, decision.rests_on, decision.reference) == ("[]", None, None)


def test_a_decision_on_caig_says_on_what_it_rests(desk: Desk) -> None:
    aima = accept.accept(desk, RECORD, AT)
    for name, at, expected in (
        ("caig-pass.json", "2026-07-08T01:32:13Z", aima.public_id),
        ("caig-waiver.json", "2026-07-19T08:32:13Z", "waiver:"),
    ):
        accepted = accept.accept(desk, (RESULTS / name).read_bytes(), parse(at))
        with transaction(desk.engine) as connection:
            row = records.standing(connection, "exam-platform-demo", accepted.result_id)
            assert row is not None
            (decision,) = records.decisions(connection, row.seq)
        assert decision.rests_on.startswith(expected)


def test_where_a_person_decides_a_pass_waits(desk: Desk) -> None:
    decided_by_a_person(desk)
    held = accept.accept(desk, RECORD, AT)
    assert (held.answer, held.codes, held.public_id) == (Answer.HELD, ("decision.person",), None)
    again = accept.accept(desk, RECORD, AFTER)
    assert (again.answer, again.codes) == (Answer.REPLAYED, ("result.replay", "decision.person"))
    issued = hold.release(desk, held.result_id, decided_by="certifier-2", reference="DEC-1", at=AFTER)
    assert issued.answer is Answer.ISSUED
    assert len(issued.files) == 3
    assert json.loads(issued.files[0].read_bytes())["validFrom"] == LATER
    assert json.loads(issued.files[0].read_bytes())["awardedDate"] == "2026-07-01T09:31:13Z"


def test_a_fail_needs_no_person(desk: Desk) -> None:
    decided_by_a_person(desk)
    failed = accept.accept(desk, (RESULTS / "aima-fail.json").read_bytes(), parse("2026-07-09T08:32:13Z"))
    assert (failed.answer, failed.codes) == (Answer.FAILED, ("outcome.fail",))


def test_findings_are_repeated_by_code_alone(desk: Desk) -> None:
    fail = (RESULTS / "aima-fail.json").read_bytes()
    accept.accept(desk, fail, parse("2026-07-09T08:32:13Z"))
    again = accept.accept(desk, fail, parse("2026-07-10T08:32:13Z"))
    assert (again.first, again.codes) == ("failed", ("result.replay", "outcome.fail"))


HELD = (RESULTS / "held-integrity.json").read_bytes()


def two_days_later(name: str) -> bytes:
    """Another record of the same person: their second start."""
    held, other = json.loads(HELD), json.loads((RESULTS / name).read_bytes())
    attempt = json.loads(json.dumps(held["attempt"]).replace("2026-07-20", "2026-07-22"))
    return json.dumps(
        other | {"candidate": held["candidate"], "attempt": {**attempt, "attemptId": "att_x", "number": 2}}
    ).encode()


@pytest.mark.parametrize(
    ("later", "meanwhile", "answer", "codes"),
    [
        ("aima-pass.json", Answer.ISSUED, Answer.REFUSED, ("duplicate.active",)),
        ("aima-fail.json", Answer.FAILED, Answer.ISSUED, ()),
    ],
)
def test_a_release_minds_what_came_meanwhile(
    desk: Desk, later: str, meanwhile: Answer, answer: Answer, codes: tuple[str, ...]
) -> None:
    """A second credential would be one too many; a later sitting takes nothing from an earlier one."""
    held = accept.accept(desk, HELD, parse("2026-07-20T08:32:13Z"))
    assert accept.accept(desk, two_days_later(later), parse("2026-07-22T08:32:13Z")).answer is meanwhile
    at = parse("2026-07-23T00:00:00Z")
    released = hold.release(desk, held.result_id, decided_by="board", reference="DEC-1", at=at)
    assert (released.answer, released.codes) == (answer, codes)
    assert (released.public_id is None) == (answer is Answer.REFUSED)


@pytest.mark.parametrize("text", ["", "\n", "x" * 201])
def test_a_decision_without_a_name_changes_nothing(desk: Desk, text: str) -> None:
    accepted = accept.accept(desk, RECORD, AT)
    for by, reference in ((text, "DEC-1"), ("board", text)):
        for act in (hold.release, hold.refuse):
            with pytest.raises(IssuerError) as raised:
                act(desk, accepted.result_id, decided_by=by, reference=reference, at=AFTER)
            assert raised.value.code == "decision.reference"
    with pytest.raises(IssuerError) as raised:
        revoke.revoke(desk, str(accepted.public_id), reason="scoring-error", reference=text, at=AFTER)
    assert raised.value.code == "decision.reference"
    assert show.show(desk, str(accepted.public_id), AFTER)["state"] == "valid"


def test_an_award_ends(desk: Desk) -> None:
    public_id = str(accept.accept(desk, RECORD, AT).public_id)
    last = parse("2028-07-01T23:59:59Z")
    assert show.show(desk, public_id, last)["state"] == "valid"
    assert show.show(desk, public_id, last.replace(day=2))["state"] == "expired"


def test_the_passphrase_is_asked_for_once_and_only_to_sign(desk: Desk) -> None:
    asked = []
    reader = desk.passphrase

    def ask() -> bytes:
        asked.append(1)
        return reader()

    desk.passphrase = ask
    hold.waiting(desk)
    accept.accept(desk, (RESULTS / "refused-terms.json").read_bytes(), AT)
    assert asked == []
    accept.accept(desk, RECORD, AT)
    revoke.revoke(desk, str(accept.accept(desk, RECORD, AT).public_id), reason="holder-request", reference="D", at=AT)
    assert asked == [1]
