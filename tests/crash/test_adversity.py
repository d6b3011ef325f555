"""What goes wrong around a store: a clear error, nothing lost, nothing half."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

import rgcore
from crash.running import Place, assert_whole, failures_of, forks, headers, until
from databases import (
    POSTGRESQL,
    SQLITE,
    STORES,
    Made,
    Server,
    copied,
    dump,
    dumps,
    execute,
    only_files,
)
from rgcore.errors import LogUnavailable, StoreUnavailable
from support import (
    AT_THE_TABLE,
    ESMEE,
    FIRST_DAY,
    GROUP,
    MARKER,
    TEAM,
    Demo,
    Goals,
    open_demo,
    set_goal,
    start_klaas,
    told,
    without_root,
)

SERVER = [POSTGRESQL] if POSTGRESQL in STORES else []
only_server = pytest.mark.parametrize("demo", SERVER, indirect=True)
"""Marks a test that is about a server."""

waits_for_the_disk = pytest.mark.parametrize("place", SERVER, indirect=True)
"""Marks a test that is about a server that may be stopped and waits for the disk."""


def engine(demo: Demo, database: str) -> Engine:
    """Return the connections of an open institution to a database."""
    store = demo.institution._store
    found = {
        "store": store._database,
        "keys": store._keys._database,
        "log": demo.institution._log._database,
    }
    return found[database].engine


@contextmanager
def full(pool: Engine) -> Iterator[None]:
    """Let a SQLite file grow no further."""

    def no_further(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's
        # Less than there is means: what there is.
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(pool, "connect", no_further)
    pool.dispose()
    yield
    event.remove(pool, "connect", no_further)
    pool.dispose()


def start_until_full(
    institution: rgcore.Institution, prefix: str = "g"
) -> tuple[list[str], str, StoreUnavailable]:
    """Start groups until that fails; return those, the next, and why it failed."""
    started: list[str] = []
    for number in count():
        group = f"{prefix}-{number}"
        try:
            start_klaas(institution, group, rgcore.PersonName.of(MARKER))
        except StoreUnavailable as error:
            return started, group, error
        started.append(group)
        assert number < 2_000, "it takes everything"
    raise AssertionError


def assert_only(demo: Demo, groups: list[str]) -> None:
    """Make sure that these groups are there, whole, and nothing else is."""
    assert demo.institution.groups() == tuple(sorted(groups))
    assert [e.group for e in demo.institution.entries().headers] == groups
    assert demo.institution.verify() == ()


@only_files
@pytest.mark.parametrize("database", ["store", "keys"])
def test_full_disk_takes_nothing_and_keeps_what_was_taken(
    demo: Demo, database: str
) -> None:
    with full(engine(demo, database)):
        started, group, error = start_until_full(demo.institution)
        assert MARKER not in told(error)
        assert_only(demo, started)
    # There is room again, and the institution is still open.
    start_klaas(demo.institution, group)
    assert_only(demo, [*started, group])


@only_files
def test_nothing_is_shown_when_the_log_is_full(klaas: Demo) -> None:
    with full(engine(klaas, "log")):
        shown = views(klaas)
    assert len(klaas.institution.log_lines(GROUP)) == shown
    assert klaas.institution.view(GROUP, AT_THE_TABLE).group.id == GROUP


def views(demo: Demo) -> int:
    """View until that fails; return how often it did not."""
    for number in range(2_000):
        try:
            demo.institution.view(GROUP, AT_THE_TABLE)
        except LogUnavailable:
            return number
    raise AssertionError


SEGMENT = 16 * 1024 * 1024
"""How long a file of PostgreSQL's write-ahead log is: it has its length at once."""


@contextmanager
def small_files(url: str, most: int) -> Iterator[None]:
    """Let the server's processes that write groups make no file longer than this."""
    query = """SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND pid != pg_backend_pid()"""
    pids = [int(row[0]) for row in execute(url, query)]
    assert pids
    for pid in pids:
        assert limit(pid, str(most))
    try:
        yield
    finally:
        for pid in pids:
            # It may just come to its end.
            until(lambda: limit(pid, "unlimited") or not owner_of(pid))  # noqa: B023


