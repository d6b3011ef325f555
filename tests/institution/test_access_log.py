"""A line in the access log is there before an answer leaves, or there is no answer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date

import pytest
from attrs import evolve

import rgcore
from databases import execute, locked, only_files, refusing
from rgcore import Actor, NotAvailable
from rgcore.domain.changes import LeaveGroup
from rgcore.domain.ids import ChangeId, Code
from rgcore.errors import LogUnavailable, NotForYou, RgcoreError, StoreDamaged
from rgcore.store import places
from rgcore.store.places import place_of
from support import (
    ARTS,
    AT_THE_TABLE,
    ESMEE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    TEAM,
    Demo,
    Goals,
    open_demo,
    set_goal,
    start_klaas,
    tampered,
    told,
    without_root,
)

STRANGER = Actor(ARTS, Code("care"))
OWN = Actor(KLAAS, Code("own_group"))


def lines(demo: Demo) -> list[tuple[str | None, ...]]:
    """Return the lines as another program sees them: only what is committed."""
    query = (
        "SELECT line_id, at, event, outcome, reader, purpose, on_behalf_of, group_id "
        "FROM access_line ORDER BY at, length(line_id), line_id"
    )
    return [tuple(row) for row in execute(demo.log_url, query)]


def test_view_leaves_one_committed_line(klaas: Demo) -> None:
    view = klaas.institution.view(GROUP, AT_THE_TABLE)
    at = "2025-01-06T11:00:00.000000+00:00"
    assert lines(klaas) == [
        (view.log_id, at, "view", "shown", ESMEE, "care", KLAAS, GROUP)
    ]


def test_each_view_leaves_its_own_line(klaas: Demo) -> None:
    views = [klaas.institution.view(GROUP, reader) for reader in (OWN, AT_THE_TABLE)]
    assert [line[0] for line in lines(klaas)] == [view.log_id for view in views]
    assert [line[4] for line in lines(klaas)] == [KLAAS, ESMEE]


def test_line_is_there_even_if_the_answer_then_fails(klaas: Demo) -> None:
    broken = tampered(
        klaas.store_url,
        "document",
        lambda rows: [r | {"leaves": b"\x81"} for r in rows],
    )
    with broken, pytest.raises(StoreDamaged):
        klaas.institution.view(GROUP, AT_THE_TABLE)
    misplaced = tampered(klaas.store_url, "document", _with_a_leaf_of_nobody)
    with misplaced, pytest.raises(StoreDamaged):
        klaas.institution.view(GROUP, AT_THE_TABLE)
    assert [line[3] for line in lines(klaas)] == ["shown"]


def _with_a_leaf_of_nobody(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    leaves = rows[0]["leaves"]
    assert isinstance(leaves, bytes)
    return [rows[0] | {"leaves": leaves[:-1] + bytes([leaves[-1] ^ 1])}]


def test_refused_view_leaves_a_line_that_says_so(klaas: Demo) -> None:
    for group in (GROUP, "g-nobody-knows"):
        with pytest.raises(NotAvailable):
            klaas.institution.view(group, STRANGER)
    assert [line[2:] for line in lines(klaas)] == [
        ("view", "refused", ARTS, "care", None, GROUP),
        ("view", "refused", ARTS, "care", None, "g-nobody-knows"),
    ]


def test_group_that_is_not_yours_and_group_that_is_not_there_are_one_answer(
    klaas: Demo,
) -> None:
    asks: list[Callable[[str], object]] = [
        lambda group: klaas.institution.view(group, STRANGER),
        lambda group: record_goal(klaas, group),
        lambda group: record_goal(klaas, group, checking=True),
    ]
    for ask in asks:
        errors = []
        for group in (GROUP, "g-nobody-knows"):
            with pytest.raises(NotAvailable) as caught:
                ask(group)
            errors.append(caught.value)
        here, nowhere = errors
        assert (type(here), here.fields, here.args) == (
            type(nowhere),
            nowhere.fields,
            nowhere.args,
        )
        assert str(here) == str(nowhere)
        assert here.sentence("nl") == nowhere.sentence("nl")


def record_goal(demo: Demo, group: str, *, checking: bool = False) -> object:
    goals = Goals()
    change = goals.set("x", MARKER)
    act = demo.institution.check if checking else demo.institution.record
    return act(group, [change], STRANGER, words=goals.words)


def test_stranger_does_not_learn_whether_an_id_is_in_use(klaas: Demo) -> None:
    set_goal(klaas.institution, "x", "weer fietsen")
    with pytest.raises(NotAvailable):
        record_goal(klaas, GROUP)


def test_right_that_ended_yesterday_shows_nothing_today(klaas: Demo) -> None:
    klaas.clock.set(date(2025, 1, 7))
    end = LeaveGroup(id=ChangeId("c-end"), happened_on=date(2025, 1, 7), person=ESMEE)
    klaas.institution.record(GROUP, [end], OWN)
    with pytest.raises(NotAvailable):
        klaas.institution.view(GROUP, AT_THE_TABLE)
    assert klaas.institution.view(GROUP, OWN).group.seq == 2


def test_list_of_a_team_leaves_a_line_too(klaas: Demo) -> None:
    klaas.institution.attention(TEAM, AT_THE_TABLE)
    with pytest.raises(NotForYou):
        klaas.institution.attention("fact-zuid", AT_THE_TABLE)
    with pytest.raises(NotForYou):
        klaas.institution.attention(TEAM, OWN)
    assert [line[2:] for line in lines(klaas)] == [
        ("attention", "shown", ESMEE, "care", KLAAS, None),
        ("attention", "refused", ESMEE, "care", KLAAS, None),
        ("attention", "refused", KLAAS, "own_group", None, None),
    ]


def test_lines_come_back_by_group_and_time(klaas: Demo) -> None:
    start_klaas(klaas.institution, "g-other")
    for day in (date(2025, 1, 9), date(2025, 1, 8)):
        klaas.clock.set(day)
        klaas.institution.view(GROUP, AT_THE_TABLE)
        klaas.institution.view("g-other", AT_THE_TABLE)
    found = klaas.institution.log_lines(GROUP)
    assert [line.at.day for line in found] == [8, 9]
    assert {line.group for line in found} == {GROUP}
    assert found[0].reader == ESMEE


@contextmanager
def removed(demo: Demo) -> Iterator[None]:
    demo.log.unlink()
    yield


@contextmanager
def removed_with_its_journal(demo: Demo) -> Iterator[None]:
    for file in demo.folder.glob("demo.log.db*"):
        file.unlink()
    yield


@contextmanager
def replaced(demo: Demo) -> Iterator[None]:
    copy = demo.folder / "copy"
    shutil.copy(demo.log, copy)
    copy.replace(demo.log)
    yield


@contextmanager
def overwritten(demo: Demo) -> Iterator[None]:
    for file in demo.folder.glob("demo.log.db*"):
        file.write_bytes(b"x" * 8_192)
    yield


@contextmanager
def busy(demo: Demo) -> Iterator[None]:
    with locked(demo.log_url, "access_line"):
        yield


@contextmanager
def without_its_table(demo: Demo) -> Iterator[None]:
    execute(demo.log_url, "ALTER TABLE access_line RENAME TO gone")
    yield
    execute(demo.log_url, "ALTER TABLE gone RENAME TO access_line")


@contextmanager
def full(demo: Demo) -> Iterator[None]:
    with refusing(demo.log_url, "access_line", MARKER):
        yield


Failure = Callable[[Demo], AbstractContextManager[None]]
OF_FILES: tuple[Failure, ...] = (
    removed,
    removed_with_its_journal,
    replaced,
    overwritten,
)
OF_ALL: tuple[Failure, ...] = (busy, without_its_table, full)


@pytest.fixture
def hasty(klaas: Demo, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """Give Klaas' group in an institution that does not wait long for a lock."""
    set_goal(klaas.institution, "bike", MARKER)
    klaas.institution.close()
    monkeypatch.setattr(places, "WAIT_MS", 100)
    with open_demo(klaas.folder) as demo:
        yield demo


