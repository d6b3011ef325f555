"""`rgcore demo`: replay a case into a fresh store and tell what happens."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from rgcore.access import View
from rgcore.cli.replay import Case, Replay, Step
from rgcore.domain.ids import PersonId
from rgcore.errors import NotAvailable, StoreExists
from rgcore.render.pages import dated, plan_markdown, timeline_text
from rgcore.render.sociogram import sociogram_svg
from rgcore.render.speech import Speech
from rgcore.render.translation import DUTCH, Translate, translator

_WIDTH: Final = 78
_AHEAD: Final = 2
"""How many things that come later are told: a story, not a list."""
_PAGES: Final = ("timeline.txt", "plan.md", "sociogram.svg")


def run(options: argparse.Namespace) -> int:
    """Replay a case, tell it, and leave its store and pages in a folder."""
    language = options.lang or DUTCH
    folder, case = Path(options.out), Case.named(options.case)
    for page in _PAGES:
        if (folder / page).exists():
            raise StoreExists(file=folder / page)
    replay = Replay.into(folder, case, options.case, options.store or "")
    with replay.institution:
        teller = _Teller(replay, language)
        for day, steps in replay.days():
            told = list(teller.day(day, steps))
            if not options.quiet:
                print("\n".join(told))
        view = teller.view()
        _write(folder / "timeline.txt", timeline_text(view, language))
        _write(folder / "plan.md", plan_markdown(view, language))
        drawn = replay.institution.view(case.group, replay.reader(case.client))
        if drawn.group.sociograms:
            _write(folder / "sociogram.svg", sociogram_svg(drawn, language))
        faults = replay.institution.verify()
    print("\n".join(_farewell(folder, options.case, case, len(faults), language)))
    return 1 if faults else 0


class _Teller:
    """Tells a case to people: what happens, what it brings, what is next."""

    def __init__(self, replay: Replay, language: str) -> None:
        self._replay = replay
        self._language = language
        self._said = translator(language)
        self._reader = replay.case.reader
        self._phase = ""

    def day(self, day: date, steps: list[Step]) -> Iterator[str]:
        """Tell one day."""
        for step in steps:
            self._reader = PersonId(step.event.data.get("reader", self._reader))
        speech = Speech.of(self.view(), self._language)
        heading = f"{speech.weekday(day)} · {self._number(day)}"
        yield ""
        yield heading
        yield "─" * len(heading)
        for step in steps:
            yield from _wrapped(step.event.told(self._language), "  ")
            yield from self._outcome(step, speech)
        yield from self._phase_of(speech)
        yield from self._next(speech)

    def view(self) -> View:
        """Return what the reader of the story sees; the client if nobody else may."""
        replay = self._replay
        try:
            return replay.institution.view(
                replay.case.group, replay.reader(self._reader)
            )
        except NotAvailable:
            self._reader = replay.case.client
        return replay.institution.view(replay.case.group, replay.reader(self._reader))

    def _number(self, day: date) -> str:
        number = (day - self._replay.case.on(0)).days
        return self._said("day {number}").format(number=number)

    def _outcome(self, step: Step, speech: Speech) -> Iterator[str]:
        found = step.refused.decision.blocking if step.refused else ()
        if step.recorded is not None:
            found = step.recorded.decision.warnings
        for finding in found:
            yield from _wrapped(f"→ {speech.finding(finding)}", "    ")

    def _phase_of(self, speech: Speech) -> Iterator[str]:
        phase = speech.view.phase()
        name = phase.wording.said_in(self._language) if phase else ""
        if name != self._phase:
            yield "  " + self._said("Phase: {phase}").format(phase=name)
        self._phase = name

    def _next(self, speech: Speech) -> Iterator[str]:
        now = speech.view.owed()
        if now:
            yield "  " + self._said("Next steps") + ":"
        for prompt in now:
            yield from _wrapped(f"· {speech.finding(prompt.finding)}", "    ")
        coming = speech.view.coming()[:_AHEAD]
        if coming:
            yield "  " + self._said("Later") + ":"
        for prompt in coming:
            yield from _wrapped(f"· {dated(speech, prompt)}", "    ")


def _farewell(
    folder: Path, name: str, case: Case, faults: int, language: str
) -> Iterator[str]:
    said = translator(language)
    yield ""
    yield said("Everything that was recorded was checked. Faults: {faults}.").format(
        faults=faults
    )
    yield said("In {folder} you find:").format(folder=folder)
    yield from _files(folder, name, said)
    yield said("Look for yourself:")
    for command in ("timeline", "owed", "show"):
        yield (
            f"  {_program()} {command} {case.group} --as {case.client} "
            f"--config {_quoted(folder / 'rgcore.toml')}"
        )


def _files(folder: Path, name: str, said: Translate) -> Iterator[str]:
    rows = (
        ("plan.md", said("the plan, to read and to print")),
        ("timeline.txt", said("what happened")),
        ("sociogram.svg", said("the latest sociogram, as a picture")),
        (f"{name}.db", said("the group, sealed")),
        (f"{name}.keys.db", said("the keys, apart")),
        (f"{name}.keyring", said("the key ring that opens them")),
        (f"{name}.log.db", said("who looked, when and why")),
        ("rgcore.toml", said("the configuration")),
        ("directory.toml", said("who works here")),
    )
    # The store may lie on a server.
    for file, about in rows:
        if (folder / file).exists():
            yield f"  {file:16} {about}"


def _program() -> str:
    """Return how the reader calls rgcore: by its path if it is on no search path."""
    started = Path(sys.argv[0])
    found = shutil.which("rgcore") is not None or started.stem != "rgcore"
    return "rgcore" if found else _quoted(started)


def _quoted(path: Path) -> str:
    """Return a path as every shell takes it, that of Windows too."""
    return f'"{path}"' if " " in str(path) else str(path)


def _wrapped(text: str, indent: str) -> list[str]:
    hanging = indent + ("  " if text.startswith(("·", "→")) else "")
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=hanging)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
