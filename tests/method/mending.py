"""Bring a change that was drawn nearer to what fits a group.

A change of a hundred types that is drawn blindly seldom fits: an answer is to an
agreement of somebody else, a return is of somebody who never stepped back. What is
here moves what was drawn to something that is there. Nothing is drawn here, and a
type of change that is not named stays as it is.
"""

# Changes of any type come by here; `object` would only add casts.
# ruff: noqa: ANN401

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, fields

from method.mending_common import not_before, one_of
from method.mending_rights import RIGHTS
from rgcore.domain import changes as c
from rgcore.domain.changes import Change
from rgcore.domain.dates import birthday
from rgcore.domain.foreign import OwnValue
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, PersonId, TextId
from rgcore.domain.sociogram import Figure, FigureKind, Tie
from rgcore.domain.text import Text

_PEOPLE: Final = ("people", "by", "owners", "told", "giving")

_THINGS: Final = tuple(f.name for f in fields(OwnValue) if f.name != "name")

YEAR: Final = timedelta(days=365)


def mended(change: Change, group: ResourceGroup) -> Change:
    """Return a change that may fit better.

    Args:
        change: The change as it was drawn.
        group: The group that it is for.
    """
    named = _with_somebody(change, group)
    moved = _MENDS[type(change)](named, group) if type(change) in _MENDS else named
    return _in_order(moved)


def _with_somebody(change: Change, group: ResourceGroup) -> Change:
    """Return a change that names somebody wherever it names people."""
    others = [p.id for p in group.people if p.id != group.client]
    empty = (n for n in _PEOPLE if getattr(change, n, None) == ())
    given: dict[str, Any] = dict.fromkeys(empty, (others[-1],))
    filled: Change = evolve(change, **given)
    return filled


def _in_order(change: Any) -> Change:
    """Return a change whose day does not lie after the days that it names."""
    names = ("until", "planned_for", "again_on", "on", "wished_for", "by", "review_on")
    for name in names:
        day = getattr(change, name, None)
        if isinstance(day, date) and day < change.happened_on:
            change = evolve(change, **{"happened_on": day, name: change.happened_on})
    since = getattr(change, "since", None)
    if since is not None and since > change.happened_on:
        change = evolve(change, happened_on=since, since=change.happened_on)
    first = min([change.happened_on, *_days_within(change)])
    moved: Change = evolve(change, happened_on=first)
    return moved


def _days_within(change: Change) -> Iterator[date]:
    """Go through the days that items within a change name."""
    for name in ("steps", "promises"):
        for item in getattr(change, name, ()):
            days = (getattr(item, day, None) for day in ("on", "until"))
            yield from (day for day in days if day is not None)


def _of_agreement(change: Any, group: ResourceGroup) -> Change:
    found = one_of((a for a in group.agreements if not a.closed_on), change.agreement)
    if found is None:
        return not_before(change, None)
    given: dict[str, Any] = {"agreement": found.id}
    if isinstance(change, c.AnswerAgreement):
        given["person"] = found.now.owners[0]
    if isinstance(change, c.ReviseAgreement):
        given["until"] = max(change.until, found.now.set_on)
    return not_before(change, found.now.set_on, **given)


def _held_meeting(change: Any, group: ResourceGroup) -> Change:
    found = one_of((m for m in group.meetings if m.held_on), change.meeting)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.held_on, meeting=found.id)


def _open_meeting(change: Any, group: ResourceGroup) -> Change:
    open_ = (m for m in group.meetings if not m.held_on and not m.cancelled_on)
    found = one_of(open_, change.meeting)
    if found is None:
        return not_before(change, None)
    if isinstance(change, c.ChangeMeeting):
        own = {point.id for point in (*found.agenda, *change.added)}
        change = evolve(change, added=tuple(_from_elsewhere(change.added, own)))
    return not_before(change, None, meeting=found.id)


def _from_elsewhere(points: Iterable[Any], own: Collection[str]) -> Iterator[Any]:
    for point in points:
        elsewhere = None if point.carried_from in own else point.carried_from
        yield evolve(point, carried_from=elsewhere)


def _climate(change: Any, group: ResourceGroup) -> Change:
    once = {line.factor: line for line in change.factors}
    return _held_meeting(evolve(change, factors=tuple(once.values())), group)


def _hold_meeting(change: Any, group: ResourceGroup) -> Change:
    agenda = [i.id for m in group.meetings if m.id == change.meeting for i in m.agenda]
    named = {line.person: line for line in change.attendance}
    moved: Change = evolve(
        change,
        attendance=tuple(named.values()),
        dealt_with=tuple(i for i in change.dealt_with if i in agenda),
        passed=tuple(p for p in change.passed if p.at is None or p.at in agenda),
    )
    return moved


def _plan_meeting(change: Any, group: ResourceGroup) -> Change:
    offer = one_of((o for o in group.offers if not o.outside), change.offer)
    wanted = change.offer is not None and offer is not None
    own = {point.id for point in change.agenda}
    moved: Change = evolve(
        change,
        agenda=tuple(_from_elsewhere(change.agenda, own)),
        offer=offer.id if wanted else None,
    )
    return moved


