"""Of two things of one name the one dated later, in whatever order they come and whatever their files are called.

An old file beside a new one must not bring back what the new one has taken away. Something without a date never takes
the place of something dated. Pure; commutative and associative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing and its date, if it has one. No thing: equally new ones contradict each other, so none of them counts."""

    date: datetime | None
    thing: Any


Shelf: TypeAlias = Mapping[str, Dated]
# What two different things of one date come to: None where neither of them can count.
Agree: TypeAlias = Callable[[Any, Any], Any]


def newest(one: Shelf, other: Shelf, agree: Agree) -> dict[str, Dated]:
    """The newest of each name, from either side. `agree` has to be commutative and associative."""
    return {name: _newer(one.get(name), other.get(name), agree) for name in {**one, **other}}


def neither(_one: object, _other: object) -> None:
    """Nothing tells which of them holds."""


def _newer(one: Dated | None, other: Dated | None, agree: Agree) -> Dated:
    if one is None or other is None:
        return one or other or Dated(None, None)
    if one.date != other.date:
        return max(one, other, key=lambda each: each.date or _LONG_AGO)
    if one.thing is None or other.thing is None:
        return Dated(one.date, None)
    return one if one.thing == other.thing else Dated(one.date, agree(one.thing, other.thing))
