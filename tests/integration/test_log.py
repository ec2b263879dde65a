"""`certify log`: the history as it is told, and every way in which somebody could have changed it."""

from pathlib import Path

import pytest

from tests.kit.home import AIMA_AT, CAIG_AT, LATER, REASON, Home, demo


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    aima = home.issue(at=AIMA_AT)
    home.issue("caig-pass.json", at=CAIG_AT)
    home.json("revoke", aima, *REASON, at=LATER)
    return home


def public_id(home: Home, credential: str) -> str:
    ((found,),) = home.rows(f"SELECT public_id FROM award WHERE credential = '{credential}'")  # noqa: S608 - our own
    return str(found)


def test_a_log_that_holds(home: Home) -> None:
    answer = home.json("log")
    assert (answer["intact"], answer["brokenAt"]) == (True, None)
    assert [each["seq"] for each in answer["events"]] == list(range(1, 8))
    kinds = ["issuer-created", "planned", "issued", "planned", "issued", "revoked", "review-due"]
    assert [each["type"] for each in answer["events"]] == kinds
    ran = home.certify("log")
    assert (ran.exit, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 8
    assert ran.out.endswith("The chain holds: no event was changed, added or taken out.\n")


def test_the_log_of_one_credential(home: Home) -> None:
    answer = home.json("log", public_id(home, "AIMA"))
    assert [(each["seq"], each["type"]) for each in answer["events"]] == [(2, "planned"), (3, "issued"), (6, "revoked")]
    assert answer["intact"]
    answer = home.json("log", public_id(home, "CAIG").lower())
    assert [each["type"] for each in answer["events"]] == ["planned", "issued", "review-due"]
    assert home.fails("log", "AIMA-2026-00000000") == "award.unknown"


SWAP = tuple(f"UPDATE event SET seq = {new} WHERE seq = {old}" for old, new in ((3, 100), (4, 3), (100, 4)))  # noqa: S608
CHANGES: list[tuple[str, tuple[str, ...], int]] = [
    ("a reference", ("UPDATE event SET decision_ref = 'DEC-2' WHERE seq = 6",), 6),
    ("a time", ("UPDATE event SET at = '2026-07-01T09:32:14.000000Z' WHERE seq = 2",), 2),
    ("an award", ("UPDATE event SET award_id = (SELECT award_id FROM event WHERE seq = 4) WHERE seq = 6",), 6),
    ("a subject", ("UPDATE event SET subject = 'key-2026-9' WHERE seq = 1",), 1),
    ("a seal", ("UPDATE event SET hash = 'x' WHERE seq = 5",), 5),
    ("the one before", ("UPDATE event SET prev = (SELECT hash FROM event WHERE seq = 1) WHERE seq = 5",), 5),
    ("the first is gone", ("DELETE FROM event WHERE seq = 1",), 1),
    ("one is gone", ("DELETE FROM event WHERE seq = 4",), 4),
    (
        "one is gone, the rest moved up",
        ("DELETE FROM event WHERE seq = 4", "UPDATE event SET seq = seq - 1 WHERE seq > 4"),
        4,
    ),
    ("two changed places", SWAP, 3),
    (
        "one was added",
        (
            (
                "INSERT INTO event SELECT 8, at, 'reinstated', award_id, revision, actor_role, decision_ref, "
                "effective_at, hash, 'y', subject FROM event WHERE seq = 7"
            ),
        ),
        8,
    ),
]


@pytest.mark.parametrize(("change", "broken_at"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES])
def test_a_changed_history_is_found(home: Home, change: tuple[str, ...], broken_at: int) -> None:
    home.change(*change)
    for name in ((), (public_id(home, "AIMA"),)):  # the whole chain is verified either way
        ran = home.certify("log", *name, "--json")
        assert (ran.exit, ran.json["intact"], ran.json["brokenAt"]) == (1, False, broken_at)
        ran = home.certify("log", *name)
        assert ran.exit == 1
        assert f"THE CHAIN IS BROKEN at event {broken_at}" in ran.out
