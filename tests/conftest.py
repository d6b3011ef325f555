"""Fixtures and Hypothesis profiles for every folder of tests."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from databases import POSTGRESQL, STORES, Made, Server, copied
from support import Demo, make_demo, open_demo, start_klaas

# Looking for a shorter example takes minutes, which a run with a limit does not have.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
_SHRINK = (Phase.shrink,) if "RGCORE_SHRINK" in os.environ else ()

# Slow machines must not make a test fail; the examples are the same in each run.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(*_PHASES, *_SHRINK),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "search", parent=settings.get_profile("ci"), derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a PostgreSQL server; it starts when the first test asks for it."""
    started = Server.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def made_on(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Made]:
    """Give institutions by the kind of database, each made once.

    Migrations take longer than everything else.
    """

    @functools.cache
    def make(store: str) -> Made:
        server = request.getfixturevalue("server") if store == POSTGRESQL else None
        folder = tmp_path_factory.mktemp(f"made-{store}")
        return Made(make_demo(folder, server=server).parent, server)

    return make


@pytest.fixture(params=STORES)
def demo(
    request: pytest.FixtureRequest, made_on: Callable[[str], Made], tmp_path: Path
) -> Iterator[Demo]:
    """Give an open institution without groups."""
    made = made_on(request.param)
    with (
        copied(made.folder, tmp_path / "demo", made.server) as folder,
        open_demo(folder) as opened,
    ):
        yield opened


@pytest.fixture
def klaas(demo: Demo) -> Demo:
    """Give an open institution with Klaas' group, just started."""
    start_klaas(demo.institution)
    return demo
