"""Runs the examples that people copy: README and tutorial.

The file stands at the top because a conftest reaches only the folder it is in.
Each document is one session: a block sees the names of the blocks above it.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser


def _enter_empty_folder(namespace: dict[str, Any]) -> None:
    """Let a document write files without leaving any in the checkout."""
    stack = contextlib.ExitStack()
    folder = stack.enter_context(
        # On Windows a database that an example left open cannot be removed.
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    )
    stack.enter_context(contextlib.chdir(folder))
    namespace["_folder"] = stack


def _leave_folder(namespace: dict[str, Any]) -> None:
    namespace["_folder"].close()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    path=str(Path(__file__).parent),
    patterns=["README.md", "docs/reference/hooks.md", "docs/tutorial/*.md"],
    setup=_enter_empty_folder,
    teardown=_leave_folder,
).pytest()
