"""Whatever is wrong gets a sentence, a code and a path; no words, and no traceback."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cli.terminal import CASE, ESMEE, GROUP, KLAAS, TEAM, Answer, Json, Played, rgcore
from databases import dump
from rgcore.cli import session
from rgcore.store import places
from support import without_root

MARKER = "qzmerkwoord"
"""Stands for what somebody said, wherever it can stand."""


def _goal(**more: object) -> dict[str, object]:
    return {
        "type": "goal.set",
        "goal": "goal-new",
        "term": "long",
        "dimension": "personal",
        "words": {"subject": KLAAS, "said": MARKER},
        **more,
    }


def _saying(said: object) -> dict[str, object]:
    return _goal(words={"subject": KLAAS, "said": said})


def _named(name: object) -> dict[str, object]:
    person = {"id": "p-new", "name": {"subject": "p-new", "name": name}}
    return {"type": "member.nominate", "nomination": "n-new", "person": person}


WRONG: dict[str, tuple[Json, str, str]] = {
    "no json": (b'{"type": "' + MARKER.encode(), "input.not_json", "--json"),
    "nothing": (b"", "input.not_json", "--json"),
    "no text": (b"\xff\xfe\x00\xd8", "input.not_json", "--json"),
    "too deep": (b"[" * 100_000, "input.not_json", "--json"),
    "twice": (b'{"qzmerkwoord": 1, "qzmerkwoord": 2}', "input.key_twice", "--json"),
    "no changes": ([], "input.nothing", "changes"),
    "a string": (MARKER, "input.wrong_type", "changes[0]"),
    "a number": (7, "input.wrong_type", "changes[0]"),
    "null": (None, "input.wrong_type", "changes[0]"),
    "second wrong": ([_goal(), MARKER], "input.wrong_type", "changes[1]"),
    "no type": ({"id": "c-1"}, "input.unknown_type", "changes[0].type"),
    "unknown type": ({"type": MARKER}, "input.unknown_type", "changes[0].type"),
    "type a list": ({"type": [MARKER]}, "input.unknown_type", "changes[0].type"),
    "unknown key": (_goal(**{MARKER: 1}), "input.unknown_key", "changes[0]"),
    "key of words": (
        _goal(words={"subject": KLAAS, "said": MARKER, MARKER: MARKER}),
        "input.unknown_key",
        "changes[0].words",
    ),
    "missing key": ({"type": "goal.set"}, "input.missing_key", "changes[0].goal"),
    "unknown term": (_goal(term=MARKER), "input.wrong_type", "changes[0].term"),
    "no id": (_goal(goal=f"{MARKER} x"), "input.not_an_id", "changes[0].goal"),
    "id a dict": (_goal(goal={MARKER: 1}), "input.wrong_type", "changes[0].goal"),
    "no date": (
        _goal(happened_on=MARKER),
        "input.wrong_type",
        "changes[0].happened_on",
    ),
    "words a number": (_saying(7), "input.wrong_type", "changes[0].words.said"),
    "words a list": (_saying([MARKER]), "input.wrong_type", "changes[0].words.said"),
    "no words": (_saying("  \n"), "input.empty", "changes[0].words"),
    "NUL": (_saying(MARKER + "\0"), "input.forbidden_characters", "changes[0].words"),
    "half a pair": (
        _saying(MARKER + "\ud800"),
        "input.forbidden_characters",
        "changes[0].words",
    ),
    "turned": (
        _saying(MARKER + "\u202e"),
        "input.forbidden_characters",
        "changes[0].words",
    ),
    "1 MB": (_saying(MARKER * 100_000), "input.too_long", "changes[0].words"),
    "name with NUL": (
        _named({"written": MARKER + "\0"}),
        "input.forbidden_characters",
        "changes[0].person.name.written",
    ),
    "name a string": (
        _named(MARKER),
        "input.wrong_type",
        "changes[0].person.name.name",
    ),
    "another's words": (
        _goal(words={"id": "t-1", "subject": KLAAS}),
        "input.words_missing",
        "changes[0].words",
    ),
}

REFUSED: dict[str, tuple[Json, str]] = {
    "another group's goal": (
        {**_goal(), "type": "goal.reword", "term": ..., "dimension": ...},
        "structure.unknown_item",
    ),
    "in the future": (_goal(happened_on="2999-01-01"), "structure.in_the_future"),
    "id in use": (_goal(goal=CASE.alias("@k1")), "structure.id_in_use"),
}


def _as_bytes(content: Json) -> bytes:
    if isinstance(content, bytes):
        return content
    if isinstance(content, dict):
        content = {k: v for k, v in content.items() if v is not ...}
    return json.dumps(content).encode()


def _recorded(played: Played, content: Json, *more: str) -> Answer:
    asked = ("record", GROUP, "--as", KLAAS, "--json", "-", *more)
    return played.run(*asked, stdin=_as_bytes(content))


@contextmanager
def _nothing_changes(played: Played) -> Iterator[None]:
    files = [played.folder / "klaas.db", played.folder / "klaas.keys.db"]
    before = [dump(file) for file in files]
    yield
    assert [dump(file) for file in files] == before


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_wrong_changes_get_a_code_and_a_path(
    dutch: Played, name: str, language: str
) -> None:
    content, code, path = WRONG[name]
    with _nothing_changes(dutch):
        answer = _recorded(dutch, content, "--lang", language)
    assert (answer.code, answer.out) == (2, "")
    assert MARKER not in answer.all
    assert answer.error["code"] == "input"
    assert answer.error["fault"] == "caller"
    found = [(one["code"], one["path"]) for one in answer.error["problems"]]
    assert (code, path) in found
    assert "{" not in answer.error["sentence"]


@pytest.mark.parametrize("name", REFUSED)
def test_changes_that_do_not_fit_are_refused(dutch: Played, name: str) -> None:
    content, code = REFUSED[name]
    with _nothing_changes(dutch):
        answer = _recorded(dutch, content)
    assert (answer.code, answer.out) == (1, "")
    assert MARKER not in answer.all
    assert answer.error["code"] == "record.refused"
    assert [one["code"] for one in answer.error["decision"]["blocking"]] == [code]


def test_one_wrong_change_keeps_out_all_of_them(dutch: Played) -> None:
    with _nothing_changes(dutch):
        answer = _recorded(dutch, [_goal(), _goal(goal="goal-2", term=MARKER)])
    assert answer.code == 2


def test_an_id_recorded_before_with_other_content_is_refused(own: Played) -> None:
    assert _recorded(own, _goal(id="c-1")).code == 0
    with _nothing_changes(own):
        answer = _recorded(own, {**_saying(f"{MARKER} 2"), "id": "c-1"})
    assert answer.code == 1
    assert answer.error["code"] == "record.change_id_reused"
    assert MARKER not in answer.all


@pytest.mark.parametrize(
    ("more", "path"),
    [
        (("--override", f"{MARKER} x"), "overrides[0].code"),
        (("--override", f"next_meeting={MARKER} x"), "overrides[0].because"),
        (("--seen", "-1"), "seen"),
        (("--purpose", f"{MARKER} x"), "actor.purpose"),
        (("--because", f"{MARKER} x"), "actor.because"),
        (("--on-behalf-of", f"{MARKER} x"), "actor.on_behalf_of"),
    ],
)
def test_wrong_options_of_record_are_named(
    dutch: Played, more: tuple[str, ...], path: str
) -> None:
    with _nothing_changes(dutch):
        answer = _recorded(dutch, _goal(), *more)
    assert (answer.code, answer.out) == (2, "")
    assert path in [one["path"] for one in answer.error["problems"]]
    assert MARKER not in answer.all


@pytest.mark.parametrize("file", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_named(
    dutch: Played, tmp_path: Path, file: str
) -> None:
    answer = dutch.shown("record", "--json", str(tmp_path / file))
    assert answer.code == 2
    assert answer.error["problems"][0]["path"] == "--json"


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (("show", f"{MARKER} x", "--as", KLAAS), "group"),
        (("show", GROUP, "--as", f"{MARKER}\0"), "actor.who"),
        (("owed", GROUP, "--as", "\udcff"), "actor.who"),
        (("timeline", GROUP, "--as", KLAAS, "--purpose", "A B"), "actor.purpose"),
        (("attention", "--as", ESMEE, "--team", f"{MARKER} x"), "team"),
        (("attention", "--as", ESMEE, "--team", TEAM, "--limit", "0"), "limit"),
        (("attention", "--as", ESMEE, "--team", TEAM, "--limit", "9" * 30), "limit"),
        (("attention", "--as", ESMEE, "--team", TEAM, "--on", MARKER), "--on"),
        (("attention", "--as", ESMEE, "--team", TEAM, "--on", "2025-02-30"), "--on"),
    ],
)
def test_wrong_arguments_are_named_in_both_forms(
    dutch: Played, asked: tuple[str, ...], path: str
) -> None:
    told, data = dutch.run(*asked), dutch.run(*asked, "--json")
    assert (told.code, told.out, data.code, data.out) == (2, "", 2, "")
    assert path in [one["path"] for one in data.error["problems"]]
    assert f"  · {path}: " in told.err
    assert "[input]" in told.err
    assert MARKER not in told.all + data.all


def test_a_day_that_is_none_gets_the_form_of_one(dutch: Played) -> None:
    asked = ("attention", "--as", ESMEE, "--team", TEAM, "--on", "vandaag")
    assert "YYYY-MM-DD" in dutch.run(*asked).err


@pytest.mark.parametrize(
    "asked",
    [
        ("attention", "--as", ESMEE, "--team", TEAM, "--limit", MARKER),
        ("show", GROUP, "--as", KLAAS, MARKER),
        ("show", GROUP, "--as", KLAAS, f"--nonsense={MARKER}"),
        ("show", GROUP, "--as", KLAAS, f"--json={MARKER}"),
        ("record", GROUP, "--as", KLAAS, "--json", "-", "--seen", MARKER),
        ("start", "--as", ESMEE, "--client-name", "Jan", MARKER),
    ],
)
def test_the_parser_does_not_repeat_what_was_typed(
    dutch: Played, asked: tuple[str, ...]
) -> None:
    answer = dutch.run(*asked)
    assert (answer.code, answer.out) == (2, "")
    assert "usage: " in answer.err
    assert MARKER not in answer.all


@pytest.mark.parametrize("name", ["", "   ", "\0", MARKER + "\n", MARKER * 100])
def test_a_name_that_cannot_be_kept_starts_no_group(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "new"
    rgcore("init", str(folder))
    asked = ("start", "--as", "s-1", "--supporter", "s-1", "--team", "team-1")
    config = ("--config", str(folder / "rgcore.toml"))
    answer = rgcore(*asked, "--client-name", name, *config, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert MARKER not in answer.all
    found = [one["path"] for one in answer.error["problems"]]
    assert found == ["changes[0].client.name.written"]
    assert rgcore("verify", *config, "--json").data["groups"] == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [(("--on", "2999-01-01"), 1), (("--on", "morgen"), 2), (("--as", "s-9"), 1)],
)
def test_a_group_that_cannot_be_started_is_not(
    tmp_path: Path, more: tuple[str, ...], code: int
) -> None:
    folder = tmp_path / "new"
    rgcore("init", str(folder))
    asked = ("start", "--as", "s-1", "--supporter", "s-1", "--team", "team-1")
    config = ("--config", str(folder / "rgcore.toml"))
    answer = rgcore(*asked, "--client-name", MARKER, *more, *config)
    assert (answer.code, answer.out) == (code, "")
    assert MARKER not in answer.all
    assert rgcore("verify", *config, "--json").data["groups"] == 0


Spoil = Callable[[Path], object]


def _replace(old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        toml = folder / "rgcore.toml"
        text = toml.read_text(encoding="utf-8")
        assert old in text
        toml.write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def _write(name: str, content: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(content)


def _remove(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def _folder_instead(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return spoil


SPOILT: dict[str, tuple[Spoil, str, str]] = {
    "no file": (_remove("rgcore.toml"), "config", "rgcore.toml"),
    "a folder": (_folder_instead("rgcore.toml"), "config", "rgcore.toml"),
    "no TOML": (_replace("[store]", f"[store {MARKER}"), "config", "rgcore.toml"),
    "no UTF-8": (_write("rgcore.toml", b"\xff"), "config", "rgcore.toml"),
    "unknown key": (_replace("[keys]", f"{MARKER} = 1\n[keys]"), "config", "store"),
    "unknown table": (_replace("[keys]", f"[{MARKER}]\n[keys]"), "config", ""),
    "missing table": (
        _replace("[access_log]", "[settings2]"),
        "config",
        "access_log",
    ),
    "wrong type": (_replace('= "nl"', "= 7"), "config", "institution.language"),
    "wrong word": (
        _replace('synchronous = "full"', f'synchronous = "{MARKER}"'),
        "config",
        "store.synchronous",
    ),
    "no id": (_replace('id = "demo"', f'id = "{MARKER} x"'), "config", "institution"),
    "other database": (
        _replace("sqlite:///klaas.db", f"mysql://x:{MARKER}@h/d"),
        "config",
        "store.url",
    ),
    "other key store": (
        _replace("sqlite:///klaas.keys.db", f"vault:{MARKER}"),
        "config",
        "keys.store",
    ),
    "unknown setting": (
        _replace("enabled = []", f'enabled = ["{MARKER}"]'),
        "config",
        "settings.enabled[0]",
    ),
    **{
        f"{what} for anchors": (
            _replace("[settings]", f"[anchors]\nfile = {value}\n[settings]"),
            "config",
            "anchors.file",
        )
        for what, value in {
            "no file": '" "',
            "no name": f'"{MARKER}\\u0000"',
            "no text": "7",
        }.items()
    },
    "no directory": (_remove("directory.toml"), "config", "directory.toml"),
    "directory no TOML": (
        _write("directory.toml", MARKER.encode()),
        "config",
        "directory.toml",
    ),
    "directory with unknown key": (
        _write("directory.toml", f'[[staff]]\nid = "s"\n{MARKER} = 1'.encode()),
        "config",
        "directory.toml",
    ),
    "no key ring": (_remove("klaas.keyring"), "keys.missing", "klaas.keyring"),
    "no key ring in it": (
        _write("klaas.keyring", f'{{"{MARKER}": 1}}'.encode()),
        "keys.unreadable",
        "klaas.keyring",
    ),
    "key ring a folder": (
        _replace("klaas.keyring", "."),
        "keys.unreadable",
        "",
    ),
    "other institution": (
        _replace('id = "demo"', 'id = "other"'),
        "store.other_institution",
        "klaas.db",
    ),
    **{
        f"{how} {name}": (spoil(name), "store.none", name)
        for name in ("klaas.db", "klaas.keys.db", "klaas.log.db")
        for how, spoil in {
            "no": _remove,
            "empty": lambda name: _write(name, b""),
            "other content in": lambda name: _write(name, MARKER.encode() * 500),
            "a folder for": _folder_instead,
        }.items()
    },
}
if sys.platform != "win32":
    SPOILT["world-readable key ring"] = (
        lambda folder: (folder / "klaas.keyring").chmod(0o644),
        "keys.open_to_others",
        "klaas.keyring",
    )


@pytest.mark.parametrize("name", SPOILT)
def test_an_institution_that_cannot_be_used_is_told_with_its_file(
    own: Played, name: str
) -> None:
    spoil, code, path = SPOILT[name]
    spoil(own.folder)
    before = sorted(p.name for p in own.folder.iterdir() if "-" not in p.name)
    told, data = own.shown("show"), own.shown("show", "--json")
    assert (told.code, told.out, data.code, data.out) == (3, "", 3, "")
    assert data.error["code"] == code
    assert data.error["fault"] == "institution"
    assert f"[{code}]" in told.err
    assert MARKER not in told.all + data.all
    if code == "config":
        found = [one["path"] for one in data.error["problems"]]
        assert any(one.startswith(path) for one in found), found
    else:
        assert path in told.err
    # Nothing is made in the place of what is missing.
    assert before == sorted(p.name for p in own.folder.iterdir() if "-" not in p.name)


def test_the_key_ring_of_another_store_does_not_open_this_one(
    own: Played, english: Played
) -> None:
    other = (english.folder / "klaas.keyring").read_bytes()
    (own.folder / "klaas.keyring").write_bytes(other)
    answer = own.shown("show", "--json")
    assert (answer.code, answer.error["code"]) == (3, "keys.wrong")


def test_nothing_is_shown_when_the_configuration_names_no_known_language(
    own: Played,
) -> None:
    _replace('= "nl"', '= "de"')(own.folder)
    for command in ("show", "owed", "timeline"):
        answer = own.shown(command)
        assert (answer.code, answer.out) == (3, "")
        assert "possible: nl, en" in answer.err
    with _nothing_changes(own):
        assert _recorded(own, _goal()).code == 3


@pytest.mark.parametrize("command", ["demo klaas --out", "init"])
@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, command: str, place: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    answer = rgcore(*command.split(), str(tmp_path / place), "--lang", "nl")
    assert (answer.code, answer.out) == (3, "")
    assert "[store.unavailable]" in answer.err
    assert str(tmp_path / place) in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
@pytest.mark.parametrize("command", ["demo klaas --out", "init"])
def test_a_read_only_folder_is_named(tmp_path: Path, command: str) -> None:
    tmp_path.chmod(0o500)
    with without_root():
        answer = rgcore(*command.split(), str(tmp_path / "new"))
    assert (answer.code, answer.out) == (3, "")
    assert "PermissionError" in answer.err
    tmp_path.chmod(0o700)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold the write lock, as another process would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_store_takes_nothing_and_says_so(
    own: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "WAIT_MS", 10)
    with _nothing_changes(own), _locked(own.folder / "klaas.db"):
        answer = _recorded(own, _goal())
        # Whoever reads does not wait for whoever writes.
        assert own.shown("show").code == 0
    assert (answer.code, answer.out) == (3, "")
    assert answer.error["code"] == "store.unavailable"
    assert answer.error["fault"] == "store"
    assert "klaas.db" in answer.error["sentence"]
    assert MARKER not in answer.all


def test_nothing_is_shown_while_the_access_log_is_locked(
    own: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "WAIT_MS", 10)
    with _locked(own.folder / "klaas.log.db"):
        answer = own.shown("show")
    assert (answer.code, answer.out) == (3, "")
    assert "[log.unavailable]" in answer.err


@pytest.mark.parametrize("as_json", [False, True])
def test_what_nobody_foresaw_is_told_by_kind_and_place_only(
    dutch: Played, monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    def fail(*_: object) -> None:
        raise KeyError(MARKER)

    monkeypatch.setattr(session, "actor", fail)
    answer = dutch.shown("show", *(["--json"] if as_json else []))
    assert (answer.code, answer.out) == (3, "")
    assert MARKER not in answer.all
    assert "Traceback" not in answer.all
    assert "KeyError" in answer.err
    if as_json:
        assert answer.error["where"].startswith("rgcore.cli.session:")
