"""Import an enabled plugin and make it with its own configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import attrs
import attrs.exceptions
from attrs import field, frozen

from rgcore.errors import InputError, Problem
from rgcore.plugins.calling import origin_of, raised
from rgcore.plugins.catalogue import Found
from rgcore.plugins.hooks import SettingPlugin
from rgcore.serial.wire import structure, unstructure


@frozen(kw_only=True)
class Made:
    """A plugin that was imported and made.

    Attributes:
        found: The plugin, with what its manifest says.
        plugin: The plugin itself.
        config: Its configuration, or `None` if it has none.
    """

    found: Found
    plugin: SettingPlugin[Any] = field(repr=False)
    config: Any = field(repr=False)

    def config_as_text(self) -> tuple[tuple[str, str], ...]:
        """Return each value of its configuration as JSON, by name."""
        plain = {} if self.config is None else unstructure(self.config)
        return tuple(
            (name, json.dumps(value, ensure_ascii=False, sort_keys=True))
            for name, value in sorted(plain.items())
        )


class NotMade(Exception):
    """Raised inside this package when a plugin cannot be made; carries the reasons."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__()


def make(found: Found, table: Mapping[str, Any]) -> Made:
    """Import a plugin and make it.

    Args:
        found: The plugin.
        table: What the institution's file says under `[settings.ID]`.

    Raises:
        NotMade: It cannot be made.
    """
    config = _config(found, table)
    factory = _loaded(found, found.manifest.factory)
    path, origin = _path(found), origin_of(found)
    try:
        plugin = factory(config)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises
        problem = raised("plugin.not_made", path, origin, error)
        raise NotMade((problem,)) from None
    if not isinstance(plugin, SettingPlugin):
        by = str(found.source)
        raise NotMade((Problem("plugin.not_a_setting", path, by=by),))
    return Made(found=found, plugin=plugin, config=config)


def _config(found: Found, table: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the plugin's own class
    """Return the configuration as an instance of the plugin's own frozen class."""
    if found.manifest.config is None:
        if table:
            raise NotMade((Problem("input.unknown_key", _path(found)),))
        return None
    cls = _loaded(found, found.manifest.config)
    if not is_frozen(cls):
        by = str(found.source)
        raise NotMade((Problem("plugin.config_not_frozen", _path(found), by=by),))
    try:
        return structure(dict(table), cls, _path(found))
    except InputError as error:
        raise NotMade(error.problems) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a validator of the plugin's
        origin = origin_of(found)
        problem = raised("plugin.not_made", _path(found), origin, error)
        raise NotMade((problem,)) from None


def is_frozen(cls: object) -> bool:
    """Tell whether a class is a frozen attrs class.

    Args:
        cls: What a manifest names as the class of a configuration.
    """
    if not isinstance(cls, type) or not attrs.has(cls):
        return False
    blank: Any = object.__new__(cls)
    try:
        blank.anything = None
    except attrs.exceptions.FrozenInstanceError:
        return True
    except Exception:  # noqa: BLE001 - a setter of the plugin's
        return False
    return False


def _loaded(found: Found, place: str) -> Any:  # noqa: ANN401 - whatever the plugin has there
    module, _, name = place.partition(":")
    path, by = _path(found), str(found.source)
    try:
        loaded = import_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises
        problem = raised("plugin.not_imported", path, found.source, error)
        raise NotMade((problem,)) from None
    try:
        return getattr(loaded, name)
    except AttributeError:
        problem = Problem("plugin.no_factory", path, by=by, factory=place)
        raise NotMade((problem,)) from None


def _path(found: Found) -> str:
    return f"settings.{found.manifest.id}"
