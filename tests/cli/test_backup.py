"""`backup` and `restore`, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.terminal import GROUP, KLAAS, Answer, Played, rgcore
from databases import execute


def _run(played: Played, *words: str) -> Answer:
    return rgcore(*words, "--config", str(played.folder / "rgcore.toml"))


def test_what_was_lost_is_put_back_and_checked(own: Played, tmp_path: Path) -> None:
    before = _run(own, "timeline", GROUP, "--as", KLAAS).out
    store, keys = str(tmp_path / "store"), str(tmp_path / "keys")
    made = _run(own, "backup", "--store-to", store, "--keys-to", keys, "--lang", "nl")
    assert made.code == 0
    assert "sleutelbos zit er niet bij" in made.out
    for lost in ("klaas.db", "klaas.keys.db", "klaas.log.db"):
        (own.folder / lost).unlink()
    back = _run(own, "restore", "--store-from", store, "--keys-from", keys, "--verify")
    assert (back.code, back.err) == (0, "")
    assert "Fouten gevonden: 0." in back.out
    assert _run(own, "timeline", GROUP, "--as", KLAAS).out == before


def test_store_and_keys_never_go_into_one_folder(own: Played, tmp_path: Path) -> None:
    place = str(tmp_path / "both")
    answer = _run(own, "backup", "--store-to", place, "--keys-to", f"{place}/../both")
    assert (answer.code, answer.out) == (2, "")
    assert "[input.not_apart]" in answer.err
    assert not Path(place).exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_place_has_to_be_named(own: Played, command: str) -> None:
    answer = _run(own, command)
    assert (answer.code, answer.out) == (2, "")
    assert "--store-" in answer.err


def test_copies_are_listed_as_json(own: Played, tmp_path: Path) -> None:
    answer = _run(own, "backup", "--keys-to", str(tmp_path / "keys"), "--json")
    assert answer.data == {"copies": [str(tmp_path / "keys" / "klaas.keys.db")]}


def test_restore_overwrites_nothing(own: Played, tmp_path: Path) -> None:
    _run(own, "backup", "--keys-to", str(tmp_path / "keys"))
    answer = _run(own, "restore", "--keys-from", str(tmp_path / "keys"), "--lang", "nl")
    assert (answer.code, answer.out) == (1, "")
    assert "[store.exists]" in answer.err


def test_copies_are_checked_and_not_what_they_were_made_from(
    own: Played, tmp_path: Path
) -> None:
    places = ("--store-to", str(tmp_path / "s"), "--keys-to", str(tmp_path / "k"))
    made = _run(own, "backup", *places, "--verify", "--lang", "nl")
    assert (made.code, made.err) == (0, "")
    assert "Fouten gevonden: 0." in made.out
    keys = _run(own, "backup", "--keys-to", str(tmp_path / "k2"), "--verify", "--json")
    assert keys.data["verify"]["faults"] == []
    execute(own.folder / "klaas.db", "DELETE FROM journal WHERE seq = 3")
    broken = _run(own, "backup", "--store-to", str(tmp_path / "s2"), "--verify")
    assert broken.code == 1
    as_data = _run(
        own, "backup", "--store-to", str(tmp_path / "s3"), "--verify", "--json"
    )
    assert as_data.code == 1
    assert [one["row"] for one in as_data.data["verify"]["faults"]] == [3]
