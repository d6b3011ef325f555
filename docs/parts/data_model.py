"""What is kept: every field of the group, the journal and the tables, with its row.

The code says which fields there are and where each lies; `fields/*.toml` says in Dutch
what it is, about whom, what for and in which retention class. What has no row is found
by walking the classes, so that nothing is forgotten.
"""

from __future__ import annotations

import tomllib
import types
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from rgcore.domain.changes import ALL, Change
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Kind
from rgcore.domain.journal import Entry
from rgcore.domain.text import Text
from rgcore.institution.directory import Staff
from rgcore.institution.retention_terms import CLASSES as RETENTION
from rgcore.store.anchors import Anchor
from rgcore.store.tables import KEYS, LOG, STORE

_FOLDER: Final = Path(__file__).parent / "fields"
_CLASS_FILES: Final = ("group", "people", "plan", "meetings", "care", "rights", "kept")

ROOTS: Final = (ResourceGroup, Entry, Anchor, Staff)
"""Where what is kept begins; the rest is reached from these and from the changes."""

CATEGORIES: Final[Mapping[str, str]] = {
    "client": "de cliënt",
    "relative": "naasten (familie, vrienden, buren)",
    "professional": "professionals",
    "mentioned": "mensen die genoemd of getekend worden en zelf niet meedoen",
    "child": "kinderen",
    "representative": "vertegenwoordigers van de cliënt",
    "nobody": "niemand",
}
"""Whom something is about, as a processing register names them."""

SUBJECTS: Final[Mapping[str, str]] = {
    "client": "de cliënt",
    "self": "die persoon zelf",
    "speaker": "wie het zegt",
    "nominee": "wie gevraagd is",
    "owner": "wie het bewaart",
    "respondent": "degene met wie het gesprek was",
    "whom": "degene over wie het gaat",
}
"""In whose leaf words lie."""

HOW: Final[Mapping[str, str]] = {
    "clear": "in klare tekst",
    "sealed": "verzegeld",
    "digest": "controlegetal",
}
"""How a column of a table lies in its file."""


@frozen(kw_only=True)
class Row:
    """What is told of a field.

    Attributes:
        what: What it is, in Dutch.
        leaf: In whose leaf its words lie; rgcore refuses any other.
        usual: In whose leaf they mostly lie; whoever records chooses.
        term: Its retention class, if it is another than that of its class.
    """

    what: str
    leaf: str | None = None
    usual: str | None = None
    term: str | None = None


@frozen(kw_only=True)
class Column:
    """What is told of a column.

    Attributes:
        what: What it is, in Dutch.
        how: `clear`, `sealed` or `digest`.
        key: By what it is sealed.
    """

    what: str
    how: str
    key: str | None = None


@frozen(kw_only=True)
class About:
    """What is told of a class.

    Attributes:
        title: What it is called, in Dutch.
        part: Under which heading it stands.
        whose: Whom it is about.
        why: What it is kept for.
        term: Its retention class.
        kind: The kind of item that it is, if it is one.
        readers: Who reads it, where that does not follow from its kind.
        note: What a privacy officer should know of it.
        clear: Whether it lies in the clear, outside the databases.
        fields: A row for each field.
    """

    title: str
    part: str
    whose: tuple[str, ...]
    why: str
    term: str
    kind: str | None = None
    readers: str | None = None
    note: str | None = None
    clear: bool = False
    fields: Mapping[str, Row]


@frozen(kw_only=True)
class AboutTable:
    """What is told of a table.

    Attributes:
        title: What it is called, in Dutch.
        why: What it is kept for.
        term: Its retention class.
        note: What a privacy officer should know of it.
        columns: A row for each column.
    """

    title: str
    why: str
    term: str
    note: str | None = None
    columns: Mapping[str, Column]


@frozen(kw_only=True)
class Term:
    """What is told of a retention class.

    Attributes:
        title: What it is called, in Dutch.
        holds: What is in it.
        source: Where its term comes from.
        ours: Whether it is of these pages alone; rgcore has no term for it.
    """

    title: str
    holds: str
    source: str
    ours: bool = False


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _row(told: str | dict[str, Any]) -> Row:
    return Row(what=told) if isinstance(told, str) else Row(**told)


def _about(told: dict[str, Any]) -> About:
    rows = {name: _row(row) for name, row in told["fields"].items()}
    return About(**{**told, "fields": rows, "whose": tuple(told["whose"])})


def _about_table(told: dict[str, Any]) -> AboutTable:
    columns = {name: Column(**row) for name, row in told["columns"].items()}
    return AboutTable(**{**told, "columns": columns})


TERMS: Final = {code: Term(**told) for code, told in _read("terms").items()}
CLASSES: Final[Mapping[str, About]] = {
    name: _about(told) for file in _CLASS_FILES for name, told in _read(file).items()
}
TABLES: Final = {name: _about_table(told) for name, told in _read("tables").items()}


