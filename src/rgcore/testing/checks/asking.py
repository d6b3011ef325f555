"""How a setting answers its hooks: ST-07 to ST-12."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

import attrs

from rgcore.method import BASE
from rgcore.method.plain import plain
from rgcore.plugins import SLOW, SettingContext
from rgcore.plugins.making import Made, NotMade, make
from rgcore.plugins.registering import against
from rgcore.serial.wire import unstructure
from rgcore.testing.leaving import changed, imported_anew, state
from rgcore.testing.outside import looked_at
from rgcore.testing.samples import few
from rgcore.testing.subject import LEAVING, MADE, UNFIT, Subject, Unseen, fitting

_TIMES: Final = 3
"""How often a slow hook is asked again: a machine may be busy for a moment."""


def irregular(subject: Subject) -> Iterator[str]:
    """Say which hooks are not answered as the manifest says, or not plainly.

    Args:
        subject: The setting.
    """
    made = subject.made
    yield from (p.sentence() for p in against(made.found, type(made.plugin)))


def unfit(subject: Subject) -> Iterator[str]:
    """Say what hooks answer that does not fit.

    Args:
        subject: The setting.
    """
    for asked in subject.asked:
        yield from (p.sentence() for p in asked.problems if p.code in UNFIT)


def leaving_something(subject: Subject) -> Iterator[str]:
    """Say what is another way after a setting was asked.

    Args:
        subject: The setting.
    """
    context = subject.context()
    told = _told(context)
    # Anew, since what is kept at the first question is not kept again.
    with imported_anew(subject.found):
        made = _remade(subject, subject.config)
        before = state(subject.found)
        first, second = (_answers(subject, made, context) for _ in range(2))
        after = state(subject.found)
    if first != second:
        yield "Asked twice, it does not answer the same."
    yield from (f"Asking it changes `{name}`." for name in changed(before, after))
    if _told(context) != told or plain(subject.base) != plain(BASE):
        yield "It changes the context that it is given."


def noticing_others(subject: Subject) -> Iterator[str]:
    """Say whether one institution notices how another enabled the setting.

    Args:
        subject: The setting.
    """
    ours, theirs = subject.context(), subject.context(institution="b", language="en")
    for config in (subject.config, *_other_configs(subject)):
        with imported_anew(subject.found):
            alone = _answers(subject, _remade(subject, config), theirs)
        with imported_anew(subject.found):
            first = _remade(subject, subject.config)
            before = _answers(subject, first, ours)
            if before != _answers(subject, first, ours):
                raise Unseen(LEAVING)
            beside = _answers(subject, _remade(subject, config), theirs)
            again = _answers(subject, first, ours)
        if before != again or alone != beside:
            yield "What one institution configures shows at another."
            return


def looking_outside(subject: Subject) -> Iterator[str]:
    """Name what hooks and rules call that lies outside.

    Args:
        subject: The setting.
    """
    asks: Mapping[str, Callable[[], object]] = {
        "A hook": partial(subject.ask, subject.made, subject.context()),
        "A rule": partial(_ask_rules, subject),
    }
    for who, ask in asks.items():
        # Whatever is read or imported late is so at the first time.
        ask()
        yield from (f"{who} calls `{name}`." for name in looked_at(ask))


def slow(subject: Subject) -> Iterator[str]:
    """Name the hooks that take too long.

    Args:
        subject: The setting.
    """
    late = {asked.origin.hook for asked in subject.asked if asked.is_slow}
    for _ in range(_TIMES if late else 0):
        again = subject.ask(subject.made, subject.context())
        late &= {asked.origin.hook for asked in again if asked.is_slow}
    for hook in sorted(late):
        yield f"`{hook}` takes longer than {SLOW * 1000:.0f} milliseconds."


def _told(context: SettingContext) -> dict[str, Any]:
    names = (f.name for f in attrs.fields(SettingContext) if f.name != "base")
    return {name: getattr(context, name) for name in names}


def _answers(subject: Subject, made: Made, context: SettingContext) -> Any:  # noqa: ANN401 - plain data
    return [plain(one.part) for one in fitting(subject.ask(made, context))]


def _remade(subject: Subject, config: Mapping[str, Any]) -> Made:
    try:
        return make(subject.found, config)
    except NotMade:
        raise Unseen(MADE) from None


def _other_configs(subject: Subject) -> Iterator[Mapping[str, Any]]:
    """Go through configurations that differ in one value, if they can be made."""
    config = subject.made.config
    usual = {} if config is None else unstructure(config)
    for name, value in usual.items():
        for other in _others(value):
            table = {**usual, name: other}
            try:
                make(subject.found, table)
            except NotMade:
                continue
            yield table


def _others(value: object) -> Iterable[object]:
    """Return other values of a kind, some of which a validator may like."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int | float):
        return (value + 1, value - 1)
    if isinstance(value, str):
        return (f"{value}x",)
    return ((),) if isinstance(value, tuple | list) and value else ()


def _ask_rules(subject: Subject) -> None:
    for stages in subject.stages:
        for stage in few(stages):
            for rule in subject.rules:
                _drain(rule.prompts(stage.group, subject.method))
                _drain(rule.guards(stage.proposal(subject.method)))
            for access in subject.access_rules:
                access.denied(stage.group, subject.method)


def _drain(said: Iterable[object]) -> None:
    for _ in said:
        pass
