"""Whatever was recorded comes through export and import as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from institution.moving import (
    OPERATOR,
    as_sent,
    journal,
)
from method.generated import Course, courses
from method.groups import METHOD
from rgcore.domain.changes import StartGroup
from rgcore.domain.changes.base import texts
from rgcore.domain.findings import Override
from rgcore.domain.ids import (
    Code,
    GroupId,
    HoldsName,
    TextId,
)
from rgcore.domain.inspection import inspect
from rgcore.domain.journal import Entry, fold_all
from rgcore.domain.text import PersonName, Said
from rgcore.method import snapshot
from rgcore.store import Kept
from rgcore.store.rewriting import emptied_by
from support import (
    Clock,
    Demo,
    Goals,
    make_demo,
    open_demo,
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Demo]]:
    """Give an institution twice: one that sends and one that takes."""
    folders = [tmp_path_factory.mktemp(name) for name in ("sends", "takes")]
    template = make_demo(tmp_path_factory.mktemp("template")).parent
    clock = Clock(date(2031, 1, 1))
    for folder in folders:
        shutil.copytree(template, folder / "demo")
    one, two = (open_demo(folder / "demo", clock) for folder in folders)
    with one, two:
        yield one, two


def said_by(entry: Entry, salt: str) -> dict[TextId, Said]:
    names = {
        m.path for m in inspect(entry.change).marked if isinstance(m.mark, HoldsName)
    }
    return {
        text.id: PersonName.of("Bo", "van", f"{salt} {text.id}")
        if path in names
        else words_of(text.id, salt)
        for path, text in texts(entry.change)
    }


def words_of(text: TextId, salt: str) -> Said:
    """Return words for a text; for some of them, a date."""
    is_date = len(text) % 3 == 0
    return date(1990, 2, 28) if is_date else f"{salt} zei: {text}\n“…”"


WARNED: Final = (Code("next_meeting"), Code("supporter_vacancy"))
PASSED: Final = (Override(Code("next_meeting"), Code("client_asked")),)


def lengthened(course: Course, group: GroupId, size: int) -> list[Entry]:
    """Return a journal of this size: a generated one, and goals after it."""
    start = course.changes[0]
    assert isinstance(start, StartGroup)
    first = evolve(course.entries[0], change=evolve(start, group=group), warned=WARNED)
    entries = [first, *course.entries[1:]]
    late = course.group.started_on + timedelta(days=900)
    goals, day = Goals(), course.group.died_on(course.group.client) or late
    for number in range(len(entries) + 1, size + 1):
        change = goals.set(f"more-{number}", "…", day)
        entries.append(evolve(entries[-1], seq=number, change=change, overrides=PASSED))
    return entries


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(course=courses(longest=60))
@pytest.mark.parametrize("size", [0, 300])
def test_any_journal_comes_through_as_it_was(
    pair: tuple[Demo, Demo], course: Course, size: int
) -> None:
    one, two = pair
    group = GroupId(f"g-{size}-{one.institution.status().groups}")
    entries = lengthened(course, group, size)
    journal_ = [Kept(entry=e, words=said_by(e, group)) for e in entries]
    folded = fold_all(entries)
    assert folded is not None
    index = one.institution._recorder.index
    store = one.institution._store
    store.keep_composition(METHOD.digest, snapshot(METHOD), one.clock())
    store.append(None, folded, journal_, index(folded))
    content = as_sent(one.institution.export(group, OPERATOR))
    answer = two.institution.import_group(content, OPERATOR)
    assert (answer.imported, answer.seq) == (True, len(entries) + 1)
    _, *rest = journal(two, group)
    assert [evolve(k.entry, seq=k.entry.seq - 1) for k in rest] == entries
    gone = emptied_by(journal_)
    left = [{} if k.entry.change.id in gone else dict(k.words) for k in journal_]
    assert [dict(k.words) for k in rest] == left
    assert two.institution.verify(group) == ()
    again = as_sent(two.institution.export(group, OPERATOR))
    assert [line["change"] for line in again["entries"][1:]] == [
        line["change"] for line in content["entries"]
    ]
