"""What several rules ask of a group."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, PersonId, Ref
from rgcore.domain.meetings import KICK_OFF, Meeting, Presence
from rgcore.domain.people import Rest, RoleHeld
from rgcore.method.method import Method

MEETING_INTERVAL: Final = Code("meeting_interval")


@frozen
class Away:
    """From when until when somebody cannot do what they took on."""

    since: date
    until: date | None = None


def person_ref(person: PersonId) -> Ref:
    """Return a pointer to a person."""
    return Ref(Kind.PERSON, person)


def meeting_ref(meeting: Meeting) -> Ref:
    """Return a pointer to a meeting."""
    return Ref(Kind.MEETING, meeting.id)


def known_until(group: ResourceGroup) -> date:
    """Return the latest day of which anything was recorded."""
    return max((h.on for h in group.counting), default=group.started_on)


def first_kick_off(group: ResourceGroup) -> Meeting | None:
    """Return the first kick-off that was held."""
    return next(iter(group.held(KICK_OFF)), None)


def regular(group: ResourceGroup, method: Method) -> tuple[Meeting, ...]:
    """Return the meetings that were held and count in the rhythm, by day."""
    return tuple(m for m in group.held() if method.is_regular(m.kind))


def regular_to_come(group: ResourceGroup, method: Method) -> tuple[Meeting, ...]:
    """Return the meetings that are planned and count in the rhythm, by day."""
    return tuple(m for m in group.planned() if method.is_regular(m.kind))


def after_interval(group: ResourceGroup, method: Method, day: date) -> date:
    """Return the day that lies the group's own interval, or the method's, after one."""
    if group.rhythms:
        return date.fromordinal(
            min(day.toordinal() + group.rhythms[-1].days, date.max.toordinal())
        )
    return method.after(MEETING_INTERVAL, day)


def was_at(meeting: Meeting, people: tuple[PersonId, ...]) -> bool:
    """Tell whether one of these people was at a meeting."""
    return any(meeting.presence_of(p) is Presence.PRESENT for p in people)


def staff_of(group: ResourceGroup) -> frozenset[PersonId]:
    """Return the ids of people of the directory."""
    return frozenset(p.id for p in group.people if p.staff)


def away(group: ResourceGroup, person: PersonId) -> Away | None:
    """Return from when somebody is gone, or rests; `None` if they are there.

    Somebody who was never a member and is involved is there; the client always is,
    as long as they live.

    Args:
        group: The group.
        person: Who.
    """
    died = group.died_on(person)
    if died is not None:
        return Away(died)
    left = _left_on(group, person)
    if left is not None:
        return Away(left)
    rest = _latest_rest(group, person)
    return Away(rest.since, rest.until) if rest else None


def _left_on(group: ResourceGroup, person: PersonId) -> date | None:
    """Return the day from which somebody has nothing to do with the group any more."""
    ends = [
        *(m.until for m in group.memberships if m.person == person),
        *(i.until for i in group.involvements if i.person == person),
        *(r.until for r in group.roles if r.person == person),
    ]
    if not ends or None in ends:
        return None
    return max(end for end in ends if end is not None)


def _latest_rest(group: ResourceGroup, person: PersonId) -> Rest | None:
    own = [rest for rest in group.rests if rest.person == person]
    if not own:
        return None
    day = known_until(group)
    running = [rest for rest in own if rest.until is None or rest.until > day]
    return running[-1] if running else None


def unfilled(group: ResourceGroup, role: Code) -> tuple[Away, ...]:
    """Return when nobody fills a role, as far as it is not over already.

    A holder who rests or has died does not fill it.

    Args:
        group: The group.
        role: The role.
    """
    held = [r for r in group.roles if r.role == role]
    edges = {group.started_on, *_edges(group, held)}
    known = known_until(group)
    gaps: list[Away] = []
    for day in sorted(edges):
        open_gap = gaps and gaps[-1].until is None
        if _is_filled(group, held, day):
            if open_gap:
                gaps[-1] = Away(gaps[-1].since, day)
        elif not open_gap:
            gaps.append(Away(day))
    return tuple(g for g in gaps if g.until is None or g.until > known)


def _edges(group: ResourceGroup, held: list[RoleHeld]) -> list[date]:
    people = {r.person for r in held}
    stretches = [(r.since, r.until) for r in held]
    stretches += [(r.since, r.until) for r in group.rests if r.person in people]
    days = [day for stretch in stretches for day in stretch if day is not None]
    return [day for day in days if day >= group.started_on]


def _is_filled(group: ResourceGroup, held: list[RoleHeld], day: date) -> bool:
    return any(r.runs_on(day) and not group.rests_on(r.person, day) for r in held)
