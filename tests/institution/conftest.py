"""Klaas' group in a store that stands for all tests that leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import Demo, make_demo, open_demo, start_klaas


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = make_demo(tmp_path_factory.mktemp("standing")).parent
    with open_demo(folder) as demo:
        start_klaas(demo.institution)
        yield demo
