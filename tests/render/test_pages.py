"""The pages of a small group, compared with files that people have read.

When a text was changed on purpose, renew the files and read what changed:

    RENEW_GOLDEN=1 pytest tests/render/test_pages.py; git diff tests/render/golden
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cli.terminal import FORBIDDEN, RAW_CODE
from render.group import SUBJECTS, view, without
from rgcore import View
from rgcore.domain.changes import BY_TYPE
from rgcore.render.pages import next_text, plan_markdown, timeline_text
from rgcore.render.sentences import SENTENCES
from rgcore.render.speech import Speech, capitalised, isolated

GOLDEN = Path(__file__).parent / "golden"

Page = Callable[[View, str], str]


def _next_and_later(seen: View, language: str) -> str:
    return next_text(seen, language, coming=True)


PAGES: dict[str, Page] = {
    "plan.{}.md": plan_markdown,
    "timeline.{}.txt": timeline_text,
    "next.{}.txt": _next_and_later,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_the_golden_file(name: str, language: str) -> None:
    file = GOLDEN / name.format(language)
    text = PAGES[name](view(), language)
    if os.environ.get("RENEW_GOLDEN"):
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_ends_with_one_line_end_and_has_no_loose_space(
    name: str, language: str
) -> None:
    text = PAGES[name](view(), language)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert "\n\n\n" not in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_neither_blames_nor_shows_codes(name: str, language: str) -> None:
    text = (
        PAGES[name](view(), language).replace("jan\\_thuis", "").replace("jan_th", "")
    )
    assert FORBIDDEN.findall(text) == []
    assert RAW_CODE.findall(text) == []
    assert "{" not in text


def test_every_kind_of_change_is_told_and_happens_in_the_golden_group() -> None:
    assert {fact for fact in SENTENCES if ":" not in fact} == set(BY_TYPE)
    assert {h.fact.partition(":")[0] for h in view().group.happenings} == set(BY_TYPE)


def test_names_from_right_to_left_do_not_turn_the_text_around_them() -> None:
    for page in (plan_markdown, timeline_text):
        text = page(view(), "nl")
        assert "ليلى" in text
        assert text.count("ليلى") == text.count("\u2068ليلى\u2069")
        assert text.count("سميرة") == text.count("\u2068سميرة\u2069")


@pytest.mark.parametrize("said", ["שלום", "مرحبا", "ޝުކުރިއްޔާ", "𞤀𞤣𞤤𞤢𞤥", "x 𐤀 y"])
def test_what_is_written_from_right_to_left_is_isolated(said: str) -> None:
    assert isolated(said) == f"\u2068{said}\u2069"


@pytest.mark.parametrize("said", ["Klaas", "Ἀθηνᾶ", "Светлана", "李", "Zoë", ""])
def test_what_is_written_from_left_to_right_stays_as_it_is(said: str) -> None:
    assert isolated(said) == said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("moeder zegt ja.", "Moeder zegt ja."),
        ("\u2068de حسن\u2069 zegt ja.", "\u2068De حسن\u2069 zegt ja."),
        ("éva zegt ja.", "Éva zegt ja."),
        ("“ja”", "“ja”"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital(said: str, told: str) -> None:
    assert capitalised(said) == told


@pytest.mark.parametrize(
    ("language", "lists"),
    [
        ("nl", ["", "Jan", "Jan en Tom", "Jan, Tom en iemand"]),
        ("en", ["", "Jan", "Jan and Tom", "Jan, Tom and somebody"]),
    ],
)
def test_names_are_listed_as_people_write_them(language: str, lists: list[str]) -> None:
    speech = Speech.of(view(), language)
    people = [p.id for p in speech.view.group.people if p.id in {"jan", "tom"}]
    named = [*sorted(people), people[0].__class__("nobody")]
    found = [speech.names(tuple(named[:size])) for size in range(4)]
    assert [said[:1].upper() + said[1:] for said in found] == lists


@pytest.mark.parametrize(("language", "mark"), [("nl", "[gewist]"), ("en", "[erased]")])
def test_words_that_were_erased_are_said_to_be(language: str, mark: str) -> None:
    seen = without("layla")
    plan, timeline = plan_markdown(seen, language), timeline_text(seen, language)
    assert f"“{mark}” (" in timeline
    assert mark in plan.replace("\\", "")
    assert "ليلى" not in plan + timeline
    assert "Het eerste brood" not in plan + timeline
    assert {"nl": "iemand", "en": "somebody"}[language] in plan


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_can_be_made_after_everybody_was_erased(language: str) -> None:
    everybody = without(*SUBJECTS.values())
    assert not everybody.words
    for page in PAGES.values():
        assert page(everybody, language)


def test_signs_around_words_do_not_eat_the_signs_of_the_words() -> None:
    assert "Een doel: ““Zelf” brood verkopen op de markt”\n" in timeline_text(
        view(), "nl"
    )


def test_nothing_of_later_days_is_told() -> None:
    early = timeline_text(view(on=date(2025, 1, 31)), "nl")
    assert "20 januari 2025" in early
    assert "februari" not in early.replace("op 3 februari", "")


def test_a_meeting_of_which_nobody_noted_who_was_there_is_told_without_names() -> None:
    assert "  · Vervolgbijeenkomst.\n" in timeline_text(view(), "nl")


def test_words_with_line_breaks_make_no_lines_of_their_own() -> None:
    for language in ("nl", "en"):
        text = timeline_text(view(), language)
        lines = [line for line in text.splitlines() if line.startswith("  · ")]
        assert len(lines) == len(view().timeline())
