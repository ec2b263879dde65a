"""A candidate's link: when it ends, for whom, that nothing brings it back, and that acts ask whether it lives."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, partialmethod
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from alembic import command

from issuer import config as configuration
from issuer.errors import IssuerError
from issuer.register import access, database, transaction
from issuer.service import candidate, consents, due, linkcare, links, plan, publish, requests, servicekey, waiting
from issuer.service.access import Role
from issuer.service.desk import Desk
from issuer.service.links import Link
from issuer.service.waiting import Kind
from issuer.web import create_app
from tests.kit import databases
from tests.kit.candidate import follow, link, opened, secret, send, waited
from tests.kit.home import AIMA_AT, LATER, Home, demo
from tests.kit.home import opened as desk_of
from tests.kit.staff import employ, logged_in, words
from tests.kit.web import Service, service
from verifier.format.timestamp import parse

ADA = "res_demo_0001"
AT = parse(LATER)
NOTHING = "There is nothing at this address"
DECIDED = ("--decision", "DEC-1")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, LATER) as running:
        yield running


@pytest.fixture
def ada(served: Service) -> str:
    return link(served, ADA)


def only(home: Home) -> str:
    return str(home.rows("SELECT public_id FROM award")[0][0])


def code(act: Callable[[], object]) -> str:
    with pytest.raises(IssuerError) as raised:
        act()
    return raised.value.code


# --- an act asks in its own transaction ---------------------------------------------------------------------------


def acts(public_id: str) -> dict[str, Callable[[Desk, Link], object]]:
    """Everything that a link can do or see."""
    return {
        "registry": lambda desk, by: consents.set_listed(desk, by, public_id, listed=False, at=AT),
        "score": lambda desk, by: waiting.ask_for_score(desk, by, public_id, shown=True, at=AT),
        "correction": lambda desk, by: requests.ask_for_name(desk, by, "Ada Other", AT),
        "renew": lambda desk, by: waiting.renew(desk, by, AT),
        "erase": lambda desk, by: waiting.ask(desk, by, Kind.ERASE, AT),
        "forget-contact": lambda desk, by: waiting.ask(desk, by, Kind.FORGET_CONTACT, AT),
        "take-back": lambda desk, by: waiting.take_back(desk, by, 1, AT),
        "take-all-back": lambda desk, by: waiting.take_all_back(desk, by, AT),
        "show": lambda desk, by: candidate.show(desk, by, AT),
        "file": lambda desk, by: candidate.rendering(desk, by, public_id, "x", AT),
        "qr": lambda desk, by: candidate.qr_code(desk, by, public_id, AT, number_only=True),
    }


NAMES = list(acts(""))


@pytest.mark.parametrize("name", NAMES)
def test_no_act_asks_before_its_transaction_and_then_believes_it(
    home: Home, served: Service, ada: str, name: str
) -> None:
    """The link is ended by another connection when the act has begun and before its transaction."""
    by, public_id = secret(served, ada), only(home)
    before = home.contents()
    with desk_of(home) as desk, desk_of(home) as other:

        @contextmanager
        def late(opening: Callable[..., Any], self: Desk, *given: Any) -> Iterator[Any]:
            with transaction(other.engine) as connection:
                access.end_secrets(connection, "link", home.rows("SELECT subject FROM secret")[0][0], AT)
            with opening(self, *given) as connection:
                yield connection

        with (
            mock.patch.object(Desk, "writing", partialmethod(partial(late, Desk.writing))),
            mock.patch.object(Desk, "reading", partialmethod(partial(late, Desk.reading))),
        ):
            assert code(lambda: acts(public_id)[name](desk, by)) == "link.ended"
    after = home.contents()
    assert {table for table in before if before[table] != after[table]} == {"secret"}


@pytest.mark.parametrize("act", ["registry", "score", "correction", "renew", "erase", "forget-contact"])
def test_a_link_that_ends_while_its_form_is_sent_does_nothing(home: Home, served: Service, ada: str, act: str) -> None:
    """As over HTTP: the page was admitted, then staff end the link, then the act begins."""
    path = f"{ada}/{only(home)}/{act}" if act in {"registry", "score"} else f"{ada}/{act}"
    asked = opened(served, f"{ada}/{act}" if act in {"erase", "forget-contact"} else ada)
    admitted, fields = candidate.of_link, asked.form(path).fields | {"name": "Ada Other"}

    def then_ended(*given: Any) -> Any:
        found = admitted(*given)
        home.json("link", "end", only(home), *DECIDED, at=LATER)
        return found

    with mock.patch.object(candidate, "of_link", then_ended):
        answer = served.post(path, data=fields)
    assert (answer.status_code, NOTHING in answer.get_data(as_text=True)) == (404, True)
    assert home.rows("SELECT count(*) FROM pending") == home.rows("SELECT count(*) FROM request") == [(0,)]
    assert home.rows("SELECT count(*) FROM consent") == [(0,)]


def test_of_two_at_once_the_link_is_renewed_by_one(home: Home, served: Service, ada: str) -> None:
    by, said = secret(served, ada), list[str]()
    start = threading.Barrier(4)

    def renewing() -> None:
        with desk_of(home) as desk:
            start.wait()
            try:
                said.append(waiting.renew(desk, by, AT))
            except IssuerError as error:
                said.append(error.code)

    threads = [threading.Thread(target=renewing) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert said.count("link.ended") == 3
    assert home.rows("SELECT count(*) FROM secret WHERE ended_at IS NULL") == [(2,)]


@pytest.mark.parametrize("turn", range(4))
def test_what_is_taken_back_while_it_is_done_is_one_of_the_two(
    home: Home, served: Service, ada: str, turn: int
) -> None:
    by, at = secret(served, ada), parse("2026-07-12T00:00:00Z")
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    start = threading.Barrier(3)

    def taking_back() -> None:
        with desk_of(home) as desk:
            start.wait()
            time.sleep(turn / 100)
            with contextlib.suppress(IssuerError):
                waiting.take_back(desk, by, 1, at)

    def doing() -> None:
        with desk_of(home) as desk:
            start.wait()
            due.carry_out(desk, at)

    threads = [threading.Thread(target=each) for each in (taking_back, doing, doing)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    ((outcome,),) = home.rows("SELECT outcome FROM pending")
    state = home.json("show", only(home), at="2026-07-12T00:01:00Z")["state"]
    assert (outcome, state) in {("done", "erased"), ("taken-back", "valid")}
    kinds = [kind for (kind,) in home.rows("SELECT type FROM event")]
    assert kinds.count("person-erased") == (outcome == "done")
    assert kinds.count("erase-taken-back") == (outcome == "taken-back")


def test_what_was_done_and_not_published_is_published_by_the_next_command(
    home: Home, served: Service, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in between, nothing waits any more, and nobody would see that the credential was withdrawn."""
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        patch.setattr(publish, "publish_due", stop)
        waited(served)
    at = served.clock.now.isoformat()

    def seen() -> list[str]:
        report = home.certify("doctor", "--json", at=at).json["checks"]
        return [line["code"] for line in report if line["level"] == "red"]

    assert "doctor.changed" in seen()
    assert home.json("waiting", "carry-out", at=at) == []
    assert seen() == []


