"""`export` and `import`, from the command line."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from cli.terminal import ESMEE, GROUP, KLAAS, Answer, Json, Played, rgcore

WHOLE = ("--as", "op", "--whole", "--because", "moves_away")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Give the configuration of another institution, without groups."""
    folder = tmp_path / "other"
    assert rgcore("init", str(folder), "--institution", "other").code == 0
    return folder / "rgcore.toml"


@pytest.fixture
def file(dutch: Played, tmp_path: Path) -> Path:
    """Give a file with the whole group."""
    file = tmp_path / "group.json"
    assert dutch.run("export", GROUP, *WHOLE, "--out", str(file)).code == 0
    return file


def _import(config: Path, file: Path | str, *more: str, stdin: bytes = b"") -> Answer:
    given = ("import", str(file), "--as", "op", "--config", str(config))
    return rgcore(*given, *more, stdin=stdin)


def _digest(file: Path) -> str:
    digest: str = json.loads(file.read_text(encoding="utf-8"))["digest"]
    return digest


@pytest.mark.parametrize("language", ["nl", "en"])
def test_whole_group_is_written_for_its_owner_alone(
    dutch: Played, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "group.json"
    answer = dutch.run("export", GROUP, *WHOLE, "--out", str(file), "--lang", language)
    assert answer.code == 0
    assert str(file) in answer.out
    assert _digest(file) in answer.err
    assert ("onverzegeld" if language == "nl" else "unsealed") in answer.err
    assert _digest(file) not in answer.out
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_whole_group_is_printed_if_no_file_is_named(dutch: Played) -> None:
    answer = dutch.run("export", GROUP, *WHOLE)
    assert answer.code == 0
    assert answer.data["kind"] == "whole"
    assert answer.data["digest"] in answer.err


def test_what_was_written_is_told_as_data(dutch: Played, tmp_path: Path) -> None:
    file = tmp_path / "group.json"
    asked = ("export", GROUP, *WHOLE, "--out", str(file), "--json")
    assert dutch.run(*asked).data == {
        "file": str(file),
        "kind": "whole",
        "digest": _digest(file),
    }


def test_nothing_is_overwritten(dutch: Played, file: Path) -> None:
    before = file.read_bytes()
    answer = dutch.run("export", GROUP, *WHOLE, "--out", str(file), "--json")
    assert (answer.code, answer.error["code"]) == (1, "store.exists")
    assert file.read_bytes() == before


def test_link_that_leads_nowhere_is_not_followed(dutch: Played, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "target.json")
    answer = dutch.run("export", GROUP, *WHOLE, "--out", str(link), "--json")
    assert (answer.code, answer.error["code"]) == (1, "store.exists")
    assert not (tmp_path / "target.json").exists()


def test_half_a_file_does_not_stay(
    dutch: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "full", "group.json")

    file = tmp_path / "group.json"
    monkeypatch.setattr(os, "fdopen", full)
    answer = dutch.run("export", GROUP, *WHOLE, "--out", str(file))
    assert answer.code == 3
    assert not file.exists()


def test_folder_that_is_not_there_is_named(dutch: Played, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "group.json"
    answer = dutch.run("export", GROUP, *WHOLE, "--out", str(file))
    assert (answer.code, answer.out) == (3, "")
    assert "group.json" in answer.err


@pytest.mark.parametrize(
    "more",
    [
        ("--as", "op", "--whole"),
        ("--as", ESMEE, "--whole", "--because", "moves_away", "--purpose", "care"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_whole_group_is_for_operators(
    dutch: Played, more: tuple[str, ...], language: str
) -> None:
    answer = dutch.run("export", GROUP, *more, "--lang", language)
    assert (answer.code, answer.out) == (1, "")
    assert "[access.not_an_operator]" in answer.err


def test_reader_gets_a_file_of_what_they_may_see(
    dutch: Played, tmp_path: Path, other: Path
) -> None:
    file = tmp_path / "mine.json"
    told = dutch.run("export", GROUP, "--as", KLAAS, "--out", str(file))
    assert (told.code, told.err) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["kind"] == "partial"
    answer = _import(other, file, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert [p["code"] for p in answer.error["problems"]] == ["input.partial"]
    data = dutch.run("export", GROUP, "--as", KLAAS, "--out", f"{file}2", "--json")
    assert data.data == {"file": f"{file}2", "kind": "partial", "digest": None}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_group_comes_in_once(file: Path, other: Path, language: str) -> None:
    first = _import(other, file, "--digest", _digest(file), "--lang", language)
    assert (first.code, first.err) == (0, "")
    assert GROUP in first.out
    assert KLAAS in first.out
    again = _import(other, file, "--lang", language)
    assert again.code == 0
    assert ("eerder ingelezen" if language == "nl" else "imported before") in again.out
    assert rgcore("verify", "--config", str(other)).code == 0


def test_import_answers_as_data(file: Path, other: Path) -> None:
    answers = [
        _import(other, "-", "--json", "--team", "team-1", stdin=file.read_bytes()).data
        for _ in range(2)
    ]
    assert [one.pop("imported") for one in answers] == [True, False]
    assert answers[0] == answers[1]
    assert answers[0].keys() == {"group", "client", "seq"}
    asked = ("show", GROUP, "--as", KLAAS, "--json", "--config", str(other))
    assert rgcore(*asked).data["group"]["team"] == "team-1"


def test_digest_may_be_told_in_capitals_as_well(file: Path, other: Path) -> None:
    assert _import(other, file, "--digest", _digest(file).upper()).code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no json", "input.not_json"),
        (b"[]", "input.wrong_type"),
        (b'{"a": 1, "a": 2}', "input.key_twice"),
        (b"{}", "input.missing_key"),
    ],
)
def test_what_is_no_export_is_refused(other: Path, content: bytes, code: str) -> None:
    answer = _import(other, "-", "--json", stdin=content)
    assert (answer.code, answer.out) == (2, "")
    assert code in [problem["code"] for problem in answer.error["problems"]]


def test_other_file_than_the_one_that_was_told_is_refused(
    file: Path, other: Path
) -> None:
    answer = _import(other, file, "--digest", "0" * 64, "--json")
    assert (answer.code, answer.out) == (2, "")
    (problem,) = answer.error["problems"]
    assert (problem["code"], problem["path"]) == ("input.other_digest", "digest")


def test_file_that_is_not_there_is_named(other: Path, tmp_path: Path) -> None:
    answer = _import(other, tmp_path / "nowhere.json", "--json")
    assert answer.code == 2
    assert answer.error["problems"][0]["path"] == "FILE"


def test_import_is_for_operators(file: Path, other: Path) -> None:
    answer = _import(other, file, "--purpose", "care")
    assert (answer.code, answer.out) == (1, "")
    assert "[access.not_an_operator]" in answer.err


def test_export_of_the_other_institution_says_the_same(file: Path, other: Path) -> None:
    _import(other, file)
    asked = ("export", GROUP, *WHOLE, "--config", str(other))
    first: Json = json.loads(file.read_text(encoding="utf-8"))
    there = rgcore(*asked).data["entries"][1:]
    assert [_said(line) for line in there] == [_said(e) for e in first["entries"]]


def _said(value: Json) -> list[str]:
    if isinstance(value, dict):
        own = [value["said"]] if "said" in value else []
        return own + [said for item in value.values() for said in _said(item)]
    if isinstance(value, list):
        return [said for item in value for said in _said(item)]
    return []
