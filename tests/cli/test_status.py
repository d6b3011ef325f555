"""`status` and `config`: what whoever keeps rgcore running wants to know."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.terminal import CASE, Answer, Played, rgcore
from rgcore.store import FORMAT


def _run(played: Played, *words: str) -> Answer:
    return rgcore(*words, "--config", str(played.folder / "rgcore.toml"))


def test_status_counts_and_names_nobody(played: Played) -> None:
    data = _run(played, "status", "--json").data
    assert data["groups"] == 1
    taken = [event.data for event in CASE.events if "refused" not in event.data]
    assert data["entries"] == sum(len(event["change"]) for event in taken)
    assert data["last_recorded_at"].startswith("2026-06-10T")
    assert data["stale"] == 0
    assert data["format"] == FORMAT
    words = _run(played, "status", "--lang", played.language).out
    assert str(data["entries"]) in words


def test_status_of_an_empty_store_has_no_last_time(tmp_path: Path) -> None:
    rgcore("init", str(tmp_path))
    answer = rgcore("status", "--json", "--config", str(tmp_path / "rgcore.toml"))
    assert answer.data["entries"] == 0
    assert answer.data["last_recorded_at"] is None


def test_status_fails_for_monitoring_when_the_store_is_gone(own: Played) -> None:
    (own.folder / "klaas.db").unlink()
    answer = _run(own, "status", "--json")
    assert (answer.code, answer.out) == (3, "")
    assert answer.error["code"] == "store.none"


def test_config_show_tells_what_was_written_and_what_is_a_default(own: Played) -> None:
    toml = own.folder / "rgcore.toml"
    toml.write_text(
        toml.read_text("utf-8").replace('synchronous = "full"', ""), "utf-8"
    )
    shown = {one["path"]: one for one in _run(own, "config", "show", "--json").data}
    assert shown["store.synchronous"]["value"] == "full"
    assert shown["store.synchronous"]["origin"] == "default"
    assert shown["institution.id"]["origin"] == "rgcore.toml"
    assert shown["store.url"]["value"].endswith("klaas.db")
    plain = _run(own, "config", "show").out
    assert all(path in plain for path in shown)


def test_config_show_shows_no_secret(own: Played) -> None:
    ring = json.loads((own.folder / "klaas.keyring").read_text("ascii"))
    shown = _run(own, "config", "show").out + _run(own, "config", "show", "--json").out
    assert not any(key in shown for key in ring["keys"].values())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_config_check_opens_everything(own: Played, language: str) -> None:
    answer = _run(own, "config", "check", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    assert "rgcore.toml" in answer.out
    assert _run(own, "config", "check", "--json").data["usable"] is True


def test_config_check_names_what_cannot_be_used(own: Played) -> None:
    (own.folder / "klaas.keyring").chmod(0o644)
    answer = _run(own, "config", "check", "--lang", "nl")
    assert (answer.code, answer.out) == (3, "")
    assert "[keys.open_to_others]" in answer.err
    with closing(sqlite3.connect(own.folder / "klaas.db")) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone()[0] > 0