def test_what_does_not_fit_any_more_is_given_up_and_the_rest_is_done(home: Home, served: Service, ada: str) -> None:
    send(served, opened(served, ada), f"{ada}/{only(home)}/score")
    send(served, opened(served, f"{ada}/forget-contact"), f"{ada}/forget-contact")
    home.json("revoke", only(home), "--reason", "scoring-error", *DECIDED, at=LATER)
    assert [each.outcome for each in waited(served)] == ["impossible", "done"]
    assert home.json("waiting", "list") == []
    assert waited(served) == []


def test_one_that_fails_for_a_time_keeps_no_other_from_being_done(home: Home, served: Service, ada: str) -> None:
    send(served, opened(served, ada), f"{ada}/{only(home)}/score")
    send(served, opened(served, f"{ada}/forget-contact"), f"{ada}/forget-contact")
    broken = mock.patch.object(plan, "following", side_effect=IssuerError("register.unusable", "Busy."))
    with broken, pytest.raises(IssuerError, match="Busy"):
        waited(served)
    assert [each["kind"] for each in home.json("waiting", "list")] == ["score"]
    assert [each.outcome for each in waited(served, hours=0)] == ["done"]


# --- when it ends -------------------------------------------------------------------------------------------------


def test_staff_end_it_in_every_process_at_once_and_drop_what_waits(home: Home, served: Service, ada: str) -> None:
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    with service(home, LATER) as second:
        assert "Ada Example" in opened(second, ada).text
        home.json("link", "end", only(home), *DECIDED, at=LATER)
        for each in (served, second):
            assert NOTHING in opened(each, ada, 404).text
    assert home.json("waiting", "list") == []
    assert home.fails("link", "end", only(home), *DECIDED, at=LATER) == "link.none"
    shown = home.json("link", "show", only(home))
    assert (shown["since"], shown["ended"], shown["waits"]) == (None, 1, [])
    assert waited(served) == []
    assert home.json("show", only(home), at=LATER)["state"] == "valid"
    new = link(served, ADA)
    assert new != ada
    assert "Ada Example" in opened(served, new).text


