"""What the plugin API is, as plain data, to compare one version of it with another."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Final

import attrs

import rgcore.plugins as public
from rgcore.plugins.api import API_VERSION
from rgcore.plugins.hooks import HOOKS, SettingContext, SettingSpec
from rgcore.plugins.manifest import Manifest, Title

Plain = dict[str, Any]

_CONTEXTS: Final = (SettingContext,)
_CONTRIBUTIONS: Final = frozenset(kind for kinds in HOOKS.values() for kind in kinds)
_IN_THE_MANIFEST: Final[dict[str, type[Any]]] = {"title": Title}


def describe() -> Plain:
    """Return the plugin API as data that JSON can hold.

    Returns:
        Its version; each hook with what it may contribute; the fields and methods of
        contexts, of contributions and of what else is public; the members of lists;
        the keys of the manifest; the public functions and names.
    """
    names = {name: getattr(public, name) for name in sorted(public.__all__)}
    classes = [one for one in names.values() if _is_a_class(one)]
    told = {*_CONTEXTS, *_CONTRIBUTIONS}
    return {
        "api": API_VERSION,
        "hooks": {name: _hook(name) for name in HOOKS},
        "contexts": _classes(_CONTEXTS),
        "contributions": _classes(_CONTRIBUTIONS),
        "values": _classes(one for one in classes if one not in told),
        "lists": {
            name: [member.value for member in one]
            for name, one in names.items()
            if isinstance(one, type) and issubclass(one, Enum)
        },
        "manifest": _keys(Manifest),
        "functions": {
            name: _parameters(one)
            for name, one in names.items()
            if inspect.isfunction(one)
        },
        "names": list(names),
    }


def _is_a_class(one: object) -> bool:
    return isinstance(one, type) and attrs.has(one)


def _hook(name: str) -> Plain:
    return {
        "takes": _parameters(getattr(SettingSpec, name)),
        "contributes": sorted(kind.__name__ for kind in HOOKS[name]),
    }


def _classes(classes: Iterable[type[Any]]) -> Plain:
    return {
        cls.__name__: {"fields": _fields(cls), "methods": _methods(cls)}
        for cls in sorted(classes, key=lambda cls: cls.__name__)
    }


def _fields(cls: type[Any]) -> Plain:
    return {
        field.name: {
            "type": _written(cls, field.name),
            "default": field.default is not attrs.NOTHING,
        }
        for field in attrs.fields(cls)
    }


def _written(cls: type[Any], name: str) -> str:
    """Return a type as it is written where the field is declared.

    How Python spells one out differs by version, and what reads a class may have put
    the types themselves in the place of what was written.
    """
    found = (vars(one).get("__annotations__", {}).get(name) for one in cls.__mro__)
    return str(next(type_ for type_ in found if type_ is not None))


def _methods(cls: type[Any]) -> Plain:
    """Return what can be asked of a class: parameters by name; none of a property."""
    fields = {field.name for field in attrs.fields(cls)}
    own = {n: v for n, v in vars(cls).items() if n not in fields and n[0] != "_"}
    return {
        name: _parameters(getattr(cls, name)) if _is_called(one) else "property"
        for name, one in sorted(own.items())
    }


def _is_called(one: object) -> bool:
    return inspect.isfunction(one) or isinstance(one, classmethod | staticmethod)


def _parameters(function: Callable[..., Any]) -> str:
    return ", ".join(map(_parameter, inspect.signature(function).parameters.values()))


def _parameter(one: inspect.Parameter) -> str:
    default = "" if one.default is inspect.Parameter.empty else "=…"
    return f"{one.name}{default}"


def _keys(cls: type[Any], prefix: str = "") -> Plain:
    found: Plain = {}
    for name, field in _fields(cls).items():
        found[f"{prefix}{name}"] = field
        if name in _IN_THE_MANIFEST:
            found |= _keys(_IN_THE_MANIFEST[name], f"{name}.")
    return found
