"""Klaas' group in a store that stands for all tests that leave it as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from databases import STORES, Made, copied
from institution.moving import OPERATOR, Json, as_sent, taken
from rgcore.cli.replay import Case, Replay
from support import Clock, Demo, make_demo, open_demo, start_klaas


@pytest.fixture(scope="module", params=STORES)
def standing(
    request: pytest.FixtureRequest,
    made_on: Callable[[str], Made],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    made = made_on(request.param)
    place = tmp_path_factory.mktemp("standing") / "one"
    with (
        copied(made.folder, place, made.server) as folder,
        open_demo(folder) as demo,
    ):
        start_klaas(demo.institution)
        yield demo


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """Give Klaas' case, played to its end. Tests leave its store as it is."""
    folder = tmp_path_factory.mktemp("case")
    replay = Replay.into(folder / "klaas", Case.named("klaas"), "klaas")
    with replay.institution:
        for _ in replay.days():
            pass
        yield replay


@pytest.fixture(scope="session")
def sent(case: Replay) -> Json:
    """Give the file in which Klaas' whole group is sent."""
    return as_sent(case.institution.export(case.case.group, OPERATOR))


@pytest.fixture(scope="session")
def _elsewhere_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("elsewhere"), "elsewhere").parent


@pytest.fixture
def elsewhere(_elsewhere_made: Path, tmp_path: Path, case: Replay) -> Iterator[Demo]:
    """Give another institution without groups, on the last day of the case."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(_elsewhere_made, folder)
    with open_demo(folder, Clock(case.case.events[-1].on)) as opened:
        yield opened


@pytest.fixture
def came(elsewhere: Demo, sent: Json) -> Demo:
    """Give another institution into which Klaas' group came."""
    assert taken(elsewhere, sent).imported
    return elsewhere
