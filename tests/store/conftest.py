"""Two groups in one store."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

import rgcore
from databases import STORES, Made, copied
from rgcore.domain.changes import Nominate
from rgcore.domain.ids import ChangeId, ItemId, PersonId
from rgcore.domain.people import Person
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    Demo,
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
def two_groups_on(
    made_on: Callable[[str], Made], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Made]]:
    """Give stores with two groups by the kind of database, each made once."""
    with ExitStack() as stack:

        @functools.cache
        def make(store: str) -> Made:
            made = made_on(store)
            place = tmp_path_factory.mktemp(f"two-{store}") / "two"
            folder = stack.enter_context(copied(made.folder, place, made.server))
            with open_demo(folder) as demo:
                for group in (GROUP, OTHER):
                    _fill(demo, group)
            return Made(folder, made.server)

        yield make


def _fill(demo: Demo, group: str) -> None:
    start_klaas(demo.institution, group)
    set_goal(demo.institution, "bike", "weer fietsen", group)
    nominate_mother(demo.institution, group)
    set_goal(demo.institution, "home", "een eigen huis", group)
    set_goal(demo.institution, "dog", "een hond", group)


@pytest.fixture(params=STORES)
def two_groups(
    request: pytest.FixtureRequest,
    two_groups_on: Callable[[str], Made],
    tmp_path: Path,
) -> Iterator[Demo]:
    """Give a store with two groups of five rows each."""
    made = two_groups_on(request.param)
    with (
        copied(made.folder, tmp_path / "two", made.server) as folder,
        open_demo(folder) as demo,
    ):
        yield demo


@pytest.fixture(scope="session", params=STORES)
def standing(
    request: pytest.FixtureRequest,
    two_groups_on: Callable[[str], Made],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    """Give the same, once for all tests that put back what they alter."""
    made = two_groups_on(request.param)
    place = tmp_path_factory.mktemp("standing") / "two"
    with (
        copied(made.folder, place, made.server) as folder,
        open_demo(folder) as demo,
    ):
        yield demo
