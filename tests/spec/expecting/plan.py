"""What the client draws, wants and agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import fields_dict

from rgcore import View
from rgcore.domain.ids import ItemId, PersonId
from rgcore.domain.sociogram import Sociogram
from rgcore.render.pages import next_text, plan_markdown, timeline_text
from spec.expecting.moment import Moment, item_of, same


def check_sociogram(moment: Moment, wanted: dict[str, Any]) -> None:
    drawing = moment.view.group.sociograms[-1]
    same(
        wanted,
        version=drawing.version,
        figures=len(drawing.figures),
        decided_by=_decided_by(moment, drawing.id),
    )


def check_figure(moment: Moment, wanted: dict[str, Any]) -> None:
    """A figure of the latest drawing."""
    figure = item_of(moment.view.group.sociograms[-1].figures, wanted)
    same(
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
    goal = item_of(moment.view.group.goals, {"item": wanted["goal"]})
    assert [v.number for v in goal.versions] == list(range(1, wanted["count"] + 1))
    (line,) = (
        t for t in moment.view.timeline() if t.change == goal.versions[-1].change
    )
    same(
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
    goal = item_of(moment.view.group.goals, {"item": wanted["goal"]})
    voices = {a.by: a.answered or a.level for a in goal.attainments}
    same(wanted, goal=goal.id, voices=voices)


def check_agreement(moment: Moment, wanted: dict[str, Any]) -> None:
    agreement = item_of(moment.view.group.agreements, wanted)
    now = agreement.now
    same(
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
    note = item_of(moment.view.group.agreements, wanted).progress[-1]
    (line,) = (t for t in moment.view.timeline() if t.change == note.change)
    same(
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
    decision = item_of(moment.view.group.decisions, wanted)
    same(
        wanted,
        item=decision.id,
        by=list(decision.by),
        minuted=decision.minuted,
        words=moment.view.said(decision.words),
    )


_SCORES: Final = ("score", "size", "count", "omvang", "grootte", "aantal", "density")
_DAY: Final = re.compile(r"\b\d{1,2} \w+ \d{4}\b")


def _pages(view: View) -> Iterator[str]:
    for language in ("nl", "en"):
        yield plan_markdown(view, language)
        yield timeline_text(view, language)
        yield next_text(view, language, coming=True)


def _decided_by(moment: Moment, item: ItemId) -> PersonId:
    (line,) = (t for t in moment.view.timeline() if item in t.touched)
    return line.on_behalf_of or line.by