def owner_of(pid: int) -> int | None:
    """Return the user who runs a process; `None` if there is none."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}").stat().st_uid
    return None


def limit(pid: int, most: str) -> bool:
    """Limit how long files of a process get, as the user who runs it may."""
    owner = owner_of(pid)
    done = subprocess.run(
        ["prlimit", "--pid", str(pid), f"--fsize={most}:"],
        check=False,
        capture_output=True,
        user=None if owner == os.geteuid() else owner,
    )
    return done.returncode == 0


limits = pytest.mark.skipif(
    shutil.which("prlimit") is None, reason="files of others cannot be limited"
)


@limits
@only_server
def test_full_disk_of_a_server_takes_nothing_and_keeps_what_was_taken(
    demo: Demo,
) -> None:
    # The journal is longer than the log's files: the limit meets the journal only.
    filler = """
        INSERT INTO journal
        SELECT 'filler', 'g', n, -n, 'c-' || n, 't', '', convert_to(repeat('x', 1800),
               'UTF8'), '', '', '' FROM generate_series(1, 11000) AS n
    """
    start_klaas(demo.institution, "g-first")
    execute(demo.store_url, filler)
    with small_files(demo.store_url, SEGMENT):
        started, group, error = start_until_full(demo.institution)
        assert MARKER not in told(error)
        assert_only(demo, ["g-first", *started])
    start_klaas(demo.institution, group)
    assert_only(demo, ["g-first", *started, group])


@limits
@waits_for_the_disk
def test_full_disk_of_a_server_s_own_log_loses_nothing(place: Place) -> None:
    with place.open() as institution:
        start_klaas(institution, "g-first")
        write_log_until(place, SEGMENT // 2)
        # Tables are far shorter than that.
        with small_files(place.store, SEGMENT // 4):
            started, group, error = start_until_full(institution, "g-full")
            assert MARKER not in told(error)
        # The server has ended all its processes and comes back by itself.
        until(lambda: is_there(place))
        assert place.server
        assert "PANIC:  could not write to log file" in place.server.log()
        failures_of(lambda: start_klaas(institution, group))
        entries = headers(institution)
        for one in ("g-first", *started, group):
            assert assert_whole(place, institution, one, entries) == ["c-start"]


def write_log_until(place: Place, offset: int) -> None:
    """Let the server's log be written at such a place of its file at least."""
    written = """
        SELECT file_offset FROM pg_walfile_name_offset(pg_current_wal_insert_lsn())"""
    while int(execute(place.store, written)[0][0]) < offset:
        message = "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))"
        execute(place.store, message)


def is_there(place: Place) -> bool:
    with suppress(SQLAlchemyError):
        return bool(execute(place.store, "SELECT 1"))
    return False


@forks
@pytest.mark.skipif(SQLITE not in STORES, reason="no files")
def test_read_only_file_takes_nothing(made_on: Callable[[str], Made]) -> None:
    with (
        tempfile.TemporaryDirectory() as place,
        copied(made_on(SQLITE).folder, Path(place) / "demo", None) as folder,
        open_demo(folder) as demo,
    ):
        start_klaas(demo.institution)
        before = dumps(folder)
        # Everybody may come in, and nobody may write.
        Path(place).chmod(0o755)
        folder.chmod(0o755)
        for file in (demo.store, demo.keys, demo.log):
            file.chmod(0o444)
        connect_anew(demo)
        with without_root():
            with pytest.raises(StoreUnavailable) as caught:
                set_goal(demo.institution, "bike", MARKER)
            assert MARKER not in told(caught.value)
            with pytest.raises((StoreUnavailable, LogUnavailable)):
                demo.institution.view(GROUP, AT_THE_TABLE)
        for file in (demo.store, demo.keys, demo.log):
            file.chmod(0o600)
        assert dumps(folder) == before
        assert set_goal(demo.institution, "bike", "fietsen").seq == 2
        assert demo.institution.verify() == ()


@only_server
def test_read_only_server_takes_nothing_and_can_be_read(
    klaas: Demo, server: Server
) -> None:
    name = klaas.store_url.split("/")[3].partition("?")[0]
    before = dump(klaas.store_url)
    server.run("ALTER DATABASE {} SET default_transaction_read_only = on", name)
    connect_anew(klaas)
    try:
        with pytest.raises(StoreUnavailable) as caught:
            set_goal(klaas.institution, "bike", MARKER)
        assert caught.value.fields["kind"] == "ReadOnlySqlTransaction"
        assert MARKER not in told(caught.value)
        with pytest.raises(LogUnavailable):
            klaas.institution.view(GROUP, AT_THE_TABLE)
        assert klaas.institution.verify() == ()
    finally:
        server.run("ALTER DATABASE {} RESET default_transaction_read_only", name)
    assert dump(klaas.store_url) == before
    connect_anew(klaas)
    assert set_goal(klaas.institution, "bike", "fietsen").seq == 2


