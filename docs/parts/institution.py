"""What fills the pages for institutions, in Dutch: which data, whose, why, how long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from parts.data_model import (
    CATEGORIES,
    CLASSES,
    HOW,
    SUBJECTS,
    TABLES,
    TERMS,
    About,
    AboutTable,
    Row,
    core,
    hints_of,
    kept_classes,
    tables,
    text_paths,
)
from parts.markdown import Lines, code_span, flat, table
from rgcore.access.giving import CLINICIAN_KINDS, MEMBER_KINDS
from rgcore.cli.commands import COMMANDS
from rgcore.domain.changes import ALL, Change
from rgcore.domain.ids import Code
from rgcore.domain.text import Text
from rgcore.institution.retention_terms import CLASSES as RETENTION
from rgcore.method import Method

NOT_TOLD: Final = "[nog te beschrijven]"
"""What stands in the place of a row that is missing; a test names the field."""

_EVERYBODY: Final = "ieder in de groep"
_CLINICIAN: Final = "zorgverantwoordelijke"
_WHOLE: Final = ("cliënt", "regieondersteuner")
_READERS: Final[Mapping[str, tuple[str, ...]]] = {
    "everybody": (*_WHOLE, _CLINICIAN, _EVERYBODY),
    "nobody": _WHOLE,
    "self": (*_WHOLE, "de persoon zelf"),
}


def _classes(method: Method) -> Iterator[str]:
    """Tell of every class, under the heading of its part."""
    del method
    there, part = kept_classes(), ""
    for name, about in CLASSES.items():
        if name not in there:
            continue
        if about.part != part:
            part = about.part
            yield from (f"## {part}", "")
        yield from _class(there[name], about)


def _class(cls: type, about: About) -> Iterator[str]:
    yield from (f"### {about.title}", "", *_head(about, code_span(cls.__name__)))
    rows = (
        (code_span(name), *_cells(about.fields.get(name), hint, about))
        for name, hint in hints_of(cls).items()
    )
    yield from table(("veld", "wat het is", "waar het ligt"), rows)


def _head(about: About, name: str) -> Iterator[str]:
    whose = _joined(CATEGORIES[one] for one in about.whose)
    readers = _readers(about)
    lines = (
        f"{name} · over {whose} · bewaarklasse {_term(about.term)}",
        f"Waarvoor: {about.why}",
        f"Standaard te lezen door: {readers}." if readers else "",
        f"**Let op:** {about.note}" if about.note else "",
    )
    yield from (_broken(lines), "")


def _broken(lines: Iterable[str]) -> str:
    """Return lines of which each begins anew."""
    return "\\\n".join(filter(None, lines))


def _readers(about: About) -> str:
    if about.readers is not None:
        known = _READERS.get(about.readers)
        return _joined(known) if known else about.readers
    if about.kind is None:
        return ""
    found = list(_WHOLE)
    found += [_CLINICIAN] if about.kind in CLINICIAN_KINDS else []
    found += [_EVERYBODY] if about.kind in MEMBER_KINDS else []
    return _joined(found)


def _cells(row: Row | None, hint: Any, about: About) -> tuple[str, str]:  # noqa: ANN401
    if row is None:
        return NOT_TOLD, NOT_TOLD
    what = f"{row.what} (bewaarklasse {_term(row.term)})" if row.term else row.what
    return what, _where(row, core(hint), clear=about.clear)


def _where(row: Row, inner: Any, *, clear: bool) -> str:  # noqa: ANN401
    if inner is Text:
        if row.leaf:
            return f"blad van {SUBJECTS[row.leaf]}"
        return f"blad van wie de tekst noemt, meestal {SUBJECTS[row.usual or 'whom']}"
    if attrs.has(inner) and inner.__name__ in CLASSES:
        title = CLASSES[inner.__name__].title
        return f"zie [{title}](#{_slug(title)})"
    return "in klare tekst" if clear else "skelet"


def _slug(title: str) -> str:
    """Return the anchor that MyST gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _tables(method: Method) -> Lines:
    del method
    there = tables()
    return flat(_table(n, there[n], about) for n, about in TABLES.items() if n in there)


def _table(name: str, found: Any, about: AboutTable) -> Iterator[str]:  # noqa: ANN401
    yield from (f"### `{name}`: {about.title}", "")
    lines = (
        f"Bewaarklasse {_term(about.term)}",
        f"Waarvoor: {about.why}",
        f"**Let op:** {about.note}" if about.note else "",
    )
    yield from (_broken(lines), "")
    names = (column.name for column in found.columns)
    rows = ((code_span(name), *_column(about, name)) for name in names)
    yield from table(("kolom", "wat het is", "in het bestand"), rows)


def _column(about: AboutTable, name: str) -> tuple[str, str]:
    column = about.columns.get(name)
    if column is None:
        return NOT_TOLD, NOT_TOLD
    how = HOW[column.how]
    return column.what, f"{how} met {column.key}" if column.key else how


def _changes(method: Method) -> Lines:
    """Tell of each type of change what of it lies in leaves, and what does not."""
    del method
    common = {field.name for field in attrs.fields(Change)}
    rows = (
        (
            f"[{code_span(change.TYPE)}](../reference/changes.md#{_slug(change.TYPE)})",
            _spans(text_paths(change)),
            _spans(
                name
                for name, hint in hints_of(change).items()
                if name not in common and core(hint) is not Text
            ),
        )
        for change in sorted(ALL, key=lambda one: one.TYPE)
    )
    return table(
        ("verandering", "woorden, in een blad", "de rest, in het skelet"), rows
    )


def _terms(method: Method) -> Lines:
    del method
    head = ("klasse", "wat erin zit", "vanuit rgcore", "herkomst", "bij ons")
    rows = (
        (_term(code), t.holds, _length(code), t.source, "[termijn, wie erover gaat]")
        for code, t in TERMS.items()
    )
    return table(head, rows)


