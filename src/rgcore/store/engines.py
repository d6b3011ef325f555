"""Open databases, and turn their errors into ours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from attrs import field, frozen
from sqlalchemy import (
    URL,
    BindParameter,
    Connection,
    Dialect,
    Engine,
    Executable,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rgcore.errors import OpenedElsewhere, RgcoreError, StoreUnavailable

_BUSY_MS: Final = 10_000


class Durability(StrEnum):
    """What a power cut can take.

    `FULL` waits for the disk at each commit: nothing that was acknowledged is
    lost. `NORMAL` may lose the last commits before a power cut, never more.
    """

    FULL = "full"
    NORMAL = "normal"


@frozen
class Database:
    """One open database.

    Attributes:
        engine: Its connections.
        file: What it is called in messages.
        failure: The error raised when it does not do its work.
        identity: Which file it was when it was opened; `None` if it was made then.
        path: Where that file lies.
        process: Which process opened it.
    """

    engine: Engine
    file: str
    failure: type[RgcoreError] = StoreUnavailable
    identity: tuple[int, int] | None = None
    path: Path = Path()
    process: int = field(factory=os.getpid)

    def still_there(self) -> None:
        """Make sure that what was written lies in the file that others will read.

        A file that was removed or replaced can be written as long as it is open,
        and what is written goes with it.
        """
        if self.identity is None:
            return
        if self.identity != _identity(self.path):
            raise self.failure(file=self.file, kind="FileNotFoundError")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state and takes no lock."""
        with self.guarded(), self.engine.connect() as connection:
            yield connection.execution_options(**{_READ_ONLY: True})

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in one transaction that holds the write lock at once.

        On SQLite a transaction that begins by reading and then writes fails if
        somebody else wrote in between; one that begins with the lock does not.
        """
        with self.guarded(), self.engine.begin() as connection:
            yield connection
        self.still_there()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn what the driver raises into an error without values.

        Raises:
            OpenedElsewhere: This process was forked after the database was opened.
                Two processes on one connection mix up what they read and write.
        """
        if os.getpid() != self.process:
            raise OpenedElsewhere(file=self.file)
        try:
            yield
        except DBAPIError as error:
            kind = type(error.orig).__name__
        except SQLAlchemyError as error:
            kind = type(error).__name__
        except self._driver_error as error:
            kind = type(error).__name__
        else:
            return
        # The driver's error is still the context here, and may hold values.
        raise self.failure(file=self.file, kind=kind) from None

    def __enter__(self) -> Self:
        """Return the database itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close all connections, unless they are those of another process."""
        if os.getpid() == self.process:
            self.engine.dispose()

    @property
    def _driver_error(self) -> type[Exception]:
        driver = self.engine.dialect.loaded_dbapi
        return driver.Error


class Prepared:
    """A statement compiled once and run on the pool's raw cursor.

    This is the one place that goes round SQLAlchemy's execution: of a document
    read that takes 17 microseconds on a kept connection, it saves about half; four
    writes in one transaction take 86 instead of 911 that build them each time.
    What goes in is converted as its column asks; what comes out is not, so columns
    that are read hold text, integers or bytes.
    """

    def __init__(self, database: Database, statement: Executable) -> None:
        compiled = statement.compile(dialect=database.engine.dialect)  # type: ignore[attr-defined]
        self._database = database
        self._sql = str(compiled)
        self._order: tuple[str, ...] | None = compiled.positiontup
        self._fixed = {k: v for k, v in compiled.params.items() if v is not None}
        self._converted = dict(_converters(compiled.binds, database.engine.dialect))

    def one(self, **values: object) -> Any:
        """Return the first row, or `None`."""
        with self._database.guarded():
            connection = self._database.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(self._sql, self._arguments(values))
                return cursor.fetchone()
            finally:
                connection.close()

    def run(self, **values: object) -> None:
        """Run the statement as a transaction of its own."""
        with self._database.guarded():
            connection = self._database.engine.raw_connection()
            try:
                connection.cursor().execute(self._sql, self._arguments(values))
                connection.commit()
            finally:
                connection.close()
        self._database.still_there()

    def within(self, connection: Connection, **values: object) -> Any:
        """Run the statement in a transaction that is open; return its cursor."""
        cursor = connection.connection.cursor()
        cursor.execute(self._sql, self._arguments(values))
        return cursor

    def _arguments(self, values: dict[str, object]) -> Any:
        given = {**self._fixed, **values}
        for name, convert in self._converted.items():
            given[name] = convert(given[name])
        return given if self._order is None else [given[name] for name in self._order]


def _converters(
    binds: Mapping[str, BindParameter[Any]], dialect: Dialect
) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    for name, bind in binds.items():
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            yield name, convert


def open_database(
    url: str,
    durability: Durability = Durability.FULL,
    failure: type[RgcoreError] = StoreUnavailable,
) -> Database:
    """Open a database by its URL; SQLite files are opened, never made.

    Args:
        url: Such as `sqlite:////var/lib/rgcore/klaas.db`.
        durability: What a power cut can take.
        failure: The error to raise when it does not do its work.
    """
    # Parameters stay out of errors: they could be sealed leaves or ids.
    path = sqlite_path(url)
    engine = create_engine(
        # Put together, not parsed: a folder's name may hold a question mark.
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        connect_args=_NO_OWN_BEGIN,
    )
    event.listen(engine, "connect", _pragmas(durability))
    event.listen(engine, "begin", _begin)
    return Database(engine, path.name, failure, _identity(path), path)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def sqlite_path(url: str) -> Path:
    """Return the file that a SQLite URL names."""
    return Path(url.removeprefix("sqlite:///"))


_NO_OWN_BEGIN: Final = {"isolation_level": None}
"""The driver begins no transactions by itself; `_begin` does."""


def _pragmas(durability: Durability) -> Any:
    def set_up(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {durability.value.upper()}")
        cursor.close()
        connection.text_factory = _text

    return set_up


def _text(stored: bytes) -> str:
    """Return stored text; what is no text differs from any, and raises nothing.

    The driver's own error would repeat it, and `verify` could not name its row.
    """
    return stored.decode(errors="replace")


_READ_ONLY: Final = "rgcore_read_only"


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
