"""The strict door: what strangers wrote becomes our classes, or a list of paths.

Unknown keys and wrong primitives are refused, all at once. No message holds a
value or a key that somebody else chose.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Final, TypeVar, cast, get_args, get_type_hints

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from rgcore.domain.changes import BY_TYPE, Change
from rgcore.domain.ids import PersonId
from rgcore.domain.text import PersonName, Said, Words
from rgcore.errors import InputError, Problem

ClsT = TypeVar("ClsT")

_SAID: Final = ("said", "name", "date")
_LONGEST_ID: Final = 64
_DEEPEST: Final = 8
"""How deep a change may be nested; our own go to 4."""


class _WrongTypeError(TypeError):
    """A primitive of another type; carries no value."""


class _NotOneOfError(ValueError):
    """A word outside a closed list; carries the list, never the word."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        super().__init__()


def _strict(kind: type) -> Callable[[Any, Any], Any]:
    def structure(value: Any, hint: Any) -> Any:
        if type(value) is not kind:
            raise _WrongTypeError
        # An enum of strings comes here too, since it is a kind of string.
        return _member(str(value), hint) if _is_enum(hint) else value

    return structure


def _member(value: str, enum: Any) -> Any:
    names = tuple(one.value for one in enum)
    if value not in names:
        raise _NotOneOfError(names)
    return enum(value)


def _iso(kind: Any) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is kind:
            return value
        if type(value) is not str:
            raise _WrongTypeError
        return kind.fromisoformat(value)

    return structure


def _tuple(hint: Any) -> Callable[[Any, Any], Any]:
    as_list: Any = list[hint.__args__[0]]

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise _WrongTypeError
        return tuple(_CONVERTER.structure(list(value), as_list))

    return structure


def _is_tuple(hint: Any) -> bool:
    return getattr(hint, "__origin__", None) is tuple


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


_HOOKS: Final[dict[Any, Callable[[Any, Any], Any]]] = {
    **{kind: _strict(kind) for kind in (str, int, bool, float)},
    **{kind: _iso(kind) for kind in (date, datetime, time)},
}


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, hook in _HOOKS.items():
        converter.register_structure_hook(kind, hook)
    for kind in (date, datetime, time):
        converter.register_unstructure_hook(kind, kind.isoformat)
    converter.register_structure_hook_factory(_is_tuple, _tuple)
    converter.register_unstructure_hook(StrEnum, lambda value: value.value)
    return converter


_CONVERTER: Final = _converter()


def structure(value: object, cls: type[ClsT], path: str = "") -> ClsT:
    """Return plain data as an instance of an attrs class.

    Args:
        value: What came out of JSON or TOML.
        cls: The class it should be.
        path: What the paths of problems begin with.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    try:
        return _CONVERTER.structure(value, cls)
    except BaseValidationError as error:
        problems = tuple(_problems(error, path))
    except (TypeError, ValueError, KeyError, AttributeError):
        problems = (Problem("input.wrong_type", path),)
    raise InputError(problems)


def unstructure(value: object) -> Any:
    """Return an instance as plain data: the inverse of `structure`."""
    return _CONVERTER.unstructure(value)


def read_json(text: str | bytes) -> Any:
    """Return what a JSON text says.

    Raises:
        InputError: It is no JSON, or is nested too deep to be one of ours.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except _KeyTwiceError:
        code = "input.key_twice"
    except (ValueError, RecursionError):
        code = "input.not_json"
    raise InputError([Problem(code, "")])


class _KeyTwiceError(ValueError):
    """An object says the same thing twice; carries no key."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _KeyTwiceError
    return found


def read_changes(values: object) -> tuple[tuple[Change, ...], Words]:
    """Return changes and words from plain data.

    A change is an object with a `type`, an `id`, the day on which it happened
    and the fields of its class. Where a text stands, give
    `{"subject": ..., "said": ...}`, or `name` or `date` in place of `said`; the
    id of the text then follows from the id of the change, so that sending the
    same thing twice says the same thing.

    Args:
        values: A list of such objects.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    if not isinstance(values, list):
        raise InputError([Problem("input.wrong_type", "changes")])
    words = Words()
    changes: list[Change] = []
    problems: list[Problem] = []
    for number, value in enumerate(values):
        try:
            changes.append(read_change(value, f"changes[{number}]", words))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(changes), words


def write_change(change: Change) -> dict[str, Any]:
    """Return a change as plain data, without its words."""
    return {"type": change.TYPE, **unstructure(change)}


