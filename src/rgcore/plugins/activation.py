"""Make the settings that an institution enables, and ask them what they contribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from rgcore.domain.ids import Code
from rgcore.errors import ConfigurationError, Problem
from rgcore.method import (
    BASE,
    CompositionConflicts,
    Contributed,
    EnabledSetting,
    Method,
    compose,
)
from rgcore.plugins.api import API_VERSION
from rgcore.plugins.calling import Asked, Timer, ask
from rgcore.plugins.catalogue import Catalogue
from rgcore.plugins.deprecations import warn_of
from rgcore.plugins.hooks import HOOKS, SettingContext
from rgcore.plugins.making import Made, NotMade, make
from rgcore.plugins.registering import Manager, against
from rgcore.plugins.resolving import admits, problems as unresolved

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@frozen(kw_only=True)
class Wanted:
    """Which settings an institution enables, as its file says.

    Attributes:
        institution: Its id.
        language: What its people read if they do not say otherwise.
        enabled: The ids of the settings.
        tables: What it says under `[settings.ID]`, by id.
        prefer: For a code of the base that several settings answer differently, the
            setting whose answer is taken.
    """

    institution: str
    language: str = "nl"
    enabled: tuple[str, ...] = ()
    tables: Mapping[str, Any] = field(default=_NOTHING, repr=False)
    prefer: Mapping[str, str] = _NOTHING


@frozen(kw_only=True)
class Activated:
    """The settings of one institution, and the method that they add up to.

    Attributes:
        made: The settings, in the order of the alphabet.
        asked: What came of asking each hook.
        method: The method: the base and these settings.
    """

    made: tuple[Made, ...]
    asked: tuple[Asked, ...]
    method: Method

    @property
    def contributed(self) -> tuple[Contributed, ...]:
        """Return everything that was contributed, stamped."""
        return tuple(one for asked in self.asked for one in asked.contributed)

    @property
    def slow(self) -> tuple[Asked, ...]:
        """Return the hooks that took longer than a hook should."""
        return tuple(asked for asked in self.asked if asked.is_slow)


def activate(
    wanted: Wanted,
    catalogue: Catalogue | None = None,
    timer: Timer = perf_counter,
) -> Activated:
    """Make settings and compose the method. Nothing is kept between two calls.

    Args:
        wanted: Which settings, and how they are configured.
        catalogue: What is installed; looked for if it is not given and needed.
        timer: Gives seconds that only go up.

    Raises:
        ConfigurationError: Something keeps these settings from being enabled; lists
            every problem, each with the plugin, its distribution, version and hook.
    """
    if not wanted.enabled and not wanted.tables and not wanted.prefer:
        return Activated(made=(), asked=(), method=compose())
    installed = catalogue or Catalogue.discover()
    found = [*unresolved(wanted.enabled, wanted.tables, installed), *_prefers(wanted)]
    made = tuple(_made(wanted, installed, found))
    asked = tuple(_asked(wanted, made, timer))
    found += [problem for one in asked for problem in one.problems]
    if found:
        raise ConfigurationError(found)
    return Activated(made=made, asked=asked, method=_composed(wanted, made, asked))


def _prefers(wanted: Wanted) -> Iterator[Problem]:
    if not {*wanted.prefer.values()} <= {*wanted.enabled}:
        yield Problem("config.prefers_nothing", "settings.prefer", wanted.enabled)


def _made(wanted: Wanted, catalogue: Catalogue, found: list[Problem]) -> Iterator[Made]:
    """Make what can be made, and note what cannot."""
    for plugin in sorted({*wanted.enabled}):
        row = catalogue.get(plugin)
        # One that is for another version is not even imported.
        if row is None or not admits(row):
            continue
        try:
            one = make(row, wanted.tables.get(plugin, {}))
        except NotMade as error:
            found += error.problems
            continue
        if wrong := tuple(against(row, type(one.plugin))):
            found += wrong
        else:
            yield one


def _asked(wanted: Wanted, made: Sequence[Made], timer: Timer) -> Iterator[Asked]:
    manager = Manager()
    for one in made:
        manager.register(one.plugin, one.found.manifest.id)
        warn_of(one.found.manifest.hooks, str(one.found.source))
    manager.check_pending()
    context = SettingContext(
        institution=wanted.institution,
        language=wanted.language,
        enabled=tuple(Code(one) for one in sorted({*wanted.enabled})),
        base=BASE,
        api=API_VERSION,
    )
    by_id = {one.found.manifest.id: one.found for one in made}
    for hook in HOOKS:
        for plugin, function in manager.answers(hook).items():
            yield ask(by_id[Code(plugin)], hook, function, context, timer)


def _composed(wanted: Wanted, made: Sequence[Made], asked: Sequence[Asked]) -> Method:
    enabled = (
        EnabledSetting(id=one.found.manifest.id, config=one.config_as_text())
        for one in made
    )
    try:
        return compose(
            settings=[c for one in asked for c in one.contributed],
            enabled=enabled,
            prefer=wanted.prefer,
        )
    except CompositionConflicts as error:
        raise ConfigurationError(
            Problem(
                conflict.kind,
                f"settings: {conflict.code}",
                by=", ".join(conflict.by),
                refers_to=conflict.refers_to,
            )
            for conflict in error.conflicts
        ) from None
