"""Where rights come from: one function for each reason, each reading dates alone.

The client sees everything that nobody keeps for themselves. Everybody else sees what
one of these gives them, and nothing if none does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from attrs import evolve

from rgcore.access.grants import DO, SEE, Grant
from rgcore.access.items import SAID_THEMSELVES, Item, items_of
from rgcore.domain.consent import Choice, Permission
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, Kind, PersonId
from rgcore.domain.legal import CARE
from rgcore.domain.people import DIRECTION_SUPPORTER, RESPONSIBLE_CLINICIAN

Stretch = tuple[date, date | None]
"""From a day until, not including, another day; without an end if that is `None`."""

_SEE: Final = frozenset({SEE})
_BOTH: Final = frozenset({SEE, DO})


def _kinds(*kinds: Kind) -> frozenset[Code]:
    return frozenset(Code(kind.value) for kind in kinds)


MEMBER_KINDS: Final = _kinds(
    Kind.MEETING, Kind.AGENDA_ITEM, Kind.HOUSE_RULES, Kind.PAUSE, Kind.DEPARTURE
)
"""What everybody in the group sees: when it meets, about what, by which rules.

Our own default: being in a group is no right to read its plan. The client chooses
that, per person and per content.
"""

CLINICIAN_KINDS: Final = MEMBER_KINDS | _kinds(
    Kind.GOAL,
    Kind.AGREEMENT,
    Kind.SIGNALLING_PLAN,
    Kind.CRISIS_CARD,
    Kind.SCALE_UP,
    Kind.SCALE_DOWN,
    Kind.SCALE_DOWN_PLAN,
    Kind.SCALE_DOWN_STEP,
    Kind.EPISODE,
    Kind.FRAME,
    Kind.HANDOVER,
    Kind.AFTERCARE,
    Kind.RETURN_OF_CARE,
)
"""What a responsible clinician sees: half a page for the care that they answer for.

Our own default.
"""

_SIXTEEN: Final = Code("parental_authority")


def grants(group: ResourceGroup) -> tuple[Grant, ...]:
    """Return every right that a group's own facts give, with its dates.

    Args:
        group: The group.
    """
    ends = _after_death(group)
    living = (
        *_of_client(group),
        *_of_clinicians(group),
        *_of_members(group),
        *_of_owners(group),
        *_of_choices(group),
        *_of_permissions(group),
        *_of_mandates(group),
        *_of_emergencies(group),
    )
    # After a client's death all access ends but custody; what people said stays theirs.
    kept = [*_of_supporters(group), *_of_those_who_said_it(group)]
    found = [*(_until(grant, ends) for grant in living), *kept]
    return tuple(g for g in found if g.until is None or g.since < g.until)


def recording(group: ResourceGroup, on: date) -> frozenset[PersonId | None]:
    """Return who may record for a group on a day, beside what is their own.

    Args:
        group: The group.
        on: The day.
    """
    # Asked at each change: without what only reading needs.
    ends = _after_death(group)
    mine = (*_of_client(group), *_of_mandates(group))
    living = (_until(grant, ends) for grant in mine)
    found = (*living, *_of_supporters(group))
    return frozenset(g.to for g in found if DO in g.verbs and g.runs_on(on))


def sees_all(group: ResourceGroup, person: PersonId, on: date) -> Code | None:
    """Return why somebody sees all that nobody keeps; `None` if they do not.

    Where a choice of the client takes some of it, they do not either.

    Args:
        group: The group.
        person: Who.
        on: The day.
    """
    refused = (choice for choice in group.choices if not choice.sees)
    if any(person in (choice.to or _ever_in(group)) for choice in refused):
        return None
    ends = _after_death(group)
    living = (*_of_client(group), *_of_mandates(group), *_of_emergencies(group))
    found = (*(_until(grant, ends) for grant in living), *_of_supporters(group))
    mine = (g.because for g in found if g.to == person and g.runs_on(on))
    return next(mine, None)


def stays(group: ResourceGroup, person: PersonId) -> tuple[Stretch, ...]:
    """Return when somebody is in the group: as a member, or in a role.

    Args:
        group: The group.
        person: Who.
    """
    joined = ((m.since, m.until) for m in group.memberships if m.person == person)
    held = ((r.since, r.until) for r in group.roles if r.person == person)
    return (*joined, *held)


def _after_death(group: ResourceGroup) -> date | None:
    died = group.died_on(group.client)
    return died + timedelta(days=1) if died else None


def _until(grant: Grant, end: date | None) -> Grant:
    return evolve(grant, until=_sooner(grant.until, end))


def _sooner(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days, default=None)


def _shared(one: Stretch, other: Stretch) -> Stretch:
    """Return the days that two stretches share; they may be none."""
    return max(one[0], other[0]), _sooner(one[1], other[1])


def _of_client(group: ResourceGroup) -> Iterator[Grant]:
    yield _whole(group.client, (group.started_on, None), "own_group")


def _of_supporters(group: ResourceGroup) -> Iterator[Grant]:
    for held in group.roles:
        if held.role == DIRECTION_SUPPORTER:
            yield _whole(held.person, (held.since, held.until), DIRECTION_SUPPORTER)


def _of_clinicians(group: ResourceGroup) -> Iterator[Grant]:
    for held in group.roles:
        if held.role == RESPONSIBLE_CLINICIAN:
            yield Grant(
                to=held.person,
                verbs=_SEE,
                since=held.since,
                until=held.until,
                because=RESPONSIBLE_CLINICIAN,
                kinds=CLINICIAN_KINDS,
            )


def _of_members(group: ResourceGroup) -> Iterator[Grant]:
    for held in group.memberships:
        yield Grant(
            to=held.person,
            verbs=_SEE,
            since=held.since,
            until=held.until,
            because=Code("member"),
            kinds=MEMBER_KINDS,
        )


def _of_owners(group: ResourceGroup) -> Iterator[Grant]:
    """Give what is somebody's own to them, for as long as they are in the group."""
    for person, items in _own(group, items_of(group)).items():
        for stretch in stays(group, person):
            yield _single(person, stretch, items, "own")