def _term(code: str) -> str:
    return f"*{TERMS[code].title}*" if code in TERMS else NOT_TOLD


def _length(code: str) -> str:
    """Return how long rgcore itself would keep a class."""
    found = RETENTION.get(Code(code))
    if found is None:
        return ""
    years, months = divmod(found.term.months, 12)
    lengths = ((years, "jaar"), (months, "maanden"), (found.term.days, "dagen"))
    return " en ".join(f"{count} {unit}" for count, unit in lengths if count)


def _categories(method: Method) -> Lines:
    """Tell, for each category of people, what is kept of them: for a register."""
    del method
    head = ("over wie", "welke gegevens", "bewaarklassen")
    return table(head, filter(None, map(_category, CATEGORIES)))


def _category(code: str) -> tuple[str, str, str] | None:
    # What is part of something else is not named apart from it.
    alone = filter(_stands_alone, CLASSES.values())
    about = [one for one in alone if code in one.whose]
    if not about or code == "nobody":
        return None
    parts: dict[str, list[str]] = {}
    for one in about:
        parts.setdefault(one.part, []).append(one.title.lower())
    told = "; ".join(f"**{part}**: {_joined(titles)}" for part, titles in parts.items())
    terms = dict.fromkeys(_term(one.term) for one in about)
    return CATEGORIES[code], told, _joined(terms)


def _stands_alone(about: About) -> bool:
    return bool(about.kind or about.readers or about.clear)


def _clear(method: Method) -> Lines:
    """Tell what whoever has a file reads in it."""
    del method
    rows = (
        (code_span(name), _joined(_clear_columns(about)))
        for name, about in TABLES.items()
    )
    return table(("tabel", "in klare tekst"), rows)


def _clear_columns(about: AboutTable) -> Iterator[str]:
    for name, column in about.columns.items():
        if column.how == "clear" and name != "institution_id":
            yield column.what


def _notes(method: Method) -> Iterator[str]:
    """Tell what a privacy officer should know, as a list to answer."""
    del method
    rows = [(one.title, one.note) for one in CLASSES.values() if one.note]
    rows += [(f"Tabel `{n}`", one.note) for n, one in TABLES.items() if one.note]
    told = ((title, note, "[wat u ermee doet]") for title, note in rows)
    yield from table(("waar", "wat u moet weten", "uw maatregel"), told)


def _everybody_reads(method: Method) -> Iterator[str]:
    """Tell what people in the group read if the client chooses nothing."""
    kinds = _named(method, MEMBER_KINDS)
    yield f"- **Ieder in de groep** ziet: {kinds}, en wie er in de groep zitten."


def _clinician_reads(method: Method) -> Iterator[str]:
    """Tell what the responsible clinician reads beside that."""
    half = CLINICIAN_KINDS - MEMBER_KINDS
    yield f"- **De zorgverantwoordelijke** ziet dat ook, en: {_named(method, half)}."


def _named(method: Method, kinds: Iterable[str]) -> str:
    return _joined(sorted({method.named(f"kind.{kind}", "nl") for kind in kinds}))


_ABILITIES: Final = (
    (
        {"erase", "forget"},
        (
            "Wissen gaat met: {commands}. Eén medewerker vraagt het aan, een ander "
            "stemt in, en er is bedenktijd."
        ),
        (
            "Er is geen opdracht om te wissen. Een programma kan het wel laten doen: "
            "één medewerker vraagt het aan, een ander stemt in, en er is bedenktijd."
        ),
    ),
    (
        {"log", "access"},
        "Het logboek is te lezen met: {commands}.",
        (
            "Er is geen opdracht of scherm om het logboek te lezen. Een programma kan "
            "het opvragen."
        ),
    ),
    (
        {"keys", "key"},
        "De sleutelbos is te verzorgen met: {commands}.",
        (
            "Er is geen opdracht om een nieuwe sleutel in gebruik te nemen. Een "
            "programma kan het."
        ),
    ),
    (
        {"retention", "expire"},
        (
            "Bewaartermijnen zijn na te lopen met: {commands}. Niets verdwijnt uit "
            "zichzelf."
        ),
        (
            "Er is geen opdracht om bewaartermijnen na te lopen. Een programma kan ze "
            "opvragen. Niets verdwijnt uit zichzelf."
        ),
    ),
    (
        {"login", "user", "users"},
        "Gebruikers zijn te beheren met: {commands}.",
        (
            "rgcore heeft geen inlog, geen gebruikers en geen schermen: dat doet uw "
            "systeem."
        ),
    ),
)
"""What people ask for: words of a command that would do it, and what is said then."""


def _abilities(method: Method) -> Iterator[str]:
    """Tell what there is and what is not, by the commands that there are."""
    del method
    for words, there, missing in _ABILITIES:
        found = dict.fromkeys(c.words[0] for c in COMMANDS if words & set(c.words))
        spans = ", ".join(code_span(f"rgcore {one}") for one in found)
        yield f"- {there.format(commands=spans) if found else missing}"
    yield ""


def _spans(names: Iterable[str]) -> str:
    return ", ".join(map(code_span, names))


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)


DATA_PARTS = {
    "terms": _terms,
    "classes": _classes,
    "changes": _changes,
    "tables": _tables,
}
REGISTER_PARTS = {"categories": _categories, "terms": _terms}
ASSESSMENT_PARTS = {"clear": _clear, "notes": _notes, "abilities": _abilities}
CLIENT_PARTS = {"everybody": _everybody_reads, "clinician": _clinician_reads}
RELATIVE_PARTS = {"everybody": _everybody_reads}
INDEX_PARTS = {"abilities": _abilities}
