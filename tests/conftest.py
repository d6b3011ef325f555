"""Fixtures and Hypothesis profiles for every folder of tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support import Demo, make_demo, open_demo, start_klaas

# Slow machines must not make a test fail; the examples are the same in each run.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "search", parent=settings.get_profile("ci"), derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the files once: migrations take longer than everything else."""
    return make_demo(tmp_path_factory.mktemp("made")).parent


@pytest.fixture
def demo(_made: Path, tmp_path: Path) -> Iterator[Demo]:
    """Give an open institution without groups."""
    folder = tmp_path / "demo"
    shutil.copytree(_made, folder)
    with open_demo(folder) as opened:
        yield opened


@pytest.fixture
def klaas(demo: Demo) -> Demo:
    """Give an open institution with Klaas' group, just started."""
    start_klaas(demo.institution)
    return demo