def _of_those_who_said_it(group: ResourceGroup) -> Iterator[Grant]:
    """Give what somebody said themselves to them, also after they left.

    Somebody who never was in the group has no view of it; and what staff said belongs
    to their work, which ends.
    """
    said = (item for item in items_of(group) if item.kind in SAID_THEMSELVES)
    staff = {person.id for person in group.people if person.staff}
    for person, items in _own(group, said).items():
        since = min(
            (m.since for m in group.memberships if m.person == person), default=None
        )
        if since is not None and person not in staff:
            yield _single(person, (since, None), items, "said_themselves")


def _own(
    group: ResourceGroup, items: Iterable[Item]
) -> dict[PersonId, frozenset[ItemId]]:
    found: dict[PersonId, set[ItemId]] = {}
    for item in items:
        for owner in item.owners - {group.client}:
            found.setdefault(owner, set()).add(item.id)
    return {person: frozenset(ids) for person, ids in sorted(found.items())}


def _of_choices(group: ResourceGroup) -> Iterator[Grant]:
    for choice in group.choices:
        for person in choice.to or _ever_in(group):
            whole: Stretch = (choice.since, choice.until)
            # A no holds whoever somebody becomes; a yes is for who is in the group.
            spans = (
                [_shared(whole, stay) for stay in stays(group, person)]
                if choice.sees
                else [whole]
            )
            yield from (_chosen(choice, person, span) for span in spans)


def _ever_in(group: ResourceGroup) -> tuple[PersonId, ...]:
    """Return who is meant by everybody in the group: not who supports it.

    A supporter who is to see less is named.
    """
    supporters = {r.person for r in group.roles if r.role == DIRECTION_SUPPORTER}
    members = dict.fromkeys(m.person for m in group.memberships)
    return tuple(person for person in members if person not in supporters)


def _chosen(choice: Choice, person: PersonId, span: Stretch) -> Grant:
    return Grant(
        to=person,
        verbs=_SEE,
        since=span[0],
        until=span[1],
        because=Code("client_chose"),
        items=frozenset(item.id for item in choice.items),
        kinds=frozenset(choice.kinds),
        denies=not choice.sees,
    )


def _of_permissions(group: ResourceGroup) -> Iterator[Grant]:
    for permission in group.permissions:
        complete = complete_from(group, permission)
        if complete is not None:
            whole: Stretch = (complete, permission.until)
            for person, span in _receivers(group, permission, whole):
                yield _permitted(permission, person, span)


def complete_from(group: ResourceGroup, permission: Permission) -> date | None:
    """Return the day from which a permission opens anything; `None` if it does not.

    An organisation, a role and a professional need a legal ground of their own.

    Args:
        group: The group.
        permission: The permission.
    """
    staff = {person.id for person in group.people if person.staff}
    private = permission.person is not None and permission.person not in staff
    if permission.ground is None:
        return permission.since if private else None
    return max(permission.since, permission.ground.since)


def _receivers(
    group: ResourceGroup, permission: Permission, whole: Stretch
) -> Iterator[tuple[PersonId | None, Stretch]]:
    if permission.role is None:
        yield permission.person, whole
        return
    for held in group.roles:
        if held.role == permission.role:
            yield held.person, _shared(whole, (held.since, held.until))


def _permitted(permission: Permission, person: PersonId | None, span: Stretch) -> Grant:
    return Grant(
        to=person,
        verbs=_SEE,
        since=span[0],
        until=span[1],
        because=Code("permission"),
        items=frozenset(item.id for item in permission.items),
        kinds=frozenset(permission.kinds),
        organisation=permission.organisation,
    )


def _of_mandates(group: ResourceGroup) -> Iterator[Grant]:
    """Give representatives in matters of care what the client sees.

    Parents with authority only until the client is 16: from then on it is the young
    person's to choose.
    """
    sixteen = next(
        (b.sixteen_on for b in group.birthdays if b.person == group.client), None
    )
    for mandate in group.mandates:
        if CARE in mandate.remit:
            parental = mandate.kind in {"parent", "guardian"}
            until = _sooner(mandate.until, sixteen if parental else None)
            because = _SIXTEEN if parental else Code("mandate")
            yield _whole(mandate.person, (mandate.since, until), because)


def _of_emergencies(group: ResourceGroup) -> Iterator[Grant]:
    for opened in group.emergencies:
        grant = _whole(opened.person, (opened.since, opened.until), "emergency")
        yield evolve(grant, verbs=_SEE)


def _whole(person: PersonId, span: Stretch, because: str) -> Grant:
    return Grant(
        to=person, verbs=_BOTH, since=span[0], until=span[1], because=Code(because)
    )


def _single(
    person: PersonId, span: Stretch, items: frozenset[ItemId], because: str
) -> Grant:
    return Grant(
        to=person,
        verbs=_SEE,
        since=span[0],
        until=span[1],
        because=Code(because),
        items=items,
    )
