"""The parts that settings bring into the plan, with what they noted."""

from __future__ import annotations

from collections.abc import Iterable

from rgcore.domain.foreign import OwnNote
from rgcore.method import PlanSection
from rgcore.render.fillings.settings import note_told
from rgcore.render.plan.markdown import Lines, headed, plain
from rgcore.render.speech import Speech


def sections(speech: Speech) -> Lines:
    """Say what settings noted, in the parts that they have for it."""
    for section in speech.method.plan_sections:
        notes = [n for n in speech.view.group.notes if n.kind in section.changes]
        if notes:
            yield from _section(speech, section, notes)


def _section(speech: Speech, section: PlanSection, notes: Iterable[OwnNote]) -> Lines:
    yield from headed(plain(section.wording.said_in(speech.language)))
    if section.intro is not None:
        yield plain(section.intro.said_in(speech.language))
        yield ""
    for note in notes:
        yield f"- {plain(note_told(speech, note))}"
