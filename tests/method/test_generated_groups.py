from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings, strategies as st
from method.generated import FIRST_DAY, LAST_DAY, Course, courses, days, drawn_change
from method.groups import METHOD, change_from, entry_of, judged, text
from support import AT_THE_TABLE, GROUP, Demo

from rgcore.domain.changes import ALL, Change
from rgcore.domain.changes.base import texts
from rgcore.domain.findings import Finding, Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, HoldsName, Kind, Ref
from rgcore.domain.inspection import inspect
from rgcore.domain.journal import fold, fold_all
from rgcore.domain.people import DIRECTION_SUPPORTER
from rgcore.domain.text import PersonName, Said
from rgcore.method import (
    Method,
    attention_from,
    attention_until,
    compose,
    open_on,
    prompts,
)

EVERY_DAY: Final = tuple(
    FIRST_DAY + timedelta(days=number)
    for number in range(-400, (LAST_DAY - FIRST_DAY).days + 800)
)
"""Every day on which something can open or close in a generated group."""

FLOOR: Final = 10
"""How often each type of change is recorded at least, over all generated groups."""


def _first_open(found: tuple[Prompt, ...]) -> date | None:
    return next((day for day in EVERY_DAY if open_on(found, day)), None)


def _first_after_the_last(found: tuple[Prompt, ...]) -> date | None:
    if not found or open_on(found, EVERY_DAY[-1]):
        return None
    last = max(day for day in EVERY_DAY if open_on(found, day))
    return last + timedelta(days=1)


@given(courses())
def test_attention_begins_on_the_first_day_on_which_something_is_open(
    course: Course,
) -> None:
    found = prompts(course.group, METHOD)
    assert attention_from(found) == _first_open(found)


@given(courses())
def test_attention_ends_on_the_first_day_from_which_nothing_is_open(
    course: Course,
) -> None:
    found = prompts(course.group, METHOD)
    assert attention_until(found) == _first_after_the_last(found)


def _prompt(code: str, since: date, length: int | None) -> Prompt:
    until = None if length is None else since + timedelta(days=length)
    return Prompt(Finding(code=Code(code), rank=Rank.METHOD), since, until)


some_prompts = st.lists(
    st.builds(
        _prompt, st.sampled_from("abc"), days(), st.none() | st.integers(1, 300)
    ),
    max_size=6,
).map(tuple)


@given(some_prompts)
def test_attention_goes_by_when_prompts_open_and_close(
    found: tuple[Prompt, ...],
) -> None:
    assert attention_from(found) == _first_open(found)
    assert attention_until(found) == _first_after_the_last(found)


def test_nothing_open_ever_asks_for_no_attention() -> None:
    assert attention_from(()) is None
    assert attention_until(()) is None


@given(courses(), st.data())
def test_a_change_that_fits_can_be_applied(course: Course, data: st.DataObject) -> None:
    change = drawn_change(data.draw, course.group, "last")
    assume(not tuple(change.problems(course.group)))
    after = fold(course.group, entry_of(change, course.group.seq + 1))
    assert after.seq == course.group.seq + 1
    assert after.happenings[-1].change == change.id
    assert after.happenings[-1].touched == tuple(sorted(change.touches()))


@given(courses())
def test_what_does_not_fit_is_refused_with_a_reason_and_never_raises(
    course: Course,
) -> None:
    for change in course.refused:
        outcome = judged(course.group, change)
        assert not outcome.decision.allowed or not outcome.entries
        assert all(finding.rank in Rank for finding in outcome.decision.findings)


@given(courses())
def test_a_journal_adds_up_to_one_group(course: Course) -> None:
    step_by_step: ResourceGroup | None = None
    for entry in course.entries:
        step_by_step = fold(step_by_step, entry)
    assert fold_all(course.entries) == step_by_step == course.group


@given(courses())
def test_a_group_knows_what_its_changes_made(course: Course) -> None:
    made = {item for change in course.changes for item in change.touches()}
    assert all(course.group.knows(item) for item in made)


@given(courses())
def test_a_group_is_judged_as_it_was_recorded(course: Course) -> None:
    outcome = judged(None, *course.changes)
    structural = [
        f for f in outcome.decision.blocking if f.rank is Rank.STRUCTURE
    ]
    assert structural == []
    assert outcome.group is not None
    assert outcome.group.happenings == course.group.happenings
    assert outcome.prompts == prompts(course.group, METHOD)


def _order(prompt: Prompt) -> tuple[date, str, str]:
    return prompt.since, prompt.finding.code, str(prompt.finding.about)


@given(courses())
def test_prompts_come_in_one_order_every_time(course: Course) -> None:
    found = prompts(course.group, METHOD)
    again = fold_all(course.entries)
    assert again is not None
    assert list(found) == sorted(found, key=_order)
    assert found == prompts(again, compose())


