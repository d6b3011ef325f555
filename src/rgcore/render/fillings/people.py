"""What is said of people: asked, joining, resting, named, and their own items."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.access import TimelineLine
from rgcore.domain.ids import PersonId
from rgcore.domain.people import Nomination
from rgcore.render.fillings.common import (
    Filling,
    Places,
    called,
    day_after,
    people,
    quote,
    those,
    touched,
)
from rgcore.render.speech import Speech


def _nominee(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.nominations, line)
    return {"person": speech.name(found.person)} if found else {}


def _approach(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.nominations, line)
    asked = [a for a in found.approaches if a.on == line.on] if found else []
    if not asked:
        return _nominee(speech, line)
    return {
        **_nominee(speech, line),
        "by": speech.names(asked[-1].by),
        "channel": speech.code(asked[-1].channel, "channel"),
    }


def _later(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.nominations, line)
    if found is None:
        return {}
    day = speech.day(found.ask_again_on) if found.ask_again_on else ""
    who = _who_waits(speech, line, found)
    return {"person": speech.name(found.person), "day": day, **who}


def _who_waits(speech: Speech, line: TimelineLine, found: Nomination) -> Places:
    if found.person in people(speech, line):
        return {"nominee": speech.name(found.person)}
    return {"waiting": speech.name(speech.view.group.client)}


def _leaving(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    ended = [
        m
        for m in speech.view.group.memberships
        if m.person in who and m.until == line.on
    ]
    said = quote(speech, ended[-1].farewell) if ended else ""
    return {"quote": said, **called(speech, who)}


def _rest(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.rests, line)
    if found is None:
        return {}
    return {
        "person": speech.name(found.person),
        "until": day_after(speech, found.until_then, line),
        "quote": quote(speech, found.words),
    }


def _part(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    said = [
        p for p in speech.view.group.parts if p.person in who and p.since == line.on
    ]
    if not said:
        return called(speech, who)
    return {
        "person": speech.name(said[-1].person),
        "words": speech.words(said[-1].words),
    }


def _thanks(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.thanks, line)
    if found is None:
        return {}
    return {
        "by": speech.name(found.by),
        "person": speech.name(found.to),
        "words": speech.words(found.words),
    }


def _involved(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    begun = [
        i
        for i in speech.view.group.involvements
        if i.person in who and i.since == line.on
    ]
    said = speech.words(begun[-1].organisation) if begun else ""
    return {"organisation": said, **called(speech, who)}


def _relation(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.relations, line)
    if found is None:
        return {}
    return {
        "person": speech.name(found.person),
        "to": speech.name(found.to),
        "words": speech.words(found.words),
    }


def _renamed(speech: Speech, line: TimelineLine) -> Places:
    """Say the name that its reader reads now; an earlier one is not brought up."""
    found = touched(speech.view.group.names, line)
    if found is None:
        return those(speech, line)
    if speech.view.said(found.name) != speech.view.name(found.person):
        return {"name": speech.name(found.person)}
    return {
        "called": speech.words(found.name),
        "since": speech.day(found.since),
    }


def _language(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    said = [
        spoken
        for spoken in speech.view.group.languages
        if spoken.person in who and spoken.since == line.on
    ]
    if not said:
        return {}
    name, interpreter = speech.name(said[-1].person), said[-1].interpreter
    return {
        "person": name,
        "language": speech.tongue(said[-1].language),
        "interpreter": speech.name(interpreter) if interpreter else "",
        "with_interpreter": name if said[-1].interpreter_needed else "",
    }


def _birthdays(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    noted = [b for b in speech.view.group.birthdays if b.person in who]
    if not noted:
        return {}
    child = noted[-1]
    parents = called(speech, child.parents_say_yes)
    return {
        "person": speech.name(child.person),
        "parent": parents.get("name", ""),
        "parents": parents.get("names", ""),
    }


def _role(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    held = [
        r
        for r in speech.view.group.roles
        if r.person in who and line.on in {r.since, r.until}
    ]
    role = speech.code(held[-1].role) if held else ""
    return {"role": role, **called(speech, who)}


def _stand_in(speech: Speech, line: TimelineLine) -> Places:
    who = people(speech, line)
    held = [
        r
        for r in speech.view.group.roles
        if r.person in who and r.stands_in_for in who and r.since == line.on
    ]
    if not held:
        return {}
    other = held[-1].stands_in_for
    return {
        "person": speech.name(held[-1].person),
        "other": speech.name(other) if other else "",
        "role": speech.code(held[-1].role),
        "until": speech.day(held[-1].until) if held[-1].until else "",
    }


def _own_item(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.own_items, line)
    if found is None:
        return {}
    return {
        "by": speech.name(found.owner),
        "kind": speech.code(found.kind, "own_item"),
    }


def _explained(speech: Speech, line: TimelineLine) -> Places:
    who: tuple[PersonId, ...] = people(speech, line)
    told = [
        e for e in speech.view.group.explanations if e.by in who and e.on == line.on
    ]
    if not told:
        return {}
    return {"by": speech.name(told[-1].by), "called": speech.code(told[-1].called)}


PEOPLE: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {
        "group.start": those,
        "group.explain": _explained,
        "member.nominate": _nominee,
        "member.withdraw_nomination": _nominee,
        "member.approach": _approach,
        "member.ask_later": _later,
        "member.accept": _nominee,
        "member.decline": _nominee,
        "member.leave": _leaving,
        "member.step_back": _rest,
        "member.return": those,
        "member.describe_part": _part,
        "member.thank": _thanks,
        "person.involve": _involved,
        "person.end_involvement": those,
        "person.relate": _relation,
        "person.end_relation": _relation,
        "person.rename": _renamed,
        "person.set_language": _language,
        "person.note_birthdays": _birthdays,
        "person.die": those,
        "person.merge": those,
        "role.assign": _role,
        "role.end": _role,
        "role.stand_in": _stand_in,
        "own_item.keep": _own_item,
        "own_item.share": _own_item,
        "house_rules.agree": those,
    }
)
