"""The case of Klaas, played once in each language, and a clock that stands still."""

from __future__ import annotations

import functools
import shutil
from datetime import date
from pathlib import Path

import pytest

from cli.terminal import Played, rgcore
from rgcore.cli import session
from rgcore.institution import open_institution
from support import Clock

LAST_DAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands run on the last day of the case, and ask no environment."""
    opening = functools.partial(open_institution, clock=Clock(LAST_DAY))
    monkeypatch.setattr(session, "open_institution", opening)
    monkeypatch.delenv("RGCORE_CONFIG", raising=False)


def _play(folder: Path, language: str) -> Played:
    told = rgcore("demo", "klaas", "--out", str(folder), "--lang", language)
    assert told.code == 0, told.err
    return Played(folder, language, told.out)


@pytest.fixture(scope="session")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the case in Dutch. Tests leave its store as it is."""
    return _play(tmp_path_factory.mktemp("played") / "nl", "nl")


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the case in English. Tests leave its store as it is."""
    return _play(tmp_path_factory.mktemp("played") / "een map", "en")


@pytest.fixture(params=["nl", "en"])
def played(request: pytest.FixtureRequest, dutch: Played, english: Played) -> Played:
    """Give the case in each language."""
    return dutch if request.param == "nl" else english


@pytest.fixture
def own(dutch: Played, tmp_path: Path) -> Played:
    """Give a copy of the case that a test may change."""
    shutil.copytree(dutch.folder, tmp_path / "own")
    return Played(tmp_path / "own", dutch.language, dutch.told)
