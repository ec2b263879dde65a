"""Public ids: their form, what is understood as one, and what is not."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from issuer import publicid

AWARDED = datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_the_form() -> None:
    code, year, characters = publicid.new("AIMA", AWARDED).split("-")
    assert (code, year, len(characters)) == ("AIMA", "2026", 8)
    assert set(characters) <= set(publicid.ALPHABET)
    assert not set(publicid.ALPHABET) & set("ILOU")
    assert len(set(publicid.ALPHABET)) == 32


def test_the_year_is_that_of_utc() -> None:
    new_year_in_auckland = datetime(2027, 1, 1, 9, tzinfo=timezone(timedelta(hours=13)))
    assert publicid.new("AIMA", new_year_in_auckland).split("-")[1] == "2026"


def test_ids_are_random() -> None:
    ids = {publicid.new("AIMA", AWARDED) for _ in range(2_000)}
    assert len(ids) == 2_000
    assert all({public_id[place] for public_id in ids} == set(publicid.ALPHABET) for place in range(10, 18))


def test_the_check_character_is_luhns() -> None:
    """By hand: 7, 6, …, 1 from the left; every second one from the right doubled, its digits in base 32 added."""
    assert publicid.normalize("AIMA-2026-0000000" + "0") == "AIMA-2026-00000000"
    assert publicid.normalize("AIMA-2026-0000001" + "Y") == "AIMA-2026-0000001Y"
    assert publicid.normalize("AIMA-2026-7654321" + "0") is None
    assert publicid.normalize("AIMA-2026-000000Z" + "1") == "AIMA-2026-000000Z1"


@pytest.mark.parametrize(
    "text",
    [
        "aima-2026-0000001y",
        "  AIMA-2026-0000001Y\n",
        "AIMA-2026-OOOOOOIY",
        "aima-2026-oooooolY",
        "AIMA-2026-OoOoOoiy",
    ],
)
def test_what_a_person_meant(text: str) -> None:
    assert publicid.normalize(text) == "AIMA-2026-0000001Y"[: len("AIMA-2026-")] + "0000001Y"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "AIMA",
        "AIMA-2026",
        "AIMA-2026-",
        "AIMA-2026-0000001",
        "AIMA-2026-00000001Y",
        "AIMA-2026-U000001Y",
        "AIMA-2O26-0000001Y",
        "AIMA-２０２６-0000001Y",
        "AIMA-2026-0000001Y-",
        "A1MA-2026-0000001Y",
        "AIMA 2026 0000001Y",
        "AIMA-2026-000000\x001Y",
    ],
)
def test_what_is_no_public_id(text: str) -> None:
    assert publicid.normalize(text) is None
