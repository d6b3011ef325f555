"""A resource group as one immutable value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from rgcore.domain.care import (
    Aftercare,
    Episode,
    Handover,
    ReturnOfCare,
    ScaleDown,
    ScaleDownPlan,
    ScaleUpAgreement,
)
from rgcore.domain.consent import Choice, Permission, Statement
from rgcore.domain.contact import Intake, TriadTalk
from rgcore.domain.foreign import OwnNote
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
from rgcore.domain.items import HasId, one
from rgcore.domain.legal import (
    EmergencyAccess,
    Frame,
    Hosting,
    Judgement,
    Mandate,
)
from rgcore.domain.life import (
    ChildCheck,
    Departure,
    Evaluation,
    Exemption,
    Explanation,
    OwnItem,
    Pause,
    PhaseEntered,
    Reorientation,
)
from rgcore.domain.meetings import (
    ChannelAgreed,
    Climate,
    HouseRules,
    Meeting,
    NotSafe,
    PlaceCheck,
    Rhythm,
)
from rgcore.domain.offers import Offer, ThemeRequest
from rgcore.domain.people import (
    Birthdays,
    Death,
    Involvement,
    Language,
    Membership,
    NameHeld,
    Nomination,
    OwnPart,
    Person,
    Relation,
    Rest,
    RoleHeld,
    Thanks,
)
from rgcore.domain.plan import Agreement, Goal, GroupDecision, Success
from rgcore.domain.signalling import CrisisCard, OfferedSign, SignallingPlan
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
        notes: What settings noted of their own, in the order of recording.
        came_with: How many entries came along when the group came in from elsewhere.
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
    names: tuple[NameHeld, ...] = ()
    relations: tuple[Relation, ...] = ()
    languages: tuple[Language, ...] = ()
    birthdays: tuple[Birthdays, ...] = ()
    deaths: tuple[Death, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    rests: tuple[Rest, ...] = ()
    parts: tuple[OwnPart, ...] = ()
    thanks: tuple[Thanks, ...] = ()
    intakes: tuple[Intake, ...] = ()
    triad_talks: tuple[TriadTalk, ...] = ()
    signs: tuple[OfferedSign, ...] = ()
    signalling_plans: tuple[SignallingPlan, ...] = ()
    crisis_cards: tuple[CrisisCard, ...] = ()
    decisions: tuple[GroupDecision, ...] = ()
    scale_down_plans: tuple[ScaleDownPlan, ...] = ()
    returns_of_care: tuple[ReturnOfCare, ...] = ()
    episodes: tuple[Episode, ...] = ()
    handovers: tuple[Handover, ...] = ()
    aftercare: tuple[Aftercare, ...] = ()
    channels: tuple[ChannelAgreed, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    place_checks: tuple[PlaceCheck, ...] = ()
    not_safe: tuple[NotSafe, ...] = ()
    climates: tuple[Climate, ...] = ()
    theme_requests: tuple[ThemeRequest, ...] = ()
    child_checks: tuple[ChildCheck, ...] = ()
    pauses: tuple[Pause, ...] = ()
    departures: tuple[Departure, ...] = ()
    phases_entered: tuple[PhaseEntered, ...] = ()
    notes: tuple[OwnNote, ...] = ()
    choices: tuple[Choice, ...] = ()
    permissions: tuple[Permission, ...] = ()
    statements: tuple[Statement, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    frames: tuple[Frame, ...] = ()
    emergencies: tuple[EmergencyAccess, ...] = ()
    hostings: tuple[Hosting, ...] = ()
    came_with: int = 0

    @property
    def foreign(self) -> Mapping[Code, tuple[OwnNote, ...]]:
        """Return what settings noted of their own, by their namespaces."""
        spaces = dict.fromkeys(note.namespace for note in self.notes)
        return MappingProxyType(
            {
                space: tuple(n for n in self.notes if n.namespace == space)
                for space in spaces
            }
        )

    def items(self, kind: Kind) -> Iterator[HasId]:
        """Go through all items of a kind."""
        return iter(_SHELVES[kind](self))

    def ids(self, kind: Kind) -> Iterator[str]:
        """Go through the ids of all items of a kind."""
        return (item.id for item in self.items(kind))

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
        found = (r.person for r in self.roles if r.role == role and r.runs_on(day))
        return tuple(dict.fromkeys(found))

    def rests_on(self, person: PersonId, day: date) -> bool:
        """Tell whether somebody has stepped back for a while on a day."""
        return any(r.person == person and r.runs_on(day) for r in self.rests)

    def died_on(self, person: PersonId) -> date | None:
        """Return the day on which somebody died; `None` if they did not."""
        return next((d.on for d in self.deaths if d.person == person), None)

    def involved_on(self, day: date) -> tuple[PersonId, ...]:
        """Return who is involved on a day without being a member."""
        found = (i.person for i in self.involvements if i.runs_on(day))
        members = self.members_on(day)
        return tuple(p for p in dict.fromkeys(found) if p not in members)

    def held(self, kind: Code | None = None) -> tuple[Meeting, ...]:
        """Return the meetings that were held, by day; all kinds unless one is given."""
        found = [
            m
            for m in self.meetings
            if m.held_on is not None and (kind is None or m.kind == kind)
        ]
        return tuple(sorted(found, key=_day_held))

    def planned(self) -> tuple[Meeting, ...]:
        """Return the meetings that are planned and not held or cancelled, by day."""
        found = [
            m
            for m in self.meetings
            if m.held_on is None and m.cancelled_on is None and m.planned_for
        ]
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


def _scale_down_steps(group: ResourceGroup) -> Iterator[Any]:
    return (step for plan in group.scale_down_plans for step in plan.steps)


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
            Kind.NAME: lambda g: g.names,
            Kind.RELATION: lambda g: g.relations,
            Kind.REST: lambda g: g.rests,
            Kind.THANKS: lambda g: g.thanks,
            Kind.INTAKE: lambda g: g.intakes,
            Kind.TRIAD_TALK: lambda g: g.triad_talks,
            Kind.SIGN: lambda g: g.signs,
            Kind.SIGNALLING_PLAN: lambda g: g.signalling_plans,
            Kind.CRISIS_CARD: lambda g: g.crisis_cards,
            Kind.DECISION: lambda g: g.decisions,
            Kind.SCALE_DOWN_PLAN: lambda g: g.scale_down_plans,
            Kind.SCALE_DOWN_STEP: _scale_down_steps,
            Kind.RETURN_OF_CARE: lambda g: g.returns_of_care,
            Kind.EPISODE: lambda g: g.episodes,
            Kind.HANDOVER: lambda g: g.handovers,
            Kind.AFTERCARE: lambda g: g.aftercare,
            Kind.PLACE_CHECK: lambda g: g.place_checks,
            Kind.NOT_SAFE: lambda g: g.not_safe,
            Kind.CLIMATE: lambda g: g.climates,
            Kind.THEME_REQUEST: lambda g: g.theme_requests,
            Kind.CHILD_CHECK: lambda g: g.child_checks,
            Kind.PAUSE: lambda g: g.pauses,
            Kind.DEPARTURE: lambda g: g.departures,
            Kind.OWN_NOTE: lambda g: g.notes,
            Kind.CHOICE: lambda g: g.choices,
            Kind.PERMISSION: lambda g: g.permissions,
            Kind.STATEMENT: lambda g: g.statements,
            Kind.MANDATE: lambda g: g.mandates,
            Kind.JUDGEMENT: lambda g: g.judgements,
            Kind.FRAME: lambda g: g.frames,
            Kind.EMERGENCY: lambda g: g.emergencies,
            Kind.HOSTING: lambda g: g.hostings,
        }
    )
)