def read_change(value: object, path: str, words: Words) -> Change:
    """Return one change from plain data.

    Args:
        value: An object, as `read_changes` takes it.
        path: What the paths of problems begin with.
        words: Where the words go that stand in it.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    if not isinstance(value, dict) or not all(isinstance(k, str) for k in value):
        raise InputError([Problem("input.wrong_type", path)])
    kind = value.get("type")
    cls = BY_TYPE.get(kind) if isinstance(kind, str) else None  # type: ignore[call-overload]
    if cls is None:
        raise InputError(
            [Problem("input.unknown_type", f"{path}.type", sorted(BY_TYPE))]
        )
    fields = {k: v for k, v in value.items() if k != "type"}
    own = fields.get("id")
    lifted = _Lifting(own if isinstance(own, str) else "", path, words)
    plain = lifted.out_of(fields, path)
    try:
        change: Change = structure(plain, cls, path)
    except InputError as error:
        raise InputError(_all_of(lifted.problems, error.problems)) from None
    if lifted.problems:
        raise InputError(lifted.problems)
    return change


def _all_of(first: list[Problem], second: tuple[Problem, ...]) -> list[Problem]:
    """Return all problems but those that a text brings that could not be lifted."""
    known = tuple(p.path for p in first)
    return [*first, *(p for p in second if not _follows_from(p, known))]


def _follows_from(problem: Problem, known: tuple[str, ...]) -> bool:
    is_type = problem.code == "input.wrong_type"
    return is_type and any(path.startswith(problem.path) for path in known)


class _Lifting:
    """Lifts words out of a change, leaving texts that stand for them."""

    def __init__(self, change: str, path: str, words: Words) -> None:
        self.problems: list[Problem] = []
        self._change = change
        self._path = path
        self._words = words

    def out_of(self, value: Any, path: str, depth: int = 0) -> Any:
        """Return plain data with every said text replaced by its id.

        Nothing is lifted from under a key that no class of ours has: the key is
        refused later, and must not stand in a path.
        """
        if depth > _DEEPEST:
            self.problems.append(Problem("input.wrong_type", path))
            return None
        if isinstance(value, list):
            return [
                self.out_of(v, f"{path}[{n}]", depth + 1) for n, v in enumerate(value)
            ]
        if not isinstance(value, dict):
            return value
        if "subject" in value and any(key in value for key in _SAID):
            return self._text(value, path)
        return {
            k: self.out_of(v, f"{path}.{k}", depth + 1) if k in _steps() else v
            for k, v in value.items()
        }

    def _text(self, value: Mapping[str, Any], path: str) -> Any:
        kinds = [key for key in _SAID if key in value]
        others = set(value) - {"id", "subject", *kinds}
        if len(kinds) != 1 or others:
            allowed = ("id", "subject", *_SAID)
            self.problems.append(Problem("input.unknown_key", path, allowed))
            return None
        said = self._said(kinds[0], value[kinds[0]], f"{path}.{kinds[0]}")
        text, subject = value.get("id", self._derived(path)), value["subject"]
        if said is not None and isinstance(text, str) and isinstance(subject, str):
            if text in self._words:
                self.problems.append(Problem("input.text_known", path))
            self._words.add(text, subject=PersonId(subject), said=said)
        return {"id": text, "subject": subject}

    def _said(self, kind: str, value: Any, path: str) -> Said | None:
        cls: Any = {"said": str, "name": PersonName, "date": date}[kind]
        try:
            return cast("Said", structure(value, cls, path))
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def _derived(self, path: str) -> str:
        step = re.sub(r"[^A-Za-z0-9]+", ".", path.removeprefix(self._path)).strip(".")
        text = f"{self._change}.{step}"
        if len(text) <= _LONGEST_ID:
            return text
        return hashlib.sha256(text.encode()).hexdigest()[:_LONGEST_ID]


@cache
def _steps() -> frozenset[str]:
    """Return the name of every field that a change or anything in it has."""
    found: set[str] = set()
    for cls in BY_TYPE.values():
        _collect(cls, found)
    return frozenset(found)


def _collect(hint: Any, found: set[str]) -> None:
    if isinstance(hint, type) and attrs.has(hint):
        hints = get_type_hints(hint)
        for name in (f.name for f in attrs.fields(hint)):
            found.add(name)
            _collect(hints[name], found)
    for inner in get_args(hint):
        _collect(inner, found)


def _problems(error: BaseException, path: str) -> Iterator[Problem]:
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from _problems(inner, path + _step(inner))
    elif isinstance(error, ForbiddenExtraKeysError):
        yield Problem("input.unknown_key", path, _fields(error.cl))
    elif isinstance(error, _NotOneOfError):
        yield Problem("input.wrong_type", path, error.allowed)
    elif isinstance(error, KeyError):
        yield Problem("input.missing_key", path)
    else:
        yield Problem("input.wrong_type", path)


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f".{note.name}"
        if isinstance(note, IterableValidationNote):
            # The key of a mapping was chosen by somebody else.
            return f"[{note.index}]" if isinstance(note.index, int) else ""
    return ""


def _fields(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in attrs.fields(cls)) if attrs.has(cls) else ()
