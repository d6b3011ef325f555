"""Whoever reads on from a position misses nothing that was written later."""

from __future__ import annotations

import pytest

from databases import POSTGRESQL, all_rows
from rgcore.store.engines import Prepared
from rgcore.store.positions import positions_of
from support import AT_THE_TABLE, GROUP, Demo, set_goal, start_klaas

only_on_a_server = pytest.mark.parametrize("demo", [POSTGRESQL], indirect=True)


def seen(demo: Demo, after: int = 0) -> list[int]:
    return [h.position for h in demo.institution.entries(after).headers]


def test_positions_go_up_and_pages_join(klaas: Demo) -> None:
    for number in range(5):
        set_goal(klaas.institution, f"a-{number}", "doel")
    whole = seen(klaas)
    assert whole == sorted(set(whole))
    first = klaas.institution.entries(limit=2)
    rest = klaas.institution.entries(first.cursor)
    assert [h.position for h in (*first.headers, *rest.headers)] == whole


@only_on_a_server
def test_reader_waits_at_a_writer_that_has_not_finished(klaas: Demo) -> None:
    database = klaas.institution._store._database
    positions = positions_of(database, "demo")
    before = seen(klaas)
    with database.writing() as slow:
        (drawn,) = positions.take(slow, 1)
        set_goal(klaas.institution, "bike", "fietsen")
        # It is there, and lies behind one that may still come.
        (quick,) = {r["position"] for r in rows(klaas)} - set(before)
        assert drawn < quick
        assert seen(klaas) == before
        assert klaas.institution.view(GROUP, AT_THE_TABLE).group.seq == 2
    assert seen(klaas) == [*before, quick]
    assert seen(klaas, before[-1]) == [quick]


@only_on_a_server
def test_reader_goes_on_when_a_writer_gives_up(klaas: Demo) -> None:
    database = klaas.institution._store._database
    positions = positions_of(database, "demo")
    with database.writing() as slow:
        positions.take(slow, 3)
        set_goal(klaas.institution, "bike", "fietsen")
        assert len(seen(klaas)) == 1
        slow.rollback()
    assert len(seen(klaas)) == 2


@only_on_a_server
def test_first_position_of_all_is_not_passed_by(demo: Demo) -> None:
    database = demo.institution._store._database
    positions = positions_of(database, "demo")
    assert positions.settled() == 0
    with database.writing() as slow:
        assert list(positions.take(slow, 1)) == [1]
        assert positions.settled() == 0
        start_klaas(demo.institution)
        assert seen(demo) == []
    assert len(seen(demo)) == 1


@only_on_a_server
def test_locks_of_other_programs_do_not_matter(klaas: Demo) -> None:
    database = klaas.institution._store._database
    with database.writing() as connection:
        for key in ("1", "0", "-1", "4611686018427387904"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({key})")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock_shared(21063, 0)")
        set_goal(klaas.institution, "bike", "fietsen")
        assert len(seen(klaas)) == 2


@only_on_a_server
def test_writer_who_begins_while_one_looks_is_not_passed_by(
    klaas: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = klaas.institution._store._database
    reader, writer = (positions_of(database, "demo") for _ in range(2))
    before, asked = reader.settled(), Prepared.one

    def one(statement: Prepared, **values: object) -> object:
        found = asked(statement, **values)
        if not drawn:
            drawn.extend(writer.take(slow, 1))
        return found

    drawn: list[int] = []
    with database.writing() as slow:
        monkeypatch.setattr(Prepared, "one", one)
        # Between its two questions somebody draws and has not finished.
        assert reader.settled() == before
    assert drawn


def rows(demo: Demo) -> list[dict[str, int]]:
    return all_rows(demo.store_url, "journal")
