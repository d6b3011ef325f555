"""Import a plugin anew for a while, and see what its modules hold."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CellType, FunctionType, ModuleType
from typing import Any, Final

import attrs

from rgcore.plugins import Found

_DEEPEST: Final = 6
_OURS: Final = "rgcore"


@contextmanager
def imported_anew(found: Found) -> Iterator[None]:
    """Let what is imported meanwhile be a copy of its own.

    Args:
        found: The plugin.
    """
    names = _packages(found)
    kept = {name: sys.modules.pop(name) for name in _modules(names)}
    try:
        yield
    finally:
        for name in _modules(names):
            del sys.modules[name]
        sys.modules.update(kept)


State = Mapping[str, Mapping[str, str]]
"""What modules hold, by module and name: as text that is compared and never shown."""


def state(found: Found) -> State:
    """Return what the modules of a plugin hold.

    Args:
        found: The plugin; what was not imported yet holds nothing.
    """
    return {
        module: dict(_held(sys.modules[module], module))
        for module in _modules(_packages(found))
    }


def changed(before: State, after: State) -> Iterator[str]:
    """Name what a module holds otherwise; one that came later changed nothing.

    Args:
        before: What modules held.
        after: What they hold now.
    """
    for module, held in before.items():
        now = after.get(module, {})
        for name in sorted(held.keys() | now.keys()):
            if held.get(name) != now.get(name):
                yield f"{module}.{name}"


def _packages(found: Found) -> frozenset[str]:
    places = (found.manifest.factory, found.manifest.config or "")
    tops = (place.partition(":")[0].partition(".")[0] for place in places)
    return frozenset({found.package, *tops} - {"", _OURS})


def _modules(packages: frozenset[str]) -> list[str]:
    return sorted(n for n in sys.modules if n.partition(".")[0] in packages)


def _held(holder: ModuleType | type, module: str) -> Iterator[tuple[str, str]]:
    for name, value in list(vars(holder).items()):
        if name.startswith("__"):
            continue
        if isinstance(value, type):
            # Only where it is defined: classes may name one another in a circle.
            if (value.__module__, value.__qualname__) == (
                module,
                _qualified(holder, name),
            ):
                for inner, told in _held(value, module):
                    yield f"{name}.{inner}", told
        elif not isinstance(value, ModuleType):
            yield name, _told(value)


def _qualified(holder: ModuleType | type, name: str) -> str:
    return f"{holder.__qualname__}.{name}" if isinstance(holder, type) else name


def _told(value: Any, depth: int = 0) -> str:  # noqa: ANN401 - whatever a module holds
    """Return what a value holds."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        pairs = [(_told(k, depth + 1), _told(v, depth + 1)) for k, v in value.items()]
        return f"{type(value).__name__}{pairs}"
    if isinstance(value, tuple | list):
        return f"{type(value).__name__}{[_told(item, depth + 1) for item in value]}"
    if isinstance(value, set | frozenset):
        return f"set{sorted(_told(item, depth + 1) for item in value)}"
    return _told_of_object(value, depth)


def _told_of_object(value: Any, depth: int) -> str:  # noqa: ANN401 - whatever a module holds
    if isinstance(value, FunctionType):
        cells = [_content(cell) for cell in value.__closure__ or ()]
        inner = (value.__defaults__, value.__kwdefaults__, vars(value), cells)
        return f"{value.__qualname__}{_told(inner, depth + 1)}"
    if attrs.has(type(value)):
        names = (f.name for f in attrs.fields(type(value)))
        held: Any = {name: getattr(value, name, None) for name in names}
    else:
        held = getattr(value, "__dict__", None)
    if held:
        return f"{type(value).__name__}{_told(dict(held), depth + 1)}"
    return repr(value)


def _content(cell: CellType) -> Any:  # noqa: ANN401 - whatever a function closes over
    try:
        return cell.cell_contents
    except ValueError:
        # Nothing is in it yet.
        return None
