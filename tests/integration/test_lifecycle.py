"""The life of an award as a table: every act in every state, done or refused with its code, and what readers see."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from issuer.lifecycle import REFUSED, Act, State
from issuer.register import events, transaction
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo, opened
from verifier import Report, Trust, verify
from verifier.format.timestamp import parse

CAIG = "caig-pass.json"
SUSPENDED_AT, DUE, ACT_AT = "2026-07-09T00:00:00Z", "2026-08-01T00:00:00Z", "2026-07-10T00:00:00Z"
EXPIRED_AT = "2028-07-10T00:00:00Z"
REVOKE = ("--reason", "scoring-error", "--decision", "DEC-1")
SUSPEND = ("--reason", "integrity-review", "--decision", "DEC-2", "--due")

COMMANDS: dict[Act, tuple[str, ...]] = {
    Act.SUSPEND: ("suspend", *SUSPEND, "2029-01-01T00:00:00Z"),
    Act.REINSTATE: ("reinstate", "--decision", "DEC-3"),
    Act.SUPERSEDE: ("supersede", "--name", "Corrected Example", "--decision", "DEC-4"),
    Act.REVOKE: ("revoke", *REVOKE),
    Act.APPEAL: ("appeal", "--decision", "DEC-5"),
    Act.ERASE: ("erase", "--whole-person", "--decision", "DEC-6"),
    Act.FORGET_CONTACT: ("forget-contact", "--decision", "DEC-7"),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    return home


def act(home: Home, command: Act, public_id: str, at: str = ACT_AT) -> None:
    name, *options = COMMANDS[command]
    home.json(name, public_id, *options, at=at)


# --- how an award gets into a state -----------------------------------------------------------------------------


def planned(home: Home) -> str:
    """As a crash before the signature leaves it."""
    public_id = valid(home)
    ours = "award_id = (SELECT id FROM award WHERE credential = 'CAIG')"
    home.change(
        f"DELETE FROM rendering WHERE {ours}",  # noqa: S608
        f"UPDATE revision SET issued_at = NULL, delivered_at = NULL WHERE {ours}",  # noqa: S608
    )
    for path in (home.path / "issued").glob(f"{public_id}*"):
        path.unlink()
    return public_id


def valid(home: Home) -> str:
    return home.issue(CAIG, at=CAIG_AT)


def suspended(home: Home) -> str:
    public_id = valid(home)
    home.json("suspend", public_id, *SUSPEND, DUE, at=SUSPENDED_AT)
    return public_id


def withdrawn(home: Home) -> str:
    public_id = valid(home)
    home.json("revoke", public_id, *REVOKE, at=SUSPENDED_AT)
    return public_id


def erased(home: Home) -> str:
    public_id = valid(home)
    act(home, Act.ERASE, public_id, at=SUSPENDED_AT)
    return public_id


STATES: dict[State, Callable[[Home], str]] = {
    State.PLANNED: planned,
    State.VALID: valid,
    State.SUSPENDED: suspended,
    State.EXPIRED: valid,
    State.WITHDRAWN: withdrawn,
    State.ERASED: erased,
}

# state x act -> the state that follows, or the code of the refusal
TABLE: dict[State, dict[Act, State | str]] = {
    State.PLANNED: {
        Act.SUSPEND: "award.planned",
        Act.REINSTATE: "award.not-suspended",
        Act.SUPERSEDE: "award.planned",
        Act.REVOKE: State.WITHDRAWN,
        Act.APPEAL: "award.not-withdrawn",
        Act.ERASE: State.ERASED,
        Act.FORGET_CONTACT: State.PLANNED,
    },
    State.VALID: {
        Act.SUSPEND: State.SUSPENDED,
        Act.REINSTATE: "award.not-suspended",
        Act.SUPERSEDE: State.VALID,
        Act.REVOKE: State.WITHDRAWN,
        Act.APPEAL: "award.not-withdrawn",
        Act.ERASE: State.ERASED,
        Act.FORGET_CONTACT: State.VALID,
    },
    State.SUSPENDED: {
        Act.SUSPEND: "award.suspended",
        Act.REINSTATE: State.VALID,
        Act.SUPERSEDE: "award.suspended",
        Act.REVOKE: State.WITHDRAWN,
        Act.APPEAL: "award.not-withdrawn",
        Act.ERASE: State.ERASED,
        Act.FORGET_CONTACT: State.SUSPENDED,
    },
    State.EXPIRED: {
        Act.SUSPEND: "award.expired",
        Act.REINSTATE: "award.not-suspended",
        Act.SUPERSEDE: "award.expired",
        Act.REVOKE: State.WITHDRAWN,
        Act.APPEAL: "award.not-withdrawn",
        Act.ERASE: State.ERASED,
        Act.FORGET_CONTACT: State.EXPIRED,
    },
    State.WITHDRAWN: {
        Act.SUSPEND: "award.withdrawn",
        Act.REINSTATE: "award.withdrawn",
        Act.SUPERSEDE: "award.withdrawn",
        Act.REVOKE: "award.withdrawn",
        Act.APPEAL: State.VALID,
        Act.ERASE: State.ERASED,
        Act.FORGET_CONTACT: State.WITHDRAWN,
    },
    State.ERASED: dict.fromkeys(COMMANDS, "award.erased"),
}
CELLS = [(state, each, outcome) for state, row in TABLE.items() for each, outcome in row.items()]


def held_by(home: Home) -> dict[str, object]:
    """Everything that an act could change."""
    rows = {name: home.rows(f"SELECT * FROM {name} ORDER BY 1") for name in home.tables()}  # noqa: S608 - our own names
    ledger = home.path / "erasures.jsonl"
    return {**rows, "public": home.files("public"), "issued": home.files("issued"), "ledger": ledger.exists()}


def report(home: Home, public_id: str, at: str, number: int = 1) -> Report:
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    return verify((home.path / "issued" / f"{public_id}.r{number}.json").read_bytes(), trust=trust, at=parse(at))


def whole(home: Home) -> None:
    with opened(home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None
    assert home.json("log", at=ACT_AT)["intact"]


def test_the_table_says_what_the_code_says() -> None:
    assert {state: TABLE[state].keys() for state in State} == dict.fromkeys(State, COMMANDS.keys())
    for state, each, outcome in CELLS:
        assert REFUSED[each].get(state) == (None if isinstance(outcome, State) else outcome), (state, each)
    assert REFUSED[Act.REISSUE] == REFUSED[Act.SUPERSEDE]


@pytest.mark.parametrize(("state", "command", "outcome"), CELLS, ids=str)
def test_every_act_in_every_state(home: Home, state: State, command: Act, outcome: State | str) -> None:
    public_id = STATES[state](home)
    at = EXPIRED_AT if state is State.EXPIRED else ACT_AT
    assert home.json("show", public_id, at=at)["state"] == state
    before = held_by(home)
    name, *options = COMMANDS[command]
    if isinstance(outcome, State):
        home.json(name, public_id, *options, at=at)
        assert home.json("show", public_id, at=at)["state"] == outcome
        assert held_by(home) != before
    else:
        assert home.fails(name, public_id, *options, at=at) == outcome
        assert held_by(home) == before, "a refusal changes nothing"
    whole(home)


# --- what each act does -----------------------------------------------------------------------------------------


def test_a_suspension_shows_and_ends_by_a_decision_alone(home: Home) -> None:
    public_id = suspended(home)
    found = report(home, public_id, ACT_AT)
    assert (str(found.verdict), str(found.state), found.genuine) == ("invalid", "suspended", True)
    assert home.json("review", "list", at=ACT_AT) == []
    late = "2026-08-02T00:00:00Z"
    home.json("publish", at=late)
    assert str(report(home, public_id, late).state) == "suspended", "never by itself"
    assert home.json("review", "list", at=late) == [{"publicId": public_id, "why": "suspension", "since": DUE}]
    home.json("reinstate", public_id, "--decision", "DEC-3", at=late)
    assert report(home, public_id, late)
    assert home.json("review", "list", at=late) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((*SUSPEND, ACT_AT), "suspension.due"),
        (("--reason", "integrity-review", "--decision", " ", "--due", DUE), "decision.reference"),
    ],
)
def test_a_suspension_that_makes_no_sense(home: Home, options: tuple[str, ...], code: str) -> None:
    public_id = valid(home)
    before = held_by(home)
    assert home.fails("suspend", public_id, *options, at=ACT_AT) == code
    assert held_by(home) == before


def test_an_aima_has_no_suspension_list(home: Home) -> None:
    (public_id,) = (row[0] for row in home.rows("SELECT public_id FROM award"))
    assert home.fails("suspend", public_id, *SUSPEND, DUE, at=ACT_AT) == "award.not-suspendable"


def test_a_correction_replaces_the_credential(home: Home) -> None:
    public_id = valid(home)
    home.json("supersede", public_id, "--name", "Rosa Correct", "--decision", "DEC-4", at=ACT_AT)
    old, new = report(home, public_id, ACT_AT), report(home, public_id, ACT_AT, 2)
    assert (bool(old), str(old.state), bool(new)) == (False, "withdrawn", True)
    before, after = (json.loads((home.path / "issued" / f"{public_id}.r{n}.json").read_bytes()) for n in (1, 2))
    assert after["credentialSubject"]["identifier"][0]["identityHash"] == "Rosa Correct"
    for name in ("id", "awardedDate", "validUntil", "name"):
        assert after[name] == before[name]
    assert parse(after["validFrom"]) > parse(before["validFrom"])
    indices = home.rows("SELECT purpose, list_index FROM status_index")
    assert len(set(indices)) == len(indices) == 5
    shown = home.json("show", public_id, at=ACT_AT)
    assert [(each["number"], each["cause"]) for each in shown["revisions"]] == [(1, None), (2, "superseded")]
    assert shown["state"] == "valid"
    again = ("supersede", public_id, "--decision", "D", "--name")
    assert home.fails(*again, "Rosa Correct", at=ACT_AT) == "award.unchanged"
    assert home.fails(*again, "a\u202eb", at=ACT_AT) == "candidate.name"


def test_a_correction_that_was_cut_short_is_finished_by_itself_or_by_resume(home: Home) -> None:
    public_id = valid(home)
    act(home, Act.SUPERSEDE, public_id)
    home.change("UPDATE revision SET delivered_at = NULL WHERE number = 2", "UPDATE status_index SET is_set = false")
    (home.path / "issued" / f"{public_id}.r2.json").unlink()
    other = ("supersede", public_id, "--name", "Third Example", "--decision", "DEC-9")
    assert home.fails(*other, at=ACT_AT) == "award.pending"
    (finished,) = home.json("resume", at=ACT_AT)
    assert (finished["publicId"], finished["revision"]) == (public_id, 2)
    home.json("publish", at=ACT_AT)
    assert not report(home, public_id, ACT_AT)
    assert report(home, public_id, ACT_AT, 2)
    assert home.json("resume", at=ACT_AT) == []


def test_an_appeal_gives_a_new_revision_with_the_old_dates(home: Home) -> None:
    public_id = withdrawn(home)
    act(home, Act.APPEAL, public_id)
    assert not report(home, public_id, ACT_AT), "the old bit stays for ever"
    restored = report(home, public_id, ACT_AT, 2)
    assert restored
    first, second = (json.loads((home.path / "issued" / f"{public_id}.r{n}.json").read_bytes()) for n in (1, 2))
    assert (first["awardedDate"], first["validUntil"]) == (second["awardedDate"], second["validUntil"])


def test_an_appeal_comes_too_late(home: Home) -> None:
    public_id = withdrawn(home)
    before = held_by(home)
    assert home.fails("appeal", public_id, "--decision", "D", at=EXPIRED_AT) == "award.expired"
    assert held_by(home) == before


def test_a_caig_whose_aima_falls_is_reviewed_and_kept(home: Home) -> None:
    public_id = valid(home)
    (aima,) = (row[0] for row in home.rows("SELECT public_id FROM award WHERE credential = 'AIMA'"))
    home.json("revoke", aima, *REVOKE, at=ACT_AT)
    assert home.json("review", "list", at=ACT_AT) == [{"publicId": public_id, "why": "review", "since": ACT_AT}]
    assert report(home, public_id, ACT_AT)
    home.json("review", "close", public_id, "--decision", "DEC-8", at=ACT_AT)
    assert home.json("review", "list", at=ACT_AT) == []
    assert home.fails("review", "close", public_id, "--decision", "DEC-8", at=ACT_AT) == "review.none"


def test_a_withdrawn_award_is_not_signed_by_resume(home: Home) -> None:
    public_id = planned(home)
    home.json("revoke", public_id, *REVOKE, at=ACT_AT)
    assert home.json("resume", at=ACT_AT) == []
    assert home.json("issue", str(RESULTS / CAIG), at=ACT_AT)["files"] == []
    assert list((home.path / "issued").glob(f"{public_id}*")) == []


def test_an_appeal_for_an_award_that_was_withdrawn_before_it_was_signed(home: Home) -> None:
    public_id = planned(home)
    home.json("revoke", public_id, *REVOKE, at=ACT_AT)
    act(home, Act.APPEAL, public_id)
    assert report(home, public_id, ACT_AT, 2)
    assert not (home.path / "issued" / f"{public_id}.r1.json").exists()
    assert home.json("resume", at=ACT_AT) == []
    whole(home)


def test_a_renewal_is_a_new_award_that_continues_the_old_one(home: Home) -> None:
    """The act `renew` is a result record; whether it is one, `duplicate.active` and the judge say."""
    (first,) = (row[0] for row in home.rows("SELECT public_id FROM award"))
    renewed = home.json("issue", str(RESULTS / "aima-renewal.json"), at="2028-03-01T10:00:00Z")
    shown = home.json("show", renewed["publicId"], at="2028-03-01T10:00:00Z")
    assert (renewed["outcome"], shown["renews"]) == ("issued", first)
    assert home.json("show", first, at="2028-03-01T10:00:00Z")["state"] == "valid"
