"""Who is in the group, who else is involved, and thanks."""

from __future__ import annotations

from collections.abc import Iterator

from rgcore.domain.ids import PersonId
from rgcore.domain.people import RoleHeld
from rgcore.render.plan.markdown import (
    Lines,
    after,
    beside,
    heading,
    named,
    plain,
    quoted,
    words,
)
from rgcore.render.speech import Speech


def members(speech: Speech) -> Lines:
    """Say who is in the group, each with their part in their own words."""
    group = speech.view.group
    yield from heading(speech, "Who is in the group")
    yield f"- {named(speech, group.client)} ({speech.code('client')})"
    parts = {part.person: part.words for part in group.parts}
    for person in group.members_on(speech.view.on):
        about = (*_relations(speech, person), *_roles(speech, person))
        part = quoted(words(speech, parts.get(person)))
        rest = _rest(speech, person)
        said = beside(plain(", ".join(about)), rest)
        yield f"- {named(speech, person)}{said}{after(': ', part)}"


def involved(speech: Speech) -> Lines:
    """Say who has to do with it without being in the group, and for whom they work."""
    group, day = speech.view.group, speech.view.on
    organisations = {i.person: i.organisation for i in group.involvements}
    helping = [r.person for r in group.roles if r.runs_on(day)]
    beside_it = dict.fromkeys((*group.involved_on(day), *helping))
    inside = (group.client, *group.members_on(day))
    found = [person for person in beside_it if person not in inside]
    if found:
        yield from heading(speech, "Who else is involved")
    for person in found:
        about = (*_relations(speech, person), *_roles(speech, person))
        work = words(speech, organisations.get(person))
        yield f"- {named(speech, person)}{beside(plain(', '.join(about)), work)}"


def thanks(speech: Speech) -> Lines:
    """Say who thanked whom, the latest first."""
    found = speech.view.group.thanks
    if found:
        yield from heading(speech, "Thank you")
    for one in reversed(found):
        said = speech.fixed("{by} thanks {person}: “{words}”")
        by, to = named(speech, one.by), named(speech, one.to)
        yield f"- {said.format(by=by, person=to, words=words(speech, one.words))}"


def _relations(speech: Speech, person: PersonId) -> Iterator[str]:
    """Say who somebody is to the client, unless the name says so already."""
    group, day = speech.view.group, speech.view.on
    first = speech.words(group.person(person).relation)
    later = (
        speech.words(r.words)
        for r in group.relations
        if (r.person, r.to) == (person, group.client)
        and (r.until is None or day < r.until)
    )
    said = dict.fromkeys((first, *later))
    return (one for one in said if one and one != speech.name(person))


def _roles(speech: Speech, person: PersonId) -> Iterator[str]:
    held = speech.view.group.roles
    return (
        _role(speech, r)
        for r in held
        if r.person == person and r.runs_on(speech.view.on)
    )


def _role(speech: Speech, held: RoleHeld) -> str:
    role = speech.code(held.role)
    if held.stands_in_for is None:
        return role
    said = speech.fixed("{role} in place of {name}")
    return said.format(role=role, name=speech.name(held.stands_in_for))


def _rest(speech: Speech, person: PersonId) -> str:
    running = [
        r
        for r in speech.view.group.rests
        if r.person == person and r.runs_on(speech.view.on)
    ]
    if not running:
        return ""
    until = running[-1].until
    if until is None:
        return speech.fixed("takes a rest")
    return speech.fixed("takes a rest, back on {day}").format(day=speech.day(until))
