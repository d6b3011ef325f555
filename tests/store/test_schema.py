"""Tables are what the migrations make, and only stores of a known format open."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

import rgcore
from rgcore.errors import NoStore, StoreExists, StoreOfAnother, StoreTooNew
from rgcore.store import FORMAT
from rgcore.store.migrate import Branch, create, opened
from rgcore.store.tables import KEYS, LOG, STORE
from support import Demo, all_bytes, make_demo, open_demo

TABLES = {Branch.STORE: STORE, Branch.KEYS: KEYS, Branch.LOG: LOG}
FILES = {
    Branch.STORE: "demo.db",
    Branch.KEYS: "demo.keys.db",
    Branch.LOG: "demo.log.db",
}


@pytest.fixture
def closed(demo: Demo) -> Path:
    """Give the folder of an institution that is not open."""
    demo.institution.close()
    return demo.folder


@pytest.mark.parametrize("branch", Branch)
def test_migrations_make_exactly_the_tables(branch: Branch, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    create(url, branch)
    assert differences(url, branch, TABLES[branch]) == []


def test_a_table_that_no_migration_makes_would_be_seen(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    create(url, Branch.KEYS)
    assert differences(url, Branch.KEYS, LOG) != []


def differences(url: str, branch: Branch, tables: MetaData) -> list[object]:
    with opened(url, branch) as database, database.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, tables))


@pytest.mark.parametrize("branch", Branch)
def test_each_database_says_which_format_it_is(demo: Demo, branch: Branch) -> None:
    with closing(sqlite3.connect(demo.folder / FILES[branch])) as connection:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert rows == [(f"{branch}_{FORMAT}",)]


def write_format(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))


@pytest.mark.parametrize("branch", Branch)
def test_newer_format_is_refused(closed: Path, branch: Branch) -> None:
    write_format(closed / FILES[branch], f"{branch}_{FORMAT + 1}")
    before = dict(all_bytes(closed))
    with pytest.raises(StoreTooNew) as caught:
        open_demo(closed)
    assert caught.value.fields["found"] == FORMAT + 1
    assert caught.value.fields["known"] == FORMAT
    assert FILES[branch] in caught.value.sentence("nl")
    assert dict(all_bytes(closed)) == before


@pytest.mark.parametrize("branch", Branch)
@pytest.mark.parametrize("version", ["", "x", "store_x", "keys_", "1", "other_1"])
def test_format_of_something_else_is_no_store(
    closed: Path, branch: Branch, version: str
) -> None:
    write_format(closed / FILES[branch], version)
    with pytest.raises(NoStore) as caught:
        open_demo(closed)
    assert FILES[branch] in caught.value.sentence("nl")


@pytest.mark.parametrize("branch", Branch)
@pytest.mark.parametrize(
    "content",
    [b"", b"no database", b"\0" * 4_096, b"SQLite format 2\0" + b"x" * 100],
    ids=["empty", "text", "zeros", "another SQLite"],
)
def test_file_that_is_no_database_is_left_as_it_is(
    closed: Path, branch: Branch, content: bytes
) -> None:
    file = closed / FILES[branch]
    file.write_bytes(content)
    with pytest.raises(NoStore):
        open_demo(closed)
    assert file.read_bytes() == content


@pytest.mark.parametrize("branch", Branch)
def test_missing_database_is_not_made(closed: Path, branch: Branch) -> None:
    (closed / FILES[branch]).unlink()
    with pytest.raises(NoStore):
        open_demo(closed)
    assert not (closed / FILES[branch]).exists()


@pytest.mark.parametrize("branch", Branch)
def test_folder_in_place_of_a_database(closed: Path, branch: Branch) -> None:
    (closed / FILES[branch]).unlink()
    (closed / FILES[branch]).mkdir()
    with pytest.raises(NoStore):
        open_demo(closed)


@pytest.mark.parametrize("branch", Branch)
def test_database_of_another_program_is_no_store(closed: Path, branch: Branch) -> None:
    file = closed / FILES[branch]
    file.unlink()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
    with pytest.raises(NoStore):
        open_demo(closed)


def test_databases_in_each_other_s_place_are_no_store(closed: Path) -> None:
    store, keys = closed / "demo.db", closed / "demo.keys.db"
    spare = closed / "spare"
    store.rename(spare)
    keys.rename(store)
    spare.rename(keys)
    with pytest.raises(NoStore):
        open_demo(closed)


def test_configuration_of_another_institution(closed: Path) -> None:
    toml = closed / "rgcore.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "demo"', 'id = "other"'))
    with pytest.raises(StoreOfAnother):
        open_demo(closed)


def test_store_of_another_institution(closed: Path, tmp_path: Path) -> None:
    other = make_demo(tmp_path / "other", "other").parent
    shutil.copy(other / "demo.db", closed / "demo.db")
    with pytest.raises(StoreOfAnother):
        open_demo(closed)


def test_keys_of_another_institution(closed: Path, tmp_path: Path) -> None:
    other = make_demo(tmp_path / "other", "other").parent
    shutil.copy(other / "demo.keys.db", closed / "demo.keys.db")
    with pytest.raises(StoreOfAnother):
        open_demo(closed)


@pytest.mark.parametrize(
    "file",
    ["rgcore.toml", "directory.toml", "demo.keyring", *FILES.values()],
)
def test_new_institution_overwrites_nothing(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("mine")
    with pytest.raises(StoreExists):
        make_demo(tmp_path)
    assert dict(all_bytes(tmp_path)) == {file: b"mine"}


@pytest.mark.parametrize("name", ["a b", "wat?", "100%", "#1", "caf\u00e9", "a&b=c"])
def test_folder_of_any_name_will_do(tmp_path: Path, name: str) -> None:
    toml = rgcore.create(tmp_path / name, "demo", name="demo")
    with rgcore.open(toml) as institution:
        assert institution.verify() == ()
    assert {file for file, _ in all_bytes(tmp_path / name)} >= set(FILES.values())
