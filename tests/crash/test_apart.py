"""Two institutions in one store, and a key store that is one backup behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import rgcore
from crash.running import headers
from crash.writer import CONNECTION
from databases import (
    POSTGRESQL,
    STORES,
    Server,
    all_rows,
    put_rows,
    urls_of,
)
from rgcore.errors import KeyRingWrong, KeyStoreBehind, StoreDamaged
from rgcore.institution import Databases
from rgcore.store import EntryHeader
from support import (
    AT_THE_TABLE,
    DIRECTORY,
    FIRST_DAY,
    GROUP,
    MARKER,
    TEAM,
    Clock,
    Demo,
    Row,
    nominate,
    set_goal,
    start_klaas,
    tampered,
    told,
)

NAMES = ("one", "two")
Two = dict[str, rgcore.Institution]


@pytest.fixture(params=STORES)
def tomls(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """Give two institutions that share all their databases."""
    if request.param == POSTGRESQL:
        server: Server = request.getfixturevalue("server")
        store, keys = server.url(server.new()), server.url(server.new())
        shared = Databases(store=store, keys=keys, log=store)
    else:
        files = (f"sqlite:///{tmp_path}/{name}.db" for name in ("all", "keys", "log"))
        shared = Databases(*files)
    return [
        rgcore.create(
            tmp_path / name, name, staff=DIRECTORY, clock=Clock(), databases=shared
        )
        for name in NAMES
    ]


@pytest.fixture
def two(tomls: list[Path]) -> Iterator[Two]:
    """Give both open, each with Klaas' group and goals of its own."""
    with ExitStack() as stack:
        opened = {
            name: stack.enter_context(
                rgcore.open(toml, clock=Clock(), connections=(CONNECTION,))
            )
            for name, toml in zip(NAMES, tomls, strict=True)
        }
        for institution in opened.values():
            start_klaas(institution)
        set_goal(opened["one"], "bike", "weer fietsen")
        set_goal(opened["two"], "bike", MARKER)
        set_goal(opened["one"], "dog", "een hond")
        start_klaas(opened["one"], "g-more")
        yield opened


def test_neither_sees_anything_of_the_other(two: Two) -> None:
    one, other = two["one"], two["two"]
    assert one.groups() == ("g-klaas", "g-more")
    assert other.groups() == ("g-klaas",)
    assert [e.change for e in headers(one)] == ["c-start", "c-bike", "c-dog", "c-start"]
    assert [e.change for e in headers(other)] == ["c-start", "c-bike"]
    for institution, groups, entries in ((one, 2, 4), (other, 1, 2)):
        status = institution.status()
        assert (status.groups, status.entries) == (groups, entries)
        assert institution.verify() == ()
        due = institution.attention(TEAM, AT_THE_TABLE, on=FIRST_DAY)
        assert {g.group for g in due.groups} <= set(institution.groups())
    seen = other.view(GROUP, AT_THE_TABLE)
    assert [seen.said(g.words) for g in seen.group.goals] == [MARKER]
    assert len(other.log_lines(GROUP)) == 1
    assert one.log_lines(GROUP) == ()


def test_neither_pages_over_entries_of_the_other(two: Two) -> None:
    one = two["one"]
    after, found = 0, list[EntryHeader]()
    while (page := one.entries(after, limit=1)).headers:
        found += page.headers
        after = page.cursor
    assert found == headers(one)


def test_each_has_an_outbox_of_its_own(two: Two, tomls: list[Path]) -> None:
    assert two
    rows = all_rows(urls_of(tomls[0])["store"], "outbox")
    found = {(r["institution_id"], r["group_id"]): r["last_seq"] for r in rows}
    assert found == {("one", "g-klaas"): 3, ("one", "g-more"): 1, ("two", "g-klaas"): 2}


