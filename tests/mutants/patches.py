"""What a mutant is: a patch of the source that breaks one invariant.

Import it as `from mutants.patches import all_mutants`; the folder `tests` is on the
path. `run.py` beside it tries them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

HERE: Final = Path(__file__).parent
TOP: Final = HERE.parents[1]

_HEADER: Final = re.compile(r"^(invariant|test|beside|stores): (.+)$", re.MULTILINE)
_HUNK: Final = re.compile(r"^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@", re.MULTILINE)
_FILE: Final = re.compile(r"^--- a/(.+)\n\+\+\+ b/(.+)\n", re.MULTILINE)


@frozen
class Hunk:
    """A stretch of lines that becomes another."""

    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@frozen(kw_only=True)
class Mutant:
    """A patch, and what should notice it.

    Attributes:
        name: The name of its file.
        invariant: What it breaks, in a sentence.
        test: The test function that must fail, as a node of pytest.
        beside: The files of tests of which no other test may fail: the test's own,
            unless others are named because more of its file is about the same.
        stores: On which databases to look.
        hunks: What it alters, by file.
    """

    name: str
    invariant: str
    test: str
    beside: tuple[str, ...]
    stores: str
    hunks: dict[str, tuple[Hunk, ...]]

    @classmethod
    def read(cls, path: Path) -> Mutant:
        """Read a patch: a header of `key: value` lines, then a unified diff."""
        text = path.read_text(encoding="utf-8")
        head, _, diff = text.partition("\n--- a/")
        said = dict(_HEADER.findall(head + "\n"))
        own = said["test"].partition("::")[0]
        return cls(
            name=path.stem,
            invariant=said["invariant"],
            test=said["test"],
            beside=tuple(said.get("beside", own).split()),
            stores=said.get("stores", "sqlite"),
            hunks=dict(_hunks(f"--- a/{diff}")),
        )

    def applied(self, top: Path) -> dict[str, str]:
        """Return the files that it alters as they are after it.

        Args:
            top: Where the tree lies.

        Raises:
            DoesNotApply: The source is not as it was when the patch was made.
        """
        return {
            file: _patched(self.name, file, (top / file).read_text("utf-8"), hunks)
            for file, hunks in self.hunks.items()
        }


class DoesNotApply(Exception):
    """Raised when a patch no longer fits the source it should break."""


def all_mutants() -> tuple[Mutant, ...]:
    """Return every mutant by name."""
    return tuple(Mutant.read(path) for path in sorted(HERE.glob("*.patch")))


def _hunks(diff: str) -> Iterator[tuple[str, tuple[Hunk, ...]]]:
    _, *parts = _FILE.split(diff)
    for file, body in zip(parts[0::3], parts[2::3], strict=True):
        _, *pieces = _HUNK.split(body)
        lines = zip(pieces[0::2], pieces[1::2], strict=True)
        yield file, tuple(_hunk(int(line), piece) for line, piece in lines)


def _hunk(line: int, body: str) -> Hunk:
    # What stands behind the second `@@` is for people.
    lines = body.partition("\n")[2].splitlines()
    return Hunk(
        line,
        tuple(one[1:] for one in lines if one[:1] != "+"),
        tuple(one[1:] for one in lines if one[:1] != "-"),
    )


def _patched(name: str, file: str, text: str, hunks: tuple[Hunk, ...]) -> str:
    lines = text.splitlines()
    for hunk in hunks:
        start = _place(lines, hunk)
        if start is None:
            said = f"{name} does not apply any more to {file}: make it anew"
            raise DoesNotApply(said)
        lines[start : start + len(hunk.before)] = hunk.after
    return "\n".join(lines) + "\n"


def _place(lines: list[str], hunk: Hunk) -> int | None:
    """Return where a hunk fits: as near as can be to where it was."""
    size = len(hunk.before)
    fits = [
        start
        for start in range(len(lines) - size + 1)
        if tuple(lines[start : start + size]) == hunk.before
    ]
    return min(fits, key=lambda start: abs(start + 1 - hunk.line), default=None)