def test_staff_renew_it_and_tell_its_holder(home: Home, served: Service, ada: str) -> None:
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    told = home.json("link", "renew", only(home), *DECIDED, at=LATER)["link"]
    assert told.startswith("https://credentials.example/c/")
    assert NOTHING in opened(served, ada, 404).text
    assert "Ada Example" in opened(served, told.removeprefix("https://credentials.example")).text
    assert home.json("waiting", "list") == []
    assert told not in home.certify("log", "--json", at=LATER).out + home.certify("link", "show", only(home)).out
    assert link(served, ADA) == told.removeprefix("https://credentials.example")


def test_there_is_no_link_for_whom_nothing_is_known(home: Home, served: Service, ada: str) -> None:
    (person,) = home.rows("SELECT subject FROM secret")[0]
    home.json("erase", only(home), *DECIDED, at=LATER)
    assert home.fails("link", "renew", person, *DECIDED, at=LATER) == "link.erased"
    assert home.fails("link", "end", person, *DECIDED, at=LATER) == "link.none"
    assert home.fails("link", "show", "nobody", at=LATER) == "person.unknown"


def test_deleting_the_key_ends_every_link_and_session_in_every_process(home: Home, served: Service, ada: str) -> None:
    employ(home, LATER, Role.ISSUER)
    issuer = logged_in(served, Role.ISSUER)
    with service(home, LATER) as second:
        (home.path / "keys" / servicekey.FILE).unlink()
        for each in (served, second):
            assert NOTHING in opened(each, ada, 404).text
        assert issuer.get("/console").status_code == 303
        new = link(second, ADA)
        assert new != ada
        assert link(served, ADA) == new
        assert "Ada Example" in opened(served, new).text
        assert "Ada Example" in opened(second, new).text
    assert home.rows("SELECT count(*) FROM secret WHERE kind = 'link' AND ended_at IS NULL") == [(1,)]
    assert issuer.log_in("issuer").status_code == 303


