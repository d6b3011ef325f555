"""What institutions are told is whole, is so, and says where nobody has checked."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import LargeBinary

from rgcore.access import filtering
from rgcore.access.giving import CLINICIAN_KINDS
from rgcore.cli.commands import COMMANDS
from rgcore.domain.changes import BY_TYPE
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Kind

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "docs" / "institution"
PAGES: Final = sorted(path.name for path in FOLDER.glob("*.md"))
NOTICES: Final = ("informatie-clienten.md", "informatie-naasten.md")
SECURITY: Final = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def _part(name: str) -> Any:  # noqa: ANN401 - a module of the generator
    """Import a module of `docs`, which is no package that is installed."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module(f"parts.{name}")
    finally:
        sys.path.remove(str(ROOT / "docs"))


MODEL: Final = _part("data_model")
FILLS: Final = _part("institution")


def page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def unmarked_articles(text: str) -> list[str]:
    """Return the articles of law of which a text does not say that nobody looked."""
    within = re.sub(r"\[nagaan:[^\]]*\]", "", text)
    law = r"(?:\bart\.|\bartikel|\bBW) \d[\w:.]*"
    return re.findall(rf"({law})(?![^\[|\n]{{0,30}}\[nagaan\])", within)


def test_every_field_that_is_kept_has_a_row_and_every_row_is_one() -> None:
    assert MODEL.gaps() == []


@pytest.mark.parametrize(
    ("shelf", "name", "gap"),
    [
        ("CLASSES", "Goal", "the class `Goal` has no row in docs/parts/fields"),
        (
            "TABLES",
            "journal",
            "the table `journal` has no row in docs/parts/fields/tables.toml",
        ),
        (
            "TERMS",
            "own_words",
            (
                "the retention class `own_words` has no row in "
                "docs/parts/fields/terms.toml"
            ),
        ),
    ],
)
def test_what_has_no_row_is_named(
    monkeypatch: pytest.MonkeyPatch, shelf: str, name: str, gap: str
) -> None:
    left = {key: row for key, row in getattr(MODEL, shelf).items() if key != name}
    monkeypatch.setattr(MODEL, shelf, left)
    assert gap in MODEL.gaps()


def test_fields_and_rows_are_held_against_each_other_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields = {**MODEL.CLASSES["Death"].fields, "where": MODEL.Row(what="waar")}
    del fields["on"]
    about = MODEL.attrs.evolve(MODEL.CLASSES["Death"], fields=fields)
    monkeypatch.setattr(MODEL, "CLASSES", {**MODEL.CLASSES, "Death": about})
    assert MODEL.gaps() == [
        "the field of Death `on` has no row in its table",
        "its table has a row for `where`: no field of Death",
    ]


def test_a_text_says_in_whose_leaf_it_lies_and_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = {"name": MODEL.Row(what="naam"), "staff": MODEL.Row(what="x", leaf="self")}
    about = MODEL.CLASSES["Person"]
    about = MODEL.attrs.evolve(about, fields={**about.fields, **rows})
    monkeypatch.setattr(MODEL, "CLASSES", {**MODEL.CLASSES, "Person": about})
    assert [gap.partition(":")[0] for gap in MODEL.gaps()] == [
        "Person.name",
        "Person.staff",
    ]


def test_columns_that_can_be_read_are_called_so() -> None:
    for name, found in MODEL.tables().items():
        for column in found.columns:
            told = MODEL.TABLES[name].columns[column.name]
            is_bytes = isinstance(column.type, LargeBinary)
            assert (told.how != "clear") is is_bytes, f"{name}.{column.name}"
            assert (told.how == "sealed") is (told.key is not None)


@pytest.mark.parametrize(
    ("readers", "shelves"),
    [
        ("everybody", set(filtering._OF_EVERYBODY) - {"names"}),
        ("nobody", set(filtering._OF_NOBODY)),
        ("self", set(filtering._OF_ONESELF)),
    ],
)
def test_who_reads_what_is_no_item_is_as_the_copy_leaves_it(
    readers: str, shelves: set[str]
) -> None:
    hints = MODEL.hints_of(ResourceGroup)
    wanted = {MODEL.core(hints[shelf]).__name__ for shelf in shelves}
    told = {name for name, one in MODEL.CLASSES.items() if one.readers == readers}
    assert told == wanted


def test_what_relatives_are_told_of_the_clinician_is_so() -> None:
    assert "afspraken en plannen waar je in staat" in page("informatie-naasten.md")
    assert {Kind.AGREEMENT, Kind.SIGNALLING_PLAN, Kind.SCALE_UP} <= CLINICIAN_KINDS


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_left_half_made(name: str) -> None:
    text = page(name)
    assert re.findall(r"<!-- (?!Made by)", text) == []
    assert FILLS.NOT_TOLD not in text


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_command_or_a_change_that_is_not_there(name: str) -> None:
    # A row of a change names its fields, and they look alike.
    text = re.sub(r"^\| \[`.*", "", page(name), flags=re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", text)
    words = {" ".join(command.words) for command in COMMANDS}
    words |= {command.words[0] for command in COMMANDS}
    commands = {s.removeprefix("rgcore ") for s in spans if s.startswith("rgcore ")}
    assert commands - words == set()
    first = {type_.partition(".")[0] for type_ in BY_TYPE}
    types = {s for s in spans if re.fullmatch(r"[a-z_]+\.[a-z_]+", s)}
    named = {t for t in types if t.partition(".")[0] in first}
    assert named - set(BY_TYPE) == set()


@pytest.mark.parametrize("name", PAGES)
def test_no_article_of_law_stands_there_as_if_it_was_checked(
    name: str,
) -> None:
    assert unmarked_articles(page(name)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("volgens BW 7:454 mag dat", ["BW 7:454"]),
        ("AVG art. 30 [nagaan]", []),
        ("[nagaan: AVG art. 12 lid 3]", []),
        ("artikel 9 en art. 6 [nagaan]", []),
        ("art. 35, en verder gaat het lang over iets anders [nagaan]", ["art. 35"]),
    ],
)
def test_an_article_is_marked_close_by(text: str, found: list[str]) -> None:
    assert unmarked_articles(text) == found


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_says_what_nobody_may_miss(name: str) -> None:
    text = page(name)
    for wanted in (
        "niet voor noodgevallen",
        "**112**",
        "[eigen crisisnummer, dag en nacht]",
        "Zeg",
        "dan staat er alleen dat er een gesprek was",
        "van de wet iets doen",
        "Autoriteit Persoonsgegevens",
    ):
        assert wanted in text


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)
    assert named
    for file, test in named:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {test}(" in text, f"{file}::{test}"


def test_every_attacker_has_a_section_that_says_what_is_left() -> None:
    model = SECURITY.partition("## Threat model\n")[2].partition("\n## ")[0]
    table, *sections = model.split("\n### ")
    wanted = set(re.findall(r"^\| \[[^\]]+\]\(#([\w-]+)\)", table, re.MULTILINE))
    told = {
        section.partition("\n")[0].lower().replace(" ", "-") for section in sections
    }
    assert wanted == told
    for section in sections:
        for part in ("**Has**", "**Not**", "**The institution**"):
            one = section.replace("**A host must**", "**The institution**")
            assert part in one, section.partition("\n")[0]
