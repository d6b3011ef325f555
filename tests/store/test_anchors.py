"""What was cut off, exchanged or put back is named up to the last anchor."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve

from databases import SQLITE, Made, dumps
from rgcore.errors import (
    AnchorsDamaged,
    AnchorsUnavailable,
    ConfigurationError,
    JournalDamaged,
    NotAvailable,
)
from rgcore.store import Anchor, AnchorFile, Fault, Store, repair
from rgcore.store.chain import FIRST
from rgcore.store.rows import chained, journal_row
from support import (
    FIRST_DAY,
    GROUP,
    MARKER,
    Clock,
    Demo,
    found,
    open_demo,
    set_goal,
    tampered,
    told,
    without_root,
)

OTHER = "g-other"
ELSEWHERE = "elsewhere"
TABLES = ("journal", "document", "group_index")
ON = FIRST_DAY + timedelta(days=1)


@pytest.fixture
def anchored(two_groups_on: Callable[[str], Made], tmp_path: Path) -> Iterator[Demo]:
    """Give two groups of five rows each, and room for anchors on another medium."""
    folder = tmp_path / "two"
    shutil.copytree(two_groups_on(SQLITE).folder, folder)
    (tmp_path / ELSEWHERE).mkdir()
    with (folder / "rgcore.toml").open("a", encoding="utf-8") as toml:
        toml.write(f'\n[anchors]\nfile = "../{ELSEWHERE}/demo.anchors"\n')
    with open_demo(folder, Clock(ON)) as demo:
        yield demo


@pytest.fixture
def file(tmp_path: Path) -> AnchorFile:
    return AnchorFile(tmp_path / "demo.anchors", "demo")


def anchors(demo: Demo) -> Path:
    return demo.folder.parent / ELSEWHERE / "demo.anchors"


def named(faults: Iterable[Fault]) -> list[tuple[str, str, int | None]]:
    return [(fault.group, fault.code, fault.seq) for fault in faults]


def rows(code: str, *seqs: int, group: str = GROUP) -> list[tuple[str, str, int]]:
    return [(group, code, seq) for seq in seqs]


def sql(demo: Demo, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(demo.store, isolation_level=None)) as connection:
        connection.execute(statement, values)


def rewinding(demo: Demo) -> Callable[[], None]:
    """Return what puts the database back as it stands now, in place."""
    saved = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(demo.store)) as live:
        live.backup(saved)

    def rewind() -> None:
        with closing(saved), closing(sqlite3.connect(demo.store)) as live:
            saved.backup(live)

    return rewind


def rewinding_one(demo: Demo) -> Callable[[], None]:
    """Return what cuts Klaas' last rows off, with a document of the same age."""
    with closing(sqlite3.connect(demo.store)) as live:
        query = "SELECT * FROM document WHERE group_id = ?"
        (older,) = live.execute(query, (GROUP,))

    def rewind() -> None:
        sql(demo, "DELETE FROM journal WHERE group_id = ? AND seq > 5", GROUP)
        sql(demo, "DELETE FROM document WHERE group_id = ?", GROUP)
        sql(demo, "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", *older)

    return rewind


def go_on(demo: Demo, *names: str) -> None:
    for name in names:
        set_goal(demo.institution, name, f"doel {name}")


def an_anchor(seq: int = 1, group: str = GROUP, institution: str = "demo") -> Anchor:
    return Anchor(
        institution=institution,
        group=group,  # type: ignore[arg-type]
        seq=seq,
        position=seq,
        link="ab" * 32,
        at=Clock()(),
    )


def test_each_journal_that_went_on_is_anchored_once(anchored: Demo) -> None:
    institution = anchored.institution
    assert institution.anchor().groups == (GROUP, OTHER)
    before = anchors(anchored).read_bytes()
    assert institution.anchor().groups == ()
    assert anchors(anchored).read_bytes() == before
    go_on(anchored, "one")
    assert institution.anchor().groups == (GROUP,)
    assert anchors(anchored).read_bytes().startswith(before)
    assert institution.verify() == ()


