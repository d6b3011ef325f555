"""What fills the page of changes."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import (
    Annotated,
    Any,
    Final,
    NewType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from parts.markdown import (
    Lines,
    code_span,
    flat,
    heading,
    meanings,
    slug,
    summary,
    table,
)
from rgcore.domain.changes import ALL, Change
from rgcore.domain.changes.base import Owner
from rgcore.domain.ids import Code, CodeOf, Creates, HoldsName, Refers
from rgcore.domain.text import Text
from rgcore.method import Method
from rgcore.serial.wire import read_changes

_DECIDERS: Final = {
    "group.import": "an operator's, by `rgcore import` alone",
    "success.add": "whoever says it (`by`)",
    "house_rules.agree": "whose yes it is (`person`)",
    "own_item.keep": "whose item it is (`owner`)",
    "own_item.share": "whose item it is",
    "entry.mark_in_error": "whose the changes were that it names",
    "entry.undo_in_error": "whose the changes were that it names",
    "entry.empty_in_error": "whose the changes were that it names",
    "entry.redact": "nobody's: it comes of an erasure that two people agreed on",
    "setting.note": "whose it is (`whose`), if it is anybody's",
    "care.scale_down": "the client's if `decided_by` is the client, else the team's",
}
"""Whose decision it is where the change itself says so."""


def _common_fields(method: Method) -> Lines:
    del method
    return _fields(Change, attrs.fields(Change))


def _types(method: Method) -> Lines:
    del method
    return flat(_one_change(c) for c in sorted(ALL, key=lambda c: c.TYPE))


def _value_classes(method: Method) -> Lines:
    del method
    return flat(_value(v) for v in sorted(_values(), key=lambda v: v.__name__))


def _value(value: type) -> Iterator[str]:
    yield from heading(value.__name__)
    yield from (summary(value), "")
    yield from _fields(value, attrs.fields(value))


def _one_change(change: type[Change]) -> Iterator[str]:
    yield from heading(change.TYPE)
    whose = _DECIDERS.get(change.TYPE, "anyone's who may record")
    if change.OWNER is Owner.CLIENT:
        whose = "the client's"
    kind = change.KIND.value
    yield f"{kind.capitalize()} · decision: {whose} · class `{change.__name__}`"
    yield from ("", summary(change), "")
    own = [f for f in attrs.fields(change) if f.name not in _COMMON]
    yield from _fields(change, own)
    yield from _example(change.TYPE)


_COMMON: Final = {f.name for f in attrs.fields(Change)}
_FILE: Final = Path(__file__).parents[1] / "templates" / "examples.json"
_EXAMPLES: Final = json.loads(_FILE.read_text(encoding="utf-8"))


def _example(type_: str) -> Iterator[str]:
    for example in _EXAMPLES:
        if example["type"] == type_:
            read_changes([example])
            text = json.dumps(example, ensure_ascii=False, indent=2)
            yield from ("```json", text, "```", "")


def _fields(cls: type, fields: Iterable[Any]) -> Iterator[str]:
    hints, told = _hints(cls), meanings(cls)
    yield from table(
        ("field", "is", "required", "meaning"),
        (
            (
                code_span(f.name),
                _kind(hints[f.name]),
                "yes" if f.default is attrs.NOTHING else "",
                told.get(f.name, ""),
            )
            for f in fields
        ),
    )


def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _hints_of_fields(cls: type) -> list[Any]:
    hints = _hints(cls)
    return [hints[field.name] for field in attrs.fields(cls)]


def _kind(hint: Any) -> str:  # noqa: ANN401 - a hint may be anything
    """Return a declared type as readers of JSON know it."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _marked(get_args(hint)[1])
    if origin in {Union, types.UnionType}:
        return _kind(next(h for h in get_args(hint) if h is not type(None)))
    if origin is tuple:
        return f"list of: {_kind(get_args(hint)[0])}"
    return _PLAIN.get(hint) or _of_class(hint)


def _of_class(hint: Any) -> str:  # noqa: ANN401 - a class, or a kind of id
    if isinstance(hint, NewType):
        return "id"
    if issubclass(hint, Enum):
        return "one of " + ", ".join(code_span(one.value) for one in hint)
    return f"[{hint.__name__}](#{slug(hint.__name__)})"


_PLAIN: Final[dict[Any, str]] = {
    Code: "code",
    Text: "text",
    bool: "`true` or `false`",
    date: "day",
    int: "number",
    time: "time",
}


def _marked(mark: object) -> str:
    if isinstance(mark, Creates):
        return f"new id ({_spaced(mark.kind)})"
    if isinstance(mark, Refers):
        return f"id ({_spaced(mark.kind)})"
    if isinstance(mark, CodeOf):
        return f"code of a {_spaced(mark.vocabulary).replace('step or', 'step or a')}"
    return "name" if isinstance(mark, HoldsName) else "text"


def _spaced(word: str) -> str:
    return str(word).replace("_", " ")


def _values() -> set[type]:
    """Return the classes that changes are made of."""
    found: set[type] = set()
    for change in ALL:
        for hint in _hints_of_fields(change):
            found |= _classes(hint)
    return found


def _classes(hint: Any) -> set[type]:  # noqa: ANN401 - a hint may be anything
    if isinstance(hint, type) and attrs.has(hint) and hint is not Text:
        return {hint}
    if get_origin(hint) is Annotated:
        return set()
    return {cls for inner in get_args(hint) for cls in _classes(inner)}


PARTS = {
    "common": _common_fields,
    "types": _types,
    "values": _value_classes,
}
