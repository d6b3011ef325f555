"""`rgcore demo klaas`: what it leaves, what it tells and what stays sealed."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path

import pytest

from cli.terminal import (
    CASE,
    ESMEE,
    FORBIDDEN,
    GROUP,
    KLAAS,
    RAW_CODE,
    Played,
    contents,
    rgcore,
    words_of_the_case,
)
from rgcore import View
from rgcore.cli.replay import Replay
from rgcore.render.data import line_data, view_data
from rgcore.render.pages import next_text, plan_markdown, timeline_text
from rgcore.render.speech import Speech

LEFT = {
    "directory.toml",
    "klaas.db",
    "klaas.keyring",
    "klaas.keys.db",
    "klaas.log.db",
    "plan.md",
    "rgcore.toml",
    "sociogram.svg",
    "timeline.txt",
}


def test_it_leaves_store_keys_log_configuration_and_pages(played: Played) -> None:
    assert set(contents(played.folder)) == LEFT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_the_owner_reads_keys_and_databases(played: Played) -> None:
    sealed = {n for n in LEFT if n.endswith((".db", ".keyring"))}
    modes = {n: stat.S_IMODE((played.folder / n).stat().st_mode) for n in sealed}
    assert modes == dict.fromkeys(sealed, 0o600)


def test_it_names_each_file_that_it_leaves(played: Played) -> None:
    farewell = played.told.removeprefix(played.story)
    assert {name for name in LEFT if f"  {name} " in farewell} == LEFT


def test_the_commands_that_it_suggests_run(english: Played) -> None:
    # The folder's name has a space in it.
    suggested = re.findall(r"^  rgcore (.*)$", english.told, re.MULTILINE)
    assert len(suggested) == 3
    for line in suggested:
        words = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', line)]
        assert rgcore(*words).code == 0


def test_a_second_run_into_the_same_folder_touches_nothing(dutch: Played) -> None:
    before = contents(dutch.folder)
    again = rgcore("demo", "klaas", "--out", str(dutch.folder), "--lang", "en")
    assert (again.code, again.out) == (1, "")
    assert "[store.exists]" in again.err
    assert contents(dutch.folder) == before


@pytest.mark.parametrize("page", ["plan.md", "timeline.txt", "sociogram.svg"])
def test_a_page_of_somebody_else_is_not_overwritten(tmp_path: Path, page: str) -> None:
    (tmp_path / page).write_text("of somebody else", encoding="utf-8")
    answer = rgcore("demo", "klaas", "--out", str(tmp_path))
    assert answer.code == 1
    assert "[store.exists]" in answer.err
    assert contents(tmp_path) == {page: b"of somebody else"}


def test_the_same_case_gives_the_same_pages(dutch: Played, tmp_path: Path) -> None:
    answer = rgcore("demo", "klaas", "--out", str(tmp_path / "again"), "--quiet")
    assert answer.code == 0
    for page in ("plan.md", "timeline.txt", "sociogram.svg"):
        assert (tmp_path / "again" / page).read_text("utf-8") == dutch.page(page)
    # And `--quiet` tells no story.
    assert "Esmee" not in answer.out


def test_no_text_blames(played: Played) -> None:
    pages = played.page("plan.md") + played.page("timeline.txt")
    assert FORBIDDEN.findall(played.story + pages) == []


def test_no_text_shows_a_code(played: Played) -> None:
    pages = played.page("plan.md") + played.page("timeline.txt")
    assert RAW_CODE.findall(played.story + pages) == []
    assert "{" not in played.story + pages
    assert "…" not in played.story + pages


def test_every_sentence_begins_with_a_capital(played: Played) -> None:
    text = played.page("timeline.txt") + re.sub(r"\n {6,}", " ", played.story)
    said = re.findall(r"^ +[·→] (?:\d+ \w+ \d{4}: )?[“\u2068]?(.)", text, re.MULTILINE)
    assert len(said) > 80
    assert [sign for sign in said if not (sign.isupper() or sign.isdigit())] == []


def test_every_line_of_the_story_fits_a_terminal(played: Played) -> None:
    assert max(len(line) for line in played.story.splitlines()) <= 78


def test_fixed_texts_are_in_the_language_asked_for(
    dutch: Played, english: Played
) -> None:
    assert "Volgende stappen" in dutch.story
    assert "Next steps" in english.story
    assert "Next steps" not in dutch.told
    assert "Volgende" not in english.told
    assert dutch.page("plan.md").startswith("# Het plan van Klaas\n")
    assert english.page("plan.md").startswith("# The plan of Klaas\n")


def test_no_word_lies_in_clear_in_any_database(played: Played) -> None:
    _assert_sealed(played.folder)
    assert b"Op eigen benen staan" in contents(played.folder)["plan.md"]


def _assert_sealed(folder: Path) -> None:
    words = words_of_the_case()
    assert {"Klaas", "moeder", "Op eigen benen staan", "loslaten"} <= words
    files = [p for p in folder.iterdir() if ".db" in p.name]
    assert len(files) >= 3
    for file in files:
        found = file.read_bytes()
        assert [word for word in words if word.encode() in found] == [], file.name


@pytest.fixture(scope="module")
def before_reading(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, View]:
    """Return what Esmee and Klaas see just before the letter is read out."""
    folder = tmp_path_factory.mktemp("letter")
    replay = Replay.into(folder, CASE, "klaas")
    with replay.institution:
        for day, _ in replay.days():
            # Written pages lie in the write-ahead log until the store is closed.
            if day == CASE.on(35):
                assert (folder / "klaas.db-wal").stat().st_size
                _assert_sealed(folder)
                break
        return {
            who: replay.institution.view(GROUP, replay.reader(who))
            for who in (ESMEE, KLAAS)
        }


def _all_texts(view: View, language: str) -> str:
    speech = Speech.of(view, language)
    lines = [line_data(line, speech) for line in view.timeline()]
    return "\n".join(
        (
            timeline_text(view, language),
            next_text(view, language, coming=True),
            plan_markdown(view, language),
            json.dumps([view_data(view), lines], ensure_ascii=False),
        )
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letter_is_nowhere_in_the_supporters_pages_before_it_is_read(
    before_reading: dict[str, View], language: str
) -> None:
    traces = re.compile(
        r"\bbrief\b|\bletter\b|Lieve pa|own_item\.|" + CASE.alias("@letter")
    )
    seen = _all_texts(before_reading[ESMEE], language)
    assert traces.findall(seen) == []
    assert traces.search(_all_texts(before_reading[KLAAS], language)) is not None


def test_the_letter_is_told_of_once_it_was_read(dutch: Played) -> None:
    assert "Klaas deelt met de groep: een brief." in dutch.page("timeline.txt")