def _share(change: Any, group: ResourceGroup) -> Change:
    found = one_of((i for i in group.own_items if not i.shared_on), change.item)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.made_on, item=found.id)


def _of_interview(change: Any, group: ResourceGroup) -> Change:
    talk = one_of(group.interviews, change.interview)
    return not_before(change, talk.held_on, interview=talk.id)


def _sign(change: Any, group: ResourceGroup) -> Change:
    talk = one_of(
        (t for t in group.interviews if t.respondent == change.by), change.interview
    )
    if change.interview is None or talk is None:
        return not_before(change, None, interview=None)
    return not_before(change, talk.held_on, interview=talk.id)


def _end_episode(change: Any, group: ResourceGroup) -> Change:
    found = one_of((e for e in group.episodes if not e.until), change.episode)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.since, episode=found.id)


def _end_relation(change: Any, group: ResourceGroup) -> Change:
    found = one_of((r for r in group.relations if not r.until), change.relation)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.since, relation=found.id)


def _hold_aftercare(change: Any, group: ResourceGroup) -> Change:
    found = one_of((a for a in group.aftercare if not a.held_on), change.aftercare)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.agreed_on, aftercare=found.id)


def _within(spans: Iterable[Any], day: date) -> Any:
    """Return an interval that runs on a day, or else the last that has a day at all."""
    found = [s for s in spans if s.until is None or s.until > s.since]
    now = [s for s in found if s.runs_on(day)]
    return next(iter([*now, *reversed(found)]), None)


def _person_of(shelf: str) -> Callable[[Any, ResourceGroup], Change]:
    def mend(change: Any, group: ResourceGroup) -> Change:
        span = _within(getattr(group, shelf), change.happened_on)
        if span is None:
            return not_before(change, None)
        day = change.happened_on if span.runs_on(change.happened_on) else span.since
        given = {"role": span.role} if shelf == "roles" else {}
        moved: Change = evolve(change, happened_on=day, person=span.person, **given)
        return moved

    return mend


def _resume(change: Any, group: ResourceGroup) -> Change:
    span = _within(group.pauses, change.happened_on)
    runs = span is None or span.runs_on(change.happened_on)
    moved: Change = evolve(
        change, happened_on=change.happened_on if runs else span.since
    )
    return moved


def _come_back(change: Any, group: ResourceGroup) -> Change:
    return not_before(change, max((d.on for d in group.departures), default=None))


def _stand_in(change: Any, group: ResourceGroup) -> Change:
    role = group.roles[-1]
    others = [p.id for p in group.people if p.id != role.person]
    person = change.person if change.person in others else others[0]
    return not_before(
        change, role.since, role=role.role, stands_in_for=role.person, person=person
    )


def _takes_part(change: Any, group: ResourceGroup) -> Change:
    """Let somebody do it who is in the group on that day."""
    there = [*group.members_on(change.happened_on)] or [
        r.person for r in group.roles if r.runs_on(change.happened_on)
    ]
    who = change.person if change.person in there else next(iter(there), change.person)
    moved: Change = evolve(change, person=who)
    return moved


def _involve(change: Any, group: ResourceGroup) -> Change:
    day = change.happened_on
    known = {*group.members_on(day), *group.involved_on(day), group.client}
    others = [p.id for p in group.people if p.id not in known]
    wanted = change.known is not None and bool(others)
    moved: Change = evolve(change, known=others[-1]) if wanted else change
    return moved


def _nominate(change: Any, group: ResourceGroup) -> Change:
    others = [p.id for p in group.people if p.id != group.client]
    known = change.known if change.known in others else others[-1]
    known = None if change.known is None else known
    drawn = (f for s in group.sociograms for f in s.figures)
    fitting = (f for f in drawn if _can_be_asked(f) and f.person in {None, known})
    figure = one_of(fitting, change.figure) if change.figure else None
    moved: Change = evolve(change, known=known, figure=figure.id if figure else None)
    return moved


def _can_be_asked(figure: Figure) -> bool:
    is_person = figure.kind is FigureKind.PERSON
    return is_person and not figure.pseudonym and not figure.deceased


def _of_nomination(change: Any, group: ResourceGroup) -> Change:
    open_ = (n for n in group.nominations if n.state not in {"accepted", "withdrawn"})
    found = one_of(open_, change.nomination)
    if found is None:
        return not_before(change, None)
    if isinstance(change, c.AskLater) and change.by != group.client:
        change = evolve(change, by=found.person)
    return not_before(change, None, nomination=found.id)


def _draw(change: Any, group: ResourceGroup) -> Change:
    figures = tuple(_figure(f, group.client) for f in change.figures)
    ties = [
        evolve(tie, one=a.id, other=b.id)
        for tie, a, b in zip(change.ties, figures, figures[1:], strict=False)
        if isinstance(tie, Tie)
    ]
    moved: Change = evolve(change, figures=figures, ties=tuple(ties))
    return moved


def _figure(figure: Figure, client: PersonId) -> Figure:
    label = figure.label or Text(TextId(f"{figure.id}.label"), client)
    stands_for = _can_be_asked(evolve(figure, deceased=False))
    return evolve(figure, label=label, person=figure.person if stands_for else None)


