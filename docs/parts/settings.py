"""What fills the pages for authors of settings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Final

import attrs

from parts.markdown import (
    Lines,
    anchored,
    code_span,
    flat,
    heading,
    meanings,
    slug,
    summary,
    table,
)
from rgcore.method import Method
from rgcore.plugins import (
    HOOKS,
    Denial,
    Holds,
    Law,
    Manifest,
    Maturity,
    OwnField,
    OwnNote,
    OwnValue,
    Per,
    Period,
    Proposal,
    Rank,
    SettingContext,
    SettingSpec,
    Speaks,
    Whose,
    Wording,
)
from rgcore.plugins.manifest import Title

KINDS: Final = tuple(dict.fromkeys(kind for kinds in HOOKS.values() for kind in kinds))
"""The kinds of contributions, in the order in which their hooks are called."""

_VALUES: Final = (
    Wording,
    Period,
    Law,
    Speaks,
    Denial,
    OwnField,
    OwnNote,
    OwnValue,
)
_LISTS: Final = (Rank, Per, Holds, Whose)
_ROOT: Final = Path(__file__).parents[2]
_EXAMPLE: Final = (
    _ROOT
    / "plugins"
    / "recovery-college"
    / "src"
    / "rgcore_setting_recovery_college"
    / "rgcore.toml"
)


def _hooks(method: Method) -> Lines:
    del method
    return flat(_hook(name) for name in HOOKS)


def _hook(name: str) -> Iterator[str]:
    yield from heading(name, 2)
    links = (f"[`{k.__name__}`](contributions.md#{_slug(k)})" for k in HOOKS[name])
    yield from (f"May contribute: {', '.join(links)}.", "")
    yield from _told(getattr(SettingSpec, name))


def _told(hook: object) -> Iterator[str]:
    """Return what the docstring of a hook says: its prose, and its example as it is."""
    text = (inspect.getdoc(hook) or "").partition("\n\nArgs:")[0]
    prose, fence, example = text.partition("```python")
    for paragraph in prose.strip().split("\n\n"):
        yield from (" ".join(paragraph.split()), "")
    yield from (f"{fence}{example}".strip(), "")


def _context(method: Method) -> Lines:
    del method
    return _class(SettingContext)


def _proposal(method: Method) -> Lines:
    del method
    return _class(Proposal)


def _class(cls: type[Any]) -> Iterator[str]:
    yield from heading(cls.__name__, 2)
    yield from (summary(cls), "")
    yield from _fields(cls)
    for name, function in vars(cls).items():
        if inspect.isfunction(function) and not name.startswith("_"):
            taken = list(inspect.signature(function).parameters)[1:]
            yield f"`{name}({', '.join(taken)})`: {summary(function)}"
            yield ""


def _fields(cls: type[Any]) -> Iterator[str]:
    told = meanings(cls)
    yield from table(
        ("field", "is", "required", "meaning"),
        (
            (
                _anchored(f"{cls.__name__}.{field.name}", field.name),
                code_span(field.type),
                "yes" if field.default is attrs.NOTHING else "",
                told.get(field.name, ""),
            )
            for field in _public(cls)
        ),
    )


def _public(cls: type[Any]) -> Iterator[Any]:
    """Go through fields, without those that rgcore fills itself."""
    filled = {"by", "origin"} if "origin" in attrs.fields_dict(cls) else set()
    yield from (f for f in attrs.fields(cls) if f.name not in filled)


def _anchored(anchor: str, shown: str) -> str:
    return f'<a id="{anchor}"></a>{code_span(shown)}'


def _kinds(method: Method) -> Lines:
    del method
    return flat(_kind(kind) for kind in KINDS)


def _kind(kind: type[Any]) -> Iterator[str]:
    yield from heading(kind.__name__)
    yield from (summary(kind), "")
    hooks = (name for name, kinds in HOOKS.items() if kind in kinds)
    links = (f"[`{name}`](hooks.md#{slug(name)})" for name in hooks)
    yield from (f"Returned by: {', '.join(links)}.", "")
    yield from _fields(kind)


def _values(method: Method) -> Lines:
    del method
    return flat(_value(value) for value in _VALUES)


def _value(value: type[Any]) -> Iterator[str]:
    yield from heading(value.__name__)
    yield from (summary(value), "")
    yield from _fields(value)


def _lists(method: Method) -> Lines:
    del method
    return flat(_list(one) for one in _LISTS)


def _list(one: type[Enum]) -> Iterator[str]:
    yield from heading(one.__name__)
    yield from (summary(one), "")
    members = (f"`{one.__name__}.{m.name}` (`{m.value}`)" for m in one)
    yield from (f"{', '.join(members)}.", "")


def _keys(method: Method) -> Iterator[str]:
    del method
    head = ("key", "is", "required", "meaning")
    yield from table(head, [*_rows(Manifest), *_rows(Title, "title.")])


def _rows(cls: type[Any], prefix: str = "") -> Iterator[tuple[str, ...]]:
    told = meanings(cls)
    for field in attrs.fields(cls):
        yield (
            anchored(f"{prefix}{field.name}"),
            _IN_TOML.get(field.type, code_span(field.type)),
            "yes" if field.default is attrs.NOTHING else "",
            told[field.name],
        )


_IN_TOML: Final = {
    "int": "number",
    "str": "text",
    "str | None": "text",
    "Code": "code",
    "Title": "table",
    "PluginKind": "word",
    "Maturity": f"one of {', '.join(code_span(one.value) for one in Maturity)}",
    "tuple[str, ...]": "list of texts",
    "tuple[Code, ...]": "list of codes",
    "dict[str, str]": "table of texts",
}
"""Types as whoever writes TOML knows them."""


def _example(method: Method) -> Lines:
    del method
    return ("```toml", _EXAMPLE.read_text(encoding="utf-8").rstrip(), "```")


def _slug(kind: type[Any]) -> str:
    return slug(kind.__name__)


HOOK_PARTS: Final = {"hooks": _hooks}
CONTEXT_PARTS: Final = {"context": _context, "proposal": _proposal}
CONTRIBUTION_PARTS: Final = {"kinds": _kinds, "values": _values, "lists": _lists}
MANIFEST_PARTS: Final = {"keys": _keys, "example": _example}
