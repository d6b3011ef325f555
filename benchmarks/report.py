"""Run a case and say what came of it, as Markdown and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.cases import Case, Goal, Ours
from benchmarks.harness import Ratio, Side, Timing, beyond, race, ratio


@dataclass(frozen=True)
class Figure:
    """What was found for one goal; no ratio when one of its sides is missing."""

    goal: Goal
    ratio: Ratio | None

    @property
    def reached(self) -> bool | None:
        """Return whether the goal is reached; ``None`` where there is no answer."""
        if self.ratio is None or self.goal.limit is None:
            return None
        if self.goal.bound == "times faster":
            return self.ratio.value >= self.goal.limit
        return self.ratio.value <= self.goal.limit


@dataclass(frozen=True)
class Result:
    """All timings and figures of one case, and what there is to know about them."""

    case: Case
    timings: tuple[Timing, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


def run(case: Case, rounds: int) -> Result:
    """Run one case in a temporary folder."""
    with TemporaryDirectory(prefix="rgcore-benchmark-") as name:
        folders = _folders(Path(name))
        peers = [peer(next(folders)) for peer in case.peers]
        ours, missing = _our_sides(case, folders)
        timings = race([*peers, *ours], rounds)
    return Result(case, timings, _figures(case, timings), (*case.notes, *missing))


def _folders(root: Path) -> Iterator[Path]:
    number = 0
    while True:
        folder = root / str(number)
        folder.mkdir()
        yield folder
        number += 1


def _our_sides(case: Case, folders: Iterator[Path]) -> tuple[list[Side], list[str]]:
    sides, missing = [], []
    for name, prepare in case.ours.items():
        side = _prepared(name, prepare, next(folders))
        if isinstance(side, str):
            missing.append(f"Left out: {name} ({side}).")
        else:
            sides.append(side)
    return sides, missing


def _prepared(name: str, prepare: Ours, folder: Path) -> Side | str:
    try:
        found = prepare(folder)
        return found if isinstance(found, Side) else Side(name, found)
    except (NotImplementedError, ModuleNotFoundError, CalledProcessError) as missing:
        return str(missing)


def _figures(case: Case, timings: Iterable[Timing]) -> tuple[Figure, ...]:
    by_name = {timing.name: timing for timing in timings}
    _check_names(case, {*by_name, *case.ours})
    return tuple(Figure(goal, _ratio(goal, by_name)) for goal in case.goals)


def _check_names(case: Case, known: set[str]) -> None:
    # A misspelt side would otherwise pass for one that is not there yet.
    named = {side for goal in case.goals for side in (goal.ours, goal.theirs)}
    if unknown := named - known:
        message = f"{case.code} has goals for unknown sides: {sorted(unknown)}"
        raise ValueError(message)


def _ratio(goal: Goal, by_name: Mapping[str, Timing]) -> Ratio | None:
    ours, theirs = by_name.get(goal.ours), by_name.get(goal.theirs)
    if ours is None or theirs is None:
        return None
    if goal.bound == "ms beyond":
        return beyond(ours, theirs)
    return ratio(ours, theirs) if goal.bound == "at most" else ratio(theirs, ours)


def markdown(result: Result) -> str:
    """Return the result as two tables and its notes."""
    return "\n".join(
        (
            f"## {result.case.code}: {result.case.title}",
            "",
            *_table(("side", "µs", "middle half of rounds"), _timing_rows(result)),
            "",
            *_table(
                ("goal", "figure", "round by round", "middle half", "reached"),
                map(_figure_row, result.figures),
            ),
            *("" for _ in result.notes[:1]),
            *(f"* {note}" for note in result.notes),
        )
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _timing_rows(result: Result) -> Iterator[Sequence[str]]:
    for timing in result.timings:
        low, high = timing.middle_half
        yield timing.name, f"{timing.median:,.0f}", f"{low:,.0f} to {high:,.0f}"


def _figure_row(figure: Figure) -> Sequence[str]:
    if figure.ratio is None:
        return _goal_text(figure.goal), "", "", "", "not measured"
    low, high = figure.ratio.middle_half
    return (
        _goal_text(figure.goal),
        f"{figure.ratio.value:.2f}",
        f"{figure.ratio.paired:.2f}",
        f"{low:.2f} to {high:.2f}",
        {True: "yes", False: "no", None: "for information"}[figure.reached],
    )


def _goal_text(goal: Goal) -> str:
    if goal.bound == "ms beyond":
        limit = f"≤ {goal.limit:g} ms" if goal.limit else "ms"
        return f"{goal.ours} {limit} beyond {goal.theirs}"
    if goal.bound == "at most":
        limit = f"≤ {goal.limit:g} times " if goal.limit else "÷ "
        return f"{goal.ours} {limit}{goal.theirs}"
    limit = f"≥ {goal.limit:g} times faster than" if goal.limit else "faster than"
    return f"{goal.ours} {limit} {goal.theirs}"


def plain(result: Result) -> dict[str, Any]:
    """Return the result as what JSON can hold."""
    return {
        "title": result.case.title,
        "timings": [_plain_timing(timing) for timing in result.timings],
        "goals": [_plain_figure(figure) for figure in result.figures],
        "notes": list(result.notes),
    }


def _plain_timing(timing: Timing) -> dict[str, Any]:
    return {
        "side": timing.name,
        "median_us": timing.median,
        "middle_half_us": timing.middle_half,
        "rounds_us": timing.rounds,
    }


def _plain_figure(figure: Figure) -> dict[str, Any]:
    found = figure.ratio
    return {
        "goal": _goal_text(figure.goal),
        "limit": figure.goal.limit,
        "ratio": found and found.value,
        "ratio_round_by_round": found and found.paired,
        "middle_half": found and found.middle_half,
        "reached": figure.reached,
    }
