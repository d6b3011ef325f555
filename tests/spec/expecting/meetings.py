"""Meetings, offers, and looking back."""

from __future__ import annotations

from typing import Any

from rgcore.domain.ids import PersonId
from spec.expecting.moment import Moment, item_of, same


def check_agenda(moment: Moment, wanted: dict[str, str]) -> None:
    meeting = item_of(moment.view.group.meetings, {"item": wanted["meeting"]})
    topics = {str(item.topic): str(item.topic) for item in meeting.agenda}
    same(wanted, meeting=meeting.id, has=topics.get(wanted["has"]))


def check_attendance(moment: Moment, wanted: dict[str, Any]) -> None:
    meeting = item_of(moment.view.group.meetings, {"item": wanted["meeting"]})
    said = {a.person: a.presence for a in meeting.attendance}
    same(
        {**wanted, "expected": set(wanted["expected"])},
        meeting=meeting.id,
        expected=set(meeting.expected),
        people={p: said[PersonId(p)] for p in wanted["people"]},
    )


def check_meeting(moment: Moment, wanted: dict[str, Any]) -> None:
    meeting = item_of(moment.view.group.meetings, wanted)
    same(
        wanted,
        item=meeting.id,
        held=moment.number(meeting.held_on),
        planned=moment.number(meeting.planned_for),
        kind=meeting.kind,
        form=meeting.form,
        chair=meeting.chair,
        minute_taker=meeting.minute_taker,
        cancelled=meeting.cancelled,
        expected=list(meeting.expected),
        not_reached=[point.id for point in meeting.not_reached],
        carried=[p.carried_from for p in meeting.agenda if p.carried_from],
        passed={str(p.chair): p.to for p in meeting.passed},
        signed_off=[yes.person for yes in meeting.signed_off],
        came=[a.person for a in meeting.attendance if a.presence == "present"],
    )


def check_house_rules(moment: Moment, people: list[str]) -> None:
    assert [yes.person for yes in moment.view.group.house_rules[-1].agreed] == people


def check_rhythm(moment: Moment, days: int) -> None:
    assert moment.view.group.rhythms[-1].days == days


def check_offer(moment: Moment, wanted: dict[str, Any]) -> None:
    offers = moment.view.group.offers
    offer = item_of(offers, wanted)
    same(
        wanted,
        item=offer.id,
        outside=offer.outside,
        themes=sum(not o.outside for o in offers),
        people={p: offer.state_of(PersonId(p)) for p in wanted.get("people", ())},
        answers=list(offer.answers),
    )


def check_evaluations(moment: Moment, days: list[int]) -> None:
    held = [moment.number(e.held_on) for e in moment.view.group.evaluations]
    assert held == days
