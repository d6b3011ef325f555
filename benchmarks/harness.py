"""Run several sides in turn, in one process, and compare their medians.

Only ratios hold from machine to machine, and other work comes and goes while a
benchmark runs. So the sides take turns in short slots, the order turns with each
round, and the spread of a ratio comes from the rounds themselves.

Garbage is collected before each slot and not during it: a collection would fall on
whichever side happens to be running. That favours sides that leave much garbage,
which the peers do more than rgcore, so it makes the goals harder, not easier.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter_ns

Call = Callable[[], object]

SLOT_NS = 20_000_000
WARM_UP_CALLS = 5
FEWEST_CALLS_IN_A_SLOT = 5
MOST_CALLS_IN_A_SLOT = 2_000


def _nothing() -> None:
    """Undo nothing: the call leaves its store as large as it was."""


@dataclass(frozen=True)
class Side:
    """One way to do the work.

    ``reset`` runs untimed after every call, for work that would otherwise grow from
    call to call. ``clock`` gives nanoseconds that only go up.
    """

    name: str
    call: Call
    reset: Call = _nothing
    clock: Callable[[], int] = perf_counter_ns


@dataclass(frozen=True)
class Timing:
    """The median time of a call in each round, in microseconds."""

    name: str
    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the median of the rounds."""
        return statistics.median(self.rounds)

    @property
    def middle_half(self) -> tuple[float, float]:
        """Return the quartiles between which half of the rounds lie."""
        return middle_half(self.rounds)


@dataclass(frozen=True)
class Ratio:
    """How two sides compare: the ratio of their medians and how far it varies.

    ``paired`` is the median of the ratios within each round. It is the steadier one
    where the whole machine changed speed half-way; far apart, run again. What one side
    takes beyond the other, in milliseconds, is told in the same way.
    """

    value: float
    paired: float
    middle_half: tuple[float, float]


def middle_half(values: Sequence[float]) -> tuple[float, float]:
    """Return the first and third quartile; of a single value, that value twice."""
    if len(values) == 1:
        return values[0], values[0]
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third


def ratio(upper: Timing, lower: Timing) -> Ratio:
    """Return the ratio of medians, its spread taken from paired rounds."""
    pairs = zip(upper.rounds, lower.rounds, strict=True)
    paired = [one / other for one, other in pairs]
    return Ratio(
        upper.median / lower.median, statistics.median(paired), middle_half(paired)
    )


def beyond(upper: Timing, lower: Timing) -> Ratio:
    """Return how many milliseconds one side takes beyond the other."""
    pairs = zip(upper.rounds, lower.rounds, strict=True)
    paired = [(one - other) / 1_000 for one, other in pairs]
    return Ratio(
        (upper.median - lower.median) / 1_000,
        statistics.median(paired),
        middle_half(paired),
    )


def race(sides: Sequence[Side], rounds: int) -> tuple[Timing, ...]:
    """Time all sides in turn and return a timing for each, in the order given."""
    calls = [_calls_in_a_slot(side) for side in sides]
    results: list[list[float]] = [[] for _ in sides]
    with _settled_garbage():
        for number in range(rounds):
            for position in _turned(len(sides), number):
                slot = _slot(sides[position], calls[position])
                results[position].append(slot)
    return tuple(
        Timing(side.name, tuple(result))
        for side, result in zip(sides, results, strict=True)
    )


def _turned(length: int, by: int) -> Iterator[int]:
    # A side that always follows the same neighbour inherits its caches.
    return ((position + by) % length for position in range(length))


def _calls_in_a_slot(side: Side) -> int:
    fastest = min(_timed(side) for _ in range(WARM_UP_CALLS))
    if fastest > FEWEST_CALLS_IN_A_SLOT * SLOT_NS:
        # Several would lie seconds apart from those of the next side.
        return 1
    fitting = SLOT_NS // max(fastest, 1)
    return max(FEWEST_CALLS_IN_A_SLOT, min(MOST_CALLS_IN_A_SLOT, fitting))


def _slot(side: Side, calls: int) -> float:
    gc.collect()
    gc.disable()
    try:
        return statistics.median(_timed(side) for _ in range(calls)) / 1_000
    finally:
        gc.enable()


def _timed(side: Side) -> int:
    begin = side.clock()
    side.call()
    end = side.clock()
    side.reset()
    return end - begin


@contextmanager
def _settled_garbage() -> Iterator[None]:
    # What the sides loaded stays for good; walking it at every slot costs a second.
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def processor_time_ns() -> int:
    """Return how long processors worked for this process and those that it ended.

    What other work on the machine takes away is not in it, so that differences of
    some milliseconds can be told between processes that take half a second.
    """
    # Windows has no such module, and the other cases need none.
    import resource  # noqa: PLC0415

    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(sum(one.ru_utime + one.ru_stime for one in used) * 1_000_000_000)


def process(*command: str, env: Mapping[str, str] | None = None) -> Call:
    """Return a call that starts a program and waits until it has ended well."""

    def run() -> None:
        # Without closing descriptors Python may use posix_spawn: cheaper, steadier.
        subprocess.run(
            command, stdout=subprocess.DEVNULL, close_fds=False, check=True, env=env
        )

    return run
