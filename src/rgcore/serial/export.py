"""Whole groups as files: written from a journal, read through the strict door.

The digest of a file finds damage and edits by hand. Whoever edits a file on purpose
can compute it anew; only a digest that came another way tells that.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

import attrs
from attrs import frozen

from rgcore.domain.changes import BY_TYPE
from rgcore.domain.changes.base import texts
from rgcore.domain.ids import Digest, PersonId, TextId
from rgcore.domain.inspection import inspect
from rgcore.domain.journal import Entry
from rgcore.domain.text import Read, Said, Words
from rgcore.errors import InputError, Problem
from rgcore.method import digest_of
from rgcore.serial.documents import EXPORT_FORMAT, EntryHead, Source, printed
from rgcore.serial.upgrades import SchemaUnknown, upgraded
from rgcore.serial.wire import read_change, structure

_DIGEST: Final = re.compile("[0-9a-f]{64}")
_ERASED: Final = frozenset({"id", "subject", "erased"})
_DEEPEST: Final = 8
"""How deep a change may be nested, as at the door for changes."""


@frozen(kw_only=True, repr=False)
class Exported:
    """What a file with a whole group says; its `repr` shows no words.

    Attributes:
        source: Where it comes from.
        compositions: The data of every composition that an entry names.
        entries: The journal, each entry with its words; erased ones are not there.
        digest: The digest of the file.
    """

    source: Source
    compositions: Mapping[Digest, Mapping[str, Any]]
    entries: tuple[tuple[Entry, Mapping[TextId, Said]], ...]
    digest: Digest


def write_export(
    source: Source,
    compositions: Mapping[str, Any],
    staff: Mapping[PersonId, str],
    entries: Iterable[tuple[Entry, Mapping[TextId, Read]]],
) -> dict[str, Any]:
    """Return a whole group as plain data.

    Args:
        source: Where it comes from.
        compositions: The data of every composition that an entry names.
        staff: Names of staff, for readers.
        entries: The journal, each entry with the words that can be read.
    """
    content = {
        "rgcore_export": EXPORT_FORMAT,
        "kind": "whole",
        "source": printed(source),
        "compositions": dict(compositions),
        "staff": dict(staff),
        "entries": [_written(entry, words) for entry, words in entries],
    }
    return {**content, "digest": export_digest(content)}


def export_digest(content: Mapping[str, Any]) -> Digest:
    """Return the digest of a file: over all that is in it but the digest itself.

    Args:
        content: The file as plain data.

    Raises:
        InputError: It holds what JSON cannot.
    """
    rest = {key: value for key, value in content.items() if key != "digest"}
    try:
        text = json.dumps(
            rest,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )
        return Digest(hashlib.sha256(text.encode()).hexdigest())
    except (ValueError, TypeError, RecursionError):
        pass
    raise InputError([Problem("input.not_json", "")])


def read_export(content: object) -> Exported:
    """Return the group in a file that somebody sent.

    Whether its changes fit each other is not asked here.

    Args:
        content: What the JSON of the file says.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    known = _of_our_form(content)
    digest = export_digest(known)
    if isinstance(known.get("digest"), str) and known["digest"] != digest:
        raise InputError([Problem("input.wrong_digest", "digest")])
    file = _structured(known)
    problems = [*_of_source(file), *_of_compositions(file), *_of_order(file)]
    entries: list[tuple[Entry, Mapping[TextId, Said]]] = []
    for number, line in enumerate(file.entries):
        try:
            entries.append(_entry(line, f"entries[{number}]"))
        except InputError as error:
            problems.extend(error.problems)
    problems += _twice(entries)
    if problems:
        raise InputError(problems)
    return Exported(
        source=file.source,
        compositions=file.compositions,
        entries=tuple(entries),
        digest=digest,
    )


@frozen(kw_only=True)
class _Line(EntryHead):
    """An entry whose change is still to be read."""

    schema: int
    change: Any


@frozen(kw_only=True)
class _File:
    """A file whose changes are still to be read."""

    rgcore_export: Literal[1]
    kind: Literal["whole"]
    source: Source
    compositions: dict[Digest, dict[str, Any]]
    staff: dict[PersonId, str]
    entries: tuple[_Line, ...]
    digest: Digest


def _written(entry: Entry, words: Mapping[TextId, Read]) -> dict[str, Any]:
    change = {"schema": entry.change.SCHEMA, "change": printed(entry.change, words)}
    return {**printed(_head(entry)), **change}


def _head(line: Any) -> EntryHead:
    names = [field.name for field in attrs.fields(EntryHead)]
    return EntryHead(**{name: getattr(line, name) for name in names})


