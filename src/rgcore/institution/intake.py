"""Look over what somebody wants to record, before anything is decided."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from rgcore.domain.actor import Actor
from rgcore.domain.changes import BY_TYPE, Change
from rgcore.domain.findings import Override
from rgcore.domain.ids import HoldsName, TextId
from rgcore.domain.inspection import Marked, inspect, look_over_id
from rgcore.domain.journal import Entry
from rgcore.domain.text import LONGEST_TEXT, PersonName, Said, Text
from rgcore.errors import InputError, Problem

_LONGEST_NAME: Final = 200
_LONGEST_CODE: Final = 64
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing for what follows, beyond the text."""


def look_over(
    group: str,
    changes: Sequence[Change],
    actor: Actor,
    words: Mapping[TextId, Said],
    overrides: Sequence[Override],
) -> None:
    """Make sure that the input has the form that its classes declare.

    Args:
        group: The group's id.
        changes: What somebody wants to record.
        actor: Who.
        words: The words behind the texts of the changes.
        overrides: Rules to pass.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    problems = [
        *_ids(group=group),
        *_of_form(changes, actor, overrides),
        *_of_words(changes, words),
    ]
    if problems:
        raise InputError(problems)


def gathered(
    changes: Iterable[Change],
    words: Mapping[TextId, Said] | None,
    overrides: Iterable[Override],
    seen: int | None = None,
) -> tuple[tuple[Change, ...], dict[TextId, Said], tuple[Override, ...]]:
    """Return what was given, each kind gathered so that it can be gone through.

    Args:
        changes: What somebody wants to record.
        words: The words behind their texts.
        overrides: Rules to pass.
        seen: The sequence number that the caller has seen.

    Raises:
        InputError: One of them is of another kind altogether.
    """
    fits = {
        "changes": _is_many(changes),
        "words": words is None or isinstance(words, Mapping),
        "overrides": _is_many(overrides),
        "seen": seen is None or (type(seen) is int and seen >= 0),
    }
    problems = [Problem("input.wrong_type", n) for n, fit in fits.items() if not fit]
    if problems:
        raise InputError(problems)
    return tuple(changes), dict(words or {}), tuple(overrides)


def _is_many(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def look_over_reader(actor: Actor, **ids: str) -> None:
    """Make sure that a reader and what they ask for have the form of ids.

    What is asked for stands in clear in the access log: it may be nothing else.

    Args:
        actor: Who reads.
        **ids: What is asked for, by the name of the argument.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    problems = [*_ids(**ids), *_of_actor(actor)]
    if problems:
        raise InputError(problems)


PAGE: Final = 1_000
"""How much a list holds at most."""

_LAST_CURSOR: Final = 2**63 - 1
"""What a database keeps in a column of positions."""


