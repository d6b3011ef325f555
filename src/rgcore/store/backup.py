"""Copy databases while they are in use, and put copies back.

A copy is always a SQLite file. A file is copied by SQLite itself; a PostgreSQL
database is read in one snapshot and written table by table, so that no program of
the server's own version is needed, and a copy of either can be put back into either.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Column, Connection, Table, insert, inspect, select, text

from rgcore.errors import NoStore, RgcoreError, StoreExists, StoreUnavailable
from rgcore.store.engines import open_database
from rgcore.store.migrate import FORMAT, Branch, create, format_of, opened
from rgcore.store.places import Place, SqliteFile
from rgcore.store.tables import KEYS, LOG, STORE

_TABLES: Final = MappingProxyType(
    {Branch.STORE: STORE, Branch.KEYS: KEYS, Branch.LOG: LOG}
)
_ROWS: Final = 500
"""How many rows are held in memory at a time. Our own default."""


@frozen
class Wanted:
    """A database and the folder of its copy.

    Attributes:
        place: Where the database lies.
        branch: Which it is.
        folder: Where its copy comes or lies.
    """

    place: Place
    branch: Branch
    folder: Path

    @property
    def copy(self) -> Path:
        """Return the file of the copy."""
        if isinstance(self.place, SqliteFile):
            return self.folder / self.place.name
        name = self.place.name.rpartition("/")[2]
        return self.folder / f"{name}.{self.branch}.db"


def back_up(wanted: Sequence[Wanted]) -> list[Path]:
    """Copy databases as they stand, while others may write to them.

    Args:
        wanted: The databases; folders are made if they are not there.

    Returns:
        The copies.

    Raises:
        NoStore: One of them is no database; nothing was copied.
        StoreExists: A folder has a file of that name already; nothing was copied.
        StoreUnavailable: One could not be copied; no half copy is left.
    """
    for one in wanted:
        if not one.place.is_there():
            raise NoStore(file=one.place.name)
        if one.copy.exists():
            raise StoreExists(file=one.copy)
    return [_whole(one.copy, _copier(one)) for one in wanted]


def put_back(wanted: Sequence[Wanted]) -> list[str]:
    """Put copies of databases back where they are configured.

    Args:
        wanted: The databases. A SQLite file must not exist yet; a PostgreSQL database
            must exist and hold no such tables.

    Returns:
        What they are called.

    Raises:
        NoStore: A folder has no copy of it, or what lies there is no database; nothing
            was put back.
        StoreExists: There is such a database already; nothing was put back.
        StoreUnavailable: One could not be copied; no half copy is left.
    """
    for one in wanted:
        if not SqliteFile(one.copy).is_there():
            raise NoStore(file=one.copy)
        if _is_taken(one):
            raise StoreExists(file=one.place.name)
    return [_put(one) for one in wanted]


def _is_taken(one: Wanted) -> bool:
    if isinstance(one.place, SqliteFile):
        return one.place.path.exists()
    with open_database(one.place) as database:
        return format_of(database, one.branch) is not None


def _put(one: Wanted) -> str:
    if isinstance(one.place, SqliteFile):
        _whole(one.place.path, lambda half: shutil.copyfile(one.copy, half))
        return str(one.place.path)
    create(one.place, one.branch)
    _copy_rows(SqliteFile(one.copy), one.place, one.branch)
    return one.place.name


def _copier(one: Wanted) -> Callable[[Path], object]:
    if isinstance(one.place, SqliteFile):
        source = one.place.path
        return lambda half: _in_use(source, half)
    return lambda half: _read_out(one.place, one.branch, SqliteFile(half))


def _whole(target: Path, copy: Callable[[Path], object]) -> Path:
    """Make a file wholly or not at all."""
    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        copy(half)
        half.chmod(0o600)
        half.rename(target)
    except (sqlite3.Error, OSError) as error:
        kind = type(error).__name__
    except RgcoreError:
        _remove(half)
        raise
    else:
        return target
    _remove(half)
    raise StoreUnavailable(file=target, kind=kind)


def _remove(half: Path) -> None:
    with suppress(OSError):
        half.unlink(missing_ok=True)


def _in_use(source: Path, target: Path) -> None:
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _read_out(place: Place, branch: Branch, copy: SqliteFile) -> None:
    create(copy, branch)
    _copy_rows(place, copy, branch)
    # One file, without a write-ahead log beside it.
    with closing(sqlite3.connect(copy.path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(source: Place, target: Place, branch: Branch) -> None:
    with (
        opened(source, branch) as old,
        opened(target, branch) as new,
        old.reading() as reading,
        new.writing() as writing,
    ):
        for table in _TABLES[branch].sorted_tables:
            for rows in _batches(reading, table, whole=old.format == FORMAT):
                writing.execute(insert(table), rows)
        if branch is Branch.STORE and writing.dialect.name == "postgresql":
            writing.execute(text(_GO_ON_BEHIND))


def _batches(
    connection: Connection, table: Table, *, whole: bool
) -> Iterator[list[dict[str, object]]]:
    """Go through a table's rows; only a copy of an older format may lack columns."""
    columns = list(table.c) if whole else _there(connection, table)
    if not columns:
        return
    # Said of the statement: of the connection it would be said of its BEGIN too.
    streaming = {"stream_results": True, "yield_per": _ROWS}
    query = select(*columns).execution_options(**streaming)
    with connection.execute(query) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def _there(connection: Connection, table: Table) -> list[Column[Any]]:
    inspector = inspect(connection)
    if not inspector.has_table(table.name):
        return []
    names = {column["name"] for column in inspector.get_columns(table.name)}
    return [column for column in table.c if column.name in names]


_GO_ON_BEHIND: Final = """
SELECT setval('journal_position_seq', greatest(1, max(position)),
       max(position) IS NOT NULL) FROM journal
"""
