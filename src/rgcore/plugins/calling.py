"""Ask a plugin's hook, and say exactly who failed if it does.

No other place calls a plugin's code while an institution is opened. One that raises
stops nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import attrs
from attrs import frozen

from rgcore.errors import Problem
from rgcore.method import (
    BASE,
    Choice,
    Contributed,
    Contribution,
    MeetingKind,
    Origin,
    Replacement,
    Term,
    Texts,
)
from rgcore.plugins.catalogue import Found
from rgcore.plugins.fitting import misfits
from rgcore.plugins.hooks import HOOKS, SettingContext

SLOW: Final = 0.05
"""Seconds from which a hook is named as slow. Our own default."""

Timer = Callable[[], float]

_OF_BASE: Final = frozenset(part.code for part in BASE)


@frozen(kw_only=True)
class Asked:
    """What came of asking a hook.

    Attributes:
        origin: The stamp of plugin and hook.
        contributed: What it contributed, stamped.
        problems: What is wrong with it.
        seconds: How long it took.
    """

    origin: Origin
    contributed: tuple[Contributed, ...]
    problems: tuple[Problem, ...]
    seconds: float

    @property
    def is_slow(self) -> bool:
        """Tell whether it took longer than a hook should."""
        return self.seconds > SLOW


def origin_of(found: Found, hook: str = "") -> Origin:
    """Return the stamp of a plugin.

    Args:
        found: The plugin.
        hook: The hook that is asked.
    """
    source = found.source
    return Origin(
        plugin=found.manifest.id,
        distribution=source.distribution,
        version=source.version,
        hook=hook,
    )


def ask(
    found: Found,
    hook: str,
    function: Callable[..., Any],
    context: SettingContext,
    timer: Timer,
) -> Asked:
    """Ask one hook of one plugin.

    Args:
        found: The plugin.
        hook: The hook.
        function: What answers it.
        context: What it is told.
        timer: Gives seconds that only go up.
    """
    origin, before = origin_of(found, hook), timer()
    path = f"settings.{found.manifest.id}"
    try:
        parts, problems = tuple(function(ctx=context)), []
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises
        parts, problems = (), [raised("plugin.hook_raised", path, origin, error)]
    seconds = timer() - before
    problems += _junk(parts, hook, path, origin) or _unfit(parts, found, path, origin)
    return Asked(
        origin=origin,
        contributed=tuple(Contributed(part, origin) for part in parts),
        problems=tuple(problems),
        seconds=seconds,
    )


def raised(
    code: str, path: str, origin: Origin | object, error: BaseException
) -> Problem:
    """Return a problem for what a plugin raised: its kind and place, never its words.

    Args:
        code: What could not be done.
        path: Where in the configuration the plugin stands.
        origin: Whose fault it is.
        error: What it raised.
    """
    kind, where = type(error).__name__, _place(error)
    return Problem(code, path, by=str(origin), kind=kind, where=where)


def _place(error: BaseException) -> str:
    """Return module and line in which something was raised."""
    trace, where = error.__traceback__, "…"
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if not module.startswith(("rgcore.plugins.", "importlib")):
            where = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def _junk(
    parts: Iterable[object], hook: str, path: str, origin: Origin
) -> list[Problem]:
    if all(type(part) in HOOKS[hook] for part in parts):
        return []
    return [Problem("plugin.hook_junk", path, by=str(origin))]


def _unfit(
    parts: Iterable[Contribution], found: Found, path: str, origin: Origin
) -> list[Problem]:
    return [
        problem
        for number, part in enumerate(parts)
        for problem in _of_part(part, number, found, path, origin)
    ]


def _of_part(
    part: Contribution, number: int, found: Found, path: str, origin: Origin
) -> Iterator[Problem]:
    by, fields = str(origin), tuple(misfits(part))
    # A code that does not fit is no name for it.
    name = f"[{number}]" if {"code", "replaces"}.intersection(fields) else part.code
    for field in fields:
        yield Problem(
            "plugin.part_does_not_fit", path, by=by, part=str(name), field=field
        )
    if fields:
        return
    if isinstance(part, Replacement):
        if part.replaces not in found.manifest.replaces:
            yield Problem("plugin.undeclared_replacement", path, by=by, part=name)
    elif _is_elsewhere(part, found):
        yield Problem("plugin.foreign_namespace", path, by=by, part=name)
    if not all(_is_named(value) for value in _functions(part)):
        yield Problem("plugin.function_unnamed", path, by=by, part=name)


def _is_elsewhere(part: Contribution, found: Found) -> bool:
    """Tell whether a code lies in no namespace of its plugin."""
    code: str = part.code
    if isinstance(part, Term | Texts) and code in _OF_BASE:
        return False
    if isinstance(part, Choice | MeetingKind):
        code = code.partition(".")[2]
    return code.partition(".")[0] not in found.manifest.namespaces or "." not in code


def _functions(part: Any) -> Iterator[Any]:  # noqa: ANN401 - any part
    for name in (f.name for f in attrs.fields(type(part))):
        value = getattr(part, name)
        if callable(value) and not attrs.has(type(value)):
            yield value
        elif attrs.has(type(value)) and name == "by":
            yield from _functions(value)


def _is_named(function: Any) -> bool:  # noqa: ANN401 - whatever is callable
    name = getattr(function, "__qualname__", "<")
    return "<" not in name and bool(getattr(function, "__module__", ""))
