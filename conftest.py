"""Runs the examples that people copy: README, tutorial, and those of hooks.

The file stands at the top because a conftest reaches only the folder it is in.
Each document is one session: a block sees the names of the blocks above it. A block
below `<!-- file: PATH -->` is written into that file, as a reader would do.
"""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sybil import Document, Example, Region, Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

_FILE = re.compile(r"<!-- file: (\S+) -->\n\n```\w+\n(.*?)```\n", re.DOTALL)


def _files(document: Document) -> Iterator[Region]:
    """Go through the blocks that are files."""
    for found in _FILE.finditer(document.text):
        yield Region(found.start(), found.end(), found.groups(), _write)


def _write(example: Example) -> None:
    path, text = example.parsed
    file = Path(path)
    assert file.parent.is_dir(), path  # noqa: S101 - a reader would be lost here too
    file.write_text(text, encoding="utf-8")


def _enter_empty_folder(namespace: dict[str, Any]) -> None:
    """Let a document write files without leaving any in the checkout."""
    stack = contextlib.ExitStack()
    folder = stack.enter_context(
        # On Windows a database that an example left open cannot be removed.
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    )
    stack.enter_context(contextlib.chdir(folder))
    namespace["_folder"] = stack
    namespace["_install"] = lambda project: _install(Path(project).absolute(), stack)


def _install(project: Path, stack: contextlib.ExitStack) -> list[str]:
    """Do what `pip install -e` does to a project, until the document ends.

    Args:
        project: The folder of the project.
        stack: Takes it back.

    Returns:
        What was put on Python's path.
    """
    about = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    name, version = about["name"], about["version"]
    site = project.parent / "site"
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    needs = "".join(f"Requires-Dist: {one}\n" for one in about["dependencies"])
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(f"{head}{needs}", "utf-8")
    (info / "entry_points.txt").write_text(_entry_points(about), "utf-8")
    places = [str(site), str(project / "src")]
    sys.path[:0] = places
    stack.callback(_uninstall, places, name.replace("-", "_"))
    return places


def _entry_points(about: dict[str, Any]) -> str:
    lines = []
    for group, entries in about["entry-points"].items():
        lines += [f"[{group}]", *(f"{key} = {value}" for key, value in entries.items())]
    return "\n".join(lines)


def _uninstall(places: list[str], package: str) -> None:
    for place in places:
        sys.path.remove(place)
    for module in [m for m in sys.modules if m.partition(".")[0] == package]:
        del sys.modules[module]


def _leave_folder(namespace: dict[str, Any]) -> None:
    namespace["_folder"].close()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser(), _files],
    path=str(Path(__file__).parent),
    patterns=["README.md", "docs/reference/hooks.md", "docs/tutorial/*.md"],
    setup=_enter_empty_folder,
    teardown=_leave_folder,
).pytest()
