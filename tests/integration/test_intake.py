"""The exam platform's door: who may send, what each answer says, and what a signature covers."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.kit.home import AIMA_AT, RESULTS, Home, demo
from tests.kit.minting import Key
from tests.kit.web import Platform, Service, service

RECORD = (RESULTS / "aima-pass.json").read_bytes()
EARLIER = "2026-06-30T00:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def platform(home: Home) -> Platform:
    made = Platform()
    made.allow(home, EARLIER)
    return made


@pytest.fixture
def served(home: Home, platform: Platform) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        yield running


def record(**members: Any) -> bytes:
    return json.dumps({**json.loads(RECORD), **members}).encode()


def code(response: Any, status: int) -> str:
    assert (response.status_code, response.content_type) == (status, "application/problem+json"), response.data
    return str(response.json["code"])


def test_a_pass_is_issued_and_its_candidate_finds_it(served: Service, platform: Platform) -> None:
    answer = platform.send(served, RECORD)
    assert answer.status_code == 201
    assert (answer.json["outcome"], answer.json["findings"]) == ("issued", [])
    assert answer.json["link"].startswith("http://localhost/c/")
    assert "files" not in answer.json
    assert served.home.verify(answer.json["publicId"], AIMA_AT)


def test_the_same_bytes_again_are_answered_alike(served: Service, platform: Platform) -> None:
    first = platform.send(served, RECORD).json
    served.clock.now += timedelta(days=2)
    again = platform.send(served, RECORD)
    assert again.status_code == 200
    assert (again.json["outcome"], again.json["first"]) == ("replayed", "accepted")
    assert (again.json["publicId"], again.json["link"]) == (first["publicId"], first["link"])
    assert len(served.home.rows("SELECT * FROM award")) == 1


@pytest.mark.parametrize(
    ("name", "status", "outcome"), [("aima-fail.json", 200, "failed"), ("held-integrity.json", 202, "held")]
)
def test_a_fail_and_a_hold_have_a_link_too(
    served: Service, platform: Platform, name: str, status: int, outcome: str
) -> None:
    served.clock.set("2026-07-25T08:32:13Z")
    value = json.loads((RESULTS / name).read_bytes())
    for member in ("startedAt", "completedAt", "scoredAt"):
        value["attempt"][member] = "2026-07-25T" + value["attempt"][member].partition("T")[2]
    answer = platform.send(served, json.dumps(value).encode())
    assert (answer.status_code, answer.json["outcome"]) == (status, outcome), answer.json
    assert answer.json["link"]
    assert answer.json["publicId"] is None


def test_a_refusal_names_every_fault(served: Service, platform: Platform) -> None:
    answer = platform.send(served, record(outcome="fail"))
    assert code(answer, 422) == "outcome.mismatch"
    assert answer.json["codes"] == ["outcome.mismatch"]
    assert answer.json["findings"][0]["detail"]
    assert code(platform.send(served, b"{"), 422) == "json.strict"


def test_what_is_not_signed_as_it_should_be(served: Service, platform: Platform) -> None:
    now, late = served.clock.now, timedelta(seconds=301)

    def signed(
        by: Platform = platform, method: str = "POST", path: str = "/api/results", at: Any = now, **more: str
    ) -> dict[str, str]:
        return by.headers(method, path, RECORD, at, **more)

    good = signed()
    fewer = good["Signature-Input"].replace(' "content-digest"', "")
    tries: dict[str, tuple[dict[str, str], bytes]] = {
        "nothing": ({}, RECORD),
        "another body": (good, RECORD + b" "),
        "another digest": ({**good, "Content-Digest": "sha-256=:AAAA:"}, RECORD),
        "no digest": ({name: text for name, text in good.items() if name != "Content-Digest"}, RECORD),
        "another method": (signed(method="PUT"), RECORD),
        "another path": (signed(path="/api/other"), RECORD),
        "another label": ({**good, "Signature": good["Signature"].replace("sig1", "sig2")}, RECORD),
        "damaged": ({**good, "Signature": "sig1=:AAAA:"}, RECORD),
        "another key": (signed(Platform(key=Key("thief"))), RECORD),
        "unknown key": (signed(keyid="x/y"), RECORD),
        "fewer covered": ({**good, "Signature-Input": fewer}, RECORD),
        "five minutes ago": (signed(at=now - late), RECORD),
        "ahead": (signed(at=now + late), RECORD),
    }
    for name, (headers, body) in tries.items():
        answer = served.post("/api/results", data=body, headers=headers)
        assert code(answer, 401) == "transport.signature", name
    assert served.home.rows("SELECT * FROM result") == []
    assert served.post("/api/results", data=RECORD, headers=good).status_code == 201


def test_a_platform_speaks_for_itself_alone(served: Service, home: Home) -> None:
    other = Platform("other-platform", key=Key("other platform"))
    other.allow(home, EARLIER)
    assert code(other.send(served, RECORD), 403) == "transport.platform"
    assert served.home.rows("SELECT * FROM result") == []


def test_keys_take_turns(served: Service, platform: Platform, home: Home) -> None:
    second = Platform(key_id="2026-2", key=Key("platform 2"))
    second.allow(home, AIMA_AT)
    assert platform.send(served, RECORD).status_code == 201
    home.json("platforms", "end", platform.name, platform.key_id, at=AIMA_AT)
    assert code(platform.send(served, RECORD), 401) == "transport.signature"
    assert second.send(served, RECORD).status_code == 200
    states = {each["key"]: each["ended"] for each in home.json("platforms", "list")}
    assert states == {"2026-1": AIMA_AT, "2026-2": None}
    assert (
        home.fails("platforms", "allow", platform.name, "2026-1", Key("third").multibase, at=AIMA_AT) == "access.exists"
    )


def test_too_much_is_not_even_read(served: Service, platform: Platform) -> None:
    assert code(platform.send(served, b" " * (64 * 1024 + 1)), 413) == "request.too-large"


def test_a_platform_asks_what_became_of_its_records(served: Service, platform: Platform, home: Home) -> None:
    public_id = platform.send(served, RECORD).json["publicId"]
    other = Platform("other-platform", key=Key("other platform"))
    other.allow(home, AIMA_AT)
    path = "/api/results/res_demo_0001"
    found = served.get(path, headers=platform.headers("GET", path, b"", served.clock.now))
    assert (found.json["outcome"], found.json["publicId"]) == ("issued", public_id)
    assert code(served.get(path, headers=other.headers("GET", path, b"", served.clock.now)), 404) == "result.unknown"
    assert code(served.get(path), 401) == "access.token"


def test_staff_ask_with_a_token(served: Service, platform: Platform, home: Home) -> None:
    platform.send(served, RECORD)
    token = home.json("tokens", "new", "auditing", "--role", "auditor", "--days", "1", at=AIMA_AT)["token"]
    path, headers = "/api/results/res_demo_0001", {"Authorization": f"Bearer {token}"}
    assert served.get(path, headers=headers).json["outcome"] == "issued"
    assert code(served.get("/api/results/none", headers=headers), 404) == "result.unknown"
    for wrong in (token[:-1], "", f"Basic {token}"):
        assert code(served.get(path, headers={"Authorization": f"Bearer {wrong}"}), 401) == "access.token"
    served.clock.now += timedelta(days=1)
    assert code(served.get(path, headers=headers), 401) == "access.token"
    served.clock.now -= timedelta(days=1)
    home.json("tokens", "end", "auditing", at=AIMA_AT)
    assert code(served.get(path, headers=headers), 401) == "access.token"
    assert token not in json.dumps([list(map(str, row)) for row in home.rows("SELECT * FROM secret")])


# --- whose link it is ---------------------------------------------------------------------------------------------


PRIYA = (RESULTS / "aima-fail-priya.json").read_bytes()


def anothers() -> bytes:
    """A record that names Priya's candidate id with somebody else's address."""
    value = json.loads(RECORD)
    value["candidate"] = json.loads(PRIYA)["candidate"]
    value["resultId"], value["attempt"]["attemptId"] = "res-other", "att-other"
    value["attempt"]["number"] = 2
    for name in ("startedAt", "completedAt", "scoredAt"):
        value["attempt"][name] = "2026-08-25T" + value["attempt"][name].partition("T")[2]
    value["candidate"] |= {"email": "mallory@candidate.example", "displayName": "Mallory Example"}
    return json.dumps(value).encode()


@pytest.fixture
def mismatched(served: Service, platform: Platform) -> Any:
    served.clock.set("2026-07-21T08:32:00Z")
    assert platform.send(served, PRIYA).json["link"]
    served.clock.set("2026-08-25T10:00:00Z")
    return platform.send(served, anothers())


def test_a_record_that_may_be_anothers_opens_nobodys_page(
    served: Service, platform: Platform, home: Home, mismatched: Any
) -> None:
    before = home.rows("SELECT count(*) FROM secret")
    assert (mismatched.json["outcome"], mismatched.json["link"]) == ("held", None)
    assert "candidate.mismatch" in mismatched.json["codes"]
    again = platform.send(served, anothers()).json
    assert (again["outcome"], again["first"], again["link"]) == ("replayed", "held", None)
    assert home.rows("SELECT count(*) FROM secret") == before


def test_a_record_that_staff_found_to_be_theirs_opens_their_page(
    served: Service, platform: Platform, home: Home, mismatched: Any
) -> None:
    first = platform.send(served, PRIYA).json["link"]
    given = ("--decision", "DEC-7", "--by", "reviewer")
    home.json("hold", "release", "res-other", *given, at="2026-08-25T11:00:00Z")
    served.clock.set("2026-08-25T12:00:00Z")
    assert platform.send(served, anothers()).json["link"] == first


def test_a_record_that_staff_refused_opens_nothing(
    served: Service, platform: Platform, home: Home, mismatched: Any
) -> None:
    given = ("--decision", "DEC-7", "--by", "reviewer")
    home.json("hold", "refuse", "res-other", *given, at="2026-08-25T11:00:00Z")
    served.clock.set("2026-08-25T12:00:00Z")
    assert platform.send(served, anothers()).json["link"] is None


def test_the_page_says_nothing_of_a_record_that_may_be_anothers(
    served: Service, platform: Platform, mismatched: Any
) -> None:
    text = served.get(urlsplit(platform.send(served, PRIYA).json["link"]).path).get_data(as_text=True)
    assert "waits for a person" in text
    assert json.loads(PRIYA)["candidate"]["displayName"] in text
    assert "Mallory" not in text