@pytest.mark.parametrize("fails", OF_ALL, ids=lambda fails: fails.__name__)
@pytest.mark.parametrize("warm", [False, True], ids=["first", "later"])
def test_nothing_is_shown_when_the_log_fails(
    hasty: Demo, fails: Failure, *, warm: bool
) -> None:
    shows_nothing(hasty, fails, warm=warm)


@only_files
@pytest.mark.parametrize("fails", OF_FILES, ids=lambda fails: fails.__name__)
@pytest.mark.parametrize("warm", [False, True], ids=["first", "later"])
def test_nothing_is_shown_when_the_file_of_the_log_fails(
    hasty: Demo, fails: Failure, *, warm: bool
) -> None:
    shows_nothing(hasty, fails, warm=warm)


def shows_nothing(hasty: Demo, fails: Failure, *, warm: bool) -> None:
    """Make sure that no question is answered while the log fails."""
    institution = hasty.institution
    if warm:
        institution.view(GROUP, AT_THE_TABLE)
    asks: list[Callable[[], object]] = [
        lambda: institution.view(GROUP, AT_THE_TABLE),
        lambda: institution.view(GROUP, STRANGER),
        lambda: institution.view("g-nobody-knows", AT_THE_TABLE),
        lambda: institution.attention(TEAM, AT_THE_TABLE),
    ]
    with fails(hasty):
        for ask in asks:
            shown = None
            with pytest.raises(LogUnavailable) as caught:
                shown = ask()
            assert shown is None
            assert MARKER not in told(caught.value)
            log = place_of(hasty.log_url)
            assert log is not None
            assert log.name in caught.value.sentence("nl")


@only_files
@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_nothing_is_shown_when_the_log_is_read_only(klaas: Demo) -> None:
    klaas.institution.close()
    klaas.log.chmod(0o400)
    with (
        open_demo(klaas.folder) as demo,
        without_root(),
        pytest.raises(LogUnavailable),
    ):
        demo.institution.view(GROUP, AT_THE_TABLE)


def test_view_works_again_when_the_log_does(hasty: Demo) -> None:
    with busy(hasty), pytest.raises(LogUnavailable):
        hasty.institution.view(GROUP, AT_THE_TABLE)
    assert hasty.institution.view(GROUP, AT_THE_TABLE).group.id == GROUP
    assert len(lines(hasty)) == 1


def test_line_id_that_is_in_use_shows_nothing(klaas: Demo) -> None:
    klaas.institution.view(GROUP, AT_THE_TABLE)
    again = rgcore.open(klaas.toml, clock=klaas.clock, ids=lambda: "log-1")
    with again, pytest.raises(LogUnavailable):
        again.view(GROUP, AT_THE_TABLE)


def test_recording_and_verifying_need_no_log(hasty: Demo) -> None:
    with busy(hasty):
        set_goal(hasty.institution, "home", "een eigen huis")
        assert hasty.institution.verify() == ()


def test_purpose_is_asked_of_every_reader(klaas: Demo) -> None:
    with pytest.raises(RgcoreError):
        klaas.institution.view(GROUP, evolve(AT_THE_TABLE, purpose=Code("")))
    assert lines(klaas) == []
    assert klaas.institution.today() == FIRST_DAY
