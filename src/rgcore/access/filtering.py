"""A group as one reader sees it: what they may not see is not there, nor any trace.

Who sees everything gets it without what others keep for themselves. Everybody else
gets a copy that is whole in itself: its own numbering, and no count of what is not in
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, Final

import attrs
from attrs import evolve

from rgcore.access.items import items_of
from rgcore.access.privacy import hidden_from
from rgcore.access.pruning import people_in, without_gone
from rgcore.access.rights import Sight
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.meetings import Meeting
from rgcore.domain.people import RESPONSIBLE_CLINICIAN

IN_THE_GROUP: Final = frozenset({Code("member"), RESPONSIBLE_CLINICIAN})
"""Reasons by which somebody knows who is in the group and how it goes about things."""

_OF_EVERYBODY: Final = (
    "memberships",
    "roles",
    "explanations",
    "deaths",
    "parts",
    "channels",
    "rhythms",
    "names",
)
"""Shelves without ids that everybody in the group sees."""

_FOR_GOALS: Final = frozenset(
    Code(type_)
    for type_ in ("agreement.make", "agreement.revise", "offer.make", "success.add")
)
"""Happenings about something of somebody's own to which the client's goals belong."""

_CORRECTIONS: Final = "entry."
_OF_ONESELF: Final = ("languages", "birthdays")
_OF_NOBODY: Final = ("involvements", "phases_entered")

_TOLD_TO_ALL: Final = frozenset(
    Code(type_)
    for type_ in (
        "group.start",
        "group.import",
        "group.name",
        "group.explain",
        "group.pause",
        "group.resume",
        "group.depart",
        "group.come_back",
        "group.change_team",
        "role.assign",
        "role.end",
        "role.stand_in",
        "member.accept",
        "member.leave",
        "member.describe_part",
        "person.die",
        "channel.agree",
        "rhythm.set",
    )
)
"""Happenings about people and the group as a whole that everybody in it was told."""


def seen_by(
    group: ResourceGroup, sight: Sight, reader: PersonId, on: date
) -> ResourceGroup:
    """Return a group without what a reader may not see.

    Args:
        group: The whole group.
        sight: What they see of it.
        reader: Who reads.
        on: The day.
    """
    if sight.whole:
        return _nearly_whole(group, sight, reader, on)
    return _copy(group, sight, reader, on)


def _nearly_whole(
    group: ResourceGroup, sight: Sight, reader: PersonId, on: date
) -> ResourceGroup:
    away = hidden_from(group, reader, on)
    denied = frozenset(i.id for i in items_of(group) if i.id not in sight.items)
    hidden = away | denied
    seen = group
    if hidden:
        happened = tuple(h for h in group.happenings if hidden.isdisjoint(h.touched))
        shelves = _without(group, hidden)
        seen = evolve(group, **{**shelves, "happenings": happened})
    return seen if sight.minutes else _without_minutes(seen)


def _without(group: ResourceGroup, hidden: frozenset[ItemId]) -> dict[str, Any]:
    """Return each shelf without what is hidden, and without pointers to it."""
    found = {name: getattr(group, name) for name in _shelves()}
    new = {name: without_gone(shelf, hidden) for name, shelf in found.items()}
    return {name: shelf for name, shelf in new.items() if shelf != found[name]}


def _shelves() -> Iterator[str]:
    for one in attrs.fields(ResourceGroup):
        if one.default == () and one.name not in {"happenings", "people"}:
            yield one.name


def _copy(
    group: ResourceGroup, sight: Sight, reader: PersonId, on: date
) -> ResourceGroup:
    hidden = hidden_from(group, reader, on)
    hidden |= frozenset(i.id for i in items_of(group) if i.id not in sight.items)
    is_in = not IN_THE_GROUP.isdisjoint(sight.because)
    shelves: dict[str, Any] = {
        name: without_gone(getattr(group, name), hidden) for name in _shelves()
    }
    shelves |= dict.fromkeys(_OF_NOBODY, ())
    if not is_in:
        shelves |= dict.fromkeys(_OF_EVERYBODY, ())
    for name in _OF_ONESELF:
        shelves[name] = tuple(o for o in shelves[name] if o.person == reader)
    happened = _happened(group, hidden, reader, is_in=is_in)
    seen = evolve(
        group,
        **shelves,
        name=group.name if is_in else None,
        happenings=happened,
        seq=len(happened),
        came_with=0,
    )
    seen = evolve(seen, people=_people(seen, reader))
    return seen if sight.minutes else _without_minutes(seen)


def _people(seen: ResourceGroup, reader: PersonId) -> tuple[Any, ...]:
    """Return everybody whom the copy names: nobody else is known to be there."""
    shelves = (getattr(seen, name) for name in _shelves())
    named = {seen.client, reader, *(who for s in shelves for who in people_in(s))}
    return tuple(person for person in seen.people if person.id in named)


def _happened(
    group: ResourceGroup, hidden: frozenset[ItemId], reader: PersonId, *, is_in: bool
) -> tuple[Happening, ...]:
    people = {str(person.id) for person in group.people}
    known = people | {i.id for i in items_of(group) if i.id not in hidden}
    kept = (
        h
        for h in map(partial(_bare_of_goals, hidden), group.happenings)
        if _is_told(h, known, people, is_in=is_in) or _is_own_mistake(group, h, reader)
    )
    return tuple(evolve(one, seq=number) for number, one in enumerate(kept, start=1))


def _bare_of_goals(hidden: frozenset[ItemId], happened: Happening) -> Happening:
    """Return a happening about something that goals belong to, without hidden ones."""
    if happened.type not in _FOR_GOALS or hidden.isdisjoint(happened.touched):
        return happened
    kept = tuple(item for item in happened.touched if item not in hidden)
    return evolve(happened, touched=kept)


def _is_told(
    happened: Happening, known: set[str], people: set[str], *, is_in: bool
) -> bool:
    touched = {str(item) for item in happened.touched}
    corrects = happened.in_error or happened.type.startswith(_CORRECTIONS)
    if corrects or not touched <= known:
        return False
    return bool(touched - people) or (is_in and happened.type in _TOLD_TO_ALL)


def _is_own_mistake(group: ResourceGroup, happened: Happening, reader: str) -> bool:
    """Tell whether it is a mistake of somebody's own, or that it was corrected.

    What was a mistake is no item any more: who decided says whose it was.
    """
    corrects = happened.in_error or happened.type.startswith(_CORRECTIONS)
    decider = happened.on_behalf_of or happened.by
    return bool(corrects) and group.known_as(decider) == reader


def _without_minutes(group: ResourceGroup) -> ResourceGroup:
    meetings = tuple(map(_bare, group.meetings))
    return evolve(group, meetings=meetings) if meetings != group.meetings else group


def _bare(meeting: Meeting) -> Meeting:
    return evolve(meeting, minutes=None, atmosphere=None, businesslike=None)
