"""`repair` and `reindex`, from the command line."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from cli.terminal import ESMEE, GROUP, TEAM, Answer, Played, rgcore


def _sql(played: Played, statement: str) -> None:
    file = played.folder / "klaas.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)


def _run(played: Played, *words: str) -> Answer:
    return rgcore(*words, "--config", str(played.folder / "rgcore.toml"))


def test_repair_says_what_it_mended_and_verify_is_clean_again(own: Played) -> None:
    _sql(own, "UPDATE document SET skeleton = zeroblob(9)")
    assert _run(own, "verify").code == 1
    mended = _run(own, "repair", GROUP, "--lang", "nl")
    assert mended.code == 0
    assert mended.out.splitlines() == [
        f"{GROUP}: het document is gewijzigd of hoort hier niet",
        "Hersteld: 1.",
    ]
    assert _run(own, "verify").code == 0
    again = _run(own, "repair", GROUP, "--json")
    assert again.data == {"group": GROUP, "mended": []}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_repair_makes_nothing_of_a_broken_journal(own: Played, language: str) -> None:
    _sql(own, "DELETE FROM journal WHERE seq = 3")
    answer = _run(own, "repair", GROUP, "--lang", language)
    assert (answer.code, answer.out) == (3, "")
    assert "[store.journal_damaged]" in answer.err


def test_repair_goes_on_without_lost_keys_if_it_is_told_to(own: Played) -> None:
    _sql(own, "UPDATE document SET keys_revision = 1000")
    answer = _run(own, "repair", GROUP)
    assert (answer.code, answer.out) == (3, "")
    assert "--without-lost-keys" in answer.err
    answer = _run(own, "repair", GROUP, "--without-lost-keys", "--json")
    assert [one["code"] for one in answer.data["mended"]] == ["keys_behind"]
    assert _run(own, "verify").code == 0


def test_reindex_computes_what_another_version_computed(own: Played) -> None:
    _sql(own, "UPDATE group_index SET composition = 'older'")
    words = ("attention", "--as", ESMEE, "--team", TEAM, "--json")
    assert [one["stale"] for one in _run(own, *words).data["groups"]] == [True]
    assert _run(own, "reindex", "--json").data == {"computed": 1}
    assert _run(own, "reindex", "--lang", "nl").out == "Opnieuw berekend: 0.\n"
    assert not any(one["stale"] for one in _run(own, *words).data["groups"])
