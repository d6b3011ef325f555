from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import attrs
import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st

import rgcore
from method.generated import (
    FIRST_DAY,
    GROUPS,
    LAST_DAY,
    OF_SETTINGS,
    Course,
    breaks,
    courses,
    days,
    drawn_change,
    few,
)
from method.groups import (
    AT_THE_TABLE,
    KLAAS,
    METHOD,
    START,
    change_from,
    entry_of,
    folded,
    judged,
    text,
)
from rgcore.access.privacy import hidden_from
from rgcore.domain.actor import OWN_GROUP
from rgcore.domain.changes import ALL, Change, ImportGroup, MergePeople, StartGroup
from rgcore.domain.changes.base import texts
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Finding, Override, Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, GroupId, HoldsName, Kind, PersonId, Ref, TextId
from rgcore.domain.inspection import inspect
from rgcore.domain.journal import fold, fold_all, in_error
from rgcore.domain.people import DIRECTION_SUPPORTER
from rgcore.domain.text import PersonName, Said, Text
from rgcore.method import (
    attention_from,
    attention_until,
    compose,
    open_on,
    prompts,
)
from rgcore.method.speaking.common import known_until
from support import Clock, Ids

DAY: Final = timedelta(days=1)
EVERY_DAY: Final = tuple(
    FIRST_DAY + timedelta(days=number)
    for number in range(-400, (LAST_DAY - FIRST_DAY).days + 800)
)
"""Every day on which something can open or close in a generated group."""

ENOUGH: Final = 5
"""From how many groups a property on, the floor below is worth its time."""

FLOOR: Final = 1
"""How often each type of change is recorded at least, over all generated groups."""


def _first_open(found: tuple[Prompt, ...]) -> date | None:
    return next((day for day in EVERY_DAY if open_on(found, day)), None)


def _first_after_the_last(found: tuple[Prompt, ...]) -> date | None:
    if not found or open_on(found, EVERY_DAY[-1]):
        return None
    last = max(day for day in EVERY_DAY if open_on(found, day))
    return last + timedelta(days=1)


@few
@given(courses())
def test_attention_begins_on_the_first_day_on_which_something_is_open(
    course: Course,
) -> None:
    found = prompts(course.group, METHOD)
    assert attention_from(found) == _first_open(found)


@few
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
    st.builds(_prompt, st.sampled_from("abc"), days(), st.none() | st.integers(1, 300)),
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


@few
@given(courses(), st.data())
def test_a_change_that_fits_can_be_applied(course: Course, data: st.DataObject) -> None:
    change = drawn_change(data.draw, course.group, "last")
    assume(not tuple(change.problems(course.group)))
    after = folded(
        course.group, [*course.entries, entry_of(change, course.group.seq + 1)]
    )
    assert after.seq == course.group.seq + 1
    assert after.happenings[-1].change == change.id
    touched = change.touched_in(course.group)
    assert after.happenings[-1].touched == tuple(sorted(touched))


@few
@given(courses())
def test_whatever_is_wanted_is_judged_without_raising(course: Course) -> None:
    for change in course.refused:
        outcome = judged(course.group, change, journal=course.entries)
        entry = entry_of(change, course.group.seq + 1)
        misfits = tuple(change.problems(course.group))
        fits = not misfits and not breaks(course.entries, entry)
        assert bool(outcome.entries) is fits
        assert not outcome.decision.allowed or fits
        assert fits or outcome.group == course.group


@few
@given(courses())
def test_a_journal_adds_up_to_one_group(course: Course) -> None:
    step_by_step: ResourceGroup | None = None
    for number in range(len(course.entries)):
        step_by_step = folded(step_by_step, course.entries[: number + 1])
    assert fold_all(course.entries) == step_by_step == course.group


@few
@given(courses())
def test_a_group_knows_what_its_changes_made(course: Course) -> None:
    out = in_error(course.entries)
    counting = [change for change in course.changes if change.id not in out]
    made = {item for change in counting for item in change.touches()}
    assert all(course.group.knows(item) for item in made)