def _birthdays(change: Any, group: ResourceGroup) -> Change:
    del group
    moved: Change = evolve(
        change,
        eighteen_on=birthday(change.sixteen_on, 2),
        parents_say_yes=tuple(p for p in change.parents_say_yes if p != change.person),
    )
    return moved


def _two_people(first: str, second: str) -> Callable[[Any, ResourceGroup], Change]:
    """Let a change name two people where it may not name one twice."""

    def mend(change: Any, group: ResourceGroup) -> Change:
        one, other = getattr(change, first), getattr(change, second)
        if one != other and not (other is None and one == group.client):
            return not_before(change, None)
        others = [p.id for p in group.people if p.id not in {one, group.client}]
        moved: Change = evolve(change, **{second: next(iter(others), None) or other})
        return moved

    return mend


def _die(change: Any, group: ResourceGroup) -> Change:
    """Let the client die late, if at all: little can be recorded afterwards."""
    if change.person != group.client:
        return not_before(change, None)
    return not_before(change, group.started_on + 3 * YEAR - timedelta(days=30))


def _rename(change: Any, group: ResourceGroup) -> Change:
    staff = {p.id for p in group.people if p.staff}
    who = group.client if change.person in staff else change.person
    moved: Change = evolve(change, person=who)
    return moved


def _hand_over(change: Any, group: ResourceGroup) -> Change:
    taking = tuple(p for p in change.taking if p not in change.giving)
    others = [p.id for p in group.people if p.id not in change.giving]
    taking = taking or tuple(others[:1])
    moved: Change = evolve(change, taking=taking)
    return moved


def _decide(change: Any, group: ResourceGroup) -> Change:
    meeting = one_of((m for m in group.meetings if m.agenda), change.meeting)
    minuted = change.words is not None
    moved: Change = evolve(
        change,
        minuted=minuted,
        options=change.options if minuted else (),
        meeting=meeting.id if meeting else None,
        item=meeting.agenda[0].id if meeting and change.item else None,
    )
    return moved


def _signalling(change: Any, group: ResourceGroup) -> Change:
    del group
    actions = tuple(
        evolve(a, second=None if a.second == a.by else a.second) for a in change.actions
    )
    moved: Change = evolve(change, actions=actions)
    return moved


def _own_note(change: Any, group: ResourceGroup) -> Change:
    del group
    values = tuple(_one_thing(one, n) for n, one in enumerate(change.values))
    moved: Change = evolve(change, kind=f"youth.{change.kind}", values=values)
    return moved


def _one_thing(value: OwnValue, number: int) -> OwnValue:
    """Let a value hold one of what was drawn for it, under a name of its own."""
    found = [n for n in _THINGS if getattr(value, n) is not None]
    left_out: dict[str, Any] = dict.fromkeys(_THINGS)
    kept = found[number % len(found)] if found else "number"
    held = {kept: getattr(value, kept) if found else number}
    return evolve(value, **{**left_out, **held, "name": Code(f"field_{number}")})


_MENDS: Final[Mapping[Any, Callable[[Any, ResourceGroup], Change]]] = MappingProxyType(
    {
        c.AgreeThemes: _of_interview,
        c.AnswerAgreement: _of_agreement,
        c.ApproachNominee: _of_nomination,
        c.AskLater: _of_nomination,
        c.CancelMeeting: _open_meeting,
        c.ChangeMeeting: _open_meeting,
        c.CloseAgreement: _of_agreement,
        c.ComeBack: _come_back,
        c.DeclineNomination: _of_nomination,
        c.DescribePart: _takes_part,
        c.DrawSociogram: _draw,
        c.EndEpisode: _end_episode,
        c.EndInvolvement: _person_of("involvements"),
        c.EndRelation: _end_relation,
        c.EndRole: _person_of("roles"),
        c.FollowUpInterview: _of_interview,
        c.HandOver: _hand_over,
        c.HoldAftercare: _hold_aftercare,
        c.HoldMeeting: _hold_meeting,
        c.InvolvePerson: _involve,
        c.LeaveGroup: _person_of("memberships"),
        c.Nominate: _nominate,
        c.NoteBirthdays: _birthdays,
        c.NoteClimate: _climate,
        c.NoteForSetting: _own_note,
        c.NoteProgress: _of_agreement,
        c.OfferSign: _sign,
        c.PersonDies: _die,
        c.PlanMeeting: _plan_meeting,
        c.RelatePerson: _two_people("to", "person"),
        c.RenamePerson: _rename,
        c.ResumeGroup: _resume,
        c.ReturnToGroup: _person_of("rests"),
        c.ReviseAgreement: _of_agreement,
        c.SetLanguage: _two_people("person", "interpreter"),
        c.SetSignallingPlan: _signalling,
        c.ShareOwnItem: _share,
        c.SignOffMinutes: _held_meeting,
        c.StandIn: _stand_in,
        c.StepBack: _takes_part,
        c.TakeDecision: _decide,
        c.ThankMember: _two_people("by", "to"),
        c.WithdrawNomination: _of_nomination,
        **RIGHTS,
    }
)
