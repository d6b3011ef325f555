"""Tell each kind of happening as one sentence.

The sentences are fixed texts: `{names}` are filled from the view. Where a
happening has no sentence of its own, it is told by what its type is called.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, TypeVar

from rgcore.access import TimelineLine
from rgcore.domain.ids import Kind, PersonId
from rgcore.domain.items import HasId
from rgcore.domain.meetings import Meeting
from rgcore.domain.people import Nomination
from rgcore.domain.plan import Goal
from rgcore.domain.text import Text
from rgcore.render.speech import Speech, capitalised, one_line

Filling = Callable[[Speech, TimelineLine], dict[str, str]]

ItemT = TypeVar("ItemT", bound=HasId)


def tell(speech: Speech, line: TimelineLine) -> str:
    """Return one line of the timeline as a sentence.

    Args:
        speech: Says it, in one language to one reader.
        line: The line.
    """
    type_ = line.fact.partition(":")[0]
    if line.in_error:
        return _told_in_error(speech, line)
    sentence = SENTENCES.get(line.fact) or SENTENCES.get(type_)
    if sentence is None:
        return type_
    filling = _FILLINGS.get(type_)
    values = filling(speech, line) if filling else {}
    if "{present}" in sentence and not values["present"]:
        sentence = WITHOUT_NAMES
    said = speech.fixed(sentence).format(**values)
    return capitalised(one_line(said))


def _(text: str) -> str:
    """Mark a text for translation; it is translated where it is told."""
    return text


WITHOUT_NAMES: Final = _("{kind}.")
"""How a meeting is told of which nobody noted who was there."""

SENTENCES: Final = MappingProxyType(
    {
        "group.start": _("{names} begin."),
        "group.import": _("The group came here from elsewhere, with its history."),
        "group.explain": _("What a resource group is was explained."),
        "group.name": _("The group has a name: {words}."),
        "step.exempt": _("Agreed that this need not be done here: {step}."),
        "sociogram.draw": _("A sociogram was drawn."),
        "member.nominate": _("{person} is nominated."),
        "member.withdraw_nomination": _("The nomination of {person} was taken back."),
        "member.approach": _("{person} was asked."),
        "member.accept": _("{person} says yes and joins the group."),
        "member.decline": _("{person} says no, for now."),
        "member.leave": _("{names} leaves the group."),
        "person.involve": _("{names} takes part without being a member."),
        "role.assign": _("{names} is now {role}."),
        "role.end": _("{names} is no longer {role}."),
        "interview.hold": _("A deepening talk with {person}."),
        "interview.agree_themes": _("{person} agrees to the themes of the talk."),
        "goal.set": _("A goal: “{words}”"),
        "goal.reword": _("A goal is put in new words: “{words}”"),
        "goal.agree": _("The group takes on: {goals}."),
        "goal.review": _("Looked back on “{words}”: {achievement}."),
        "goal.set_status": _("“{words}”: {status}."),
        "agreement.make": _("Agreed: {words}"),
        "agreement.revise": _("Agreed anew: {words}"),
        "success.add": _("Went well: {words}"),
        "scale_up.agree": _("Agreed how help returns: {words}"),
        "reorientation.open": _("The group looks at what may change."),
        "care.scale_down": _("Care is scaled down to: {to}."),
        "own_item.keep": _("Something of one's own was kept: {kind}."),
        "own_item.share": _("Shared with the group: {kind}."),
        "meeting.plan": _("Planned: {kind} on {day}."),
        "meeting.change": _("The plan of a meeting was changed: {kind} on {day}."),
        "meeting.hold": _("{kind}, with {present}."),
        "house_rules.set": _("House rules were written down."),
        "house_rules.agree": _("{names} says yes to the house rules."),
        "offer.make": _("Offered: {topic}, for {names}."),
        "offer.take": _("Taking part in {topic}: {names}."),
        "evaluation.hold": _("Looked back together: {kind}."),
        "entry.mark_in_error": _("Marked as entered in error: {why}."),
        "entry.undo_in_error": _("It was no error after all: it counts again."),
        "entry.empty_in_error": _("The words of what was entered in error are gone."),
        "person.merge": _("Two people turned out to be one: {names}."),
    }
)

IN_ERROR: Final = _("Entered in error, so it does not count: {what}.")
"""How anything is told that no longer counts: the group no longer has it."""

KINDS: Final = MappingProxyType(
    {
        "group": _("something about the group itself"),
        "step": _("that something need not be done"),
        "sociogram": _("a sociogram"),
        "member": _("something about who joins or leaves"),
        "person": _("something about a person"),
        "role": _("a role"),
        "interview": _("a deepening talk"),
        "goal": _("something about a goal"),
        "agreement": _("an agreement"),
        "success": _("something that went well"),
        "scale_up": _("how help returns"),
        "reorientation": _("looking at what may change"),
        "care": _("scaling care down"),
        "own_item": _("something of one's own"),
        "meeting": _("something about a meeting"),
        "house_rules": _("something about the house rules"),
        "offer": _("an offer"),
        "evaluation": _("looking back together"),
    }
)
"""What a change was about, by the first word of its type."""


def _told_in_error(speech: Speech, line: TimelineLine) -> str:
    what = KINDS.get(line.fact.partition(".")[0], line.fact)
    return speech.fixed(IN_ERROR).format(what=speech.fixed(what))


def _touched(items: tuple[ItemT, ...], line: TimelineLine) -> tuple[ItemT, ...]:
    return tuple(item for item in items if item.id in line.touched)


def _people(speech: Speech, line: TimelineLine) -> tuple[PersonId, ...]:
    """Return the people a line is about, the client first."""
    group = speech.view.group
    touched = {group.known_as(PersonId(item)) for item in line.touched}
    found = [PersonId(p) for p in group.ids(Kind.PERSON) if p in touched]
    return tuple(sorted(found, key=lambda person: person != group.client))


def _names(speech: Speech, line: TimelineLine) -> dict[str, str]:
    return {"names": speech.names(_people(speech, line))}


def _role(speech: Speech, line: TimelineLine) -> dict[str, str]:
    people = _people(speech, line)
    held = [
        r
        for r in speech.view.group.roles
        if r.person in people and line.on in {r.since, r.until}
    ]
    role = speech.code(held[-1].role) if held else ""
    return {"role": role, **_names(speech, line)}


def _group_name(speech: Speech, _line: TimelineLine) -> dict[str, str]:
    return {"words": speech.words(speech.view.group.name)}


def _nominee(speech: Speech, line: TimelineLine) -> dict[str, str]:
    nominations: tuple[Nomination, ...] = speech.view.group.nominations
    found = _touched(nominations, line)
    return {"person": speech.name(found[0].person) if found else ""}


def _respondent(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.interviews, line)
    return {"person": speech.name(found[0].respondent) if found else ""}


def _goals(speech: Speech, line: TimelineLine) -> dict[str, str]:
    goals: tuple[Goal, ...] = _touched(speech.view.group.goals, line)
    said = [speech.words(_wording(speech, goal, line)) for goal in goals]
    reviews = [r for g in goals for r in g.reviews if r.change == line.change]
    stood = [s for g in goals for s in g.statuses if s.change == line.change]
    return {
        "words": said[0] if said else "",
        "goals": ", ".join(f"“{words}”" for words in said),
        "achievement": speech.code(reviews[-1].achievement) if reviews else "",
        "status": speech.code(stood[-1].status) if stood else "",
    }


def _wording(speech: Speech, goal: Goal, line: TimelineLine) -> Text:
    """Return how the goal was put when the line was recorded."""
    known = _changes_until(speech, line)
    until = [v for v in goal.versions if v.change in known]
    return (until or goal.versions)[-1].words


def _changes_until(speech: Speech, line: TimelineLine) -> set[str]:
    return {h.change for h in speech.view.group.happenings if h.seq <= line.seq}


def _agreement(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.agreements, line)
    versions = [v for a in found for v in a.versions if v.change == line.change]
    if not versions:
        return {"words": ""}
    said = speech.words(versions[-1].words)
    return {"words": f"{said} ({speech.names(versions[-1].owners)})"}


def _success(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.successes, line)
    if not found:
        return {"words": ""}
    return {"words": f"“{speech.words(found[0].words)}” ({speech.name(found[0].by)})"}


def _scale_up(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.scale_ups, line)
    return {"words": speech.words(found[0].words) if found else ""}


def _scale_down(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.scale_downs, line)
    return {"to": speech.code(found[0].to) if found else ""}


def _exemption(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.exemptions, line)
    return {"step": speech.code(found[0].of) if found else "…"}


def _own_item(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.own_items, line)
    return {"kind": speech.code(found[0].kind) if found else ""}


def _meeting(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found: tuple[Meeting, ...] = _touched(speech.view.group.meetings, line)
    if not found:
        return {"kind": "", "day": "", "present": ""}
    meeting = found[0]
    day = meeting.planned_for or meeting.held_on or line.on
    if line.fact.startswith("meeting.plan") and meeting.earlier_days:
        day = meeting.earlier_days[0]
    there = tuple(a.person for a in meeting.attendance if a.presence == "present")
    return {
        "kind": speech.code(f"meeting_kind.{meeting.kind}"),
        "day": speech.day(day),
        "present": speech.names(there),
    }


def _offer(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.offers, line)
    topic = speech.code(found[0].topic) if found else ""
    return {"topic": topic, **_names(speech, line)}


def _evaluation(speech: Speech, line: TimelineLine) -> dict[str, str]:
    found = _touched(speech.view.group.evaluations, line)
    return {"kind": speech.code(found[0].kind) if found else ""}


def _why(speech: Speech, line: TimelineLine) -> dict[str, str]:
    return {"why": speech.code(line.fact.partition(":")[2])}


_FILLINGS: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {
        "group.start": _names,
        "group.name": _group_name,
        "step.exempt": _exemption,
        "member.nominate": _nominee,
        "member.withdraw_nomination": _nominee,
        "member.approach": _nominee,
        "member.accept": _nominee,
        "member.decline": _nominee,
        "member.leave": _names,
        "person.involve": _names,
        "role.assign": _role,
        "role.end": _role,
        "interview.hold": _respondent,
        "interview.agree_themes": _respondent,
        "goal.set": _goals,
        "goal.reword": _goals,
        "goal.agree": _goals,
        "goal.review": _goals,
        "goal.set_status": _goals,
        "agreement.make": _agreement,
        "agreement.revise": _agreement,
        "success.add": _success,
        "scale_up.agree": _scale_up,
        "care.scale_down": _scale_down,
        "own_item.keep": _own_item,
        "own_item.share": _own_item,
        "meeting.plan": _meeting,
        "meeting.change": _meeting,
        "meeting.hold": _meeting,
        "house_rules.agree": _names,
        "offer.make": _offer,
        "offer.take": _offer,
        "evaluation.hold": _evaluation,
        "entry.mark_in_error": _why,
        "person.merge": _names,
    }
)
