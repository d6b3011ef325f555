"""Institutions to crash in, and the program that does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crash.running import Launcher, Place
from databases import POSTGRESQL, STORES, Server
from support import make_demo


@pytest.fixture(scope="session")
def durable() -> Iterator[Server]:
    """Give a PostgreSQL server that waits for the disk, to be killed and stopped."""
    started = Server.start(durable=True)
    yield started
    started.stop()


@pytest.fixture(scope="session", params=STORES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    """Give an institution that waits for the disk, on either store."""
    on_server = request.param == POSTGRESQL
    server = request.getfixturevalue("durable") if on_server else None
    config = make_demo(tmp_path_factory.mktemp(f"crash-{request.param}"), server=server)
    config.write_text(config.read_text("utf-8").replace('"normal"\n', '"full"\n'))
    return Place(config, server)


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    """Give the program that starts writers and readers."""
    started = Launcher.start()
    yield started
    started.close()
