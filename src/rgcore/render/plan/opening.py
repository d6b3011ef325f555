"""How the plan begins: whose it is, and where the group is now."""

from __future__ import annotations

from rgcore.render.plan.markdown import Lines, plain
from rgcore.render.speech import Speech


def title(speech: Speech) -> Lines:
    """Say whose plan this is, on which day, and where the group is."""
    view = speech.view
    own = speech.words(view.group.name)
    whose = speech.fixed("The plan of {name}")
    yield f"# {plain(own or whose.format(name=speech.name(view.group.client)))}"
    yield ""
    phase = view.phase()
    if phase is not None:
        said = speech.fixed("On {day}. Phase: {phase}.")
        name = phase.wording.said_in(speech.language)
        yield said.format(day=speech.day(view.on), phase=name)
    yield from _pause(speech)


def _pause(speech: Speech) -> Lines:
    running = [p for p in speech.view.group.pauses if p.runs_on(speech.view.on)]
    if not running:
        return
    until = running[-1].until
    yield ""
    if until is None:
        yield speech.fixed("The group rests for a while.")
    else:
        said = speech.fixed("The group rests until {until}.")
        yield said.format(until=speech.day(until))
