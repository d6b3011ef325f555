"""The setting under test: found, made with a configuration, asked, composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cached_property
from time import perf_counter
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from rgcore.domain.ids import Code
from rgcore.errors import Problem
from rgcore.method import (
    BASE,
    AccessRule,
    CompositionConflicts,
    Conflict,
    Contributed,
    Contribution,
    EnabledSetting,
    Method,
    OwnChange,
    Part,
    Rule,
    compose,
    snapshot,
)
from rgcore.plugins import API_VERSION, HOOKS, Asked, Catalogue, Found, SettingContext
from rgcore.plugins.calling import Timer, ask
from rgcore.plugins.making import Made, NotMade, make
from rgcore.plugins.registering import Manager, against
from rgcore.serial.compositions import Functions, read_composition
from rgcore.testing.results import Result
from rgcore.testing.samples import Stage, Story, stories

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

FOUND: Final = "ST-01"
MADE: Final = "ST-05"
CONFIGURED: Final = "ST-06"
REGULAR: Final = "ST-07"
FITTING: Final = "ST-08"
LEAVING: Final = "ST-09"
REPLACING: Final = "ST-14"
ADDING_UP: Final = "ST-15"
"""Rules that have to hold before others can be seen."""

UNFIT: Final = frozenset(
    {
        "plugin.hook_raised",
        "plugin.hook_junk",
        "plugin.part_does_not_fit",
        "plugin.function_unnamed",
    }
)
"""What makes that contributions cannot be looked at any further."""

OF_REPLACING: Final = frozenset(
    {
        "plugin.replaces_nothing",
        "plugin.not_replaceable",
        "plugin.replaced_by_another_kind",
        "plugin.replaced_twice",
    }
)
"""Conflicts that a replacement brings."""


class Unseen(Exception):
    """Raised where something cannot be seen as long as another rule does not hold.

    Attributes:
        number: The other rule.
    """

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(number)


@frozen(kw_only=True)
class Subject:
    """A setting under test.

    What cannot be seen, because something before it is wrong, raises `Unseen`.

    Attributes:
        setting: Its id.
        config: What an institution would say under `[settings.ID]`.
        tables: The same for settings that it requires, by id.
        catalogue: What is installed.
        timer: Gives seconds that only go up.
        results: What came of the rules that it was held against.
    """

    setting: str
    config: Mapping[str, Any] = field(default=_NOTHING, repr=False)
    tables: Mapping[str, Any] = field(default=_NOTHING, repr=False)
    catalogue: Catalogue = field(factory=Catalogue.discover, repr=False)
    timer: Timer = field(default=perf_counter, repr=False)
    results: dict[str, Result] = field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def found(self) -> Found:
        """Return the plugin, with what its manifest says."""
        found = self.catalogue.get(self.setting)
        if found is None:
            raise Unseen(FOUND)
        return found

    @cached_property
    def made(self) -> Made:
        """Return the plugin, made with its configuration."""
        try:
            return make(self.found, self.config)
        except NotMade as error:
            about_config = all(is_of_config(problem) for problem in error.problems)
            raise Unseen(CONFIGURED if about_config else MADE) from None

    def context(
        self,
        *others: str,
        institution: str = "institution",
        language: str = "nl",
        base: tuple[Part, ...] | None = None,
    ) -> SettingContext:
        """Return what its hooks are told.

        Args:
            others: Ids of settings that are enabled beside it and what it requires.
            institution: The id of the institution.
            language: What its people read.
            base: The parts of the base; a copy of them by default.
        """
        required = self.found.manifest.requires
        enabled = sorted({self.setting, *required, *others})
        return SettingContext(
            institution=institution,
            language=language,
            enabled=tuple(Code(one) for one in enabled),
            base=self.base if base is None else base,
            api=API_VERSION,
        )

    @cached_property
    def base(self) -> tuple[Part, ...]:
        """Return a copy of the base, so that nothing a plugin does reaches others."""
        return deepcopy(BASE)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Return what came of asking each hook once."""
        return self.ask(self.made, self.context())

    def ask(self, made: Made, context: SettingContext) -> tuple[Asked, ...]:
        """Ask each hook of a plugin.

        Args:
            made: The plugin.
            context: What it is told.
        """
        if any(against(made.found, type(made.plugin))):
            raise Unseen(REGULAR)
        manager = Manager()
        manager.register(made.plugin, made.found.manifest.id)
        return tuple(
            ask(made.found, hook, function, context, self.timer)
            for hook in HOOKS
            for function in manager.answers(hook).values()
        )

    @cached_property
    def contributed(self) -> tuple[Contributed, ...]:
        """Return everything that it contributed, stamped."""
        return fitting(self.asked)

    @property
    def parts(self) -> tuple[Contribution, ...]:
        """Return everything that it contributed."""
        return tuple(one.part for one in self.contributed)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the settings that it requires and that cannot be asked here."""
        required = self.found.manifest.requires
        return tuple(one for one in required if self._of(one) is None)

    @cached_property
    def required(self) -> tuple[Contributed, ...]:
        """Return what the settings contribute that it requires."""
        if self.missing:
            raise Unseen(ADDING_UP)
        required = self.found.manifest.requires
        return tuple(part for one in required for part in self._of(one) or ())

    def _of(self, other: str) -> tuple[Contributed, ...] | None:
        """Return what another setting contributes; `None` if it cannot be asked."""
        beside = Subject(
            setting=other,
            config=self.tables.get(other, {}),
            tables=self.tables,
            catalogue=self.catalogue,
        )
        try:
            return beside.contributed
        except Unseen:
            return None

    def composed(
        self, contributed: Iterable[Contributed]
    ) -> tuple[Method | None, tuple[Conflict, ...]]:
        """Return the method that the base and contributions add up to, or why not.

        Args:
            contributed: What the setting contributed, and what others did.
        """
        enabled = EnabledSetting(
            id=self.made.found.manifest.id, config=self.made.config_as_text()
        )
        try:
            method = compose(settings=contributed, enabled=(enabled,))
        except CompositionConflicts as error:
            return None, error.conflicts
        return method, ()

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what keeps it from adding up with the base."""
        return self.composed((*self.required, *self.contributed))[1]

    @cached_property
    def method(self) -> Method:
        """Return the method that the base and the setting add up to."""
        method, conflicts = self.composed((*self.required, *self.contributed))
        if method is None:
            replacing = all(one.kind in OF_REPLACING for one in conflicts)
            raise Unseen(REPLACING if replacing else ADDING_UP)
        return method

    @cached_property
    def before_it(self) -> Method:
        """Return the method of a group that began before the setting was enabled."""
        old = compose()
        functions = Functions.of(self.method.rules)
        return read_composition(
            snapshot(old), old.digest, self.method, functions
        ).method

    @property
    def methods(self) -> tuple[Method, Method]:
        """Return the methods by which its rules may be asked."""
        return self.method, self.before_it

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that it brings, those in the place of others included."""
        return tuple(r for r in self.method.rules if r.by == self.setting)

    @property
    def access_rules(self) -> tuple[AccessRule, ...]:
        """Return the access rules that it brings."""
        return tuple(r for r in self.method.access_rules if r.by == self.setting)

    @property
    def own_changes(self) -> tuple[OwnChange, ...]:
        """Return the changes that it declares."""
        return tuple(one for one in self.parts if isinstance(one, OwnChange))

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Return the cases, and the cases with notes of its own in them."""
        plain = stories(self.method.digest)
        if not self.own_changes:
            return plain
        return (*plain, *(one.with_notes(self.own_changes) for one in plain))

    @cached_property
    def stages(self) -> tuple[tuple[Stage, ...], ...]:
        """Return every stage of each story."""
        return tuple(story.stages() for story in self.stories)


def is_of_config(problem: Problem) -> bool:
    """Tell whether a problem of making a plugin is one of its configuration.

    Args:
        problem: The problem.
    """
    of_class = problem.code == "plugin.config_not_frozen"
    return of_class or problem.code.startswith("input.")


def fitting(asked: Iterable[Asked]) -> tuple[Contributed, ...]:
    """Return what was contributed, if all of it can be looked at.

    Args:
        asked: What came of asking each hook.
    """
    every = tuple(asked)
    if any(p.code in UNFIT for one in every for p in one.problems):
        raise Unseen(FITTING)
    return tuple(c for one in every for c in one.contributed)
