"""What a line of the Expect column of a case can say, and how it is checked.

A line says `says` and one key of `CHECKS`; what stands behind the key is what is
wanted. Days are numbers from the beginning of the case. An unknown key is an error,
also inside what is wanted, so that a slip of the pen cannot pass for a check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from attrs import fields_dict

from rgcore import View
from rgcore.cli.replay import Case, Step
from rgcore.domain.findings import Prompt
from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.items import HasId
from rgcore.domain.sociogram import Sociogram
from rgcore.domain.text import ERASED, PersonName
from rgcore.render.pages import next_text, plan_markdown, timeline_text

ItemT = TypeVar("ItemT", bound=HasId)


class Moment(NamedTuple):
    """What could be seen right after an event."""

    case: Case
    step: Step
    views: dict[PersonId, View | None]

    @property
    def view(self) -> View:
        """What the supporter sees; the client where there is none any more."""
        seen = self.views[self.case.reader] or self.views[self.case.client]
        assert seen is not None
        return seen

    @property
    def clients(self) -> View:
        """What the client sees."""
        seen = self.views[self.case.client]
        assert seen is not None
        return seen

    def prompts(self, code: str) -> list[Prompt]:
        """Return what is or will be open of a rule or step."""
        return [p for p in self.view.prompts() if p.finding.code == code]

    def open_codes(self) -> set[str]:
        """Return the codes of what is open."""
        return {p.finding.code for p in self.view.owed()}

    def number(self, day: date | None) -> int | None:
        """Return the number of a day in the case; `None` if there is no day."""
        return None if day is None else (day - self.case.on(0)).days


def _same(wanted: dict[str, Any], **found: Any) -> None:  # noqa: ANN401
    """Compare what is wanted with what was found; an unknown key is an error."""
    unknown = set(wanted) - set(found)
    assert not unknown, f"no check knows {unknown}"
    assert {key: found[key] for key in wanted} == wanted


def _item(shelf: tuple[ItemT, ...], wanted: dict[str, Any]) -> ItemT:
    (item,) = (i for i in shelf if i.id == wanted["item"])
    return item


# Where the group stands, and what is open for it.


def check_phase(moment: Moment, wanted: str) -> None:
    phase = moment.view.phase()
    assert phase is not None
    assert phase.code == wanted


def check_client(moment: Moment, wanted: str) -> None:
    assert moment.view.group.client == wanted


def check_explained(moment: Moment, wanted: str) -> None:
    assert moment.view.group.explanations[-1].called == wanted


def check_silent(moment: Moment, codes: list[str]) -> None:
    _known(moment, codes)
    assert moment.open_codes().isdisjoint(codes)


def check_open(moment: Moment, codes: list[str]) -> None:
    assert set(codes) <= moment.open_codes()


def check_open_only(moment: Moment, codes: list[str]) -> None:
    assert moment.open_codes() == set(codes)


def check_since(moment: Moment, wanted: dict[str, int]) -> None:
    """Each of these is open, since that day."""
    days = {p.finding.code: p.since for p in reversed(moment.view.owed())}
    assert {code: moment.number(days.get(Code(code))) for code in wanted} == wanted


def check_coming(moment: Moment, wanted: dict[str, int]) -> None:
    """Each of these comes first on that day."""
    days = {p.finding.code: p.since for p in reversed(moment.view.coming())}
    assert {code: moment.number(days.get(Code(code))) for code in wanted} == wanted


def check_not_coming(moment: Moment, codes: list[str]) -> None:
    _known(moment, codes)
    assert {p.finding.code for p in moment.view.coming()}.isdisjoint(codes)


def check_nothing_coming(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    assert (moment.view.coming() == ()) is wanted


def check_about(moment: Moment, wanted: dict[str, Any]) -> None:
    """What is open of one code is about these people and items, and no others."""
    found = [p for p in moment.view.owed() if p.finding.code == wanted["code"]]
    items = {ref.id for p in found for ref in p.finding.about}
    _same({**wanted, "items": set(wanted["items"])}, code=wanted["code"], items=items)


def check_due(moment: Moment, wanted: dict[str, Any]) -> None:
    (prompt,) = moment.prompts(wanted["code"])
    _same(wanted, code=prompt.finding.code, day=moment.number(prompt.since))


def check_why_not(moment: Moment, wanted: dict[str, str]) -> None:
    decision = moment.view.why_not(wanted["step"])
    assert not decision.allowed
    codes = sorted({f.code for f in decision.blocking})
    _same(wanted, step=wanted["step"], code=" ".join(codes))


def check_warned(moment: Moment, code: str) -> None:
    assert moment.step.recorded is not None
    assert code in [f.code for f in moment.step.recorded.decision.warnings]
    assert moment.step.recorded.decision.allowed


def check_no_warning(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    assert moment.step.recorded is not None
    assert (moment.step.recorded.decision.warnings == ()) is wanted


def check_lacks(moment: Moment, wanted: list[str]) -> None:
    """Why it was refused: all that was lacking, at once."""
    assert moment.step.refused is not None
    params = [dict(f.params) for f in moment.step.refused.decision.blocking]
    assert [p["lacks"] for p in params] == wanted


def check_paused(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    day = moment.view.on
    assert any(p.runs_on(day) for p in moment.view.group.pauses) is wanted


def check_departed(moment: Moment, way: str) -> None:
    away = [d for d in moment.view.group.departures if d.back_on is None]
    assert [str(d.way) for d in away] == [way]


# People.


def check_members(moment: Moment, people: list[str]) -> None:
    view = moment.clients
    assert list(view.group.members_on(view.on)) == people


def check_nominations(moment: Moment, wanted: dict[str, str]) -> None:
    states = {n.person: n.state for n in moment.view.group.nominations}
    assert states == wanted


def check_asked_again(moment: Moment, wanted: dict[str, Any]) -> None:
    found = {
        n.person: moment.number(n.ask_again_on) for n in moment.view.group.nominations
    }
    assert {person: found[PersonId(person)] for person in wanted} == wanted


def check_roles(moment: Moment, wanted: dict[str, list[str]]) -> None:
    group, day = moment.clients.group, moment.clients.on
    assert {r: list(group.holders_on(Code(r), day)) for r in wanted} == wanted


def check_resting(moment: Moment, people: list[str]) -> None:
    group, day = moment.clients.group, moment.clients.on
    assert [p.id for p in group.people if group.rests_on(p.id, day)] == people


def check_died(moment: Moment, wanted: dict[str, int]) -> None:
    group = moment.view.group
    found = {p: moment.number(group.died_on(PersonId(p))) for p in wanted}
    assert found == wanted


def check_called(moment: Moment, wanted: dict[str, str]) -> None:
    """What a reader calls somebody."""
    view = moment.views[PersonId(wanted["reader"])]
    assert view is not None
    name = view.name(PersonId(wanted["person"]))
    assert isinstance(name, PersonName)
    _same(wanted, reader=wanted["reader"], person=wanted["person"], name=name.written)


def check_own_part(moment: Moment, wanted: dict[str, str]) -> None:
    (part,) = (p for p in moment.view.group.parts if p.person == wanted["person"])
    _same(wanted, person=part.person, words=moment.view.said(part.words))


def check_thanks(moment: Moment, wanted: list[dict[str, str]]) -> None:
    said = moment.view.group.thanks
    assert [{"to": t.to, "by": t.by} for t in said] == wanted


def check_birthdays(moment: Moment, wanted: dict[str, Any]) -> None:
    (kept,) = (b for b in moment.view.group.birthdays if b.person == wanted["person"])
    _same(
        wanted,
        person=kept.person,
        sixteen=moment.number(kept.sixteen_on),
        eighteen=moment.number(kept.eighteen_on),
        yes=list(kept.parents_say_yes),
    )


def check_interview(moment: Moment, wanted: dict[str, Any]) -> None:
    (talk,) = (
        i for i in moment.view.group.interviews if i.respondent == wanted["respondent"]
    )
    themes = [moment.view.said(theme) for theme in talk.themes]
    _same(wanted, respondent=talk.respondent, themes=themes)
    assert talk.about_respondent is True


def check_heard(moment: Moment, people: list[str]) -> None:
    assert [i.respondent for i in moment.view.group.interviews] == people


# Who sees what.


def check_cannot_see(moment: Moment, people: list[str]) -> None:
    assert [moment.views[PersonId(p)] for p in people] == [None] * len(people)


def check_can_see(moment: Moment, people: list[str]) -> None:
    assert None not in [moment.views[PersonId(p)] for p in people]


def check_withheld(moment: Moment, wanted: dict[str, str]) -> None:
    owner = moment.views[PersonId(wanted["shown_to"])]
    other = moment.views[PersonId(wanted["from"])]
    assert owner is not None
    assert other is not None
    item = _item(owner.group.own_items, wanted)
    assert item.words is not None
    assert isinstance(owner.said(item.words), str)
    assert all(i.id != item.id for i in other.group.own_items)
    assert item.words.id not in other.words
    assert all(item.id not in h.touched for h in other.group.happenings)


def check_unseen(moment: Moment, wanted: dict[str, Any]) -> None:
    """Others do not see it, nor that it is there."""
    for reader in wanted["by"]:
        view = moment.views[PersonId(reader)]
        assert view is not None
        assert not view.group.knows(wanted["item"])
        assert all(wanted["item"] not in line.touched for line in view.timeline())
    _same(wanted, item=wanted["item"], by=wanted["by"])


def check_shown(moment: Moment, wanted: dict[str, str]) -> None:
    seen = moment.views[PersonId(wanted["to"])]
    assert seen is not None
    item = _item(seen.group.own_items, wanted)
    assert seen.said(item.words) not in {None, ERASED}


# What the client draws, wants and agrees.


def check_sociogram(moment: Moment, wanted: dict[str, Any]) -> None:
    drawing = moment.view.group.sociograms[-1]
    _same(
        wanted,
        version=drawing.version,
        figures=len(drawing.figures),
        decided_by=_decided_by(moment, drawing.id),
    )


def check_figure(moment: Moment, wanted: dict[str, Any]) -> None:
    """A figure of the latest drawing."""
    figure = _item(moment.view.group.sociograms[-1].figures, wanted)
    _same(
        wanted,
        item=figure.id,
        person=figure.person,
        deceased=figure.deceased,
        ring=figure.ring,
    )


def check_no_network_score(moment: Moment, counts: list[str]) -> None:
    """No page counts the people of a drawing, in any of these words."""
    telling = re.compile(rf"\b({'|'.join((*counts, *_SCORES))})\b", re.IGNORECASE)
    for page in _pages(moment.view):
        assert telling.findall(_DAY.sub("", page)) == []
    assert set(fields_dict(Sociogram)).isdisjoint(_SCORES)


def check_goals(moment: Moment, wanted: dict[str, str]) -> None:
    assert {g.id: g.status for g in moment.view.group.goals} == wanted


def check_achievements(moment: Moment, wanted: dict[str, str]) -> None:
    goals = {str(g.id): g for g in moment.view.group.goals}
    said = {goal: goals[goal].reviews[-1].achievement for goal in wanted}
    assert said == wanted
    assert {goals[goal].status for goal in wanted} == {"agreed"}


def check_versions(moment: Moment, wanted: dict[str, Any]) -> None:
    goal = _item(moment.view.group.goals, {"item": wanted["goal"]})
    assert [v.number for v in goal.versions] == list(range(1, wanted["count"] + 1))
    (line,) = (
        t for t in moment.view.timeline() if t.change == goal.versions[-1].change
    )
    _same(
        wanted,
        goal=goal.id,
        count=len({moment.view.said(v.words) for v in goal.versions}),
        smaller_step=goal.versions[-1].smaller_step,
        decided_by=line.on_behalf_of,
        typed_by=line.by,
    )
    assert line.recorded_at.tzinfo is not None


def check_voices(moment: Moment, wanted: dict[str, Any]) -> None:
    """Each voice apart: a level, or why there is none."""
    goal = _item(moment.view.group.goals, {"item": wanted["goal"]})
    voices = {a.by: a.answered or a.level for a in goal.attainments}
    _same(wanted, goal=goal.id, voices=voices)


def check_agreement(moment: Moment, wanted: dict[str, Any]) -> None:
    agreement = _item(moment.view.group.agreements, wanted)
    now = agreement.now
    _same(
        wanted,
        item=agreement.id,
        version=now.number,
        owners=list(now.owners),
        was=list(agreement.versions[0].owners),
        until=moment.number(now.until),
        closing=agreement.closing,
        closed=agreement.closed_on is not None,
        answers={a.person: a.accepts for a in now.answers},
        for_people=list(agreement.for_people),
    )


def check_progress(moment: Moment, wanted: dict[str, Any]) -> None:
    """The latest that was said of an agreement: by whom, in whose words."""
    note = _item(moment.view.group.agreements, wanted).progress[-1]
    (line,) = (t for t in moment.view.timeline() if t.change == note.change)
    _same(
        wanted,
        item=wanted["item"],
        by=note.by,
        how=note.how,
        words=moment.view.said(note.words),
        typed_by=line.by,
    )


def check_successes(moment: Moment, count: int) -> None:
    assert len(moment.view.group.successes) == count


def check_successes_first(moment: Moment, count: int) -> None:
    page = plan_markdown(moment.view, "nl")
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings[0] == "## Wat goed ging"
    below = page.split(headings[0])[1].split(headings[1])[0]
    assert below.count("\n- ") == count


def check_decision(moment: Moment, wanted: dict[str, Any]) -> None:
    decision = _item(moment.view.group.decisions, wanted)
    _same(
        wanted,
        item=decision.id,
        by=list(decision.by),
        minuted=decision.minuted,
        words=moment.view.said(decision.words),
    )


# Meetings.


def check_agenda(moment: Moment, wanted: dict[str, str]) -> None:
    meeting = _item(moment.view.group.meetings, {"item": wanted["meeting"]})
    topics = {str(item.topic): str(item.topic) for item in meeting.agenda}
    _same(wanted, meeting=meeting.id, has=topics.get(wanted["has"]))


def check_attendance(moment: Moment, wanted: dict[str, Any]) -> None:
    meeting = _item(moment.view.group.meetings, {"item": wanted["meeting"]})
    said = {a.person: a.presence for a in meeting.attendance}
    _same(
        {**wanted, "expected": set(wanted["expected"])},
        meeting=meeting.id,
        expected=set(meeting.expected),
        people={p: said[PersonId(p)] for p in wanted["people"]},
    )


def check_meeting(moment: Moment, wanted: dict[str, Any]) -> None:
    meeting = _item(moment.view.group.meetings, wanted)
    _same(
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
    offer = _item(offers, wanted)
    _same(
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


# When it gets harder, and care around the group.


def check_signalling(moment: Moment, wanted: dict[str, Any]) -> None:
    plan = moment.view.group.signalling_plans[-1]
    _same(
        wanted,
        version=plan.version,
        signs=len(plan.signs),
        taken_over=[s.offered for s in plan.signs if s.offered],
        by=[action.by for action in plan.actions],
        second=[action.second for action in plan.actions],
    )


def check_no_plan_yet(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    assert (moment.view.group.signalling_plans == ()) is wanted


def check_offered_signs(moment: Moment, wanted: dict[str, str]) -> None:
    assert {s.id: s.by for s in moment.view.group.signs} == wanted


def check_crisis_card(moment: Moment, wanted: dict[str, Any]) -> None:
    card = moment.view.group.crisis_cards[-1]
    _same(wanted, version=card.version, call=list(card.call))


def check_episodes(moment: Moment, wanted: list[Any]) -> None:
    """All care so far: its form, its first day, and the first day it is over."""
    found = [
        [str(e.form), moment.number(e.since)]
        + ([moment.number(e.until)] if e.until else [])
        for e in moment.view.group.episodes
    ]
    assert found == wanted


def check_care_now(moment: Moment, forms: list[str]) -> None:
    episodes = moment.view.group.episodes
    assert [e.form for e in episodes if e.runs_on(moment.view.on)] == forms


def check_scaled_down(moment: Moment, wanted: list[dict[str, Any]]) -> None:
    found = [
        {"to": s.to, "decided_by": s.decided_by, "day": moment.number(s.on)}
        | ({"step": s.step} if s.step else {})
        for s in moment.view.group.scale_downs
    ]
    assert found == wanted


def check_returned(moment: Moment, wanted: dict[str, Any]) -> None:
    back = moment.view.group.returns_of_care[-1]
    _same(wanted, to=back.to, day=moment.number(back.on), agreement=back.agreement)


def check_promises(moment: Moment, wanted: dict[str, Any]) -> None:
    promises = _item(moment.view.group.scale_ups, wanted).promises
    _same(
        wanted,
        item=wanted["item"],
        by=[p.by for p in promises],
        until=[moment.number(p.until) for p in promises if p.until],
        organisations=[
            moment.view.said(p.organisation) for p in promises if p.organisation
        ],
    )


def check_handover(moment: Moment, wanted: dict[str, Any]) -> None:
    handover = _item(moment.view.group.handovers, wanted)
    _same(
        wanted,
        item=handover.id,
        giving=list(handover.giving),
        receiver=moment.view.said(handover.receiver),
        client_there=handover.client_there,
    )


def check_aftercare(moment: Moment, wanted: dict[str, Any]) -> None:
    aftercare = _item(moment.view.group.aftercare, wanted)
    _same(
        wanted,
        item=aftercare.id,
        on=moment.number(aftercare.on),
        held=aftercare.held_on is not None,
    )


def check_child_check(moment: Moment, wanted: dict[str, Any]) -> None:
    check = moment.view.group.child_checks[-1]
    _same(
        wanted,
        looks_after=check.looks_after,
        again_on=moment.number(check.again_on),
    )


CHECKS: Final[dict[str, Callable[[Moment, Any], None]]] = {
    name.removeprefix("check_"): check
    for name, check in list(globals().items())
    if name.startswith("check_")
}

_SCORES: Final = ("score", "size", "count", "omvang", "grootte", "aantal", "density")


_DAY: Final = re.compile(r"\b\d{1,2} \w+ \d{4}\b")


def _pages(view: View) -> Iterator[str]:
    for language in ("nl", "en"):
        yield plan_markdown(view, language)
        yield timeline_text(view, language)
        yield next_text(view, language, coming=True)


def _known(moment: Moment, codes: list[str]) -> None:
    """See that a method has these rules and steps: a slip would always be silent."""
    method = moment.view.method
    assert [c for c in codes if not (method.rule(c) or method.step(c))] == []


def _decided_by(moment: Moment, item: ItemId) -> PersonId:
    (line,) = (t for t in moment.view.timeline() if item in t.touched)
    return line.on_behalf_of or line.by
