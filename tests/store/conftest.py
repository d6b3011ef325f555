"""Two groups in one store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import rgcore
from rgcore.domain.changes import Nominate
from rgcore.domain.ids import ChangeId, ItemId, PersonId
from rgcore.domain.people import Person
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    Demo,
    make_demo,
    open_demo,
    set_goal,
    start_klaas,
)

OTHER = "g-other"


def nominate_mother(institution: rgcore.Institution, group: str = GROUP) -> None:
    words = rgcore.Words()
    mother = Person(
        id=PersonId("mother"),
        name=words.add(
            "t-mother", subject="mother", said=rgcore.PersonName.of("Zilverreiger")
        ),
        relation=words.add("t-relation", subject="mother", said="moederkoek"),
    )
    change = Nominate(
        id=ChangeId("c-mother"),
        happened_on=date(2025, 1, 6),
        nomination=ItemId("nom-mother"),
        person=mother,
        asks=words.add("t-asks", subject=KLAAS, said="bij mij blijven"),
    )
    institution.record(group, [change], AT_THE_TABLE, words=words)


@pytest.fixture(scope="session")
def _two_groups_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_demo(tmp_path_factory.mktemp("two")).parent
    with open_demo(folder) as demo:
        for group in (GROUP, OTHER):
            start_klaas(demo.institution, group)
            set_goal(demo.institution, "bike", "weer fietsen", group)
            nominate_mother(demo.institution, group)
            set_goal(demo.institution, "home", "een eigen huis", group)
            set_goal(demo.institution, "dog", "een hond", group)
    return folder


@pytest.fixture
def two_groups(_two_groups_made: Path, tmp_path: Path) -> Iterator[Demo]:
    """Give a store with two groups of five rows each."""
    folder = tmp_path / "two"
    shutil.copytree(_two_groups_made, folder)
    with open_demo(folder) as demo:
        yield demo


@pytest.fixture(scope="session")
def standing(
    _two_groups_made: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """Give the same, once for all tests that put back what they alter."""
    folder = tmp_path_factory.mktemp("standing") / "two"
    shutil.copytree(_two_groups_made, folder)
    with open_demo(folder) as demo:
        yield demo
