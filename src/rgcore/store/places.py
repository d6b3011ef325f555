"""Where a database lies: a SQLite file, or a PostgreSQL database by its URL.

What differs between the two stands here and in `positions`; the rest of the store
speaks SQLAlchemy Core and knows neither.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from rgcore.errors import DriverMissing

READ_ONLY: Final = "rgcore_read_only"
"""Execution option of a connection that will only read."""

WAIT_MS: Final = 10_000
"""How long somebody waits for another's lock. Our own default."""

_SQLITE: Final = "sqlite:///"
_POSTGRESQL: Final = ("postgresql", "postgresql+psycopg")
_MAGIC: Final = b"SQLite format 3\0"


class Durability(StrEnum):
    """What a power cut can take.

    `FULL` waits for the disk at each commit: nothing that was acknowledged is
    lost. `NORMAL` may lose the last commits before a power cut, and on PostgreSQL
    also before the server is killed; what is left is whole.
    """

    FULL = "full"
    NORMAL = "normal"


class Place(ABC):
    """Where a database lies."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What it is called in messages; never with a password."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Return its URL, with the password if there is one."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """Return its URL as it may be shown: no password."""

    @abstractmethod
    def is_there(self) -> bool:
        """Tell whether there is something that can be opened, without writing to it."""

    @abstractmethod
    def engine(self, durability: Durability) -> Engine:
        """Return connections to it; none is made yet.

        Args:
            durability: What a power cut can take.
        """

    def identity(self) -> object | None:
        """Return what tells it from another that is put into its place."""
        return None

    def scrubbing(self) -> str | None:
        """Return the statement that leaves nothing behind of what was emptied."""
        return None


@frozen
class SqliteFile(Place):
    """A SQLite file.

    Attributes:
        path: Where it lies.
    """

    path: Path

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return self.path.name

    @property
    def url(self) -> str:
        """Return its URL."""
        return f"{_SQLITE}{self.path}"

    @property
    def shown(self) -> str:
        """Return its URL."""
        return self.url

    def is_there(self) -> bool:
        """Tell whether it is a SQLite database; the driver would make an empty one."""
        try:
            with self.path.open("rb") as stream:
                return stream.read(len(_MAGIC)) == _MAGIC
        except OSError:
            return False

    def engine(self, durability: Durability) -> Engine:
        """Return connections to it."""
        # Put together, not parsed: a folder's name may hold a question mark.
        url = URL.create("sqlite", database=str(self.path))
        # The driver begins no transactions by itself; `_begin_sqlite` does.
        return _engine(url, {"isolation_level": None}, _pragmas(durability), _BEGIN)

    def identity(self) -> object | None:
        """Return which file it is."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def scrubbing(self) -> str | None:
        """Return what moves the write-ahead log into the file and cuts it off."""
        return "PRAGMA wal_checkpoint(TRUNCATE)"


@frozen(repr=False)
class PostgresqlDatabase(Place):
    """A PostgreSQL database.

    Attributes:
        parsed: Its URL. A password may also come from libpq's own places, such as
            `~/.pgpass` or `PGPASSWORD`.
    """

    parsed: URL

    def __repr__(self) -> str:
        """Show no password."""
        return f"PostgresqlDatabase({self.shown!r})"

    @property
    def name(self) -> str:
        """What it is called in messages: host, if one is named, and database."""
        parts = (self.parsed.host, self.parsed.database)
        return "/".join(part for part in parts if part)

    @property
    def url(self) -> str:
        """Return its URL, with the password if there is one."""
        return self.parsed.render_as_string(hide_password=False)

    @property
    def shown(self) -> str:
        """Return its URL without the password, wherever in it that stands."""
        hidden = {"password", "sslpassword"} & set(self.parsed.query)
        url = self.parsed.update_query_dict(dict.fromkeys(hidden, "***"))
        return url.render_as_string(hide_password=True)

    def is_there(self) -> bool:
        """Return `True`: the server says whether there is one."""
        return True

    def engine(self, durability: Durability) -> Engine:
        """Return connections to it."""
        url = self.parsed.set(drivername="postgresql+psycopg")
        patience = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
        given = {k: v for k, v in patience.items() if k not in self.parsed.query}
        # As with SQLite, transactions begin where we say: a read is one round trip.
        arguments = {"autocommit": True, **given}
        with suppress(ModuleNotFoundError):
            return _engine(url, arguments, _session(durability), _BEGIN_POSTGRESQL)
        raise DriverMissing(file=self.name)


def place_of(url: str) -> Place | None:
    """Return the place that a URL names; `None` if it names none that we know.

    Args:
        url: Such as `sqlite:////var/lib/rgcore/klaas.db` or
            `postgresql://rgcore@db.example/rgcore`.
    """
    if url.startswith(_SQLITE):
        return SqliteFile(Path(url.removeprefix(_SQLITE)))
    try:
        parsed = make_url(url)
        known = parsed.drivername in _POSTGRESQL and parsed.database
    except (ArgumentError, ValueError):
        return None
    return PostgresqlDatabase(parsed) if known else None


def _engine(
    url: URL, arguments: dict[str, Any], set_up: Any, begins: tuple[str, str]
) -> Engine:
    # Parameters stay out of errors: they could be sealed leaves or ids.
    engine = create_engine(url, hide_parameters=True, connect_args=arguments)
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin(*begins))
    return engine


_BEGIN: Final = ("BEGIN", "BEGIN IMMEDIATE")
_BEGIN_POSTGRESQL: Final = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN")


def _begin(reading: str, writing: str) -> Any:
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql(reading if reads else writing)

    return begin


def _pragmas(durability: Durability) -> Any:
    def set_up(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {durability.value.upper()}")
        # What is emptied or rewritten leaves nothing behind in free pages.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()
        connection.text_factory = _text

    return set_up


def _text(stored: bytes) -> str:
    """Return stored text; what is no text differs from any, and raises nothing.

    The driver's own error would repeat it, and `verify` could not name its row.
    """
    return stored.decode(errors="replace")


def _session(durability: Durability) -> Any:
    waits = "on" if durability is Durability.FULL else "off"
    settings = {
        "synchronous_commit": waits,
        "lock_timeout": f"{WAIT_MS}ms",
        # A writer that died with its machine does not hold its locks for ever.
        "idle_in_transaction_session_timeout": "60s",
        "client_encoding": "UTF8",
    }
    calls = ", ".join(f"set_config('{k}', '{v}', false)" for k, v in settings.items())

    def set_up(connection: Any, _: object) -> None:
        connection.execute(f"SELECT {calls}")

    return set_up
