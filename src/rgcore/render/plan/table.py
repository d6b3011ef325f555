"""How people meet and keep in touch, what they decided, and their themes."""

from __future__ import annotations

from typing import Final

from rgcore.domain.meetings import Meeting
from rgcore.domain.offers import Offer
from rgcore.render.fillings.meetings import rhythm
from rgcore.render.plan.markdown import (
    Lines,
    after,
    beside,
    heading,
    named,
    quoted,
    words,
)
from rgcore.render.speech import Speech, capitalised

_LATEST: Final = 5
"""Decisions that a plan tells, the latest first. A default of ours."""


def next_meeting(speech: Speech) -> Lines:
    """Say when and where people meet, and what for."""
    planned = speech.view.group.planned()
    if planned:
        yield from heading(speech, "Next meeting")
    for meeting in planned:
        yield from _meeting(speech, meeting)


def contact(speech: Speech) -> Lines:
    """Say how often people meet and how they keep in touch in between."""
    group = speech.view.group
    if group.rhythms or group.channels:
        yield from heading(speech, "How we keep in touch")
    if group.rhythms:
        often = rhythm(speech, group.rhythms[-1].days)
        yield f"- {speech.fixed('We meet {rhythm}.').format(rhythm=often)}"
    if group.channels:
        agreed = group.channels[-1]
        how = speech.code(agreed.channel, "channel")
        yield f"- {speech.fixed('In between: {channel}.').format(channel=how)}"
        if agreed.words is not None:
            left_out = speech.fixed("What is not said there: “{quote}”")
            yield f"- {left_out.format(quote=words(speech, agreed.words))}"


def house_rules(speech: Speech) -> Lines:
    """Say how people deal with one another."""
    rules = speech.view.group.house_rules
    if rules:
        yield from heading(speech, "How we deal with one another")
        for rule in rules[-1].rules:
            yield f"- {words(speech, rule)}"


def decisions(speech: Speech) -> Lines:
    """Say what was decided; what was not to be written down is not here."""
    found = [d for d in speech.view.group.decisions if d.words is not None]
    if found:
        yield from heading(speech, "What we decided")
    for decision in found[: -_LATEST - 1 : -1]:
        yield f"- {speech.day(decision.on)}: {words(speech, decision.words)}"


def themes(speech: Speech) -> Lines:
    """Say which themes people asked for, and what was offered."""
    group = speech.view.group
    answered = {request for offer in group.offers for request in offer.answers}
    asked = [r for r in group.theme_requests if r.id not in answered]
    if asked or group.offers:
        yield from heading(speech, "Themes")
    for request in asked:
        would = speech.fixed("{person} would like: {theme}")
        who, theme = named(speech, request.person), speech.code(request.theme)
        said = after(" — ", quoted(words(speech, request.words)))
        yield f"- {would.format(person=who, theme=theme)}{said}"
    for offer in group.offers:
        yield f"- {_offer(speech, offer)}"


def _meeting(speech: Speech, meeting: Meeting) -> Lines:
    kind = capitalised(speech.code(meeting.kind, "meeting_kind"))
    day = speech.weekday(meeting.planned_for) if meeting.planned_for else ""
    hour = f", {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
    form = speech.code(meeting.form, "meeting_form") if meeting.form else ""
    place = words(speech, meeting.place)
    yield f"- {kind}: {day}{hour}{after(', ', form)}{after(', ', place)}"
    for item in meeting.agenda:
        yield f"  - {words(speech, item.words) or speech.code(item.topic)}"


def _offer(speech: Speech, offer: Offer) -> str:
    states = {person: offer.state_of(person) for person in offer.people}
    taking = [p for p, state in states.items() if state != "offered"]
    about = speech.fixed("for {names}").format(names=named(speech, *offer.people))
    there = speech.fixed("taking part: {names}").format(names=named(speech, *taking))
    topic = capitalised(speech.code(offer.topic))
    return f"{topic}{beside(about, there if taking else '')}"
