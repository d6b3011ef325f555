"""Dates and the time between them, as people in care count them.

Local dates are those of Europe/Amsterdam. Nothing here knows what day it is.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, timedelta

from attrs import frozen


@frozen
class Period:
    """A length of time: whole months first, then days.

    Attributes:
        months: Whole months.
        days: Days, after the months.
    """

    months: int = 0
    days: int = 0


def later(day: date, period: Period) -> date:
    """Return the day that lies a period after `day`.

    Month ends clamp: 31 January and one month is 28 or 29 February. Beyond the
    last date that Python knows, that last date is returned.

    >>> later(date(2025, 1, 31), Period(months=3))
    datetime.date(2025, 4, 30)
    """
    month = day.year * 12 + day.month - 1 + period.months
    year, month = divmod(month, 12)
    if year > date.max.year:
        return date.max
    last = monthrange(year, month + 1)[1]
    start = date(year, month + 1, min(day.day, last))
    if date.max - start < timedelta(days=period.days):
        return date.max
    return start + timedelta(days=period.days)


def earlier(day: date, period: Period) -> date:
    """Return the day that lies a period before `day`; month ends clamp.

    >>> earlier(date(2025, 3, 31), Period(months=1))
    datetime.date(2025, 2, 28)
    """
    month = day.year * 12 + day.month - 1 - period.months
    year, month = divmod(month, 12)
    if year < date.min.year:
        return date.min
    last = monthrange(year, month + 1)[1]
    start = date(year, month + 1, min(day.day, last))
    if start - date.min < timedelta(days=period.days):
        return date.min
    return start - timedelta(days=period.days)


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody born on a day reaches an age.

    Who was born on 29 February has their birthday on 1 March in a common year.
    Beyond the last date that Python knows, that last date is returned.

    Args:
        born: The date of birth.
        age: In whole years.

    >>> birthday(date(2008, 2, 29), 16), birthday(date(2008, 2, 29), 18)
    (datetime.date(2024, 2, 29), datetime.date(2026, 3, 1))
    """
    year = born.year + age
    if year > date.max.year:
        return date.max
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def covers(since: date, until: date | None, day: date) -> bool:
    """Tell whether `day` lies in the interval; its last day is outside."""
    return since <= day and (until is None or day < until)