@pytest.mark.parametrize(
    ("table", "columns", "fault"),
    [
        ("document", ("seq", "skeleton", "leaves", "head"), "document_altered"),
        ("journal", ("skeleton", "leaves", "digests", "link"), "row_altered"),
        ("key_record", ("revision", "ring_key", "sealed"), "keys_altered"),
    ],
)
def test_what_one_sealed_does_not_open_in_the_others_place(
    two: Two, tomls: list[Path], table: str, columns: tuple[str, ...], fault: str
) -> None:
    def exchange(rows: list[Row]) -> list[Row]:
        """Put what the first sealed where the second has it."""
        first = {r.get("seq"): r for r in rows if of(r, "one")}
        if table != "journal":
            first = {None: next(iter(first.values()))}
        return [
            row | {name: first[place(row)][name] for name in columns}
            if of(row, "two")
            else row
            for row in rows
        ]

    def place(row: Row) -> object:
        return row["seq"] if table == "journal" else None

    where = urls_of(tomls[0])["keys" if table == "key_record" else "store"]
    with tampered(where, table, exchange):
        faults = two["two"].verify()
        assert {one.code for one in faults} >= {fault}
        assert two["one"].verify() == ()
        if table != "journal":
            with pytest.raises(StoreDamaged) as caught:
                two["two"].view(GROUP, AT_THE_TABLE)
            assert MARKER not in told(caught.value)
    assert two["two"].verify() == ()


def of(row: Row, institution: str) -> bool:
    return bool(row["institution_id"] == institution and row["group_id"] == GROUP)


def test_the_keys_of_one_do_not_open_the_other(tomls: list[Path]) -> None:
    ring, other = (next(toml.parent.glob("*.keyring")) for toml in tomls)
    other.write_bytes(ring.read_bytes())
    with pytest.raises(KeyRingWrong):
        rgcore.open(tomls[1], clock=Clock())


def test_two_institutions_that_write_at_once_take_turns(two: Two) -> None:
    for number in range(3):
        for institution in two.values():
            set_goal(institution, f"more-{number}", "meer")
    for institution, seq in ((two["one"], 6), (two["two"], 5)):
        assert institution.view(GROUP, AT_THE_TABLE).group.seq == seq
        assert institution.verify() == ()


def test_a_key_store_one_backup_behind_holds_up_that_group_and_no_other(
    klaas: Demo,
) -> None:
    start_klaas(klaas.institution, "g-other")
    old = all_rows(klaas.keys_url, "key_record")
    nominate(klaas.institution, "mother")
    new = all_rows(klaas.keys_url, "key_record")
    put_rows(klaas.keys_url, "key_record", old)
    with pytest.raises(KeyStoreBehind) as caught:
        klaas.institution.view(GROUP, AT_THE_TABLE)
    assert MARKER not in told(caught.value)
    with pytest.raises(KeyStoreBehind):
        set_goal(klaas.institution, "bike", MARKER)
    faults = [(fault.group, fault.code) for fault in klaas.institution.verify()]
    assert faults == [(GROUP, "keys_behind")]
    assert set_goal(klaas.institution, "dog", "een hond", "g-other").seq == 2
    # The newer copy mends it.
    put_rows(klaas.keys_url, "key_record", new)
    assert klaas.institution.verify() == ()
    assert set_goal(klaas.institution, "bike", "weer fietsen").seq == 3
    names = klaas.institution.view(GROUP, AT_THE_TABLE).words.values()
    assert rgcore.PersonName.of(MARKER) in names


WAITS: dict[str, tuple[str, dict[str, object]]] = {
    "sqlite": ("PRAGMA synchronous", {"full": 2, "normal": 1}),
    "postgresql": ("SHOW synchronous_commit", {"full": "on", "normal": "off"}),
}


@pytest.mark.parametrize("wanted", ["full", "normal"])
def test_keys_wait_for_the_disk_whatever_is_configured(demo: Demo, wanted: str) -> None:
    written = demo.toml.read_text("utf-8")
    demo.toml.write_text(written.replace('"normal"\n', f'"{wanted}"\n'), "utf-8")
    with rgcore.open(demo.toml, clock=Clock()) as institution:
        store, log = institution._store, institution._log
        for database, set_to in (
            (store._database, wanted),
            (log._database, wanted),
            (store._keys._database, "full"),
        ):
            statement, values = WAITS[database.engine.dialect.name]
            with database.engine.connect() as connection:
                answer = connection.exec_driver_sql(statement).scalar()
            assert answer == values[set_to]