def test_a_line_is_as_it_always_was(file: AnchorFile) -> None:
    # Whoever changes this line can read no anchor of theirs any more.
    file.add([an_anchor(seq=3)])
    assert file.path.read_text("ascii") == (
        '{"at":"2025-01-06T11:00:00Z","group":"g-klaas","institution":"demo",'
        f'"link":"{"ab" * 32}","position":3,"seq":3,"check":"dcf261c9eea2e3fc"}}\n'
    )


def test_anchors_hold_nothing_that_was_said(anchored: Demo) -> None:
    go_on(anchored, MARKER)
    anchored.institution.anchor()
    content = anchors(anchored).read_text("ascii").lower()
    assert GROUP in content
    assert not any(word in content for word in (MARKER, "mother", "fietsen", "doel"))
    if os.name == "posix":
        assert stat.S_IMODE(anchors(anchored).stat().st_mode) == 0o600


@pytest.mark.parametrize("cut", [rewinding, rewinding_one])
def test_rows_cut_off_with_the_older_document_are_named(
    anchored: Demo, cut: Callable[[Demo], Callable[[], None]]
) -> None:
    rewind = cut(anchored)
    go_on(anchored, "one", "two", "three")
    anchored.institution.anchor()
    go_on(anchored, "four")
    rewind()
    missing = rows("anchored_row_missing", 6, 7, 8)
    assert named(anchored.institution.verify()) == missing
    assert named(anchored.institution.verify(GROUP)) == missing
    assert anchored.institution.verify(OTHER) == ()
    # What came after the last anchor is gone, and nobody can see it.
    anchors(anchored).unlink()
    assert anchored.institution.verify() == ()


@pytest.mark.parametrize("cut", [rewinding, rewinding_one])
def test_what_is_shorter_than_its_anchor_is_neither_anchored_nor_mended(
    anchored: Demo, cut: Callable[[Demo], Callable[[], None]]
) -> None:
    rewind = cut(anchored)
    go_on(anchored, "one", "two")
    anchored.institution.anchor()
    rewind()
    sql(anchored, "DELETE FROM document WHERE group_id = ?", GROUP)
    before, known = dumps(anchored.folder), anchors(anchored).read_bytes()
    done = anchored.institution.anchor()
    assert done.groups == ()
    assert named(done.faults) == rows("anchored_row_missing", 6, 7)
    with pytest.raises(JournalDamaged):
        anchored.institution.repair(GROUP)
    assert (dumps(anchored.folder), anchors(anchored).read_bytes()) == (before, known)
    # The journal by itself is whole: without anchors it would have been mended.
    anchors(anchored).unlink()
    assert anchored.institution.repair(GROUP)


def test_who_goes_on_after_older_data_were_put_back_is_named(anchored: Demo) -> None:
    rewind = rewinding(anchored)
    go_on(anchored, "one", "two")
    anchored.institution.anchor()
    rewind()
    go_on(anchored, "another", "way", "onwards")
    differs = rows("anchored_row_differs", 7)
    assert named(anchored.institution.verify()) == differs
    assert named(anchored.institution.anchor().faults) == differs


def test_a_group_that_is_gone_from_everywhere_is_named(anchored: Demo) -> None:
    anchored.institution.anchor()
    for table in TABLES:
        sql(anchored, f"DELETE FROM {table} WHERE group_id = ?", GROUP)  # noqa: S608
    gone = [(GROUP, "anchored_group_missing", None)]
    assert named(anchored.institution.verify()) == gone
    assert named(anchored.institution.verify(GROUP)) == gone
    assert named(anchored.institution.anchor().faults) == gone
    with pytest.raises(JournalDamaged):
        anchored.institution.repair(GROUP)
    with pytest.raises(NotAvailable):
        anchored.institution.verify("g-nobody-knows")
    with pytest.raises(NotAvailable):
        anchored.institution.repair("g-nobody-knows")