def kept_classes() -> dict[str, type]:
    """Return every class whose values are kept, by name; changes apart from `Change`.

    What each type of change has stands in its fields, which are those of the group.
    """
    found: dict[str, type] = {}
    waiting: list[type] = [*ROOTS, *_values_of_changes()]
    while waiting:
        cls = waiting.pop()
        if cls.__name__ not in found:
            found[cls.__name__] = cls
            waiting += _classes_in(cls)
    return found


def _values_of_changes() -> Iterator[type]:
    return (value for change in ALL for value in _classes_in(change))


def _classes_in(cls: type) -> list[type]:
    cores = (core(hint) for hint in hints_of(cls).values())
    return [one for one in cores if attrs.has(one) and one is not Text]


def hints_of(cls: type) -> dict[str, Any]:
    """Return what each field of an attrs class is declared as."""
    hints = get_type_hints(cls, include_extras=True)
    return {field.name: hints[field.name] for field in attrs.fields(cls)}


def core(hint: Any) -> Any:  # noqa: ANN401 - a hint may be anything
    """Return what a declared type is about, without marks, lists and `None`."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Annotated, tuple}:
        return core(parts[0])
    if origin in {Union, types.UnionType}:
        return core(next(part for part in parts if part is not type(None)))
    return hint


def tables() -> dict[str, Any]:
    """Return every table of the three databases by name."""
    return {t.name: t for base in (STORE, KEYS, LOG) for t in base.sorted_tables}


def text_paths(cls: type) -> Iterator[str]:
    """Go through the fields of a class that are words, those of its parts too."""
    for name, hint in hints_of(cls).items():
        inner = core(hint)
        if inner is Text:
            yield name
        elif attrs.has(inner) and inner is not Change:
            yield from (f"{name}.{path}" for path in text_paths(inner))


def gaps() -> list[str]:
    """Return what the rows and the code do not agree on, each as a sentence."""
    found = (_gaps_of_classes(), _gaps_of_tables(), _gaps_of_kinds(), _gaps_of_terms())
    return [gap for each in found for gap in each]


def _gaps_of_classes() -> Iterator[str]:
    kept = kept_classes()
    yield from _unlike(kept, CLASSES, "class", "docs/parts/fields")
    for name in sorted(kept.keys() & CLASSES.keys()):
        hints, about = hints_of(kept[name]), CLASSES[name]
        yield from _unlike(hints, about.fields, f"field of {name}", "its table")
        yield from _unknown(name, about.whose, CATEGORIES)
        yield from _unknown(name, _terms_of(about), TERMS)
        for field in sorted(hints.keys() & about.fields.keys()):
            where = f"{name}.{field}"
            yield from _gaps_of_text(where, hints[field], about.fields[field])


def _terms_of(about: About) -> Iterator[str]:
    yield about.term
    yield from (row.term for row in about.fields.values() if row.term)


def _gaps_of_text(where: str, hint: Any, row: Row) -> Iterator[str]:  # noqa: ANN401
    named = [one for one in (row.leaf, row.usual) if one is not None]
    wanted = 1 if core(hint) is Text else 0
    if len(named) != wanted:
        yield f"{where}: {wanted} of `leaf` and `usual` is wanted, {len(named)} given"
    yield from _unknown(where, named, SUBJECTS)


def _gaps_of_tables() -> Iterator[str]:
    there = tables()
    yield from _unlike(there, TABLES, "table", "docs/parts/fields/tables.toml")
    for name in sorted(there.keys() & TABLES.keys()):
        columns, about = there[name].columns.keys(), TABLES[name]
        yield from _unlike(columns, about.columns, f"column of {name}", "its table")
        yield from _unknown(name, [about.term], TERMS)
        yield from _unknown(name, [c.how for c in about.columns.values()], HOW)


def _gaps_of_kinds() -> Iterator[str]:
    told = {about.kind for about in CLASSES.values() if about.kind}
    wanted = {kind.value for kind in Kind} - {Kind.PERSON.value}
    yield from _unlike(wanted, told, "kind of item", "docs/parts/fields")


def _gaps_of_terms() -> Iterator[str]:
    told = {code for code, term in TERMS.items() if not term.ours}
    yield from _unlike(
        RETENTION, told, "retention class", "docs/parts/fields/terms.toml"
    )


def _unlike(
    there: Iterable[str], told: Iterable[str], what: str, where: str
) -> Iterator[str]:
    there, told = set(there), set(told)
    yield from (f"the {what} `{n}` has no row in {where}" for n in sorted(there - told))
    yield from (f"{where} has a row for `{n}`: no {what}" for n in sorted(told - there))


def _unknown(where: str, codes: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    yield from (
        f"{where}: `{code}` is not known" for code in codes if code not in known
    )
