"""What tests of several folders need: a clock to set, ids in order, Klaas' group.

Everything is invented, or from the article about Klaas and Esmee. Import it as
`from support import open_demo`; the folder `tests` is on the path.
"""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

import rgcore
from databases import Server, all_rows, put_rows, urls_of
from rgcore.domain.actor import CARE
from rgcore.domain.changes import SetGoal, StartGroup
from rgcore.domain.ids import ChangeId, Code, GroupId, ItemId, PersonId, TeamId
from rgcore.domain.people import Person
from rgcore.domain.plan import Term
from rgcore.institution import Databases
from rgcore.store import KeyStore

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST_DAY = date(2025, 1, 6)
"""The local day on which `Clock` begins and Klaas' group starts."""

TEAM = TeamId("fact-noord")
GROUP = GroupId("g-klaas")
KLAAS = PersonId("klaas")
ESMEE = PersonId("s-esmee")
ARTS = PersonId("s-arts")

AT_THE_TABLE = rgcore.Actor(
    who=ESMEE, purpose=CARE, on_behalf_of=KLAAS, because=Code("at_the_table")
)
"""Esmee types while Klaas decides."""

DIRECTORY = """\
[[staff]]
id = "s-esmee"
name = "Esmee"
profession = "verpleegkundige"
teams = [{ team = "fact-noord", since = 2024-01-01 }]

[[staff]]
id = "s-arts"
name = "Dr. Arts"
profession = "psychiater"
teams = [{ team = "fact-noord", since = 2024-01-01 }]
"""


@contextmanager
def without_root() -> Iterator[None]:
    """Act as nobody for a while: root may write what is read-only."""
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@define
class Clock:
    """A clock that stands still until it is set. Call it for now, in UTC."""

    day: date = FIRST_DAY
    at: time = time(12)

    def __call__(self) -> datetime:
        """Return now, in UTC."""
        local = datetime.combine(self.day, self.at, AMSTERDAM)
        return local.astimezone(UTC)

    def set(self, day: date, at: time = time(12)) -> None:
        """Set it to a local day, at noon unless a local time is given."""
        self.day, self.at = day, at


@define
class Ids:
    """Ids in order: `log-1`, `log-2` and so on. Call it for the next."""

    prefix: str = "log"
    given: int = 0

    def __call__(self) -> str:
        """Return the next id."""
        self.given += 1
        return f"{self.prefix}-{self.given}"


@define
class Entropy:
    """Bytes that differ at each call and are the same in each run. No chance in it."""

    seed: str = "rgcore"
    given: int = 0

    def __call__(self, size: int) -> bytes:
        """Return so many bytes."""
        self.given += 1
        return hashlib.shake_256(f"{self.seed} {self.given}".encode()).digest(size)


@frozen
class Demo:
    """An open institution with what a test needs beside it.

    Attributes:
        institution: Open; `close` or leaving a `with` closes it.
        clock: Its clock, to set.
        folder: Where its files lie.
    """

    institution: rgcore.Institution
    clock: Clock
    folder: Path

    @property
    def toml(self) -> Path:
        """The configuration."""
        return self.folder / "rgcore.toml"

    @property
    def store(self) -> Path:
        """The database with groups."""
        return self.folder / "demo.db"

    @property
    def keys(self) -> Path:
        """The key store."""
        return self.folder / "demo.keys.db"

    @property
    def log(self) -> Path:
        """The access log."""
        return self.folder / "demo.log.db"

    @property
    def store_url(self) -> str:
        """The URL of the database with groups."""
        return urls_of(self.toml)["store"]

    @property
    def keys_url(self) -> str:
        """The URL of the key store."""
        return urls_of(self.toml)["keys"]

    @property
    def log_url(self) -> str:
        """The URL of the access log."""
        return urls_of(self.toml)["log"]

    @property
    def ring(self) -> Path:
        """The key ring."""
        return self.folder / "demo.keyring"

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the institution."""
        self.institution.close()


def make_demo(
    folder: Path, institution: str = "demo", server: Server | None = None
) -> Path:
    """Make an institution with Esmee and a clinician; return the TOML file.

    Args:
        folder: Where its files come.
        institution: Its id.
        server: Where its databases come; `None` for files.
    """
    urls = _new_databases(server) if server else None
    toml = rgcore.create(
        folder, institution, name="demo", staff=DIRECTORY, clock=Clock(), databases=urls
    )
    # No power cut is tested here, and waiting for the disk takes most of the time.
    toml.write_text(toml.read_text("utf-8").replace('"full"\n', '"normal"\n'), "utf-8")
    return toml


def _new_databases(server: Server) -> Databases:
    # The log beside the groups: one database may hold both, and tests run faster.
    store, keys = server.url(server.new()), server.url(server.new())
    return Databases(store=store, keys=keys, log=store)


def open_demo(folder: Path, clock: Clock | None = None) -> Demo:
    """Open the institution in a folder; make it first if it is not there."""
    toml = folder / "rgcore.toml"
    if not toml.exists():
        make_demo(folder)
    clock = clock or Clock()
    return Demo(rgcore.open(toml, clock=clock, ids=Ids()), clock, folder)


def start_klaas(
    institution: rgcore.Institution,
    group: str = GROUP,
    name: rgcore.PersonName | None = None,
) -> rgcore.Recorded:
    """Start Klaas' group on `FIRST_DAY`, typed by Esmee at the table."""
    words = rgcore.Words()
    start = starting(group, words, name=name)
    return institution.record(group, [start], AT_THE_TABLE, words=words)


