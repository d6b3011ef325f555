"""`anchor`, and how far `verify` says that it sees, from the command line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.terminal import GROUP, Answer, Played, rgcore
from support import without_root


def _run(played: Played, *words: str) -> Answer:
    return rgcore(*words, "--config", str(played.folder / "rgcore.toml"))


def _sql(played: Played, statement: str) -> None:
    file = played.folder / "klaas.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)


@pytest.fixture
def anchored(own: Played) -> Played:
    """Give a copy of the case with a place for anchors."""
    with (own.folder / "rgcore.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[anchors]\nfile = "klaas.anchors"\n')
    return own


_UNSEEN = {
    "nl": (
        "Dat er aan het eind regels zijn weggehaald, samen met het document, is niet "
        "te zien."
    ),
    "en": "Rows cut off at the end together with the document cannot be seen.",
}
_REACH = {
    "nl": (
        "Laatste anker: 2026-06-10T10:00:00+00:00. Wat later kwam, kan ongezien zijn "
        "weggehaald; regels die er nu staan: 0."
    ),
    "en": (
        "Last anchor: 2026-06-10T10:00:00+00:00. What came later could be cut off "
        "unseen; rows there now: 0."
    ),
}
COMMANDS = (("verify",), ("anchor",), ("repair", GROUP), ("config", "check"))
SAID = {
    "nl": (
        "Groepen gecontroleerd: 1. Fouten gevonden: 0.",
        f"Er zijn geen ankers ingesteld. {_UNSEEN['nl']}",
        f"Er zijn nog geen ankers: draai rgcore anchor. {_UNSEEN['nl']}",
        "Verankerde groepen: 1. Niet verankerd vanwege fouten: 0.",
        _REACH["nl"],
    ),
    "en": (
        "Groups checked: 1. Faults found: 0.",
        f"No anchors are configured. {_UNSEEN['en']}",
        f"There are no anchors yet: run rgcore anchor. {_UNSEEN['en']}",
        "Groups anchored: 1. Not anchored because of faults: 0.",
        _REACH["en"],
    ),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_verify_says_how_far_it_sees(
    anchored: Played, dutch: Played, language: str
) -> None:
    first, none, not_yet, done, reach = SAID[language]
    lang = ("--lang", language)
    assert _run(dutch, "verify", *lang).out.splitlines() == [first, none]
    assert _run(anchored, "verify", *lang).out.splitlines() == [first, not_yet]
    assert _run(anchored, "anchor", *lang).out.splitlines() == [done]
    assert _run(anchored, "verify", *lang).out.splitlines() == [first, reach]


def test_programs_are_told_the_same_as_data(anchored: Played) -> None:
    last = "2026-06-10T10:00:00+00:00"
    before = _run(anchored, "verify", "--json").data
    rows = before["anchors"]["rows_after"]
    assert rows > 40
    assert before["anchors"] == {"configured": True, "last": None, "rows_after": rows}
    done = _run(anchored, "anchor", "--json")
    assert (done.code, done.data) == (0, {"anchored": [GROUP], "faults": []})
    after = _run(anchored, "verify", "--json").data
    assert after["anchors"] == {"configured": True, "last": last, "rows_after": 0}
    assert _run(anchored, "anchor", "--json").data["anchored"] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_not_whole_is_named_and_not_anchored(
    anchored: Played, language: str
) -> None:
    _sql(anchored, "DELETE FROM journal WHERE seq = 3")
    answer = _run(anchored, "anchor", "--lang", language)
    fault, summary = answer.out.splitlines()
    assert answer.code == 1
    assert fault.startswith(f"{GROUP}, ")
    assert ": 0." in summary
    assert summary.endswith(": 1.")
    data = _run(anchored, "anchor", "--json")
    assert (data.code, data.data["anchored"]) == (1, [])
    assert [one["row"] for one in data.data["faults"]] == [3]
    assert not (anchored.folder / "klaas.anchors").read_bytes()


def test_a_group_that_is_gone_makes_verify_and_anchor_fail(anchored: Played) -> None:
    _run(anchored, "anchor")
    for table in ("journal", "document", "group_index"):
        _sql(anchored, f"DELETE FROM {table}")  # noqa: S608
    for command in ("verify", "anchor"):
        answer = _run(anchored, command, "--json")
        codes = [one["code"] for one in answer.data["faults"]]
        assert (answer.code, codes) == (1, ["anchored_group_missing"])
    refused = _run(anchored, "repair", GROUP, "--json")
    assert (refused.code, refused.error["code"]) == (3, "store.journal_damaged")


def test_anchors_need_a_file_in_the_configuration(own: Played) -> None:
    answer = _run(own, "anchor", "--json")
    assert (answer.code, answer.out, answer.error["code"]) == (3, "", "config")
    assert [one["path"] for one in answer.error["problems"]] == ["anchors.file"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_file_that_cannot_be_written_is_an_error(
    anchored: Played, tmp_path: Path, language: str
) -> None:
    toml = anchored.folder / "rgcore.toml"
    text = toml.read_text("utf-8").replace("klaas.anchors", "../closed/klaas.anchors")
    toml.write_text(text, "utf-8")
    missing = _run(anchored, "anchor", "--lang", language)
    assert "FileNotFoundError" in missing.err
    (tmp_path / "closed").mkdir(mode=0o500)
    with without_root():
        answer = _run(anchored, "anchor", "--lang", language, "--json")
    assert (missing.code, answer.code) == (3, 3)
    assert missing.out == answer.out == ""
    assert answer.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_damaged_file_is_an_error_with_its_lines(
    anchored: Played, language: str
) -> None:
    (anchored.folder / "klaas.anchors").write_text("?\n?\n")
    for command in COMMANDS:
        answer = _run(anchored, *command, "--lang", language)
        assert (answer.code, answer.out) == (3, "")
        assert "1, 2" in answer.err
        assert "[anchors.damaged]" in answer.err


def _setting(played: Played) -> dict[str, str]:
    shown = _run(played, "config", "show", "--json").data
    (found,) = (one for one in shown if one["path"] == "anchors.file")
    return dict(found)


def test_the_configuration_is_shown_and_checked_with_it(
    anchored: Played,
) -> None:
    shown = {
        one["path"]: one for one in _run(anchored, "config", "show", "--json").data
    }
    assert shown["anchors.file"]["value"].endswith("klaas.anchors")
    assert _run(anchored, "config", "check").code == 0
    _run(anchored, "anchor")
    assert _run(anchored, "config", "check").code == 0


def test_no_anchors_are_configured_at_first(dutch: Played) -> None:
    found = _setting(dutch)
    assert (found["value"], found["origin"]) == ("", "default")
