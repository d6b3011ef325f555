"""Klaas' group in a store that stands for all tests that leave it as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from databases import STORES, Made, copied
from support import Demo, open_demo, start_klaas


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