def _texts_in(value: Any) -> Iterator[Text]:  # noqa: ANN401 - any part of a group
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts_in(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _texts_in(getattr(value, field.name))


@few
@given(courses())
def test_every_text_belongs_to_somebody_whom_the_group_knows(course: Course) -> None:
    for found in _texts_in(course.group):
        assert course.group.holds(Kind.PERSON, course.group.known_as(found.subject))


@few
@given(courses())
def test_a_change_alters_nothing_of_those_whom_it_does_not_touch(
    course: Course,
) -> None:
    """Only merging and corrections, which say so, reach further than they name."""
    for number, entry in enumerate(course.entries[1:], 1):
        if isinstance(entry.change, MergePeople | Correction):
            continue
        before = fold_all(course.entries[:number])
        assert before is not None
        after = entry.change.apply(before)
        touched: frozenset[str] = entry.change.touches()
        left = [p for p in before.people if p.id not in touched]
        assert all(p in after.people for p in left)
        for kind in Kind:
            assert {*before.ids(kind)} <= {*after.ids(kind)}
            assert {*after.ids(kind)} - {*before.ids(kind)} <= touched


@few
@given(courses(but=OF_SETTINGS))
def test_a_group_is_judged_as_it_was_recorded(course: Course) -> None:
    outcome = judged(None, *course.changes)
    structural = [f for f in outcome.decision.blocking if f.rank is Rank.STRUCTURE]
    assert structural == []
    assert outcome.group is not None
    assert outcome.group.happenings == course.group.happenings
    assert outcome.prompts == prompts(course.group, METHOD)


def _order(prompt: Prompt) -> tuple[date, str, str]:
    return prompt.since, prompt.finding.code, str(prompt.finding.about)


@few
@given(courses())
def test_prompts_come_in_one_order_every_time(course: Course) -> None:
    found = prompts(course.group, METHOD)
    again = fold_all(course.entries)
    assert again is not None
    assert list(found) == sorted(found, key=_order)
    assert found == prompts(again, compose())


@few
@given(courses())
def test_a_prompt_is_about_items_of_the_group(course: Course) -> None:
    for prompt in prompts(course.group, METHOD):
        assert all(course.group.holds(r.kind, r.id) for r in prompt.finding.about)
        assert prompt.finding.settles
        assert prompt.until is None or prompt.since < prompt.until


@few
@given(courses())
def test_a_prompt_is_of_a_rule_or_a_step_that_nobody_watches(course: Course) -> None:
    spoken = {r.code for r in METHOD.rules} | {
        s.code for s in METHOD.steps if not s.watched_by
    }
    assert {p.finding.code for p in prompts(course.group, METHOD)} <= spoken


@few
@given(courses())
def test_a_vacancy_speaks_on_the_days_to_come_on_which_nobody_supports(
    course: Course,
) -> None:
    group = evolve(course.group, pauses=(), departures=(), deaths=(), exemptions=())
    found = [p for p in prompts(group, METHOD) if p.finding.code == "supporter_vacancy"]
    for day in (day for day in EVERY_DAY if day >= known_until(group)):
        there = [
            person
            for person in group.holders_on(DIRECTION_SUPPORTER, day)
            if not group.rests_on(person, day)
        ]
        assert bool(open_on(tuple(found), day)) is not bool(there)


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


@few
@given(courses(), st.data())
def test_an_exemption_silences_its_code_and_person_until_its_day_and_nothing_else(
    course: Course, data: st.DataObject
) -> None:
    group = course.group
    before = prompts(group, METHOD)
    spoken = sorted({p.finding.code for p in before}) or [Code("nominate")]
    of = data.draw(st.sampled_from(spoken))
    person = data.draw(st.none() | st.sampled_from([p.id for p in group.people]))
    until = data.draw(st.none() | days().filter(lambda day: day > FIRST_DAY))
    change = _exempt(of, person, until)
    after = prompts(fold(group, entry_of(change, group.seq + 1)), METHOD)

    def is_silenced(prompt: Prompt, day: date) -> bool:
        exemptible = prompt.finding.rank in {Rank.METHOD, Rank.WORKFLOW}
        is_it = exemptible and prompt.finding.code == of
        about = person is None or Ref(Kind.PERSON, person) in prompt.finding.about
        return is_it and about and (until is None or day < until)

    for day in EVERY_DAY[::9]:
        expected = [p.finding for p in open_on(before, day) if not is_silenced(p, day)]
        found = [p.finding for p in open_on(after, day)]
        assert sorted(map(str, found)) == sorted(map(str, expected))


@few
@given(courses(), days(), days())
def test_exemptions_add_up_whatever_their_order(
    course: Course, first: date, second: date
) -> None:
    assume(FIRST_DAY not in {first, second})
    spoken = [p.finding.code for p in prompts(course.group, METHOD)]
    of = next(iter(spoken), "nominate")
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


@pytest.mark.skipif(GROUPS < ENOUGH, reason="fewer groups were asked for")
def test_the_generator_reaches_every_type_of_change_and_most_rules() -> None:
    reached: Counter[type[Change]] = Counter()
    spoken: Counter[str] = Counter()

    @settings(max_examples=240, derandomize=True, database=None)
    @given(courses())
    def count(course: Course) -> None:
        reached.update(type(change) for change in course.changes)
        spoken.update(p.finding.code for p in prompts(course.group, METHOD))

    count()
    drawn = [cls for cls in ALL if cls is not ImportGroup]
    rare = {cls.TYPE: reached[cls] for cls in drawn if reached[cls] < FLOOR}
    steps = {step.code for step in METHOD.steps if step.watched_by is None}
    assert not rare, f"recorded less than {FLOOR} times: {rare}"
    # Each rule and step is shown by its own rows; here most of them are met by chance.
    rules = {rule.code for rule in METHOD.rules}
    assert len(rules & set(spoken)) >= len(rules) * 3 // 4
    assert steps - set(spoken) <= {"nominate"}


def _words(change: Change) -> dict[TextId, Said]:
    names = {m.path for m in inspect(change).marked if isinstance(m.mark, HoldsName)}
    return {
        found.id: PersonName.of("Bo") if path in names else "woorden"
        for path, found in texts(change)
    }


STAFF: Final = """\
[[staff]]
id = "esmee"
name = "Esmee"
teams = [{ team = "team-1", since = 2024-01-01 }]
"""
PASSED: Final = Override(Code("scale_up_before_scale_down"), Code("client_asked"))


@pytest.fixture(scope="module")
def institution(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[rgcore.Institution]:
    toml = rgcore.create(tmp_path_factory.mktemp("generated"), "demo", staff=STAFF)
    after = Clock(LAST_DAY + timedelta(days=1))
    with rgcore.open(toml, clock=after, ids=Ids()) as opened:
        yield opened


def _deciders(course: Course) -> Iterator[PersonId | None]:
    """Go through whose decision each change was, in the group as it stood then."""
    for number, change in enumerate(course.changes):
        before = fold_all(course.entries[:number])
        yield None if before is None else change.decided_for(before)


def _record(
    institution: rgcore.Institution,
    group: GroupId,
    change: Change,
    decider: PersonId | None,
) -> rgcore.Recorded:
    """Record a change on behalf of whoever decides on it."""
    actor = rgcore.Actor(
        AT_THE_TABLE.who if isinstance(change, StartGroup) else KLAAS,
        OWN_GROUP,
        on_behalf_of=decider,
        because=Code("at_the_table"),
    )
    return institution.record(
        group, [change], actor, words=_words(change), overrides=[PASSED]
    )


@settings(max_examples=4)
@given(courses(but=OF_SETTINGS))
def test_recording_a_change_again_changes_nothing(
    institution: rgcore.Institution, course: Course
) -> None:
    """The store gives back the group that was folded, however often it is told."""
    # From the day after the client's death, nobody decides in their name.
    assume(course.group.died_on(KLAAS) is None)
    group = evolve(
        course.group, id=GroupId(f"g-{len(institution.groups())}"), happenings=()
    )
    start = change_from({**START, "happened_on": FIRST_DAY, "group": group.id})
    changes = (start, *course.changes[1:])
    whole = list(zip(changes, _deciders(course), strict=True))
    first = [_record(institution, group.id, *one) for one in whole]
    once = institution.view(group.id, rgcore.Actor(KLAAS, OWN_GROUP)).group
    again = [_record(institution, group.id, *one) for one in whole]
    twice = institution.view(group.id, rgcore.Actor(KLAAS, OWN_GROUP)).group
    assert [recorded.seq for recorded in first] == list(range(1, len(changes) + 1))
    assert all(recorded.entries == () for recorded in again)
    assert twice == once
    hidden = hidden_from(group, KLAAS, LAST_DAY + DAY)
    assert evolve(once, happenings=()) == evolve(
        group,
        own_items=tuple(i for i in group.own_items if i.id not in hidden),
        names=tuple(n for n in group.names if n.id not in hidden),
        not_safe=tuple(n for n in group.not_safe if n.id not in hidden),
        emergencies=tuple(e for e in group.emergencies if e.id not in hidden),
    )
    assert institution.verify(group.id) == ()