def starting(
    group: str,
    words: rgcore.Words,
    *,
    change: str = "c-start",
    name: rgcore.PersonName | None = None,
) -> StartGroup:
    """Return the change that starts Klaas' group.

    Args:
        group: Its id.
        words: Takes the words of the change.
        change: The change's id.
        name: What Klaas is called.
    """
    said = name or rgcore.PersonName.of("Klaas")
    return StartGroup(
        id=ChangeId(change),
        happened_on=FIRST_DAY,
        group=GroupId(group),
        team=TEAM,
        client=Person(id=KLAAS, name=words.add("t-klaas", subject=KLAAS, said=said)),
        supporter=Person(id=ESMEE, staff=True),
    )


@frozen
class Goals:
    """Makes changes that set a goal, with words of their own for each.

    Attributes:
        words: The words of all that were made; pass them on to `record`.
    """

    words: rgcore.Words = field(factory=rgcore.Words)

    def set(self, name: str, said: str, on: date = FIRST_DAY) -> SetGoal:
        """Return a change that sets a goal of this name (`c-name`, `goal-name`)."""
        return SetGoal(
            id=ChangeId(f"c-{name}"),
            happened_on=on,
            goal=ItemId(f"goal-{name}"),
            term=Term.LONG,
            dimension=Code("personal"),
            words=self.words.add(f"t-{name}", subject=KLAAS, said=said),
        )


def set_goal(
    institution: rgcore.Institution, name: str, said: str, group: str = GROUP
) -> rgcore.Recorded:
    """Record a goal in Klaas' words, typed by Esmee at the table."""
    goals = Goals()
    change = goals.set(name, said)
    return institution.record(group, [change], AT_THE_TABLE, words=goals.words)


def forget(demo: Demo, person: PersonId, group: GroupId = GROUP) -> None:
    """Forget a person's key, as an erasure does: by rewriting the group's record."""
    key_store: KeyStore = demo.institution._store._keys
    keys = key_store.read(group)
    assert keys is not None
    left = {who: key for who, key in keys.subjects.items() if who != person}
    assert key_store._kept(group, evolve(keys, subjects=left), new=False)


def all_bytes(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Go through the files in a folder, write-ahead logs included, by name."""
    for file in sorted(folder.iterdir()):
        if file.is_file():
            yield file.name, file.read_bytes()


Row = dict[str, Any]


@contextmanager
def tampered(
    where: Path | str, table: str, alter: Callable[[list[Row]], Iterable[Row]]
) -> Iterator[None]:
    """Alter a table behind rgcore's back and put everything back afterwards.

    Args:
        where: The database: a SQLite file, or a URL.
        table: The table; its keys and constraints still hold.
        alter: Gets all rows, by column, and returns what shall stand there instead.
    """
    rows = all_rows(where, table)
    put_rows(where, table, list(alter([dict(row) for row in rows])))
    try:
        yield
    finally:
        put_rows(where, table, rows)


MARKER = "zilverreiger"
"""A word that stands in for what somebody said: it may show up nowhere."""


def told(error: BaseException) -> str:
    """Return all that an error may tell anybody: text, repr, fields and traceback."""
    parts = [str(error), repr(error), *traceback.format_exception(error)]
    if isinstance(error, rgcore.RgcoreError):
        parts += [error.sentence("nl"), error.sentence("en"), repr(error.fields)]
    if isinstance(error, rgcore.InputError):
        parts += [repr((p, p.allowed)) for p in error.problems]
    return "\n".join(parts)


def found(error: rgcore.InputError) -> list[tuple[str, str]]:
    """Return the code and the path of each problem of an error."""
    return [(problem.code, problem.path) for problem in error.problems]
