"""Compare two snapshots of the plugin API, and say whether its version was raised.

`python tests/api/compat.py OLD.json NEW.json` prints every difference and exits with 1
if `API_VERSION` was not raised enough: a minor version for what is new, a major one for
what went or is another than it was.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from packaging.version import Version

_WITH_DEFAULT: Final = " = …"


class How(StrEnum):
    """How something differs."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@frozen
class Difference:
    """Something that is another in the newer snapshot.

    Attributes:
        how: How.
        path: What: `contributions.Term.fields.code`.
        why: What makes it so, if the path does not say it.
    """

    how: How
    path: str
    why: str = ""

    def __str__(self) -> str:
        """Return it on one line."""
        return f"{self.how:8}{self.path}{f' ({self.why})' if self.why else ''}"


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """Return how two snapshots differ, by path.

    Args:
        old: The older snapshot.
        new: The newer one.
    """
    before, after = dict(_flat(old)), dict(_flat(new))
    found = [*_gone(before, after), *_new(before, after), *_other(before, after)]
    return tuple(sorted(found, key=lambda one: one.path))


def is_raised_enough(old: str, new: str, found: Sequence[Difference]) -> bool:
    """Tell whether the version was raised as far as the differences ask.

    Args:
        old: The version of the older snapshot.
        new: That of the newer one.
        found: How they differ.
    """
    before, after = Version(old), Version(new)
    if any(one.how is not How.ADDED for one in found):
        return after.major > before.major
    return after > before if found else after >= before


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Go through a snapshot as paths, each with what it says."""
    if isinstance(value, Mapping) and value.keys() == {"type", "default"}:
        yield path, f"{value['type']}{_WITH_DEFAULT if value['default'] else ''}"
    elif isinstance(value, Mapping):
        yield path, ""
        for name, inner in value.items():
            # Where this is compared, the versions are told apart by themselves.
            if (path, name) != ("", "api"):
                yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        yield path, ""
        yield from ((f"{path}.{name}", "") for name in value)
    else:
        yield path, str(value)


def _gone(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for path in before.keys() - after.keys():
        if _parent(path) in after:
            yield Difference(How.REMOVED, path)


def _new(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for path in after.keys() - before.keys():
        if _parent(path) not in before:
            continue
        if _has_to_be_given(path, after[path]):
            yield Difference(How.CHANGED, path, "new, and has to be given")
        else:
            yield Difference(How.ADDED, path)


def _other(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for path in before.keys() & after.keys():
        if before[path] != after[path]:
            why = f"was {before[path]}, is {after[path]}"
            yield Difference(How.CHANGED, path, why)


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _has_to_be_given(path: str, said: str) -> bool:
    """Tell whether what worked until now fails, since something new is missing."""
    is_field = path.startswith("manifest.") or _parent(path).endswith(".fields")
    return is_field and not said.endswith(_WITH_DEFAULT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two files, print what differs, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, metavar="OLD.json")
    parser.add_argument("new", type=Path, metavar="NEW.json")
    options = parser.parse_args(arguments)
    old, new = (
        json.loads(file.read_text(encoding="utf-8"))
        for file in (options.old, options.new)
    )
    found = differences(old, new)
    enough = is_raised_enough(old["api"], new["api"], found)
    verdict = "is enough" if enough else "is not enough"
    lines = [*map(str, found), f"API {old['api']} → {new['api']} {verdict}"]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
