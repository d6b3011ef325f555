"""Make, recognise and upgrade databases, by Alembic.

Each database of an installation (store, keys, log) is a branch of its own in one
folder of migrations. One number says which format an installation has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, frozen
from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    inspect,
    select,
    text,
)

from rgcore.errors import (
    NoStore,
    RgcoreError,
    StoreExists,
    StoreTooNew,
    StoreUnavailable,
)
from rgcore.store.engines import Database, open_database
from rgcore.store.places import Durability, Place, SqliteFile
from rgcore.store.tables import INSTITUTION, RING_CHECK

FORMAT: Final = 2
"""The format that this rgcore writes. Every earlier one it can open and read."""

_MAKING: Final = 0x5247_6D61_6B65
"""Advisory lock of PostgreSQL under which tables are made: one at a time."""


class Branch(StrEnum):
    """The databases of an installation."""

    STORE = "store"
    KEYS = "keys"
    LOG = "log"


@frozen
class Step:
    """One migration.

    Attributes:
        revision: Its name.
        what: What it does, in a line.
    """

    revision: str
    what: str


def create(place: Place, branch: Branch) -> None:
    """Make a new database with all its tables, or its tables in an empty one.

    Args:
        place: A SQLite file that does not exist yet, or a PostgreSQL database that
            does and has no such tables.
        branch: Which database it is.

    Raises:
        StoreExists: There is one already.
        StoreUnavailable: The server does not answer, or has no such database.
    """
    if isinstance(place, SqliteFile) and place.path.exists():
        raise StoreExists(file=place.path)
    with open_database(place) as database, database.writing() as connection:
        _alone(connection)
        if _found(connection, branch) is not None:
            raise StoreExists(file=place.name)
        _upgrade(connection, branch)
    if isinstance(place, SqliteFile):
        place.path.chmod(0o600)


def ensure(place: Place, branch: Branch) -> None:
    """Make a database if there is none; several institutions may share one.

    Args:
        place: Where it lies.
        branch: Which database it is.

    Raises:
        NoStore: There is something else.
        StoreTooNew: A newer rgcore wrote it.
        StoreUnavailable: The server does not answer, or has no such database.
    """
    with suppress(StoreExists):
        create(place, branch)
    opened(place, branch).close()


def is_taken(place: Place, branch: Branch, institution: str) -> bool:
    """Tell whether a database, if there is one, knows an institution already.

    Args:
        place: Where it lies.
        branch: Which database it is.
        institution: The institution's id.

    Raises:
        NoStore: There is something else.
        StoreTooNew: A newer rgcore wrote it.
        StoreUnavailable: The server does not answer, or has no such database.
    """
    if isinstance(place, SqliteFile) and not place.path.exists():
        return False
    mark = _MARKS.get(branch)
    with open_database(place) as database, database.reading() as connection:
        if mark is None or _found(connection, branch) is None:
            return False
        query = select(mark).where(mark.c.institution_id == institution)
        return connection.execute(query).first() is not None


def opened(
    place: Place,
    branch: Branch,
    durability: Durability = Durability.FULL,
    failure: type[RgcoreError] = StoreUnavailable,
) -> Database:
    """Open a database that is there and of a format that is known.

    Args:
        place: Where it lies.
        branch: Which database it should be.
        durability: What a power cut can take.
        failure: The error to raise later when it does not do its work.

    Raises:
        NoStore: There is none.
        StoreTooNew: A newer rgcore wrote it.
    """
    if not place.is_there():
        raise NoStore(file=_told(place))
    database = open_database(place, durability, failure)
    try:
        found = format_of(database, branch)
    except BaseException:
        database.close()
        raise
    if found is not None and found <= FORMAT:
        return evolve(database, format=found)
    database.close()
    if found is None:
        raise NoStore(file=_told(place))
    raise StoreTooNew(file=_told(place), found=found, known=FORMAT)


def format_of(database: Database, branch: Branch) -> int | None:
    """Return the format of an open database; `None` if it is no such database.

    Args:
        database: The database.
        branch: Which it should be.
    """
    with database.reading() as connection:
        return _found(connection, branch)


def upgrade(place: Place, branch: Branch) -> tuple[Step, ...]:
    """Bring a database to the format that this rgcore writes: wholly or not at all.

    Args:
        place: Where it lies.
        branch: Which database it is.

    Returns:
        The migrations that were run; none if it has that format.

    Raises:
        NoStore, StoreTooNew: It cannot be upgraded by this rgcore.
    """
    with opened(place, branch) as database, database.writing() as connection:
        _alone(connection)
        steps = _steps(branch, _found(connection, branch) or FORMAT)
        if steps:
            _upgrade(connection, branch)
    return steps


def upgrade_plan(place: Place, branch: Branch) -> tuple[Step, ...]:
    """Return the migrations that `upgrade` would run; changes nothing.

    Args:
        place: Where it lies.
        branch: Which database it is.

    Raises:
        NoStore, StoreTooNew: It cannot be upgraded by this rgcore.
    """
    with opened(place, branch) as database:
        return _steps(branch, database.format)


def _told(place: Place) -> object:
    return place.path if isinstance(place, SqliteFile) else place.name


def _alone(connection: Connection) -> None:
    """Let nobody else make or upgrade tables meanwhile; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        connection.execute(lock, {"key": _MAKING})


def _found(connection: Connection, branch: Branch) -> int | None:
    known = inspect(connection).has_table(_VERSIONS.name)
    query = select(_VERSIONS.c.version_num)
    heads = connection.execute(query).scalars().all() if known else ()
    prefix = f"{branch}_"
    numbers = [head.removeprefix(prefix) for head in heads if head.startswith(prefix)]
    return int(numbers[0]) if numbers and numbers[0].isdigit() else None


def _steps(branch: Branch, found: int) -> tuple[Step, ...]:
    return tuple(_unrun(branch, found)) if found < FORMAT else ()


def _unrun(branch: Branch, found: int) -> Iterator[Step]:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config())
    for number in range(found + 1, FORMAT + 1):
        revision = scripts.get_revision(f"{branch}_{number}")
        yield Step(revision.revision, revision.doc)


def _upgrade(connection: Connection, branch: Branch) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, f"{branch}@head")


def _config() -> Any:
    # Alembic takes a quarter of a second to import: not for every command.
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


_MARKS: Final = MappingProxyType({Branch.STORE: INSTITUTION, Branch.KEYS: RING_CHECK})
"""Where a database says which institutions it knows."""

_VERSIONS: Final = Table("alembic_version", MetaData(), Column("version_num", String))
"""Where Alembic keeps which migrations a database has."""
