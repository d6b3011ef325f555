"""Put a plugin into its institution's own pluggy manager, if its hooks are in order."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, Final

import pluggy

from rgcore.errors import Problem
from rgcore.plugins.calling import origin_of
from rgcore.plugins.catalogue import Found
from rgcore.plugins.hooks import HOOKS, PROJECT, SettingPlugin, SettingSpec

_PREFIX: Final = "rg_"
_CLOSE: Final = 0.8
"""How alike a name has to be to a hook's to be taken for a slip. Our own default."""

_ORDERING: Final = ("tryfirst", "trylast")
_WRAPPING: Final = ("wrapper", "hookwrapper")


class Manager(pluggy.PluginManager):
    """A pluggy manager in which overriding a hook is answering it: no marker needed."""

    def __init__(self) -> None:
        super().__init__(PROJECT)
        self.add_hookspecs(SettingSpec)

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:  # noqa: ANN401 - pluggy's own types
        """Return options for each hook that a plugin overrides.

        Args:
            plugin: The plugin.
            name: The name of anything that it has.
        """
        if _is_answered(type(plugin), name):
            return super().parse_hookimpl_opts(plugin, name) or _no_options()
        return None

    def answers(self, hook: str) -> dict[str, Callable[..., Any]]:
        """Return who answers a hook, by plugin, in the order of the alphabet.

        Args:
            hook: The hook.
        """
        found = getattr(self.hook, hook).get_hookimpls()
        return {
            one.plugin_name: one.function
            for one in sorted(found, key=lambda one: one.plugin_name)
        }


def answered(cls: type[Any]) -> tuple[str, ...]:
    """Return what a class has that is named as hooks are and is its own.

    Args:
        cls: The class of a plugin.
    """
    names = {*dir(cls), *HOOKS}
    return tuple(sorted(name for name in names if _is_answered(cls, name)))


def _is_answered(cls: type[Any], name: str) -> bool:
    """Tell whether a name is a hook's that a class overrides, or looks like one."""
    if name in HOOKS:
        return getattr(cls, name, None) is not getattr(SettingSpec, name)
    own = getattr(SettingPlugin, name, None) is None
    return own and name.startswith(_PREFIX)


def against(found: Found, cls: type[Any]) -> Iterator[Problem]:
    """Go through what is wrong with the hooks of a plugin.

    Args:
        found: The plugin, with what its manifest says.
        cls: Its class.
    """
    path, by = f"settings.{found.manifest.id}", str(found.source)
    own, declared = answered(cls), found.manifest.hooks
    for name in sorted({*own, *_slips(cls), *declared} - HOOKS.keys()):
        close = get_close_matches(name, HOOKS, n=1, cutoff=0)
        yield Problem("plugin.hook_unknown", path, close, by=by, hook=_shown(name))
    for name in own:
        if name in HOOKS and name not in declared:
            yield Problem("plugin.hook_undeclared", path, by=by, hook=name)
    for name in declared:
        if name in HOOKS and name not in own:
            yield Problem("plugin.hook_not_there", path, by=by, hook=name)
    for name in own:
        if name in HOOKS:
            yield from _of_function(found, name, getattr(cls, name))


def _slips(cls: type[Any]) -> Iterator[str]:
    """Go through names of a plugin's own that are all but those of a hook."""
    for name, value in vars(cls).items():
        is_own = callable(value) and not name.startswith("_") and name not in HOOKS
        if is_own and get_close_matches(name, HOOKS, n=1, cutoff=_CLOSE):
            yield name


def _shown(name: str) -> str:
    """Return a name as it can be printed; a manifest may hold anything."""
    return name if name.isidentifier() else "…"


def _of_function(found: Found, name: str, function: Any) -> Iterator[Problem]:  # noqa: ANN401 - whatever is there
    path, by = f"settings.{found.manifest.id}", str(origin_of(found, name))
    options = getattr(function, f"{PROJECT}_impl", None) or {}
    if any(options.get(option) for option in _WRAPPING):
        yield Problem("plugin.hook_wrapper", path, by=by)
    if any(options.get(option) for option in _ORDERING):
        yield Problem("plugin.hook_order", path, by=by)
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        yield Problem("plugin.hook_async", path, by=by)
    elif not _takes_context(function):
        yield Problem("plugin.hook_signature", path, by=by)


def _takes_context(function: Any) -> bool:  # noqa: ANN401 - whatever is there
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return False
    return names == ["self", "ctx"]


def _no_options() -> dict[str, Any]:
    return {
        "wrapper": False,
        "hookwrapper": False,
        "optionalhook": False,
        "tryfirst": False,
        "trylast": False,
        "specname": None,
    }