def test_a_group_without_journal_is_named_by_its_rows(anchored: Demo) -> None:
    anchored.institution.anchor()
    sql(anchored, "DELETE FROM journal WHERE group_id = ?", GROUP)
    sql(anchored, "DELETE FROM document WHERE group_id = ?", GROUP)
    assert named(anchored.institution.verify()) == [
        *rows("anchored_row_missing", 1, 2, 3, 4, 5),
        (GROUP, "document_missing", None),
    ]


def test_rows_are_held_against_anchors_even_without_keys(anchored: Demo) -> None:
    anchored.institution.anchor()
    sql(anchored, "DELETE FROM journal WHERE group_id = ? AND seq = 2", GROUP)
    sql(anchored, "UPDATE journal SET link = 'x' WHERE group_id = ? AND seq = 5", GROUP)
    with tampered(anchored.keys_url, "key_record", lambda _: ()):
        found_ = [f for f in anchored.institution.verify() if f.group == GROUP]
    assert named(found_) == [
        *rows("anchored_row_missing", 2),
        *rows("anchored_row_differs", 5),
        (GROUP, "keys_behind", None),
    ]


def test_a_row_that_has_a_fault_is_named_once(anchored: Demo) -> None:
    anchored.institution.anchor()
    sql(anchored, "UPDATE journal SET link = 'x' WHERE group_id = ? AND seq = 5", GROUP)
    sql(anchored, "DELETE FROM journal WHERE group_id = ? AND seq = 2", GROUP)
    assert named(anchored.institution.verify()) == [
        *rows("row_missing", 2),
        *rows("row_altered", 5),
    ]


def forge(demo: Demo) -> None:
    """Alter row 3, and chain all anew as whoever holds the key ring can."""
    store: Store = demo.institution._store
    keys = store.keys(GROUP)
    assert keys is not None
    old = store.journal(GROUP)
    kept = [store.opened(row, keys) for row in old]
    later = kept[2].entry.recorded_at + timedelta(minutes=5)
    kept[2] = evolve(kept[2], entry=evolve(kept[2].entry, recorded_at=later))
    sealer = store.sealer(GROUP, "journal", keys)
    head = FIRST
    for before, one in zip(old, kept, strict=True):
        row = journal_row(one, sealer)
        (row,), head = chained([row], keys, head, [before["position"]])
        columns = ", ".join(f"{name} = ?" for name in row)
        where = f"group_id = '{GROUP}' AND seq = {row['seq']}"
        sql(demo, f"UPDATE journal SET {columns} WHERE {where}", *row.values())  # noqa: S608
    repair(store, GROUP, demo.institution._recorder.index)


def test_what_the_holder_of_the_keys_rewrote_differs_from_its_anchors(
    anchored: Demo,
) -> None:
    anchored.institution.anchor()
    go_on(anchored, "one")
    anchored.institution.anchor()
    forge(anchored)
    differs = rows("anchored_row_differs", 5, 6)
    assert named(anchored.institution.verify()) == differs
    go_on(anchored, "two")
    assert named(anchored.institution.anchor().faults) == differs
    with pytest.raises(JournalDamaged):
        anchored.institution.repair(GROUP)
    # Without anchors nobody can tell.
    anchors(anchored).unlink()
    assert anchored.institution.verify() == ()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET type = 'x' WHERE group_id = ? AND seq = 4", "row_altered"),
        ("UPDATE document SET head = 'x' WHERE group_id = ?", "document_differs"),
        ("DELETE FROM document WHERE group_id = ?", "document_missing"),
    ],
)
def test_what_is_not_whole_is_not_anchored_and_all_others_are(
    anchored: Demo, statement: str, code: str
) -> None:
    sql(anchored, statement, GROUP)
    done = anchored.institution.anchor()
    assert done.groups == (OTHER,)
    assert {(fault.group, fault.code) for fault in done.faults} == {(GROUP, code)}
    assert set(AnchorFile(anchors(anchored), "demo").read().by_group) == {OTHER}


def test_only_what_went_on_is_looked_at(anchored: Demo) -> None:
    anchored.institution.anchor()
    sql(anchored, "UPDATE journal SET type = 'x' WHERE seq = 4")
    go_on(anchored, "one")
    assert named(anchored.institution.anchor().faults) == rows("row_altered", 4)
    assert len(anchored.institution.verify()) == 2


