from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from rgcore.domain.dates import Period, covers, later

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
