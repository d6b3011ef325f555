"""Each line of the Expect column of a case, asserted through the public API.

The case file is the one that `rgcore demo` replays. Events are recorded through
`Institution.record`; every expectation is checked on what `Institution.view` gave
right after its event. Lines with `part = "access"` are about readers other than the
client and the supporter: the stub denies them everything, and the work on access
will refine what they may see; they are marked in their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from rgcore import NotAvailable, View
from rgcore.cli.replay import Case, Replay, Step
from rgcore.domain.findings import Prompt
from rgcore.domain.ids import PersonId
from rgcore.domain.text import ERASED
from rgcore.render.pages import plan_markdown

CASES = ("klaas",)


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

    def prompts(self, code: str) -> list[Prompt]:
        return [p for p in self.view.prompts() if p.finding.code == code]

    def open_codes(self) -> set[str]:
        return {p.finding.code for p in self.view.owed()}


def _views(replay: Replay, people: set[PersonId]) -> Iterator[tuple[PersonId, Any]]:
    for person in sorted(people):
        reader = replay.reader(person)
        try:
            yield person, replay.institution.view(replay.case.group, reader)
        except NotAvailable:
            yield person, None


@pytest.fixture(scope="module", params=CASES)
def moments(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, Moment]:
    case = Case.named(request.param)
    replay = Replay.into(tmp_path_factory.mktemp("case"), case, request.param)
    found: dict[int, Moment] = {}
    people = {case.client, case.reader}
    with replay.institution:
        for event in case.events:
            replay.clock.day = event.on
            step = replay.step(event)
            everybody = replay.institution.view(
                case.group, replay.reader(case.client)
            ).group.people
            people |= {p.id for p in everybody}
            found[event.number] = Moment(case, step, dict(_views(replay, people)))
        assert replay.institution.verify() == ()
    return found


def check_phase(moment: Moment, wanted: str) -> None:
    phase = moment.view.phase()
    assert phase is not None
    assert phase.code == wanted


def check_client(moment: Moment, wanted: str) -> None:
    assert moment.view.group.client == wanted


def check_sociogram(moment: Moment, wanted: dict[str, Any]) -> None:
    drawing = moment.view.group.sociograms[-1]
    assert drawing.version == wanted["version"]
    assert len(drawing.figures) == wanted["figures"]
    assert _decided_by(moment, drawing.id) == wanted["decided_by"]


def check_nominations(moment: Moment, wanted: dict[str, str]) -> None:
    states = {n.person: n.state for n in moment.view.group.nominations}
    assert states == wanted


def check_cannot_see(moment: Moment, people: list[str]) -> None:
    assert [moment.views[PersonId(p)] for p in people] == [None] * len(people)


def check_interview(moment: Moment, wanted: dict[str, Any]) -> None:
    (talk,) = (
        i for i in moment.view.group.interviews if i.respondent == wanted["respondent"]
    )
    assert [moment.view.said(theme) for theme in talk.themes] == wanted["themes"]
    assert talk.about_respondent is True


def check_silent(moment: Moment, codes: list[str]) -> None:
    assert moment.open_codes().isdisjoint(codes)


def check_open(moment: Moment, codes: list[str]) -> None:
    assert set(codes) <= moment.open_codes()


def check_withheld(moment: Moment, wanted: dict[str, str]) -> None:
    owner = moment.views[PersonId(wanted["shown_to"])]
    other = moment.views[PersonId(wanted["from"])]
    assert owner is not None
    assert other is not None
    (item,) = (i for i in owner.group.own_items if i.id == wanted["item"])
    assert item.words is not None
    assert isinstance(owner.said(item.words), str)
    assert all(i.id != item.id for i in other.group.own_items)
    assert item.words.id not in other.words
    assert all(item.id not in h.touched for h in other.group.happenings)


def check_shown(moment: Moment, wanted: dict[str, str]) -> None:
    seen = moment.views[PersonId(wanted["to"])]
    assert seen is not None
    (item,) = (i for i in seen.group.own_items if i.id == wanted["item"])
    assert seen.said(item.words) not in {None, ERASED}


def check_agenda(moment: Moment, wanted: dict[str, str]) -> None:
    (meeting,) = (m for m in moment.view.group.meetings if m.id == wanted["meeting"])
    assert wanted["has"] in {item.topic for item in meeting.agenda}


def check_goals(moment: Moment, wanted: dict[str, str]) -> None:
    assert {g.id: g.status for g in moment.view.group.goals} == wanted


def check_warned(moment: Moment, code: str) -> None:
    assert moment.step.recorded is not None
    assert [f.code for f in moment.step.recorded.decision.warnings] == [code]
    assert moment.step.recorded.decision.allowed


def check_due(moment: Moment, wanted: dict[str, Any]) -> None:
    (prompt,) = moment.prompts(wanted["code"])
    assert prompt.since == moment.case.on(wanted["day"])


def check_house_rules(moment: Moment, people: list[str]) -> None:
    assert [yes.person for yes in moment.view.group.house_rules[-1].agreed] == people


def check_offer(moment: Moment, wanted: dict[str, Any]) -> None:
    offers = moment.view.group.offers
    (offer,) = (o for o in offers if o.id == wanted["item"])
    assert offer.outside is wanted["outside"]
    assert sum(not o.outside for o in offers) == wanted["themes"]


def check_successes(moment: Moment, count: int) -> None:
    assert len(moment.view.group.successes) == count


def check_achievements(moment: Moment, wanted: dict[str, str]) -> None:
    goals = {g.id: g for g in moment.view.group.goals}
    said = {goal: goals[goal].reviews[-1].achievement for goal in wanted}  # type: ignore[index]
    assert said == wanted
    assert {goals[goal].status for goal in wanted} == {"agreed"}  # type: ignore[index]


def check_versions(moment: Moment, wanted: dict[str, Any]) -> None:
    (goal,) = (g for g in moment.view.group.goals if g.id == wanted["goal"])
    assert [v.number for v in goal.versions] == list(range(1, wanted["count"] + 1))
    assert len({moment.view.said(v.words) for v in goal.versions}) == wanted["count"]
    assert goal.versions[-1].smaller_step is wanted["smaller_step"]
    (line,) = (
        t for t in moment.view.timeline() if t.change == goal.versions[-1].change
    )
    assert (line.on_behalf_of, line.by) == (wanted["decided_by"], wanted["typed_by"])
    assert line.recorded_at.tzinfo is not None


def check_successes_first(moment: Moment, count: int) -> None:
    page = plan_markdown(moment.view, "nl")
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings[0] == "## Wat goed ging"
    below = page.split(headings[0])[1].split(headings[1])[0]
    assert below.count("\n- ") == count


def check_attendance(moment: Moment, wanted: dict[str, Any]) -> None:
    (meeting,) = (m for m in moment.view.group.meetings if m.id == wanted["meeting"])
    assert set(meeting.expected) == set(wanted["expected"])
    said = {a.person: a.presence for a in meeting.attendance}
    assert {person: said[person] for person in wanted["people"]} == wanted["people"]


def check_why_not(moment: Moment, wanted: dict[str, str]) -> None:
    decision = moment.view.why_not(wanted["step"])
    assert not decision.allowed
    assert [f.code for f in decision.blocking] == [wanted["code"]]


def check_members(moment: Moment, people: list[str]) -> None:
    view = moment.views[moment.case.client]
    assert view is not None
    assert list(view.group.members_on(view.on)) == people


CHECKS: dict[str, Callable[[Moment, Any], None]] = {
    name.removeprefix("check_"): check
    for name, check in list(globals().items())
    if name.startswith("check_")
}


def _decided_by(moment: Moment, item: str) -> PersonId:
    (line,) = (t for t in moment.view.timeline() if item in t.touched)
    return line.on_behalf_of or line.by


def _expectations() -> Iterator[Any]:
    for name in CASES:
        for event in Case.named(name).events:
            for number, line in enumerate(event.data["expect"]):
                part = f" ({line['part']})" if "part" in line else ""
                title = f"{name} {event.on} {line['says']}{part}"
                yield pytest.param(name, event.number, number, id=title)


@pytest.mark.parametrize(
    ("moments", "event", "line"),
    list(_expectations()),
    indirect=["moments"],
    scope="module",
)
def test_expect_column(moments: dict[int, Moment], event: int, line: int) -> None:
    moment = moments[event]
    expected = moment.step.event.data["expect"][line]
    (key,) = set(expected) - {"says", "part"}
    CHECKS[key](moment, expected[key])


def test_every_event_went_as_the_case_says(moments: dict[int, Moment]) -> None:
    for moment in moments.values():
        refused = moment.step.event.data.get("refused", [])
        decision = moment.step.refused.decision if moment.step.refused else None
        assert [f.code for f in decision.blocking] == refused if decision else True
        assert (moment.step.recorded is None) == bool(refused)


def test_nobody_but_client_and_supporter_ever_saw_anything(
    moments: dict[int, Moment],
) -> None:
    for moment in moments.values():
        allowed = {moment.case.client, moment.case.reader}
        saw = {person for person, view in moment.views.items() if view is not None}
        assert saw <= allowed


def test_the_group_asks_for_attention_from_its_first_open_prompt(
    moments: dict[int, Moment],
) -> None:
    for moment in moments.values():
        since = [p.since for p in moment.view.prompts()]
        still_open = moment.view.owed()
        assert (min(since) <= moment.view.on) == bool(still_open) if since else True
