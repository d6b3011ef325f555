"""What went well, the goals, and who does what for them."""

from __future__ import annotations

from collections.abc import Iterable

from rgcore.domain.plan import Agreement, Attainment, Goal
from rgcore.render.fillings.plan import voice
from rgcore.render.plan.markdown import (
    Lines,
    after,
    beside,
    headed,
    heading,
    labelled,
    named,
    plain,
    quoted,
    words,
)
from rgcore.render.speech import Speech, capitalised


def successes(speech: Speech) -> Lines:
    """Say what went well, the latest first."""
    found = speech.view.group.successes
    if found:
        yield from heading(speech, "What went well")
    for success in reversed(found):
        said = quoted(words(speech, success.words))
        yield f"- {said} — {named(speech, success.by)}, {speech.day(success.on)}"


def goals(speech: Speech) -> Lines:
    """Say each goal in the client's words, and who does what for it."""
    found = speech.view.group.goals
    if found:
        yield from heading(speech, "Goals")
    for goal in found:
        yield f"### {words(speech, goal.words)}"
        yield ""
        yield from _about(speech, goal)
        yield from _concrete(speech, goal)
        yield from _voices(speech, goal)
        yield from _who_does_what(speech, goal)


def practical(speech: Speech) -> Lines:
    """Say what was agreed that serves no goal."""
    yield from _listed(
        speech,
        heading(speech, "Practical agreements"),
        (a for a in _loose(speech) if not _for_others(speech, a)),
    )


def for_others(speech: Speech) -> Lines:
    """Say what the client does for others: that is an agreement too."""
    client = named(speech, speech.view.group.client)
    said = speech.fixed("What {name} does for others").format(name=client)
    found = (a for a in _loose(speech) if _for_others(speech, a))
    yield from _listed(speech, headed(said), found)


def _loose(speech: Speech) -> list[Agreement]:
    return [a for a in _open(speech) if not a.goals]


def _open(speech: Speech) -> Iterable[Agreement]:
    return (a for a in speech.view.group.agreements if a.closed_on is None)


def _for_others(speech: Speech, agreement: Agreement) -> bool:
    client = speech.view.group.client
    return bool(agreement.for_people) and client in agreement.now.owners


def _listed(speech: Speech, above: list[str], found: Iterable[Agreement]) -> Lines:
    for number, agreement in enumerate(found):
        if number == 0:
            yield from above
        yield from _agreement(speech, agreement)


def _about(speech: Speech, goal: Goal) -> Lines:
    kind = f"{speech.code(goal.term)}, {speech.code(goal.dimension)}"
    state = speech.code(goal.status)
    if goal.reviews:
        review = goal.reviews[-1]
        state += f"; {speech.day(review.on)}: {speech.code(review.achievement)}"
    yield f"*{kind}* — {state}"
    for version in reversed(goal.versions[:-1]):
        before = speech.fixed("Before that, since {day}: “{words}”")
        said = words(speech, version.words)
        yield ""
        yield before.format(day=speech.day(version.set_on), words=said)
    if goal.tags:
        tags = plain(speech.listed([speech.code(tag, "tag") for tag in goal.tags]))
        yield ""
        yield speech.fixed("It also has to do with: {tags}.").format(tags=tags)
    yield ""


def _concrete(speech: Speech, goal: Goal) -> Lines:
    if not goal.smart:
        return
    smart = goal.smart[-1]
    rows = (
        (speech.fixed("What exactly"), words(speech, smart.specific)),
        (speech.fixed("How you notice"), words(speech, smart.measurable)),
        (speech.fixed("Why it matters"), words(speech, smart.acceptable)),
        (speech.fixed("What makes it possible"), words(speech, smart.realistic)),
        (speech.fixed("Around when"), speech.day(smart.by) if smart.by else ""),
    )
    yield from labelled(rows)
    yield ""


def _voices(speech: Speech, goal: Goal) -> Lines:
    """Say what each said last; voices stand side by side and are never added up."""
    latest: dict[str, Attainment] = {said.by: said for said in goal.attainments}
    if not latest:
        return
    yield speech.fixed("What each says about it:")
    yield ""
    for said in latest.values():
        day = speech.day(said.on)
        yield f"- {named(speech, said.by)}: {voice(speech, said)} ({day})"
    yield ""


def _who_does_what(speech: Speech, goal: Goal) -> Lines:
    found = [a for a in _open(speech) if goal.id in a.goals]
    if not found:
        return
    yield speech.fixed("Who does what:")
    yield ""
    for agreement in found:
        yield from _agreement(speech, agreement)
    yield ""


def _agreement(speech: Speech, agreement: Agreement) -> Lines:
    now = agreement.now
    until = speech.fixed("until {day}").format(day=speech.day(now.until))
    others = named(speech, *agreement.for_people)
    about = speech.fixed("for {names}").format(names=others) if others else ""
    said = words(speech, now.words)
    yield f"- {named(speech, *now.owners)}: {said}{beside(about, until)}"
    yield from _answers(speech, agreement)
    yield from _progress(speech, agreement)


def _answers(speech: Speech, agreement: Agreement) -> Lines:
    accepted = [a.person for a in agreement.now.answers if a.accepts]
    if accepted:
        yes = speech.fixed("Says yes: {names}").format(names=named(speech, *accepted))
        yield f"  - {yes}"
    for answer in agreement.now.answers:
        if not answer.accepts:
            rather_not = speech.fixed("Would rather not: {name}")
            said = rather_not.format(name=named(speech, answer.person))
            yield f"  - {said}{after(' — ', quoted(words(speech, answer.words)))}"


def _progress(speech: Speech, agreement: Agreement) -> Lines:
    if agreement.progress:
        note = agreement.progress[-1]
        how = capitalised(speech.code(note.how, "progress"))
        said = after(" — ", quoted(words(speech, note.words)))
        yield f"  - {how} ({named(speech, note.by)}, {speech.day(note.on)}){said}"