def look_over_page(*, limit: object, on: object = None, after: object = 0) -> None:
    """Make sure that what a list is asked for has the form of a page.

    Args:
        limit: How many at most: 1 to `PAGE`.
        on: A day, if one is given.
        after: A cursor of an earlier answer; 0 to begin.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    fits = {
        "limit": type(limit) is int and 1 <= limit <= PAGE,
        "after": type(after) is int and 0 <= after <= _LAST_CURSOR,
    }
    problems = [Problem("input.out_of_range", n) for n, fit in fits.items() if not fit]
    if on is not None and type(on) is not date:
        problems.append(Problem("input.wrong_type", "on"))
    if problems:
        raise InputError(problems)


def _ids(**ids: str) -> Iterator[Problem]:
    for name, value in ids.items():
        yield from look_over_id(value, name)


def _of_actor(actor: object, path: str = "actor") -> Iterator[Problem]:
    if not isinstance(actor, Actor):
        yield Problem("input.wrong_type", path)
        return
    yield from inspect(actor, path).problems
    if isinstance(actor.assurance, str):
        yield from _line(actor.assurance, f"{path}.assurance", _LONGEST_CODE)


def _of_form(
    changes: Sequence[Change], actor: Actor, overrides: Sequence[object]
) -> Iterator[Problem]:
    if not changes:
        yield Problem("input.nothing", "changes")
    yield from _twice(changes)
    for number, change in enumerate(changes):
        path = f"changes[{number}]"
        if type(change) not in BY_TYPE.values():
            yield Problem("input.unknown_type", path)
        else:
            yield from inspect(change, path).problems
    yield from _of_actor(actor)
    for number, override in enumerate(overrides):
        if isinstance(override, Override):
            yield from inspect(override, f"overrides[{number}]").problems
        else:
            yield Problem("input.wrong_type", f"overrides[{number}]")


def of_entry(
    entry: Entry, words: Mapping[TextId, Said], path: str
) -> Iterator[Problem]:
    """Go through what is wrong with an entry that somebody else kept.

    Args:
        entry: The entry.
        words: Its words; those that were erased are not among them.
        path: Where it stands.
    """
    yield from _of_actor(entry.actor, f"{path}.actor")
    seen = inspect(entry.change, f"{path}.change")
    yield from seen.problems
    names = {m.path for m in seen.marked if isinstance(m.mark, HoldsName)}
    for mark in seen.marked:
        if mark.mark is Text and mark.value.id in words:
            said = words[mark.value.id]
            yield from _said(said, mark.path, name=mark.path in names)


def _twice(changes: Sequence[Change]) -> Iterator[Problem]:
    ids = [getattr(change, "id", None) for change in changes]
    for number, id_ in enumerate(ids):
        if isinstance(id_, str) and id_ in ids[:number]:
            yield Problem("input.change_twice", f"changes[{number}].id")


def _of_words(
    changes: Sequence[Change], words: Mapping[TextId, Said]
) -> Iterator[Problem]:
    marked = tuple(_texts(changes))
    names = {m.path for m in marked if isinstance(m.mark, HoldsName)}
    # What is no id was found to be none by its form.
    found = [m for m in marked if m.mark is Text and isinstance(m.value.id, str)]
    seen: set[TextId] = set()
    for mark in found:
        text: Text = mark.value
        if text.id in seen:
            yield Problem("input.text_known", mark.path)
        elif text.id not in words:
            yield Problem("input.words_missing", mark.path)
        else:
            yield from _said(words[text.id], mark.path, name=mark.path in names)
        seen.add(text.id)
    if any(text not in seen for text in words):
        yield Problem("input.words_unused", "words")


def _texts(changes: Sequence[Change]) -> Iterable[Marked]:
    for number, change in enumerate(changes):
        if type(change) in BY_TYPE.values():
            yield from inspect(change, f"changes[{number}]").marked


def _said(said: object, path: str, *, name: bool) -> Iterator[Problem]:
    if name:
        yield from _name(said, path)
    elif isinstance(said, str):
        yield from _text(said, path)
    elif type(said) is not date:
        yield Problem("input.wrong_type", path)


def _name(said: object, path: str) -> Iterator[Problem]:
    if not isinstance(said, PersonName):
        yield Problem("input.wrong_type", path)
        return
    problems = inspect(said, path).problems
    yield from problems
    if problems:
        return
    if not said.written.strip():
        yield Problem("input.empty", f"{path}.written")
    for part in ("written", "given", "prefix", "family"):
        value = getattr(said, part)
        if value is not None:
            yield from _line(value, f"{path}.{part}", _LONGEST_NAME)


def _text(said: str, path: str) -> Iterator[Problem]:
    if not said.strip():
        yield Problem("input.empty", path)
    if len(said) > LONGEST_TEXT:
        yield Problem("input.too_long", path)
    elif not _keepable(said, allowed="\n\r\t"):
        yield Problem("input.forbidden_characters", path)


def _line(said: str, path: str, longest: int) -> Iterator[Problem]:
    if len(said) > longest:
        yield Problem("input.too_long", path)
    elif not _keepable(said, allowed=""):
        yield Problem("input.forbidden_characters", path)


def _keepable(said: str, allowed: str) -> bool:
    if _TURNING.search(said):
        return False
    # Cc are control characters; Cs are halves of surrogate pairs.
    return all(
        unicodedata.category(sign) not in {"Cc", "Cs"} or sign in allowed
        for sign in said
    )
