"""A search for the document that costs a reader most: hypothesis steers shapes and sizes towards more CPU time."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from tests.kit.amplified import SHAPES, SIGNED, UNSIGNED, Shape, Sizes, compact
from verifier.format.contexts import contexts_for
from verifier.format.errors import FormatError
from verifier.format.rdfc import Work, canonicalize
from verifier.format.steps import GivenUpError, Steps
from verifier.format.types import JsonObject
from verifier.limits import MAX_CREDENTIAL_BYTES

MOST_SECONDS: Final = {False: 1.0, True: 3.0}
"""CPU seconds of the verifier on what is refused, and on what somebody has signed."""
_ROUND: Final = 40
LETTERS: Final = ("x", "\x7f", "\u00e9", "\uffee", "\U0001f600", "\\")
SIZES: Final = st.builds(
    Sizes,
    many=st.integers(1, 13_000),
    long=st.integers(1, 1_000_000) | st.integers(1, 3_000),
    deep=st.integers(1, 60),
    letter=st.sampled_from(LETTERS),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A document, and the CPU seconds that it took."""

    shape: str
    way: str
    sizes: Sizes
    data: bytes
    seconds: float

    @property
    def signed(self) -> bool:
        """Whether somebody has signed it, though it may be refused all the same."""
        return self.way in SIGNED

    @property
    def share(self) -> float:
        """Of the time that it may take."""
        return self.seconds / MOST_SECONDS[self.signed]

    def __str__(self) -> str:
        size = f"{self.sizes.many} x {self.sizes.long} x {self.sizes.deep} {self.sizes.letter!r}"
        return f"{self.shape}, {self.way} ({size}): {len(self.data) >> 10} KiB, {self.seconds * 1000:.0f} ms"


def search(seconds_of: Callable[[bytes], float], end: float, shapes: Iterable[Shape] = SHAPES) -> list[Found]:
    """The worst of each shape and way until `end` (of `time.monotonic`), the worst of all first."""
    worst: dict[tuple[str, str], Found] = {}
    shapes = list(shapes)

    def once(shape: Shape, way: str, sizes: Sizes) -> None:
        if time.monotonic() > end:
            return
        data = made(shape, way, sizes)
        if data is None:
            return
        found = Found(shape.__name__, way, sizes, data, seconds_of(data))
        target(found.share, label=f"{found.shape}, {way}")
        key = (found.shape, way)
        if key not in worst or worst[key].seconds < found.seconds:
            worst[key] = found

    while time.monotonic() < end:
        ways = st.sampled_from([*UNSIGNED, *SIGNED])
        _steered(given(st.sampled_from(shapes), ways, SIZES)(once))()
    return sorted(worst.values(), key=lambda found: -found.share)


_steered = settings(
    max_examples=_ROUND,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.target),
    suppress_health_check=list(HealthCheck),
)


def made(shape: Shape, way: str, sizes: Sizes) -> bytes | None:
    """The file; None for one that is too large for a file, or takes too long to sign."""
    document = shape(sizes)
    if len(compact(document)) > MAX_CREDENTIAL_BYTES or (way.startswith("RDF") and not _signable(document)):
        return None
    data = (UNSIGNED | SIGNED)[way](document)
    return data if len(data) <= MAX_CREDENTIAL_BYTES * 2 else None


def _signable(document: JsonObject) -> bool:
    steps = Steps.bounded()
    try:
        canonicalize(document, contexts_for({}, steps), Work(steps))
    except (FormatError, GivenUpError):
        return False
    return True