@given(courses())
def test_a_prompt_is_about_items_of_the_group(course: Course) -> None:
    for prompt in prompts(course.group, METHOD):
        assert all(course.group.holds(r.kind, r.id) for r in prompt.finding.about)
        assert prompt.finding.settles
        assert prompt.until is None or prompt.since < prompt.until


@given(courses())
def test_a_prompt_is_of_a_rule_or_a_step_that_nobody_watches(course: Course) -> None:
    spoken = {r.code for r in METHOD.rules} | {
        s.code for s in METHOD.steps if not s.watched_by
    }
    assert {p.finding.code for p in prompts(course.group, METHOD)} <= spoken


@given(courses())
def test_a_vacancy_begins_when_nobody_supports_any_more(course: Course) -> None:
    group = course.group
    empty = [d for d in EVERY_DAY if not group.holders_on(DIRECTION_SUPPORTER, d)]
    last_held = max(set(EVERY_DAY) - set(empty))
    expected = [] if last_held == EVERY_DAY[-1] else [last_held + timedelta(days=1)]
    found = prompts(group, METHOD)
    since = [p.since for p in found if p.finding.code == "supporter_vacancy"]
    assert since == expected


def _exempt(of: str, person: str | None, until: date | None) -> Change:
    return change_from(
        {
            "type": "step.exempt",
            "happened_on": FIRST_DAY,
            "exemption": "exempted",
            "of": of,
            "because": text(),
            **({"person": person} if person else {}),
            **({"until": until} if until else {}),
        },
        "exempt",
    )


@given(courses(), st.data())
def test_an_exemption_silences_its_code_and_person_until_its_day_and_nothing_else(
    course: Course, data: st.DataObject
) -> None:
    group = course.group
    before = prompts(group, METHOD)
    of = data.draw(st.sampled_from(sorted({p.finding.code for p in before})))
    person = data.draw(st.none() | st.sampled_from([p.id for p in group.people]))
    until = data.draw(st.none() | days().filter(lambda day: day > FIRST_DAY))
    change = _exempt(of, person, until)
    after = prompts(fold(group, entry_of(change, group.seq + 1)), METHOD)

    def is_silenced(prompt: Prompt, day: date) -> bool:
        is_it = prompt.finding.code == of
        about = person is None or Ref(Kind.PERSON, person) in prompt.finding.about
        return is_it and about and (until is None or day < until)

    for day in EVERY_DAY[::9]:
        expected = [p.finding for p in open_on(before, day) if not is_silenced(p, day)]
        found = [p.finding for p in open_on(after, day)]
        assert sorted(map(str, found)) == sorted(map(str, expected))


@given(courses(), days(), days())
def test_exemptions_add_up_whatever_their_order(
    course: Course, first: date, second: date
) -> None:
    assume(FIRST_DAY not in {first, second})
    of = prompts(course.group, METHOD)[0].finding.code
    folded = []
    for untils in ([first, second], [second, first]):
        group = course.group
        for number, until in enumerate(untils):
            change = change_from(
                {
                    "type": "step.exempt",
                    "happened_on": FIRST_DAY,
                    "exemption": f"exempted-{number}",
                    "of": of,
                    "because": text(),
                    "until": until,
                },
                f"exempt-{number}",
            )
            group = fold(group, entry_of(change, group.seq + 1))
        folded.append(prompts(group, METHOD))
    assert folded[0] == folded[1]


def test_every_type_of_change_is_reached_by_the_generator() -> None:
    reached: Counter[type[Change]] = Counter()

    @settings(max_examples=150, database=None)
    @given(courses())
    def count(course: Course) -> None:
        reached.update(type(change) for change in course.changes)

    count()
    missing = {cls.TYPE: reached[cls] for cls in ALL if reached[cls] < FLOOR}
    assert not missing, f"recorded less than {FLOOR} times: {missing}"


def test_generated_groups_speak_with_every_rule_and_step() -> None:
    spoken: Counter[str] = Counter()

    @settings(max_examples=150, database=None)
    @given(courses())
    def count(course: Course) -> None:
        spoken.update(p.finding.code for p in prompts(course.group, METHOD))

    count()
    steps = {step.code for step in METHOD.steps if step.watched_by is None}
    assert set(spoken) == {rule.code for rule in METHOD.rules} | steps


def _words(change: Change) -> dict[Any, Said]:
    names = {m.path for m in inspect(change).marked if isinstance(m.mark, HoldsName)}
    return {
        found.id: PersonName.of("Bo") if path in names else "woorden"
        for path, found in texts(change)
    }


@pytest.mark.parametrize("number", range(3))
def test_recording_the_same_changes_twice_changes_nothing(
    klaas: Demo, number: int
) -> None:
    """Replay a generated group's changes on a store, each of them twice."""
    klaas.clock.set(LAST_DAY + timedelta(days=1))
    recorded = 0

    @settings(max_examples=1, database=None, phases=())
    @given(courses())
    def nothing(course: Course) -> None:
        del course

    del nothing, recorded, number, GROUP, AT_THE_TABLE, Method, _words