def _of_our_form(content: object) -> dict[str, Any]:
    """Return a file whose form is ours; what it holds is not looked at yet."""
    if not isinstance(content, dict) or not all(isinstance(k, str) for k in content):
        raise InputError([Problem("input.wrong_type", "")])
    version = content.get("rgcore_export", EXPORT_FORMAT)
    if type(version) is not int or version != EXPORT_FORMAT:
        allowed = [str(EXPORT_FORMAT)]
        raise InputError([Problem("input.unknown_version", "rgcore_export", allowed)])
    if content.get("kind") == "partial":
        raise InputError([Problem("input.partial", "kind")])
    return content


def _structured(content: dict[str, Any]) -> _File:
    try:
        return structure(content, _File)
    except InputError as error:
        found = error.problems
    raise InputError(
        Problem(p.code, p.path.removeprefix("."), p.allowed) for p in found
    )


def _of_source(file: _File) -> Iterator[Problem]:
    yield from inspect(file.source, "source").problems
    if not _DIGEST.fullmatch(file.source.head):
        yield Problem("input.wrong_type", "source.head")
    if not _is_utc(file.source.exported_at):
        yield Problem("input.wrong_type", "source.exported_at")
    if file.source.seq != len(file.entries):
        yield Problem("input.out_of_order", "source.seq")


def _of_compositions(file: _File) -> Iterator[Problem]:
    named = {line.composition for line in file.entries}
    # The names of compositions were chosen by whoever wrote the file.
    if any(digest_of(data) != name for name, data in file.compositions.items()):
        yield Problem("input.wrong_digest", "compositions")
    if set(file.compositions) - named:
        yield Problem("input.unknown_key", "compositions")
    for number, line in enumerate(file.entries):
        if line.composition not in file.compositions:
            path = f"entries[{number}].composition"
            yield Problem("input.unknown_composition", path)


def _of_order(file: _File) -> Iterator[Problem]:
    if not file.entries:
        yield Problem("input.nothing", "entries")
    for number, line in enumerate(file.entries):
        if line.seq != number + 1:
            yield Problem("input.out_of_order", f"entries[{number}].seq")
            return


def _entry(line: _Line, path: str) -> tuple[Entry, Words]:
    head, problems = _head(line), [*_of_head(_head(line), path)]
    words, erased = Words(), set[str]()
    try:
        plain = _without_erased(_of_today(line, path), erased)
        change = read_change(plain, f"{path}.change", words)
    except InputError as error:
        found = [*problems, *error.problems]
    else:
        entry = Entry(
            seq=head.seq,
            change=change,
            actor=head.actor,
            recorded_at=head.recorded_at.replace(tzinfo=UTC),
            composition=head.composition,
            overrides=head.overrides,
            warned=head.warned,
        )
        found = [*problems, *_without_words(entry, words.keys() | erased, path)]
        if not found:
            return entry, words
    raise InputError(found)


def _of_today(line: _Line, path: str) -> Any:
    """Return a change as today's schema has it; what is none is left as it is."""
    fields = line.change if isinstance(line.change, dict) else {}
    type_ = fields.get("type")
    cls = BY_TYPE.get(type_) if isinstance(type_, str) else None  # type: ignore[call-overload]
    if cls is None:
        return line.change
    with suppress(SchemaUnknown):
        return upgraded(cls.TYPE, line.schema, cls.SCHEMA, fields)
    known = [str(number) for number in range(1, cls.SCHEMA + 1)]
    raise InputError([Problem("input.unknown_version", f"{path}.schema", known)])


def _of_head(head: EntryHead, path: str) -> Iterator[Problem]:
    yield from inspect(head, path).problems
    if not _is_utc(head.recorded_at):
        yield Problem("input.wrong_type", f"{path}.recorded_at")


def _without_words(
    entry: Entry, known: AbstractSet[str], path: str
) -> Iterator[Problem]:
    for place, text in texts(entry.change):
        if text.id not in known:
            yield Problem("input.words_missing", f"{path}.change{place}")


def _is_utc(at: datetime) -> bool:
    return at.utcoffset() == timedelta(0)


def _without_erased(value: Any, erased: set[str], depth: int = 0) -> Any:
    """Return a change with each erased text as one whose words are elsewhere.

    Args:
        value: A change, or something in it.
        erased: Takes the ids of erased texts.
        depth: How deep it stands.
    """
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_without_erased(item, erased, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _ERASED and value["erased"] is True:
        erased.add(str(value["id"]))
        return {"id": value["id"], "subject": value["subject"]}
    return {k: _without_erased(v, erased, depth + 1) for k, v in value.items()}


def _twice(entries: Sequence[tuple[Entry, object]]) -> Iterator[Problem]:
    counted = Counter(entry.change.id for entry, _ in entries)
    for entry, _ in entries:
        if counted[entry.change.id] > 1:
            yield Problem("input.change_twice", f"entries[{entry.seq - 1}].change.id")
