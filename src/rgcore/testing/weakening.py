"""See whether a class of tests takes something out of the kit without a reason."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import pytest

from rgcore.testing.conformance import TESTS, SettingConformance

_SKIPS: Final = frozenset({"skip", "skipif"})


def weakened(
    cls: type[SettingConformance],
    around: Iterable[pytest.Mark],
    exempt: Collection[str],
) -> Iterator[str]:
    """Say which rules a class takes out, and how.

    Args:
        cls: A class that inherits from the kit's.
        around: Marks of the class and of its module.
        exempt: Rules that the manifest exempts.
    """
    for mark in around:
        if not _is_reasoned(mark):
            yield f"{cls.__name__} marks all its rules `{mark.name}`. {_INSTEAD}"
    if not getattr(cls, "__test__", True):
        yield f"{cls.__name__} takes all its rules out (`__test__`). {_INSTEAD}"
    if not _is_of_kit(cls, "subject"):
        yield f"{cls.__name__} puts something else in the place of `subject`."
    for name, number in TESTS.items():
        if number not in exempt and not _is_of_kit(cls, name):
            how = _taken_out(inspect.getattr_static(cls, name, None))
            if how:
                yield f"{cls.__name__} {how} {number} ({name}). {_INSTEAD}"


_INSTEAD: Final = (
    "Give a reason under [exempt] in the manifest, or mark the test "
    "xfail(reason=…, strict=True)."
)


def _is_of_kit(cls: type, name: str) -> bool:
    own = inspect.getattr_static(cls, name, None)
    return own is inspect.getattr_static(SettingConformance, name)


def _taken_out(test: Any) -> str:  # noqa: ANN401 - whatever stands in its place
    """Return how a test was taken out; an empty string if with a reason."""
    if not callable(test):
        return "drops"
    marks = getattr(test, "pytestmark", [])
    if any(mark.name in _SKIPS for mark in marks):
        return "skips"
    reasons = (mark.name == "xfail" and _is_reasoned(mark) for mark in marks)
    return "" if any(reasons) else "overrides"


def _is_reasoned(mark: pytest.Mark) -> bool:
    """Tell whether a mark leaves the test to be run, and its result to be seen."""
    if mark.name != "xfail":
        return mark.name not in _SKIPS
    given = mark.kwargs
    said = bool(str(given.get("reason", "")).strip())
    return said and given.get("strict") is True and given.get("run", True) is True
