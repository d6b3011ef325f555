"""When the rule speaks, and what of the base is switched off."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve

from colleges import (
    FIRST_DAY,
    GROUP,
    ID,
    JADE,
    TEAM,
    WIM,
    College,
    kick_off,
    open_codes,
    start,
)
from rgcore.domain.foreign import OwnNote, OwnValue
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, Kind, PersonId, Ref
from rgcore.domain.people import Death, Membership
from rgcore.method import BASE, Method, Rule
from rgcore.plugins import Wanted, activate

RULE: Final = "recovery_college.course_to_visit"
CLINICIAN: Final = "clinician_at_kick_off"
METHOD: Final = activate(Wanted(institution="college", enabled=(ID,))).method


def _note(
    began: date, finished: date | None = None, whose: PersonId = JADE, number: int = 1
) -> OwnNote:
    days = {"began": began, "finished": finished}
    values = [OwnValue(name=Code(n), day=d) for n, d in days.items() if d is not None]
    return OwnNote(
        id=ItemId(f"n-{number}"),
        kind=Code("recovery_college.course"),
        on=began,
        whose=whose,
        values=tuple(values),
    )


def _group(*notes: OwnNote) -> ResourceGroup:
    return ResourceGroup(
        id=GROUP,
        client=JADE,
        team=TEAM,
        started_on=FIRST_DAY,
        composition=METHOD.digest,
        notes=notes,
    )


def _rule(method: Method = METHOD) -> Rule:
    rule = method.rule(RULE)
    assert rule is not None
    return rule


def _spoken(group: ResourceGroup) -> list[tuple[date, date | None, tuple[Ref, ...]]]:
    found = _rule().prompts(group, METHOD)
    return [(one.since, one.until, one.finding.about) for one in found]


ON_JADE: Final = (Ref(Kind.PERSON, JADE),)
ON_WIM: Final = (Ref(Kind.PERSON, WIM),)


def test_it_speaks_three_weeks_after_a_course_began() -> None:
    group = _group(_note(date(2025, 3, 12)))
    assert _spoken(group) == [(date(2025, 4, 2), None, ON_JADE)]


def test_it_speaks_until_the_course_is_over() -> None:
    group = _group(_note(date(2025, 3, 12), date(2025, 5, 7)))
    assert _spoken(group) == [(date(2025, 4, 2), date(2025, 5, 7), ON_JADE)]


def test_it_is_silent_on_a_course_that_was_over_by_then() -> None:
    assert _spoken(_group(_note(date(2025, 3, 12), date(2025, 3, 30)))) == []


def test_it_is_silent_without_a_course() -> None:
    assert _spoken(_group()) == []


def test_it_is_silent_on_what_else_is_noted() -> None:
    other = evolve(_note(date(2025, 3, 12)), kind=Code("recovery_college.other"))
    foreign = evolve(_note(date(2025, 3, 12)), kind=Code("choir.course"))
    assert _spoken(_group(other, foreign)) == []


def test_it_looks_at_the_latest_course_of_each_person() -> None:
    group = _group(
        _note(date(2025, 3, 12), number=1),
        _note(date(2025, 3, 20), whose=WIM, number=2),
        _note(date(2025, 4, 1), number=3),
    )
    assert _spoken(group) == [
        (date(2025, 4, 22), None, ON_JADE),
        (date(2025, 4, 10), None, ON_WIM),
    ]


def test_noting_a_course_again_with_its_last_day_settles_it() -> None:
    began = date(2025, 3, 12)
    again = _note(began, date(2025, 3, 26), number=2)
    assert _spoken(_group(_note(began), again)) == []


def test_it_is_silent_once_somebody_left_the_group() -> None:
    group = _group(_note(date(2025, 3, 12), whose=WIM))
    stay = Membership(person=WIM, since=FIRST_DAY, until=date(2025, 4, 1))
    assert _spoken(evolve(group, memberships=(stay,))) == []


def test_it_is_silent_after_somebody_died() -> None:
    group = _group(_note(date(2025, 3, 12), whose=WIM))
    death = Death(person=WIM, on=date(2025, 4, 20))
    found = _spoken(evolve(group, deaths=(death,)))
    assert found == [(date(2025, 4, 2), date(2025, 4, 20), ON_WIM)]


def test_it_warns_and_never_stands_in_the_way() -> None:
    (prompt,) = _rule().prompts(_group(_note(date(2025, 3, 12))), METHOD)
    assert prompt.finding.effect.value == "warns"
    assert prompt.finding.by == ID


def test_the_rule_about_the_clinician_speaks_where_the_setting_is_off(
    plain: College,
) -> None:
    start(plain)
    plain.record(*kick_off(FIRST_DAY))
    assert CLINICIAN in open_codes(plain.view())


def test_the_rule_about_the_clinician_is_silent_here(college: College) -> None:
    recorded = college.record(*kick_off(FIRST_DAY))
    assert CLINICIAN not in {f.code for f in recorded.decision.warnings}
    assert CLINICIAN not in {p.finding.code for p in college.view().prompts()}


def test_the_method_says_why_it_is_silent() -> None:
    (replaced,) = METHOD.replaced
    assert (replaced.replaces, replaced.by) == (CLINICIAN, None)
    assert replaced.because.nl == (
        "Bij een herstelacademie werkt geen zorgverantwoordelijke."
    )
    assert replaced.because.en.startswith("No responsible clinician")
    assert METHOD.rule(CLINICIAN) is None


def test_nothing_else_of_the_base_is_gone() -> None:
    kept = {rule.code for rule in METHOD.rules}
    base = {part.code for part in BASE if isinstance(part, Rule)}
    assert base - kept == {CLINICIAN}