def test_no_older_copy_of_the_register_brings_an_ended_link_back(home: Home, served: Service, ada: str) -> None:
    """Renewed twice since the backup: neither the first link nor the second one opens anything again."""
    restore = copied(home)
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    second = home.json("link", "renew", only(home), *DECIDED, at=LATER)["link"].removeprefix(HOST_OF)
    third = home.json("link", "renew", only(home), *DECIDED, at=LATER)["link"].removeprefix(HOST_OF)
    home.json("revoke", only(home), "--reason", "scoring-error", *DECIDED, at="2026-07-09T01:00:00Z")
    restore()
    home.json("repair", at="2026-07-10T01:00:00Z")
    with service(home, "2026-07-10T02:00:00Z") as again:
        fresh = link(again, ADA)
        for each in (ada, second, third):
            assert NOTHING in opened(again, each, 404).text
        assert fresh not in {ada, second, third}
        assert "Ada Example" in opened(again, fresh).text


def test_what_waited_in_an_older_copy_is_not_done(home: Home, served: Service, ada: str) -> None:
    """It may have been taken back since."""
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    employ(home, LATER, Role.ISSUER)
    home.json("tokens", "new", "program", "--role", "issuer", at=LATER)
    restore = copied(home)
    home.json("waiting", "take-back", "1", *DECIDED, at=LATER)
    home.json("revoke", only(home), "--reason", "scoring-error", *DECIDED, at="2026-07-09T01:00:00Z")
    restore()
    home.json("repair", at="2026-07-10T01:00:00Z")
    assert home.json("waiting", "list") == []
    assert [each["kind"] for each in home.json("notices", "list")] == ["taken-back"]
    assert home.rows("SELECT count(*) FROM secret WHERE ended_at IS NULL") == [(0,)]


HOST_OF = "https://credentials.example"


def copied(home: Home) -> Callable[[], object]:
    """A backup; to call the answer puts it in the register's place."""
    if databases.SERVER:
        return home.keep()
    path = home.path.parent / "backup.zip"
    home.json("backup", str(path), at=LATER)
    return lambda: home.json("restore", str(path), "--replace", at="2026-07-10T00:00:00Z")


def test_after_a_split_each_gets_a_link_of_their_own(home: Home, served: Service, ada: str) -> None:
    """The one of both was told to both."""
    (person,) = home.rows("SELECT subject FROM secret")[0]
    home.change(f"INSERT INTO person_candidate VALUES ('other-platform', 'cand-x', '{person}')")  # noqa: S608
    given = ("--platform", "other-platform", "--candidate", "cand-x", *DECIDED)
    send(served, opened(served, ada), f"{ada}/renew")
    assert home.fails("person", "split", person, *given, at=LATER) == "person.waits"
    waited(served)
    now = link(served, ADA)
    home.json("person", "split", person, *given, at="2026-07-12T01:00:00Z")
    assert NOTHING in opened(served, now, 404).text


