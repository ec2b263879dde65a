"""A resultId belongs to its platform: two of them may use the same one for two people, and neither sees the other's."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from issuer.register import transaction
from issuer.service.access import Role
from tests.integration.test_intake import EARLIER, code
from tests.kit.home import AIMA_AT, RESULTS, Home, demo, opened
from tests.kit.minting import Key
from tests.kit.staff import bearer, employ, logged_in, tokens, words
from tests.kit.web import Platform, Service, service
from tests.unit.issuer.test_register_migrations import differences, migrate

ONE, OTHER = Platform(), Platform("another-platform", key=Key("another"))
ID = "res_demo_0001"
HELD = "held-integrity.json"
HELD_AT = "2026-07-20T08:32:13Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    for platform in (ONE, OTHER):
        platform.allow(made, EARLIER)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        yield running


def record(platform: Platform, name: str = "aima-pass.json", **members: Any) -> bytes:
    """A record of one platform, of a person that only this platform knows."""
    value = json.loads((RESULTS / name).read_bytes())
    own = {"displayName": f"Somebody of {platform.name}", "email": f"{platform.name}@candidate.example"}
    value["candidate"] |= own | {"candidateId": f"cand-{platform.name}"}
    return json.dumps({**value, "resultId": ID, "platform": platform.name, **members}).encode()


def test_two_people_get_two_credentials_and_each_platform_its_own_answer(home: Home, served: Service) -> None:
    answers = {each.name: each.send(served, record(each)) for each in (ONE, OTHER)}
    assert [answer.status_code for answer in answers.values()] == [201, 201]
    assert len({answer.json["publicId"] for answer in answers.values()}) == 2
    for each in (ONE, OTHER):
        found = told(served, each)
        assert (found["platform"], found["publicId"]) == (each.name, answers[each.name].json["publicId"])
        assert each.send(served, record(each)).json["outcome"] == "replayed"
        assert f"Somebody of {each.name}" in home.file(found["publicId"]).read_text(encoding="utf-8")
        assert code(each.send(served, record(each, achievedOn="x")), 422) in {"json.strict", "result.conflict"}


def told(served: Service, platform: Platform) -> Any:
    path = f"/api/results/{ID}"
    return served.get(path, headers=platform.headers("GET", path, b"", served.clock.now)).json


@pytest.mark.parametrize("first", ["refused-name.json", "aima-fail.json", HELD])
def test_what_another_platform_has_sent_changes_nothing(home: Home, served: Service, first: str) -> None:
    OTHER.send(served, record(OTHER, first))
    assert told(served, ONE)["code"] == "result.unknown"
    answer = ONE.send(served, record(ONE))
    assert (answer.status_code, answer.json["outcome"]) == (201, "issued")
    assert told(served, OTHER)["outcome"] != "issued"


def test_the_same_bytes_at_the_terminal_are_told_apart_too(home: Home, tmp_path: Path) -> None:
    lines = [json.dumps(json.loads(record(each))).encode() for each in (ONE, OTHER, ONE)]
    (tmp_path / "both.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    looked = home.json("batch", str(tmp_path / "both.jsonl"), "--dry-run", at=AIMA_AT)["preflight"]
    assert (looked["issued"], looked["replayed"], looked["refused"]) == (2, 1, 0)
    done = home.json("batch", str(tmp_path / "both.jsonl"), at=AIMA_AT)["answers"]
    assert (done["issued"], done["replayed"], done["refused"]) == (2, 1, 0)


# --- staff --------------------------------------------------------------------------------------------------------


@pytest.fixture
def both_held(home: Home, served: Service) -> None:
    served.clock.set(HELD_AT)
    for each in (ONE, OTHER):
        assert each.send(served, record(each, HELD)).json["outcome"] == "held"


def test_staff_say_whose_record_they_mean_at_the_terminal(home: Home, both_held: None) -> None:
    decision = (ID, "--by", "board", "--decision", "D-1")
    assert home.fails("hold", "refuse", *decision, at=HELD_AT) == "result.ambiguous"
    assert {each["platform"] for each in home.json("hold", "list")} == {ONE.name, OTHER.name}
    home.json("hold", "refuse", *decision, "--platform", OTHER.name, at=HELD_AT)
    (left,) = home.json("hold", "list")
    assert (left["platform"], left["resultId"]) == (ONE.name, ID)
    assert home.json("hold", "release", *decision, at=HELD_AT)["outcome"] == "issued", "one waits: it is meant"


def test_staff_say_whose_record_they_mean_in_the_api(home: Home, served: Service, both_held: None) -> None:
    token = tokens(home, HELD_AT)
    reviewer, auditor = bearer(token[Role.REVIEWER]), bearer(token[Role.AUDITOR])
    assert code(served.get(f"/api/results/{ID}", headers=auditor), 409) == "result.ambiguous"
    found = served.get(f"/api/results/{ID}?platform={OTHER.name}", headers=auditor).json
    assert (found["platform"], found["outcome"]) == (OTHER.name, "held")
    refusing, body = f"/api/holds/{ID}/refuse", {"decision": "D-1"}
    assert code(served.post(refusing, headers=reviewer, json=body), 409) == "result.ambiguous"
    answer = served.post(f"{refusing}?platform={OTHER.name}", headers=reviewer, json=body)
    assert answer.status_code == 200
    assert told(served, ONE)["outcome"] == "held"
    assert told(served, OTHER)["outcome"] == "refused"


def test_staff_see_and_decide_each_in_the_console(home: Home, served: Service, both_held: None) -> None:
    employ(home, HELD_AT)
    browser = logged_in(served, Role.REVIEWER)
    page = browser.get("/console/holds").text
    assert all(f"id={ID}&amp;platform={each.name}" in page for each in (ONE, OTHER))
    shown = browser.get(f"/console/holds/record?id={ID}&platform={OTHER.name}")
    assert f"Somebody of {OTHER.name}" in words(shown)
    assert f"Somebody of {ONE.name}" not in words(shown)
    assert f'name="platform" value="{OTHER.name}"' in shown.text
    browser.post("/console/holds/refuse", id=ID, platform=OTHER.name, decision="D-1")
    assert (told(served, ONE)["outcome"], told(served, OTHER)["outcome"]) == ("held", "refused")


# --- the register -------------------------------------------------------------------------------------------------


def test_an_old_register_learns_it_and_keeps_what_it_holds(home: Home) -> None:
    public_id = home.issue()
    home.certify("issue", str(RESULTS / "refused-name.json"), "--json", at=AIMA_AT)
    before = home.contents()
    with opened(home) as desk:
        migrate(desk.engine, "downgrade", "0005")
    with opened(home) as desk:  # opening brings it up to date
        assert differences(desk.engine) == []
    assert {**home.contents(), "alembic_version": before["alembic_version"]} == before
    again = home.json("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT)
    assert (again["outcome"], again["publicId"]) == ("replayed", public_id)


def test_the_database_holds_one_standing_record_for_each_platform_and_id(home: Home) -> None:
    home.issue()
    columns = "result_id, attempt_id, credential, number, started_at, completed_at, digest, codes, received_at"
    copy = f"INSERT INTO result (platform, state, {columns}) SELECT :platform, :state, {columns} FROM result LIMIT 1"  # noqa: S608
    with opened(home) as desk:
        for platform, state in (("another", "accepted"), (ONE.name, "refused")):
            with transaction(desk.engine) as connection:
                connection.execute(text(copy), {"platform": platform, "state": state})
        with pytest.raises(Exception, match="register"), transaction(desk.engine) as connection:
            connection.execute(text(copy), {"platform": ONE.name, "state": "failed"})
