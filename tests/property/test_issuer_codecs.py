"""Properties of what the issuer writes and reads: public ids, status lists, instants in the register."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from issuer import publicid, status
from issuer.errors import IssuerError
from issuer.register.instant import Instant
from verifier.format import statuslist

CODES = st.from_regex(r"[A-Z]{2,12}", fullmatch=True)
YEARS = st.datetimes(datetime(2020, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001 - bounds
LENGTH = 131_072
INDICES = st.frozensets(st.integers(0, LENGTH - 1), max_size=20)
DIALECT = sqlite.dialect()


@given(CODES, YEARS)
def test_a_new_id_is_its_own_normal_form(code: str, awarded: datetime) -> None:
    public_id = publicid.new(code, awarded)
    assert publicid.normalize(public_id) == public_id
    assert publicid.normalize(f" {public_id.lower()} ") == public_id


@given(YEARS, st.data())
def test_every_single_mistyped_character_is_noticed(awarded: datetime, data: st.DataObject) -> None:
    public_id = publicid.new("CAIG", awarded)
    place = data.draw(st.integers(len(public_id) - 8, len(public_id) - 1))
    other = data.draw(st.sampled_from(publicid.ALPHABET))
    assume(other != public_id[place])
    assert publicid.normalize(public_id[:place] + other + public_id[place + 1 :]) is None


@given(YEARS, st.data())
def test_nearly_every_swap_of_neighbours_is_noticed(awarded: datetime, data: st.DataObject) -> None:
    """Luhn's algorithm misses one pair alone: the first and the last of the alphabet."""
    public_id = publicid.new("CAIG", awarded)
    place = data.draw(st.integers(len(public_id) - 8, len(public_id) - 2))
    one, two = public_id[place], public_id[place + 1]
    assume(one != two and {one, two} != {"0", "Z"})
    assert publicid.normalize(public_id[:place] + two + one + public_id[place + 2 :]) is None


@given(st.text())
def test_any_text_is_normalised_once_or_is_no_id(text: str) -> None:
    meant = publicid.normalize(text)
    assert meant is None or publicid.normalize(meant) == meant


@given(INDICES)
def test_a_list_holds_exactly_the_bits_of_its_rows(indices: frozenset[int]) -> None:
    built = status.build(
        "https://a.example/1", "did:web:a", "revocation", length=LENGTH, indices=indices, valid_from=AT
    )
    bits = statuslist.decode(built["credentialSubject"]["encodedList"])
    assert len(bits) * 8 == LENGTH
    assert sum(byte.bit_count() for byte in bits) == len(indices)
    assert all(statuslist.bit(bits, index) for index in indices)


@given(INDICES, INDICES)
def test_a_list_may_gain_bits_and_never_lose_one(standing: frozenset[int], now: frozenset[int]) -> None:
    encoded = statuslist.encode(statuslist.with_bits(LENGTH, standing))
    try:
        status.refuse_lost_bits(encoded, now, "https://a.example/1")
    except IssuerError as error:
        assert error.code == "status.unrevoked"
        assert standing - now
    else:
        assert standing <= now


AT = datetime(2026, 7, 1, tzinfo=UTC)


@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), min_size=1))  # noqa: DTZ001 - bounds
def test_lists_are_dated_in_strict_order_whatever_the_clock_does(clock: list[datetime]) -> None:
    dates: list[datetime] = []
    for at in clock:
        dates.append(status.next_valid_from(at, dates[-1] if dates else None))
    assert dates == sorted(set(dates))
    assert all(date.microsecond % 1000 == 0 for date in dates)


@given(INSTANTS, INSTANTS)
def test_instants_in_the_register_keep_their_value_and_their_order(one: datetime, two: datetime) -> None:
    stored = [Instant().process_bind_param(each, DIALECT) for each in (one, two)]
    assert [Instant().process_result_value(each, DIALECT) for each in stored] == [one, two]
    assert stored[0] is not None
    assert stored[1] is not None
    assert (stored[0] < stored[1]) == (one < two)
    assert {len(text) for text in stored if text} == {27}
