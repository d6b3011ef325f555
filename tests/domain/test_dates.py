from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from method.groups import KLAAS, begun
from rgcore.domain.changes import NoteBirthdays
from rgcore.domain.dates import Period, birthday, covers, later
from rgcore.domain.ids import ChangeId

MONTHS = Period(months=1), Period(months=3), Period(months=12)


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(2025, 1, 31), Period(months=3), date(2025, 4, 30)),
        (date(2025, 1, 31), Period(months=1), date(2025, 2, 28)),
        (date(2024, 1, 31), Period(months=1), date(2024, 2, 29)),
        (date(2024, 2, 29), Period(months=12), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(months=48), date(2028, 2, 29)),
        (date(2100, 1, 29), Period(months=1), date(2100, 2, 28)),
        (date(2025, 4, 30), Period(months=1), date(2025, 5, 30)),
        (date(2025, 10, 31), Period(months=4), date(2026, 2, 28)),
        (date(2025, 12, 1), Period(months=1), date(2026, 1, 1)),
        (date(2025, 12, 31), Period(days=1), date(2026, 1, 1)),
        (date(2025, 3, 3), Period(days=91), date(2025, 6, 2)),
        (date(2025, 3, 3), Period(), date(2025, 3, 3)),
    ],
    ids=str,
)
def test_a_period_later_clamps_to_the_end_of_a_month(
    day: date, period: Period, expected: date
) -> None:
    assert later(day, period) == expected


def test_months_come_before_days() -> None:
    assert later(date(2025, 1, 31), Period(months=1, days=1)) == date(2025, 3, 1)


@pytest.mark.parametrize(
    "period",
    [Period(days=1), Period(months=1), Period(months=12, days=5), Period(months=10**6)],
    ids=str,
)
def test_beyond_the_last_date_lies_the_last_date(period: Period) -> None:
    assert later(date.max, period) == date.max


def test_the_last_date_itself_can_be_reached() -> None:
    assert later(date(9999, 12, 30), Period(days=1)) == date.max
    assert later(date(9999, 11, 30), Period(months=1)) == date(9999, 12, 30)


@given(st.dates(), st.integers(0, 40_000), st.integers(0, 400))
def test_later_never_lies_before(day: date, days: int, months: int) -> None:
    assert later(day, Period(months=months, days=days)) >= day


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 400))
def test_months_later_is_in_that_month(day: date, months: int) -> None:
    found = later(day, Period(months=months))
    assert found.year * 12 + found.month == day.year * 12 + day.month + months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("born", "age", "expected"),
    [
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2084, 2, 29), 16, date(2100, 3, 1)),
        (date(2008, 2, 28), 18, date(2026, 2, 28)),
        (date(2008, 3, 1), 18, date(2026, 3, 1)),
        (date(2008, 12, 31), 0, date(2008, 12, 31)),
        (date(9990, 5, 5), 18, date.max),
    ],
    ids=str,
)
def test_a_birthday_is_on_the_day_of_birth_or_the_day_after_a_missing_29_february(
    born: date, age: int, expected: date
) -> None:
    assert birthday(born, age) == expected


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 120))
def test_nobody_waits_longer_than_a_day_for_a_birthday(born: date, age: int) -> None:
    day = birthday(born, age)
    assert day.year == born.year + age
    assert (day.month, day.day) in {(born.month, born.day), (3, 1)}
    assert day - later(born, Period(months=12 * age)) <= timedelta(days=1)


@given(st.dates())
def test_both_birthdays_of_any_child_can_be_noted(born: date) -> None:
    noted = NoteBirthdays(
        id=ChangeId("c"),
        happened_on=date(2025, 1, 6),
        person=KLAAS,
        sixteen_on=birthday(born, 16),
        eighteen_on=birthday(born, 18),
    )
    assert list(noted.problems(begun())) == []


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(-800, 800).filter(bool))
def test_no_other_day_is_an_eighteenth_birthday(born: date, days: int) -> None:
    noted = NoteBirthdays(
        id=ChangeId("c"),
        happened_on=date(2025, 1, 6),
        person=KLAAS,
        sixteen_on=birthday(born, 16),
        eighteen_on=birthday(born, 18) + timedelta(days=days),
    )
    assert [f.path for f in noted.problems(begun())] == ["eighteen_on"]


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 1, 9), True),
        (date(2025, 1, 10), False),
    ],
    ids=str,
)
def test_an_interval_has_its_first_day_and_not_its_last(
    day: date,
    inside: bool,  # noqa: FBT001
) -> None:
    assert covers(date(2025, 1, 1), date(2025, 1, 10), day) is inside


def test_an_interval_without_an_end_has_the_last_date() -> None:
    assert covers(date(2025, 1, 1), None, date.max)


def test_an_interval_that_ends_where_it_begins_has_no_day() -> None:
    day = date(2025, 1, 1)
    assert not covers(day, day, day)
