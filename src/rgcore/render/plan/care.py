"""When it gets harder, how help returns, and care around the group."""

from __future__ import annotations

from rgcore.domain.care import Promise
from rgcore.domain.signalling import HIGHEST_STAGE, SignAction, SignallingPlan
from rgcore.render.plan.markdown import (
    Lines,
    after,
    beside,
    heading,
    labelled,
    named,
    words,
)
from rgcore.render.speech import Speech


def signalling(speech: Speech) -> Lines:
    """Say the signs of each stage, and who does what then."""
    plans = speech.view.group.signalling_plans
    if not plans:
        return
    yield from heading(speech, "Signalling plan: when it gets harder")
    for stage in range(1, HIGHEST_STAGE + 1):
        yield from _stage(speech, plans[-1], stage)


def _stage(speech: Speech, plan: SignallingPlan, stage: int) -> Lines:
    signs = [sign for sign in plan.signs if sign.stage == stage]
    actions = [action for action in plan.actions if action.stage == stage]
    if not signs and not actions:
        return
    yield f"### {speech.code(str(stage), 'stage')}"
    yield ""
    for sign in signs:
        yield f"- {words(speech, sign.words)}"
    yield ""
    if actions:
        yield speech.fixed("Who does what then:")
        yield ""
    for action in actions:
        yield _action(speech, action)
    yield ""


def _action(speech: Speech, action: SignAction) -> str:
    second = named(speech, action.second) if action.second else ""
    otherwise = speech.fixed("otherwise {name}").format(name=second) if second else ""
    hours = words(speech, action.hours)
    said = words(speech, action.words)
    return f"- {named(speech, action.by)}: {said}{beside(hours, otherwise)}"


def crisis_card(speech: Speech) -> Lines:
    """Say what the client wants others to know and do in a crisis."""
    cards = speech.view.group.crisis_cards
    if not cards:
        return
    card = cards[-1]
    yield from heading(speech, "Crisis card")
    rows = (
        (speech.fixed("This helps"), words(speech, card.helps)),
        (speech.fixed("Rather not"), words(speech, card.does_not_help)),
        (speech.fixed("Call"), ", ".join(named(speech, p) for p in card.call)),
        (speech.fixed("Look after"), words(speech, card.look_after)),
        (speech.fixed("Where the card is"), words(speech, card.kept_at)),
    )
    yield from labelled(rows)


def scale_up(speech: Speech) -> Lines:
    """Say how help returns, and who promised what."""
    agreements = speech.view.group.scale_ups
    if agreements:
        yield from heading(speech, "How help returns")
    for agreement in agreements:
        last = agreement.until
        said = speech.fixed("up to and including {day}")
        until = said.format(day=speech.day(last)) if last else ""
        yield f"{words(speech, agreement.words)}{beside(until)}"
        yield ""
        for promise in agreement.promises:
            yield _promise(speech, promise)
        yield ""


def _promise(speech: Speech, promise: Promise) -> str:
    work = words(speech, promise.organisation)
    said = speech.fixed("up to and including {day}")
    until = said.format(day=speech.day(promise.until)) if promise.until else ""
    who = f"{named(speech, promise.by)}{beside(work)}"
    return f"- {who}: {words(speech, promise.words)}{beside(until)}"


def around(speech: Speech) -> Lines:
    """Say which care there is, in which steps it becomes less, and what comes after."""
    parts = (*_episodes(speech), *_steps(speech), *_aftercare(speech))
    if parts:
        yield from heading(speech, "Care")
        yield from parts


def _episodes(speech: Speech) -> Lines:
    running = [
        f"{speech.code(e.form, 'care_form')}{beside(words(speech, e.organisation))}"
        for e in speech.view.group.episodes
        if e.runs_on(speech.view.on)
    ]
    if running:
        said = speech.fixed("Now: {care}.")
        yield said.format(care=speech.listed(running))
        yield ""


def _steps(speech: Speech) -> Lines:
    plans = speech.view.group.scale_down_plans
    if not plans:
        return
    yield speech.fixed("Step by step a little less:")
    yield ""
    for step in plans[-1].steps:
        yield f"- {speech.day(step.on)}: {words(speech, step.words)}"
    yield ""


def _aftercare(speech: Speech) -> Lines:
    ahead = [a for a in speech.view.group.aftercare if a.held_on is None]
    if ahead:
        yield speech.fixed("On these days somebody asks how things are:")
        yield ""
    for moment in ahead:
        said = after(" — ", words(speech, moment.words))
        yield f"- {speech.day(moment.on)}: {named(speech, *moment.by)}{said}"
