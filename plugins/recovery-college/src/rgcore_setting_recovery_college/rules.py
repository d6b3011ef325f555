"""A rule of its own with its time, and the rule of the base that is switched off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rgcore.plugins import (
    Code,
    Kind,
    Method,
    OwnNote,
    Period,
    Rank,
    Ref,
    Replacement,
    ResourceGroup,
    Rule,
    Speaks,
    Timing,
    Wording,
)
from rgcore_setting_recovery_college.codes import (
    COURSE,
    NAMESPACE,
    OURS,
    VISIT_AFTER,
)


def course_to_visit(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after somebody's latest course began, until it is over.

    Args:
        group: The group.
        method: The method that it goes by.
    """
    notes = group.foreign.get(NAMESPACE, ())
    # Who notes a course again, with its last day, says how it stands now.
    latest = {note.whose: note for note in notes if note.kind == COURSE}
    for person, note in latest.items():
        began = _day(note, "began")
        if person is not None and began is not None:
            yield Speaks(
                since=method.after(VISIT_AFTER, began),
                until=_until(group, note),
                about=(Ref(Kind.PERSON, person),),
            )


def _until(group: ResourceGroup, note: OwnNote) -> date | None:
    """Return the day on which a course is over for whoever takes it, if it is known."""
    stays = [m for m in group.memberships if m.person == note.whose]
    died = [death.on for death in group.deaths if death.person == note.whose]
    ends = (_day(note, "finished"), *died, *(m.until for m in stays[-1:]))
    return min((end for end in ends if end is not None), default=None)


def _day(note: OwnNote, name: str) -> date | None:
    value = note.value(name)
    return value.day if value else None


RULES: Final = (
    Rule(
        code=Code("recovery_college.course_to_visit"),
        rank=Rank.METHOD,
        wording=Wording("Een keer mee naar de cursus", "Along to the course once"),
        sentence=Wording(
            "Wie wil een keer mee naar de cursus van {person}?",
            "Who would like to come along once to the course of {person}?",
        ),
        source=OURS,
        settles=(Code("setting.note"), Code("step.exempt")),
        speaks=course_to_visit,
    ),
)

REPLACEMENTS: Final = (
    Replacement(
        replaces=Code("clinician_at_kick_off"),
        because=Wording(
            "Bij een herstelacademie werkt geen zorgverantwoordelijke.",
            "No responsible clinician works at a recovery college.",
        ),
        source=OURS,
    ),
)


def timings(visit_after_days: int) -> tuple[Timing, ...]:
    """Return the lengths of time that the rule counts with.

    Args:
        visit_after_days: What the institution chose.
    """
    return (
        Timing(
            code=VISIT_AFTER,
            wording=Wording("Een keer mee na", "Coming along once after"),
            period=Period(days=visit_after_days),
            ours=True,
            source=OURS,
        ),
    )