def test_the_index_says_nothing_of_the_journal(anchored: Demo) -> None:
    sql(anchored, "UPDATE group_index SET attention_from = NULL")
    done = anchored.institution.anchor()
    assert (done.groups, done.faults) == ((GROUP, OTHER), ())


def test_a_row_of_the_index_alone_is_nothing_to_anchor(anchored: Demo) -> None:
    copy = "SELECT institution_id, 'g-new', team_id, NULL, NULL, composition"
    sql(anchored, f"INSERT INTO group_index {copy} FROM group_index LIMIT 1")
    assert anchored.institution.anchor().groups == (GROUP, OTHER)


def test_anchors_need_a_file(two_groups: Demo) -> None:
    with pytest.raises(ConfigurationError) as refused:
        two_groups.institution.anchor()
    assert found(refused.value) == [("input.missing_key", "anchors.file")]


def test_without_anchors_examining_says_so(two_groups: Demo) -> None:
    found_ = two_groups.institution.examine()
    assert (found_.has_anchors, found_.last_anchor) == (False, None)
    assert (found_.groups, found_.faults, found_.rows_after) == (2, (), 10)


def test_examining_says_how_far_it_sees(anchored: Demo) -> None:
    before = anchored.institution.examine()
    assert (before.has_anchors, before.last_anchor) == (True, None)
    assert (before.groups, before.rows_after) == (2, 10)
    anchored.institution.anchor()
    go_on(anchored, "one", "two")
    after = anchored.institution.examine()
    assert (after.last_anchor, after.rows_after) == (anchored.clock(), 2)
    assert anchored.institution.examine(OTHER).rows_after == 0
    assert anchored.institution.examine(OTHER).groups == 1


def test_both_tell_how_many_are_done(anchored: Demo) -> None:
    told_: list[tuple[int, int]] = []
    anchored.institution.anchor(lambda *so_far: told_.append(so_far))
    anchored.institution.examine(done=lambda *so_far: told_.append(so_far))
    assert told_ == [(1, 2), (2, 2)] * 2