def test_links_from_before_this_migration_open_the_same_pages(home: Home, served: Service) -> None:
    """They were derived from their number."""
    key = servicekey.load(configuration.load(home.path, {}))
    (person,) = home.rows("SELECT person_id FROM award")[0]
    first, second = (links._derived(person, str(number), key) for number in range(2))
    with desk_of(home) as desk:
        with transaction(desk.engine) as connection:
            config = database._config()
            config.attributes["connection"] = connection
            command.downgrade(config, "0005")
            for token, ended in ((first, f"'{LATER}'"), (second, "NULL")):
                connection.exec_driver_sql(
                    "INSERT INTO secret (digest, kind, subject, since, ended_at) VALUES "  # noqa: S608
                    f"('{access.digest(token)}', 'link', '{person}', '2026-07-08T00:00:00.000000Z', {ended})"
                )
        with transaction(desk.engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    assert "Ada Example" in opened(served, f"/c/{second}").text
    assert NOTHING in opened(served, f"/c/{first}", 404).text
    assert link(served, ADA) == f"/c/{second}"


def test_an_erasure_by_staff_leaves_nothing_waiting_and_nobody_to_be_told(
    home: Home, served: Service, ada: str
) -> None:
    send(served, opened(served, ada), f"{ada}/{only(home)}/score")
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    home.json("erase", only(home), *DECIDED, at=LATER)
    assert home.json("waiting", "list") == home.json("notices", "list") == []
    assert waited(served) == []
    assert home.rows("SELECT count(*) FROM event WHERE type = 'erased'") == [(1,)]


# --- in the console -----------------------------------------------------------------------------------------------


def test_staff_end_and_renew_in_the_console(home: Home, served: Service, ada: str) -> None:
    employ(home, LATER)
    (person,) = home.rows("SELECT subject FROM secret")[0]
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    reviewer, issuer = logged_in(served, Role.REVIEWER), logged_in(served, Role.ISSUER)
    seen = words(reviewer.get(f"/console/persons/{person}"))
    assert "withdraw and erase everything" in seen
    assert "Make a new link" not in seen
    assert "ada@candidate.example" in words(reviewer.get("/console/requests"))
    assert reviewer.post("/console/waiting/1/take-back", decision="DEC-2").status_code == 303
    assert "Take it back" not in opened(served, ada).text
    assert reviewer.post("/console/waiting/1/take-back", decision="DEC-2").status_code == 404
    notices = [each["number"] for each in home.json("notices", "list")]
    for number in notices:
        assert reviewer.post(f"/console/notices/{number}/told").status_code == 303
    assert "Nobody has to be told anything." in words(reviewer.get("/console/requests"))
    assert "This cannot be taken back." in words(issuer.post(f"/console/persons/{person}/link/renew", decision="DEC-3"))
    made = issuer.post(f"/console/persons/{person}/link/renew", decision="DEC-3", confirmed="yes")
    new = made.text.partition(HOST_OF)[2].partition("<")[0]
    assert made.headers["Cache-Control"] == "no-store"
    assert "Ada Example" in opened(served, new).text
    assert NOTHING in opened(served, ada, 404).text
    assert "This cannot be taken back." in words(reviewer.post(f"/console/persons/{person}/link/end", decision="DEC-4"))
    ending = reviewer.post(f"/console/persons/{person}/link/end", decision="DEC-4", confirmed="yes")
    assert ending.status_code == 303
    assert NOTHING in opened(served, new, 404).text
    kinds = [(kind, role) for kind, role in home.rows("SELECT type, actor_role FROM event ORDER BY seq")][-4:]
    assert kinds[-2:] == [("link-replaced", "reviewer"), ("link-ended", "reviewer")]


def test_the_holder_is_told_at_each_address(home: Home, served: Service, ada: str) -> None:
    home.json("person", "add-email", only(home), "second@candidate.example", *DECIDED, at=LATER)
    for _ in range(3):
        send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
        follow(served, send(served, opened(served, ada), f"{ada}/take-back"))
        assert home.json("notices", "list") == []
    send(served, opened(served, f"{ada}/erase"), f"{ada}/erase")
    told = home.json("notices", "list")
    assert [(each["email"], each["due"]) for each in told] == [
        ("ada@candidate.example", "2026-07-12T00:00:00Z"),
        ("second@candidate.example", "2026-07-12T00:00:00Z"),
    ]
    assert "take it back on your page by then" in told[0]["text"]
    assert "12 July 2026, 00:00 (UTC)" in told[0]["text"]
    assert "/c/" not in str(told)
    home.json("notices", "told", str(told[0]["number"]), at=LATER)
    assert home.fails("notices", "told", str(told[0]["number"]), at=LATER) == "notice.unknown"
    waited(served)
    assert home.rows("SELECT count(*) FROM notice") == [(0,)]
    assert linkcare.ENDED_NOTICE not in str(home.json("notices", "list"))


def test_an_application_without_its_key_makes_one(home: Home) -> None:
    desk = home.desk()
    create_app(desk, lambda: AT)
    assert (home.path / "keys" / servicekey.FILE).stat().st_mode & 0o77 == 0
    desk.engine.dispose()
