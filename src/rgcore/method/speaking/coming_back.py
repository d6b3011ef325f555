"""What people wanted to come back to, on the day that they named themselves.

One rule for all of it: nothing here is a duty of the method. Each prompt names what
it is as a code of the vocabulary, and points at the item that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.method.method import Method
from rgcore.method.rule import Speaks
from rgcore.method.speaking.common import (
    away,
    meeting_ref,
    person_ref,
    regular,
)

_WAITS: Final = frozenset({"nominated", "approached", "declined"})


def come_back_to_it(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak of everything that somebody wanted to come back to."""
    yield from _asked_again(group)
    yield from _talks(group, method)
    yield from _signs(group)
    yield from _requests(group)
    yield from _wished_offers(group)
    yield from _points(group, method)
    yield from _steps(group)
    yield from _promises(group, method)
    yield from _aftercare(group)
    yield from _children(group)
    yield from _parts_at_meetings(group)


def _to(what: str, since: date, *about: Ref) -> Speaks:
    return Speaks(since=since, about=about, params=(("what", f"come_back.{what}"),))


def _asked_again(group: ResourceGroup) -> Iterator[Speaks]:
    for nomination in group.nominations:
        if nomination.ask_again_on and nomination.state in _WAITS:
            who = person_ref(nomination.person)
            yield _to("ask_again", nomination.ask_again_on, who)


def _talks(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Say that somebody heard nothing of a talk yet; until the next meeting."""
    met = [m.held_on for m in regular(group, method) if m.held_on]
    for talk in group.interviews:
        if talk.agreed_on and not talk.follow_ups:
            since = method.after(Code("talk_follow_up_after"), talk.agreed_on)
            if not any(day > since for day in met):
                yield _to("talk", since, person_ref(talk.respondent))


def _signs(group: ResourceGroup) -> Iterator[Speaks]:
    """Go through signs that were offered since the client last set the plan."""
    taken = {s.offered for plan in group.signalling_plans for s in plan.signs}
    last = max((plan.set_on for plan in group.signalling_plans), default=date.min)
    for sign in group.signs:
        if sign.id not in taken and sign.on > last:
            yield _to("sign", sign.on, person_ref(sign.by))


def _requests(group: ResourceGroup) -> Iterator[Speaks]:
    answered = {request for offer in group.offers for request in offer.answers}
    for request in group.theme_requests:
        if request.id not in answered:
            yield _to("request", request.on, person_ref(request.person))


def _wished_offers(group: ResourceGroup) -> Iterator[Speaks]:
    for offer in group.offers:
        if offer.wished_for and not offer.taken and not offer.attended:
            yield _to("offer", offer.wished_for, Ref(Kind.OFFER, offer.id))


def _points(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Say that points of the last meeting were not reached and are not carried on."""
    carried = {i.carried_from for m in group.meetings for i in m.agenda}
    for meeting in regular(group, method)[-1:]:
        left = [i for i in meeting.not_reached if i.id not in carried]
        if meeting.dealt_with and left and meeting.held_on:
            yield _to("points", meeting.held_on, meeting_ref(meeting))


def _steps(group: ResourceGroup) -> Iterator[Speaks]:
    taken = {down.step for down in group.scale_downs}
    for plan in group.scale_down_plans[-1:]:
        for step in plan.steps:
            if step.id not in taken:
                yield _to("step", step.on, Ref(Kind.SCALE_DOWN_STEP, step.id))


def _promises(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Say some time before it that a promise of the latest agreement runs out."""
    for agreement in group.scale_ups[-1:]:
        for promise in agreement.promises:
            if promise.until:
                notice = method.before(Code("promise_notice"), promise.until)
                since = max(notice, agreement.made_on)
                yield _to("promise", since, person_ref(promise.by))


def _aftercare(group: ResourceGroup) -> Iterator[Speaks]:
    for moment in group.aftercare:
        if moment.held_on is None:
            yield _to("aftercare", moment.on, Ref(Kind.AFTERCARE, moment.id))


def _children(group: ResourceGroup) -> Iterator[Speaks]:
    for check in group.child_checks[-1:]:
        if check.again_on:
            yield _to("children", check.again_on, person_ref(group.client))


def _parts_at_meetings(group: ResourceGroup) -> Iterator[Speaks]:
    """Say that whoever would lead or write at a meeting cannot do it now."""
    for meeting in group.planned():
        named = {meeting.chair, meeting.informal_chair, meeting.minute_taker}
        gone = [away(group, person) for person in named if person]
        found = [one for one in gone if one is not None]
        if found and meeting.roles_since:
            since = max(meeting.roles_since, min(one.since for one in found))
            ends = [one.until for one in found]
            until = None if None in ends else max(end for end in ends if end)
            yield evolve(_to("part", since, meeting_ref(meeting)), until=until)
