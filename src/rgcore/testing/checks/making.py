"""How a setting is imported, configured and made: ST-05 and ST-06."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any, Final

import attrs

from rgcore.plugins.making import NotMade, make
from rgcore.testing.leaving import imported_anew
from rgcore.testing.subject import CONFIGURED, MADE, Subject, Unseen, is_of_config

UNKNOWN: Final = "rg_no_such_key"
"""A key that no configuration has."""

_CHANGEABLE: Final = (list, dict, set, bytearray)


def loud(subject: Subject) -> Iterator[str]:
    """Say what importing and making a setting does beside.

    Args:
        subject: The setting.
    """
    out, threads = StringIO(), {*threading.enumerate()}
    with (
        imported_anew(subject.found),
        redirect_stdout(out),
        redirect_stderr(out),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        try:
            make(subject.found, subject.config)
        except NotMade as error:
            if all(is_of_config(problem) for problem in error.problems):
                raise Unseen(CONFIGURED) from None
            yield from (problem.sentence() for problem in error.problems)
    if out.getvalue():
        yield "It prints while it is imported or made."
    for warning in warned:
        yield f"It warns: {warning.category.__name__}, line {warning.lineno}."
    if {*threading.enumerate()} - threads:
        yield "It starts a thread."


def loosely_configured(subject: Subject) -> Iterator[str]:
    """Say what is wrong with how a setting is configured.

    Args:
        subject: The setting.
    """
    try:
        made = make(subject.found, subject.config)
    except NotMade as error:
        if not any(is_of_config(problem) for problem in error.problems):
            raise Unseen(MADE) from None
        yield from (problem.sentence() for problem in error.problems)
        return
    if not _is_refused(subject):
        yield "A key that its configuration does not have is let through."
    for name in _changeable(made.config):
        yield f"What `{name}` of its configuration holds can be changed."


def _is_refused(subject: Subject) -> bool:
    try:
        make(subject.found, {**subject.config, UNKNOWN: 1})
    except NotMade as error:
        return any(problem.code == "input.unknown_key" for problem in error.problems)
    return False


def _changeable(config: Any) -> Iterator[str]:  # noqa: ANN401 - the plugin's own class
    """Go through the fields of a configuration that hold what can be changed."""
    if config is None:
        return
    for name in (f.name for f in attrs.fields(type(config))):
        if _can_change(getattr(config, name)):
            yield name


def _can_change(value: Any) -> bool:  # noqa: ANN401 - any value of a configuration
    if isinstance(value, tuple):
        return any(_can_change(item) for item in value)
    if attrs.has(type(value)):
        return any(_changeable(value))
    return isinstance(value, _CHANGEABLE)
