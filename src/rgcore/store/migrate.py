"""Make, recognise and (from the next format on) upgrade databases, by Alembic.

Each database of an installation (store, keys, log) is a branch of its own in one
folder of migrations.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    inspect,
    select,
)

from rgcore.errors import (
    NoStore,
    RgcoreError,
    StoreExists,
    StoreTooNew,
    StoreUnavailable,
)
from rgcore.store.engines import Database, Durability, open_database, sqlite_path

FORMAT: Final = 1
"""The format that this rgcore writes. Every earlier one it can open."""


class Branch(StrEnum):
    """The databases of an installation."""

    STORE = "store"
    KEYS = "keys"
    LOG = "log"


def create(url: str, branch: Branch) -> None:
    """Make a new database with all its tables.

    Args:
        url: A SQLite URL; the file must not exist yet.
        branch: Which database it is.

    Raises:
        StoreExists: The file is there already.
    """
    path = sqlite_path(url)
    if path.exists():
        raise StoreExists(file=path)
    database = open_database(url)
    try:
        with database.writing() as connection:
            _upgrade(connection, f"{branch}@head")
    finally:
        database.close()
    path.chmod(0o600)


def opened(
    url: str,
    branch: Branch,
    durability: Durability = Durability.FULL,
    failure: type[RgcoreError] = StoreUnavailable,
) -> Database:
    """Open a database that is there and of a format that is known.

    Args:
        url: A SQLite URL.
        branch: Which database it should be.
        durability: What a power cut can take.
        failure: The error to raise later when it does not do its work.

    Raises:
        NoStore: There is none.
        StoreTooNew: A newer rgcore wrote it.
    """
    path = sqlite_path(url)
    if not is_database(path):
        raise NoStore(file=path)
    database = open_database(url, durability, failure)
    try:
        found = _format(database, branch)
    except BaseException:
        database.close()
        raise
    if found is not None and found <= FORMAT:
        return database
    database.close()
    if found is None:
        raise NoStore(file=path)
    raise StoreTooNew(file=path, found=found, known=FORMAT)


def is_database(path: Path) -> bool:
    """Tell whether a file is a database, without letting the driver write to it."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


_MAGIC: Final = b"SQLite format 3\0"


def _format(database: Database, branch: Branch) -> int | None:
    with database.reading() as connection:
        known = inspect(connection).has_table(_VERSIONS.name)
        query = select(_VERSIONS.c.version_num)
        heads = connection.execute(query).scalars().all() if known else ()
    prefix = f"{branch}_"
    numbers = [head.removeprefix(prefix) for head in heads if head.startswith(prefix)]
    return int(numbers[0]) if numbers and numbers[0].isdigit() else None


def _upgrade(connection: Connection, target: str) -> None:
    # Alembic takes a quarter of a second to import: not for every command.
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


_VERSIONS: Final = Table("alembic_version", MetaData(), Column("version_num", String))
"""Where Alembic keeps which migrations a database has."""
