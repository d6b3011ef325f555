"""A bar says on a terminal how far a long command is, and nowhere else."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from contextlib import closing

import pytest

from cli.terminal import Played, process
from rgcore.cli import main


def _prepare(played: Played) -> None:
    """Give `anchor` a place, and `reindex` something to do."""
    with (played.folder / "rgcore.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[anchors]\nfile = "klaas.anchors"\n')
    file = played.folder / "klaas.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE group_index SET composition = 'older'")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", ["verify", "anchor", "reindex"])
def test_a_bar_says_on_a_terminal_how_far_it_is(own: Played, command: str) -> None:
    _prepare(own)
    err, out = _Terminal(), io.StringIO()
    words = (command, "--json", "--config", own.config)
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out):
        assert main(words) == 0
    assert "1/1" in err.getvalue()
    assert "1/1" not in out.getvalue()


@pytest.mark.parametrize("command", ["verify", "anchor", "reindex"])
def test_where_nobody_looks_there_is_no_bar(own: Played, command: str) -> None:
    _prepare(own)
    done = process(command, "--config", own.config)
    assert (done.returncode, done.stderr) == (0, b"")