def connect_anew(demo: Demo) -> None:
    for name in ("store", "keys", "log"):
        engine(demo, name).dispose()


@only_files
def test_file_that_was_exchanged_is_not_written(klaas: Demo, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with (
        closing(sqlite3.connect(klaas.store)) as own,
        closing(sqlite3.connect(old)) as copy,
    ):
        own.backup(copy)
    set_goal(klaas.institution, "bike", "weer fietsen")
    away = tmp_path / "away"
    away.mkdir()
    parts = [f for f in klaas.folder.iterdir() if f.name.startswith(klaas.store.name)]
    for file in parts:
        file.rename(away / file.name)
    shutil.copy(old, klaas.store)
    before = dump(klaas.store)
    with pytest.raises(StoreUnavailable):
        set_goal(klaas.institution, "dog", MARKER)
    assert dump(klaas.store) == before
    # Its own file comes back: nothing is lost, and what is sent again is kept once.
    for file in klaas.folder.glob(f"{klaas.store.name}*"):
        file.unlink()
    for file in parts:
        (away / file.name).rename(file)
    set_goal(klaas.institution, "dog", MARKER)
    changes = [e.change for e in klaas.institution.entries().headers]
    assert changes == ["c-start", "c-bike", "c-dog"]
    assert klaas.institution.verify() == ()


@waits_for_the_disk
def test_server_that_was_stopped_and_comes_back_is_used_again(place: Place) -> None:
    assert place.server
    with place.open() as institution:
        start_klaas(institution, "g-stopped")
        place.server.halt()
        try:
            for _ in range(5):
                with pytest.raises(StoreUnavailable) as caught:
                    set_goal(institution, "bike", MARKER, "g-stopped")
                assert MARKER not in told(caught.value)
            with pytest.raises(StoreUnavailable):
                institution.view("g-stopped", AT_THE_TABLE)
        finally:
            place.server.go_on()
        failures_of(lambda: set_goal(institution, "bike", MARKER, "g-stopped"))
        failures_of(lambda: institution.view("g-stopped", AT_THE_TABLE))
        assert [g.id for g in goals(institution, "g-stopped")] == ["goal-bike"]
        assert institution.verify("g-stopped") == ()


def goals(institution: rgcore.Institution, group: str) -> tuple[Any, ...]:
    return institution.view(group, AT_THE_TABLE).group.goals


def day(number: int) -> date:
    return FIRST_DAY.replace(day=number)


def set_goal_on(demo: Demo, name: str, on: date, group: str) -> None:
    goals = Goals()
    change = goals.set(name, "doel", on)
    demo.institution.record(group, [change], AT_THE_TABLE, words=goals.words)


def test_clock_that_is_set_back_changes_the_times_and_nothing_else(
    klaas: Demo,
) -> None:
    start_klaas(klaas.institution, "g-orderly")
    for group, days in ((GROUP, (20, 10)), ("g-orderly", (10, 20))):
        for number in days:
            klaas.clock.set(day(number))
            set_goal_on(klaas, f"on-{number}", day(number), group)
    times = [e.recorded_at for e in klaas.institution.entries().headers]
    assert times != sorted(times)
    assert klaas.institution.verify() == ()
    klaas.clock.set(day(25))
    whole = klaas.institution.view(GROUP, AT_THE_TABLE)
    assert [h.seq for h in whole.group.happenings] == [1, 2, 3]
    assert [line.on for line in whole.timeline()] == [FIRST_DAY, day(10), day(20)]
    reader = rgcore.Actor(ESMEE, AT_THE_TABLE.purpose)
    for on in (day(10), day(25), date(2025, 6, 1)):
        due = klaas.institution.attention(TEAM, reader, on).groups
        assert len({one.since for one in due}) <= 1
        assert len(due) in (0, 2)
    execute(klaas.store_url, "DELETE FROM document WHERE group_id = :g", g=GROUP)
    klaas.institution.repair(GROUP)
    assert klaas.institution.view(GROUP, AT_THE_TABLE).group == whole.group


def test_clock_that_is_set_back_shows_what_is_still_to_come_later(klaas: Demo) -> None:
    klaas.clock.set(day(20))
    set_goal_on(klaas, "late", day(20), GROUP)
    klaas.clock.set(day(10))
    view = klaas.institution.view(GROUP, AT_THE_TABLE)
    assert [line.change for line in view.timeline()] == ["c-start"]
    set_goal_on(klaas, "early", day(10), GROUP)
    assert klaas.institution.verify() == ()
