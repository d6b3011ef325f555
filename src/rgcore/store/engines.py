"""Open databases, and turn their errors into ours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from attrs import field, frozen
from sqlalchemy import BindParameter, Connection, Dialect, Engine, Executable
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rgcore.errors import OpenedElsewhere, RgcoreError, StoreUnavailable
from rgcore.store.places import READ_ONLY, Durability, Place


@frozen
class Database:
    """One open database.

    Attributes:
        engine: Its connections.
        place: Where it lies.
        failure: The error raised when it does not do its work.
        identity: Which file it was when it was opened; `None` if that cannot be told.
        format: The format of its tables; 0 as long as nobody looked.
        process: Which process opened it.
    """

    engine: Engine
    place: Place
    failure: type[RgcoreError] = StoreUnavailable
    identity: object | None = None
    format: int = 0
    process: int = field(factory=os.getpid)

    @property
    def file(self) -> str:
        """What it is called in messages."""
        return self.place.name

    def still_there(self) -> None:
        """Make sure that what was written lies in the file that others will read.

        A file that was removed or replaced can be written as long as it is open,
        and what is written goes with it.
        """
        if self.identity is None:
            return
        if self.identity != self.place.identity():
            raise self.failure(file=self.file, kind="FileNotFoundError")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state and takes no lock."""
        with self.guarded(), self.engine.connect() as connection:
            yield connection.execution_options(**{READ_ONLY: True})

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in one transaction; on SQLite it holds the write lock.

        There a transaction that begins by reading and then writes fails if somebody
        else wrote in between; one that begins with the lock does not.
        """
        with self.guarded(), self.engine.begin() as connection:
            yield connection
        self.still_there()

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """Give the driver's own cursor; each statement is a transaction of its own."""
        with self.guarded():
            connection = self.engine.raw_connection()
            try:
                yield connection.cursor()
            except BaseException:
                # Whatever state it is in, nobody else gets it.
                connection.invalidate()
                raise
            connection.close()

    def scrub(self) -> None:
        """Leave nothing behind of what was emptied, as far as the database can.

        On SQLite others who read at this moment may keep it until the next time. On
        PostgreSQL old rows go when the server vacuums.
        """
        statement = self.place.scrubbing()
        if statement is not None:
            with self.raw() as cursor:
                cursor.execute(statement)

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
        with self._database.raw() as cursor:
            cursor.execute(self._sql, self._arguments(values))
            return cursor.fetchone()

    def run(self, **values: object) -> None:
        """Run the statement as a transaction of its own."""
        with self._database.raw() as cursor:
            cursor.execute(self._sql, self._arguments(values))
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
    place: Place,
    durability: Durability = Durability.FULL,
    failure: type[RgcoreError] = StoreUnavailable,
) -> Database:
    """Open a database; nothing is made.

    Args:
        place: Where it lies.
        durability: What a power cut can take.
        failure: The error to raise when it does not do its work.
    """
    return Database(place.engine(durability), place, failure, place.identity())
