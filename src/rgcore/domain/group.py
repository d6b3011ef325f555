"""A resource group as one immutable value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from rgcore.domain.ids import (
    ChangeId,
    Code,
    GroupId,
    ItemId,
    Kind,
    PersonId,
    TeamId,
)
from rgcore.domain.interviews import Interview
from rgcore.domain.items import one
from rgcore.domain.life import (
    Evaluation,
    Exemption,
    Explanation,
    Offer,
    OwnItem,
    Reorientation,
)
from rgcore.domain.meetings import HouseRules, Meeting
from rgcore.domain.people import Membership, Nomination, Person, RoleHeld
from rgcore.domain.plan import Agreement, Goal, ScaleDown, ScaleUpAgreement, Success
from rgcore.domain.sociogram import Sociogram
from rgcore.domain.text import Text


@frozen(kw_only=True)
class Happening:
    """One recorded change as the group remembers it.

    Attributes:
        seq: Its place in the journal.
        change: The change's id.
        fact: What happened: the change's type, with a kind behind a colon where
            the method tells kinds apart (`meeting.hold:kick_off`).
        on: The day on which it happened.
        recorded_at: When it was recorded, in UTC.
        by: Who recorded it.
        on_behalf_of: Whose decision it was, when somebody else typed.
        touched: The items and people it is about.
        in_error: The change that marked it as entered in error; `None` if it counts.
        emptied: Whether its texts were emptied for good.
    """

    seq: int
    change: ChangeId
    fact: str
    on: date
    recorded_at: datetime
    by: PersonId
    on_behalf_of: PersonId | None = None
    touched: tuple[ItemId, ...] = ()
    in_error: ChangeId | None = None
    emptied: bool = False

    @property
    def type(self) -> Code:
        """Return the change's type."""
        return Code(self.fact.partition(":")[0])

    def is_a(self, fact: str) -> bool:
        """Tell whether this is such a fact; a type alone covers all its kinds."""
        return fact in self.names

    @property
    def names(self) -> frozenset[str]:
        """Return every fact that this is: with its kind and without."""
        return frozenset((self.fact, self.type))


@frozen(kw_only=True)
class ResourceGroup:
    """A group of people whom a client chose, with all that it remembers.

    The words are not in it: see `Text`.

    Attributes:
        id: Opaque; may stand in clear.
        client: Whose group it is.
        team: The team that keeps it.
        started_on: The day on which the client and the supporter began.
        composition: Digest of the method that the group is pinned to.
        seq: How many changes were recorded.
        name: The name that the client gave the group.
        happenings: Everything that was recorded, in the order of recording.
    """

    id: GroupId
    client: PersonId
    team: TeamId
    started_on: date
    composition: str
    seq: int = 0
    name: Text | None = None
    people: tuple[Person, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    memberships: tuple[Membership, ...] = ()
    roles: tuple[RoleHeld, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    sociograms: tuple[Sociogram, ...] = ()
    interviews: tuple[Interview, ...] = ()
    goals: tuple[Goal, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    successes: tuple[Success, ...] = ()
    scale_ups: tuple[ScaleUpAgreement, ...] = ()
    scale_downs: tuple[ScaleDown, ...] = ()
    own_items: tuple[OwnItem, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    house_rules: tuple[HouseRules, ...] = ()
    offers: tuple[Offer, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    reorientations: tuple[Reorientation, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    happenings: tuple[Happening, ...] = ()

    def ids(self, kind: Kind) -> Iterator[str]:
        """Go through the ids of all items of a kind."""
        return (item.id for item in _SHELVES[kind](self))

    def holds(self, kind: Kind, item: str) -> bool:
        """Tell whether the group has an item of this kind with this id."""
        return item in self.ids(kind)

    def knows(self, item: str) -> bool:
        """Tell whether any item of the group has this id, or had it until merged."""
        return any(self.holds(kind, item) for kind in Kind) or _merged(self, item)

    def known_as(self, person: PersonId) -> PersonId:
        """Return the id of a person now; another than `person` if they were merged."""
        return next((p.id for p in self.people if person in p.also), person)

    @property
    def counting(self) -> tuple[Happening, ...]:
        """Return what happened, without what was entered in error."""
        return tuple(h for h in self.happenings if h.in_error is None)

    def person(self, person: PersonId) -> Person:
        """Return a person of the group."""
        return one(self.people, person)

    def nomination(self, nomination: ItemId) -> Nomination:
        """Return a nomination of the group."""
        return one(self.nominations, nomination)

    def goal(self, goal: ItemId) -> Goal:
        """Return a goal of the group."""
        return one(self.goals, goal)

    def meeting(self, meeting: ItemId) -> Meeting:
        """Return a meeting of the group."""
        return one(self.meetings, meeting)

    def members_on(self, day: date) -> tuple[PersonId, ...]:
        """Return who is in the group on a day, in the order of joining."""
        return tuple(
            dict.fromkeys(m.person for m in self.memberships if m.runs_on(day))
        )

    def holders_on(self, role: Code, day: date) -> tuple[PersonId, ...]:
        """Return who holds a role on a day."""
        return tuple(r.person for r in self.roles if r.role == role and r.runs_on(day))

    def held(self, kind: Code | None = None) -> tuple[Meeting, ...]:
        """Return the meetings that were held, by day; all kinds unless one is given."""
        found = [
            m
            for m in self.meetings
            if m.held_on is not None and (kind is None or m.kind == kind)
        ]
        return tuple(sorted(found, key=_day_held))

    def planned(self) -> tuple[Meeting, ...]:
        """Return the meetings that are planned and not yet held, by day."""
        found = [m for m in self.meetings if m.held_on is None and m.planned_for]
        return tuple(sorted(found, key=_day_planned))


def _merged(group: ResourceGroup, person: str) -> bool:
    return any(person in p.also for p in group.people)


def _day_held(meeting: Meeting) -> date:
    return meeting.held_on or date.min


def _day_planned(meeting: Meeting) -> date:
    return meeting.planned_for or date.max


def _figures(group: ResourceGroup) -> Iterator[Any]:
    return (f for sociogram in group.sociograms for f in sociogram.figures)


def _agenda_items(group: ResourceGroup) -> Iterator[Any]:
    return (item for meeting in group.meetings for item in meeting.agenda)


_SHELVES: Final[MappingProxyType[Kind, Callable[[ResourceGroup], Any]]] = (
    MappingProxyType(
        {
            Kind.PERSON: lambda g: g.people,
            Kind.NOMINATION: lambda g: g.nominations,
            Kind.SOCIOGRAM: lambda g: g.sociograms,
            Kind.FIGURE: _figures,
            Kind.INTERVIEW: lambda g: g.interviews,
            Kind.GOAL: lambda g: g.goals,
            Kind.AGREEMENT: lambda g: g.agreements,
            Kind.SUCCESS: lambda g: g.successes,
            Kind.SCALE_UP: lambda g: g.scale_ups,
            Kind.SCALE_DOWN: lambda g: g.scale_downs,
            Kind.OWN_ITEM: lambda g: g.own_items,
            Kind.MEETING: lambda g: g.meetings,
            Kind.AGENDA_ITEM: _agenda_items,
            Kind.HOUSE_RULES: lambda g: g.house_rules,
            Kind.OFFER: lambda g: g.offers,
            Kind.EVALUATION: lambda g: g.evaluations,
            Kind.REORIENTATION: lambda g: g.reorientations,
            Kind.EXEMPTION: lambda g: g.exemptions,
        }
    )
)
