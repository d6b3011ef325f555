"""A recovery college in a folder of its own, with the setting and without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from colleges import ID, College, start


@pytest.fixture
def plain(tmp_path: Path) -> College:
    """Give an institution that enables nothing."""
    return College.make(tmp_path / "plain")


@pytest.fixture
def college(tmp_path: Path) -> College:
    """Give one that enables the setting, with a group in it."""
    made = College.make(tmp_path / "college")
    made.enable(ID)
    start(made)
    return made
