"""Each line of the Expect column of a case, asserted through the public API.

The cases are those that `rgcore demo` replays and those beside this file. Events are
recorded through `Institution.record`; every expectation is checked on what
`Institution.view` gave right after its event, see `spec.expecting`. Lines with
`part = "access"` are about readers other than the client and the supporter; they
are marked in their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from cli.terminal import FORBIDDEN, RAW_CODE, rgcore
from rgcore import NotAvailable
from rgcore.access.view import _texts
from rgcore.cli.replay import Case, Replay, Step
from rgcore.domain.ids import PersonId
from rgcore.domain.journal import fold_all
from rgcore.render.pages import next_text, timeline_text
from spec.expecting import CHECKS, Moment

_HERE: Final = Path(__file__).parent / "cases"
_OURS: Final = sorted(path.stem for path in _HERE.glob("*.toml"))
CASES: Final = [*Case.names(), *_OURS]
_OF_AN_EVENT: Final = {
    *("day", "actor", "tell", "change", "expect", "refused", "override", "reader")
}


Replayed = Callable[[str], dict[int, Moment]]


@cache
def _case(name: str) -> Case:
    if name in _OURS:
        return Case((_HERE / f"{name}.toml").read_text("utf-8"))
    return Case.named(name)


def _views(replay: Replay, people: set[PersonId]) -> Iterator[tuple[PersonId, Any]]:
    for person in sorted(people):
        reader = replay.reader(person)
        try:
            yield person, replay.institution.view(replay.case.group, reader)
        except NotAvailable:
            yield person, None


def _strangers(case: Case) -> set[PersonId]:
    """Return readers who are named in an expectation; the group may not know them."""
    lines = [line for event in case.events for line in event.data["expect"]]
    return {PersonId(p) for line in lines for p in line.get("cannot_see", ())}


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """Return what replays a case, once however often it is asked."""
    return cache(lambda name: _replay(name, tmp_path_factory.mktemp("case")))


@pytest.fixture(params=CASES)
def moments(request: pytest.FixtureRequest, replayed: Replayed) -> dict[int, Moment]:
    return replayed(request.param)


def _replay(name: str, folder: Path) -> dict[int, Moment]:
    case = _case(name)
    replay = Replay.into(folder, case, name)
    found: dict[int, Moment] = {}
    people = {case.client, case.reader, *_strangers(case)}
    with replay.institution:
        for event in case.events:
            replay.clock.day = event.on
            step = replay.step(event)
            _went_as_said(step)
            everybody = replay.institution.view(
                case.group, replay.reader(case.client)
            ).group.people
            people |= {p.id for p in everybody}
            found[event.number] = Moment(case, step, dict(_views(replay, people)))
        assert replay.institution.verify() == ()
    return found


def _went_as_said(step: Step) -> None:
    """See that an event was recorded, or refused for the reasons that it names."""
    found = step.refused.decision.blocking if step.refused else ()
    said = step.event.data.get("refused", [])
    assert [f.code for f in found] == said, (step.event.told("en"), found)
    assert (step.recorded is None) == bool(said)


def _expectations() -> Iterator[Any]:
    for name in CASES:
        for event in _case(name).events:
            for number, line in enumerate(event.data["expect"]):
                part = f" ({line['part']})" if "part" in line else ""
                title = f"{name} {event.on} {line['says']}{part}"
                yield pytest.param(name, event.number, number, id=title)


@pytest.mark.parametrize(
    ("moments", "event", "line"),
    list(_expectations()),
    indirect=["moments"],
)
def test_expect_column(moments: dict[int, Moment], event: int, line: int) -> None:
    moment = moments[event]
    expected = moment.step.event.data["expect"][line]
    (key,) = set(expected) - {"says", "part"}
    CHECKS[key](moment, expected[key])


def test_an_event_has_no_key_that_nobody_reads(moments: dict[int, Moment]) -> None:
    for moment in moments.values():
        assert set(moment.step.event.data) <= _OF_AN_EVENT
        assert set(moment.step.event.data["tell"]) == {"nl", "en"}


def test_nobody_who_never_was_in_the_group_ever_saw_anything(
    moments: dict[int, Moment],
) -> None:
    for moment in moments.values():
        group = moment.clients.group
        was_in = {m.person for m in group.memberships}
        was_in |= {r.person for r in group.roles}
        saw = {person for person, view in moment.views.items() if view is not None}
        assert saw <= {moment.case.client, *was_in}


def test_no_copy_holds_words_of_what_is_not_in_it(
    moments: dict[int, Moment],
) -> None:
    for moment in moments.values():
        copies = (v for v in moment.views.values() if v is not None and v.copy)
        for view in copies:
            assert set(view.words) <= set(_texts(view.group))


def test_the_group_is_what_its_journal_adds_up_to(moments: dict[int, Moment]) -> None:
    recorded = [m.step.recorded for m in moments.values() if m.step.recorded]
    whole = fold_all(entry for one in recorded for entry in one.entries)
    last = list(moments.values())[-1].clients
    assert whole is not None
    # What another keeps for themselves is in the group and in nobody's view.
    private = {i.id for i in whole.own_items} - {i.id for i in last.group.own_items}
    if not private:
        assert last.group == whole


def test_the_group_asks_for_attention_from_its_first_open_prompt(
    moments: dict[int, Moment],
) -> None:
    for moment in moments.values():
        since = [p.since for p in moment.view.prompts()]
        still_open = moment.view.owed()
        assert (min(since) <= moment.view.on) == bool(still_open) if since else True


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_blames_or_shows_a_code(
    moments: dict[int, Moment], language: str
) -> None:
    for moment in moments.values():
        page = timeline_text(moment.view, language)
        page += next_text(moment.view, language, coming=True)
        assert FORBIDDEN.findall(page) == []
        assert RAW_CODE.findall(page) == []


def test_the_demo_offers_every_case_that_comes_along() -> None:
    asked = rgcore("demo", "--help")
    assert f"{{{','.join(Case.names())}}}" in asked.out
