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
from databases import SQLITE, STORES, Server, execute, only_files, urls_of
from rgcore.errors import NoStore, StoreExists, StoreOfAnother, StoreTooNew
from rgcore.store import FORMAT
from rgcore.store.migrate import Branch, create, opened
from rgcore.store.places import Place, SqliteFile, place_of
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


@pytest.fixture(params=STORES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give a place where there is no database yet, or an empty one."""
    if request.param == SQLITE:
        return SqliteFile(tmp_path / "new.db")
    server: Server = request.getfixturevalue("server")
    place = place_of(server.url(server.new()))
    assert place is not None
    return place


@pytest.mark.parametrize("branch", Branch)
def test_migrations_make_exactly_the_tables(branch: Branch, empty: Place) -> None:
    create(empty, branch)
    assert differences(empty, branch, TABLES[branch]) == []


def test_a_table_that_no_migration_makes_would_be_seen(empty: Place) -> None:
    create(empty, Branch.KEYS)
    assert differences(empty, Branch.KEYS, LOG) != []


def test_on_postgresql_every_text_sorts_by_its_bytes(server: Server) -> None:
    url = server.url(server.new())
    place = place_of(url)
    assert place is not None
    for branch in Branch:
        create(place, branch)
    query = (
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'character varying' "
        "AND table_name <> 'alembic_version' "
        "AND collation_name IS DISTINCT FROM 'C'"
    )
    assert execute(url, query) == []


def differences(place: Place, branch: Branch, tables: MetaData) -> list[object]:
    with opened(place, branch) as database, database.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        # Both may share a database on PostgreSQL, and alembic_version is Alembic's.
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, tables))


@pytest.mark.parametrize("branch", Branch)
def test_each_database_says_which_format_it_is(demo: Demo, branch: Branch) -> None:
    query = "SELECT version_num FROM alembic_version"
    found = [row[0] for row in execute(urls_of(demo.toml)[branch], query)]
    assert [one for one in found if one.startswith(branch)] == [f"{branch}_{FORMAT}"]


def write_format(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))


@only_files
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


@only_files
@pytest.mark.parametrize("branch", Branch)
@pytest.mark.parametrize("version", ["", "x", "store_x", "keys_", "1", "other_1"])
def test_format_of_something_else_is_no_store(
    closed: Path, branch: Branch, version: str
) -> None:
    write_format(closed / FILES[branch], version)
    with pytest.raises(NoStore) as caught:
        open_demo(closed)
    assert FILES[branch] in caught.value.sentence("nl")


@only_files
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


@only_files
@pytest.mark.parametrize("branch", Branch)
def test_missing_database_is_not_made(closed: Path, branch: Branch) -> None:
    (closed / FILES[branch]).unlink()
    with pytest.raises(NoStore):
        open_demo(closed)
    assert not (closed / FILES[branch]).exists()


@only_files
@pytest.mark.parametrize("branch", Branch)
def test_folder_in_place_of_a_database(closed: Path, branch: Branch) -> None:
    (closed / FILES[branch]).unlink()
    (closed / FILES[branch]).mkdir()
    with pytest.raises(NoStore):
        open_demo(closed)


@only_files
@pytest.mark.parametrize("branch", Branch)
def test_database_of_another_program_is_no_store(closed: Path, branch: Branch) -> None:
    file = closed / FILES[branch]
    file.unlink()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
    with pytest.raises(NoStore):
        open_demo(closed)


@only_files
def test_databases_in_each_other_s_place_are_no_store(closed: Path) -> None:
    store, keys = closed / "demo.db", closed / "demo.keys.db"
    spare = closed / "spare"
    store.rename(spare)
    keys.rename(store)
    spare.rename(keys)
    with pytest.raises(NoStore):
        open_demo(closed)


@only_files
def test_configuration_of_another_institution(closed: Path) -> None:
    toml = closed / "rgcore.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "demo"', 'id = "other"'))
    with pytest.raises(StoreOfAnother):
        open_demo(closed)


@only_files
def test_store_of_another_institution(closed: Path, tmp_path: Path) -> None:
    other = make_demo(tmp_path / "other", "other").parent
    shutil.copy(other / "demo.db", closed / "demo.db")
    with pytest.raises(StoreOfAnother):
        open_demo(closed)


@only_files
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