def test_what_is_recorded_meanwhile_is_no_fault(
    anchored: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    institution, names = anchored.institution, iter(["one", "two"])
    read = Store.document

    def read_and_record(store: Store, group: str) -> object:
        document = read(store, group)  # type: ignore[arg-type]
        go_on(anchored, *[n for n in [next(names, "")] if n])
        return document

    monkeypatch.setattr(Store, "document", read_and_record)
    assert institution.verify(GROUP) == ()
    assert list(names) == []
    names = iter(["three"])
    assert institution.anchor().faults == ()
    assert institution.verify() == ()


@pytest.mark.parametrize("left", [1, 100, -2, -1])
def test_a_line_that_was_not_finished_was_never_an_anchor(
    anchored: Demo, left: int
) -> None:
    anchored.institution.anchor()
    whole = anchors(anchored).read_bytes()
    first, last = whole.splitlines(keepends=True)
    for _ in range(2):
        # Torn, closed by the next run, and torn once more behind it.
        with anchors(anchored).open("r+b") as stream:
            stream.truncate(len(anchors(anchored).read_bytes()) - len(last))
            stream.seek(0, os.SEEK_END)
            stream.write(last[:left])
        assert anchored.institution.verify() == ()
        assert anchored.institution.examine().rows_after == 5
        assert anchored.institution.anchor().groups == (OTHER,)
        assert anchored.institution.examine().rows_after == 0
    assert anchors(anchored).read_bytes().startswith(first + last[:left])
    assert anchors(anchored).read_bytes().endswith(b"#torn\n" + last)


def test_a_full_disk_leaves_whole_lines_and_one_that_is_ignored(
    file: AnchorFile,
) -> None:
    resource = pytest.importorskip("resource")
    file.add([an_anchor(group="g-0")])
    size = file.path.stat().st_size
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size * 2 + 50, hard))
    try:
        with pytest.raises(AnchorsUnavailable) as full:
            file.add([an_anchor(group=f"g-{n}") for n in (1, 2, 3)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert full.value.fields["kind"] == "OSError"
    assert set(file.read().by_group) == {"g-0", "g-1"}
    file.add([an_anchor(group=f"g-{n}") for n in (1, 2, 3)])
    assert set(file.read().by_group) == {"g-0", "g-1", "g-2", "g-3"}


def test_any_flipped_byte_names_its_line(file: AnchorFile) -> None:
    file.add([an_anchor(group=f"g-{n}") for n in (1, 2, 3)])
    whole = file.path.read_bytes()
    width = len(whole) // 3
    for offset in range(width, 2 * width):
        spoilt = bytearray(whole)
        spoilt[offset] ^= 1
        file.path.write_bytes(spoilt)
        with pytest.raises(AnchorsDamaged) as damaged:
            file.read()
        assert damaged.value.fields == {"file": file.path, "lines": "2"}
    file.path.write_bytes(whole)
    assert len(file.read().by_group) == 3


@pytest.mark.parametrize(
    "line",
    [
        b"",
        MARKER.encode(),
        b"\xff\x00",
        b"[" * 5_000,
        b'{"seq":' + b"9" * 5_000 + b"}",
        b"null",
        b"{}",
    ],
)
def test_a_line_that_is_none_is_refused_and_nothing_is_added(
    anchored: Demo, line: bytes
) -> None:
    anchored.institution.anchor()
    go_on(anchored, "one")
    with anchors(anchored).open("ab") as stream:
        stream.write(line + b"\n")
    before = anchors(anchored).read_bytes()
    for act in (
        anchored.institution.verify,
        anchored.institution.anchor,
        lambda: anchored.institution.repair(GROUP),
    ):
        with pytest.raises(AnchorsDamaged) as damaged:
            act()
        assert damaged.value.fields["lines"] == "3"
        assert MARKER not in told(damaged.value)
    assert anchors(anchored).read_bytes() == before


def test_of_many_damaged_lines_the_first_are_named(file: AnchorFile) -> None:
    file.path.write_bytes(b"?\n" * 1_000)
    with pytest.raises(AnchorsDamaged) as damaged:
        file.read()
    assert damaged.value.fields["lines"] == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …"


@pytest.mark.parametrize(
    ("was", "is_"),
    [
        ('"seq":1', '"seq":true'),
        ('"seq":1', '"seq":1.0'),
        ('"seq":1', '"seq":"1"'),
        ('"seq":1', '"seq":null'),
        ('"seq":1', '"seq":1,"more":1'),
        ('"seq":1', '"seq": 1'),
        ("11:00:00Z", "11:00:00"),
    ],
)
def test_a_line_of_another_form_is_none_even_with_a_check_that_fits(
    file: AnchorFile, was: str, is_: str
) -> None:
    file.add([an_anchor()])
    body, _, _ = file.path.read_text("ascii").replace(was, is_).partition(',"check"')
    assert is_ in body
    check = hashlib.sha256(f"{body}}}".encode()).hexdigest()[:16]
    file.path.write_text(f'{body},"check":"{check}"}}\n', "ascii")
    with pytest.raises(AnchorsDamaged):
        file.read()


def test_lines_of_another_institution_are_left_alone(file: AnchorFile) -> None:
    theirs = AnchorFile(file.path, "another")
    theirs.add([an_anchor(seq=9, institution="another")])
    assert file.read().by_group == {}
    assert file.add([an_anchor(seq=2)]) == [an_anchor(seq=2)]
    assert theirs.read().end(GROUP) == 9


@pytest.mark.parametrize("locks", [True, False])
def test_many_who_anchor_at_once_write_whole_lines(
    file: AnchorFile, monkeypatch: pytest.MonkeyPatch, *, locks: bool
) -> None:
    if not locks:
        fcntl = pytest.importorskip("fcntl")
        monkeypatch.setattr(fcntl, "flock", no_lock)

    def add(number: int) -> list[Anchor]:
        wanted = [an_anchor(seq=number // 8 + 1, group=f"g-{n}") for n in range(20)]
        return AnchorFile(file.path, "demo").add(wanted)

    with ThreadPoolExecutor(8) as pool:
        added = [anchor for new in pool.map(add, range(64)) for anchor in new]
    kept = [a for of in file.read().by_group.values() for a in of]
    assert len(kept) == len(added)
    if locks:
        assert len({(a.group, a.seq) for a in kept}) == len(kept)
    assert {file.read().end(f"g-{n}") for n in range(20)} == {8}  # type: ignore[arg-type]


def no_lock(*_: object) -> None:
    raise OSError


def test_two_programs_that_anchor_at_once_agree(anchored: Demo) -> None:
    with (
        open_demo(anchored.folder, Clock(ON)) as other,
        ThreadPoolExecutor(4) as pool,
    ):
        for number in range(3):
            go_on(anchored, f"goal-{number}")
            both = (anchored.institution, other.institution) * 2
            done = list(pool.map(lambda one: one.anchor(), both))
            assert sum(GROUP in one.groups for one in done) == 1
            assert not any(one.faults for one in done)
    assert anchored.institution.verify() == ()


@pytest.mark.parametrize("place", ["", "/demo.anchors"])
def test_a_file_that_cannot_be_used_is_named(anchored: Demo, place: str) -> None:
    target = Path(f"{anchors(anchored).parent}{place}")
    anchored.institution.anchor()
    go_on(anchored, "one")
    target.chmod(0o500 if not place else 0o400)
    try:
        with without_root(), pytest.raises(AnchorsUnavailable) as refused:
            AnchorFile(anchors(anchored), "demo").add([an_anchor(seq=99)])
    finally:
        target.chmod(0o700)
    assert refused.value.fields["kind"] == "PermissionError"
    assert refused.value.fields["file"] == anchors(anchored)


def test_a_medium_that_is_not_there_is_not_taken_for_an_empty_one(
    anchored: Demo,
) -> None:
    anchors(anchored).parent.rmdir()
    for act in (anchored.institution.verify, anchored.institution.anchor):
        with pytest.raises(AnchorsUnavailable) as refused:
            act()
        assert refused.value.fields["kind"] == "FileNotFoundError"
    assert not anchors(anchored).exists()


def test_a_folder_in_its_place_is_refused(anchored: Demo) -> None:
    anchors(anchored).mkdir()
    with pytest.raises(AnchorsUnavailable):
        anchored.institution.verify()


def test_no_other_file_of_the_institution_is_written_to(anchored: Demo) -> None:
    before = anchored.keys.read_bytes()
    with pytest.raises(AnchorsDamaged):
        AnchorFile(anchored.keys, "demo").add([an_anchor()])
    assert anchored.keys.read_bytes() == before


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "code", ["anchored_row_missing", "anchored_row_differs", "anchored_group_missing"]
)
def test_a_fault_says_that_an_anchor_knows(code: str, language: str) -> None:
    said = Fault(group=GROUP, code=code, seq=3).sentence(language)
    assert ("anker" if language == "nl" else "anchor") in said


def test_journals_on_a_server_are_anchored_too(
    two_groups: Demo, tmp_path: Path
) -> None:
    two_groups.institution.close()
    with two_groups.toml.open("a", encoding="utf-8") as toml:
        toml.write(f'\n[anchors]\nfile = "{tmp_path / "demo.anchors"}"\n')
    with open_demo(two_groups.folder, Clock(ON)) as demo:
        assert len(demo.institution.anchor().groups) == 2
        assert demo.institution.verify() == ()
        cut = lambda table: [r for r in table if r["group_id"] != GROUP]  # noqa: E731
        with (
            tampered(demo.store_url, "journal", cut),
            tampered(demo.store_url, "document", cut),
            tampered(demo.store_url, "group_index", cut),
        ):
            assert [f.code for f in demo.institution.verify()] == [
                "anchored_group_missing"
            ]
