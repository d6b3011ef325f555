"""A store by URL, wherever a store is opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.terminal import GROUP, KLAAS, Played, rgcore
from databases import Server, all_rows, dump
from fixtures.formats import store_of


@pytest.fixture
def url(server: Server) -> str:
    return server.url(server.new())


def test_the_demo_tells_the_same_on_a_server(
    dutch: Played, url: str, tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    told = rgcore("demo", "klaas", "--out", out, "--store", url, "--lang", "nl")
    assert (told.code, told.err) == (0, "")
    here, there = dutch.told.split("In /")[0], told.out.split("In /")[0]
    assert there == here
    assert "klaas.db" not in told.out
    assert not (tmp_path / "out" / "klaas.db").exists()
    assert {row["group_id"] for row in all_rows(url, "document")} == {GROUP}
    timeline = (tmp_path / "out" / "timeline.txt").read_text("utf-8")
    assert timeline == (dutch.folder / "timeline.txt").read_text("utf-8")


def test_every_command_takes_the_url(own: Played, url: str, tmp_path: Path) -> None:
    config = str(own.folder / "rgcore.toml")
    store, keys = str(tmp_path / "store"), str(tmp_path / "keys")
    rgcore("backup", "--store-to", store, "--keys-to", keys, "--config", config)
    (tmp_path / "store" / "klaas.log.db").unlink()
    name = url.split("/")[3].partition("?")[0]
    copy = tmp_path / "store" / "klaas.db"
    copy.rename(tmp_path / "store" / f"{name}.store.db")
    shutil.copy(own.folder / "klaas.log.db", tmp_path / "store" / "klaas.log.db")
    (own.folder / "klaas.log.db").unlink()
    (own.folder / "klaas.db").unlink()
    common = ("--config", config, "--store", url)
    back = rgcore("restore", "--store-from", store, "--verify", *common)
    assert (back.code, back.err) == (0, "")
    shown = rgcore("timeline", GROUP, "--as", KLAAS, *common)
    assert shown.code == 0
    assert shown.out == rgcore(*common, "timeline", GROUP, "--as", KLAAS).out
    gone = rgcore("timeline", GROUP, "--as", KLAAS, "--config", config)
    assert (gone.code, gone.out) == (3, "")


def test_two_institutions_share_a_database_and_know_nothing_of_each_other(
    url: str, server: Server, tmp_path: Path
) -> None:
    keys = server.url(server.new())
    places = ("--store", url, "--keys", keys, "--log", url)
    for name in ("one", "two"):
        made = rgcore("init", str(tmp_path / name), "--institution", name, *places)
        assert (made.code, made.err) == (0, "")
    before = dump(url)
    again = rgcore("init", str(tmp_path / "three"), "--institution", "two", *places)
    assert (again.code, again.out) == (1, "")
    assert "[store.institution_exists]" in again.err
    assert not (tmp_path / "three").exists()
    assert dump(url) == before
    status = rgcore("status", "--json", "--config", str(tmp_path / "one/rgcore.toml"))
    assert (status.data["groups"], status.data["format"]) == (0, 2)


def test_a_password_is_shown_nowhere(url: str, tmp_path: Path) -> None:
    secret = url.replace("postgres:@", "postgres:zilverreiger@")
    out = tmp_path / "out"
    made = rgcore("init", str(out), "--store", secret)
    assert made.code == 0
    config = out / "rgcore.toml"
    assert config.stat().st_mode & 0o077 == 0
    for words in (["config", "show"], ["config", "show", "--json"], ["status"]):
        answer = rgcore(*words, "--config", str(config))
        assert answer.code == 0
        assert "zilverreiger" not in answer.out + answer.err
    text = config.read_text("utf-8")
    config.write_text(text.replace("@/test", "@localhost:1/test"), "utf-8")
    answer = rgcore("status", "--config", str(config))
    assert answer.code == 3
    assert "zilverreiger" not in answer.out + answer.err


@pytest.mark.parametrize(
    "given", ["mysql://x/y", "postgresql://", "klaas.db", "", "postgresql://h:x/y"]
)
def test_what_names_no_database_is_refused(tmp_path: Path, given: str) -> None:
    answer = rgcore("init", str(tmp_path / "out"), "--keys", given or "x")
    assert (answer.code, answer.out) == (3, "")
    assert "[config.unknown_database]" in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("store", "keys"),
    [
        ("postgresql://a@host/one", "postgresql://b:c@host:5432/one?sslmode=require"),
        ("postgresql://a@/one?host=/tmp/x", "postgresql://b@/one?host=/tmp/x"),
        ("sqlite:///both.db", "sqlite:///folder/../both.db"),
    ],
)
def test_groups_and_keys_never_share_a_database(
    tmp_path: Path, store: str, keys: str
) -> None:
    answer = rgcore("init", str(tmp_path / "o"), "--store", store, "--keys", keys)
    assert (answer.code, answer.out) == (3, "")
    assert "[config.not_apart]" in answer.err


def test_an_old_installation_says_that_it_is_old_and_is_upgraded(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "old"
    shutil.copytree(store_of(1), folder)
    (folder / "klaas.keyring").chmod(0o600)
    config = ("--config", str(folder / "rgcore.toml"))
    assert "rgcore db upgrade" in rgcore("status", *config).out
    before = dump(folder / "klaas.db")
    plan = rgcore("db", "upgrade", "--plan", "--json", *config)
    assert plan.data["planned"]
    steps = [one["revision"] for one in plan.data["databases"]["store"]["steps"]]
    assert steps == ["store_2"]
    assert "reservekopie" in rgcore("db", "upgrade", "--plan", *config).out
    assert dump(folder / "klaas.db") == before
    assert "store_2" in rgcore("db", "upgrade", *config).out
    assert "heeft al formaat 2" in rgcore("db", "upgrade", *config).out
    assert rgcore("verify", *config).code == 0
    assert "db upgrade" not in rgcore("status", *config).out


def test_a_number_is_linked_and_found(own: Played) -> None:
    config = ("--config", str(own.folder / "rgcore.toml"))
    who = ("--as", KLAAS)
    linked = rgcore("link", GROUP, "client_number", "12-3", *who, *config)
    assert (linked.code, linked.err) == (0, "")
    assert "12-3" not in linked.out
    found = rgcore("find", "client_number", "12-3", *who, *config)
    assert found.out.strip() == GROUP
    as_data = rgcore("find", "client_number", "12-3", "--json", *who, *config)
    assert as_data.data == {"group": GROUP}
    words = ("link", GROUP, "client_number", "-", "--remove", *who, *config)
    removed = rgcore(*words, stdin=b"12-3\n")
    assert removed.code == 0
    gone = rgcore("find", "client_number", "12-3", *who, *config)
    assert gone.code == 1
    linked = rgcore("link", GROUP, "client_number", "4", "--json", *who, *config)
    assert linked.data == {"group": GROUP, "linked": True}
