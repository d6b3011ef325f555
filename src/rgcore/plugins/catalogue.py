"""Which plugins are installed: found by their entry points, and never imported."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import Final, Protocol, cast

from attrs import frozen

from rgcore.errors import InputError, Problem
from rgcore.plugins.manifest import (
    MANIFEST,
    Manifest,
    read_manifest,
    reserved_namespaces,
)

GROUP: Final = "rgcore.settings"
"""The group of entry points in which settings are declared."""


@frozen(kw_only=True)
class Source:
    """Where a plugin was installed from.

    Attributes:
        name: The name of its entry point.
        distribution: The package.
        version: The version of that package.
    """

    name: str
    distribution: str
    version: str

    def __str__(self) -> str:
        """Return it on one line: `youth (rgcore-setting-youth 1.2)`."""
        return f"{self.name} ({self.distribution} {self.version})"


@frozen(kw_only=True)
class Found:
    """A plugin that is installed, and what its manifest says.

    Attributes:
        source: Where it was installed from.
        package: The Python package that holds its manifest.
        manifest: What it says of itself.
    """

    source: Source
    package: str
    manifest: Manifest


@frozen(kw_only=True)
class Broken:
    """A plugin that is installed and cannot be used.

    Attributes:
        source: Where it was installed from; of a duplicate, the first.
        problems: Why, all at once.
    """

    source: Source
    problems: tuple[Problem, ...]


class _Reader(Protocol):
    def get_data(self, path: str) -> bytes: ...


@frozen(kw_only=True)
class Catalogue:
    """The plugins that are installed, by id. Making it imports and raises nothing.

    Attributes:
        found: Those that can be read.
        broken: Those that cannot, with the reasons.
    """

    found: tuple[Found, ...]
    broken: tuple[Broken, ...]

    @classmethod
    def discover(cls, path: Sequence[str] | None = None) -> Catalogue:
        """Look for what is installed.

        Args:
            path: Folders to look in; those of Python itself if they are not given.
        """
        places = sys.path if path is None else list(path)
        by_name: dict[str, list[Found | Broken]] = defaultdict(list)
        for entry, source in _entries(places):
            by_name[entry.name].append(_looked_at(entry, source, places))
        rows = [_once(by_name[name]) for name in sorted(by_name)]
        return cls(
            found=tuple(row for row in rows if isinstance(row, Found)),
            broken=tuple(row for row in rows if isinstance(row, Broken)),
        )

    def get(self, plugin: str) -> Found | None:
        """Return the plugin of this id if it can be read."""
        return next((f for f in self.found if f.manifest.id == plugin), None)

    def why_broken(self, plugin: str) -> tuple[Problem, ...]:
        """Return why the plugin of this name cannot be used; nothing if it can be."""
        return next((b.problems for b in self.broken if b.source.name == plugin), ())

    def names(self) -> tuple[str, ...]:
        """Return the ids of all plugins that can be read."""
        return tuple(found.manifest.id for found in self.found)


def shipped(found: Found, file: str, path: Sequence[str] | None = None) -> bytes | None:
    """Return a file that a plugin ships beside its manifest; nothing is imported.

    Args:
        found: The plugin.
        file: The name of the file.
        path: Folders to look in; those of Python itself if they are not given.

    Returns:
        What it holds; `None` if it is not there.
    """
    try:
        return _beside(found.package, file, sys.path if path is None else [*path])
    except Exception:  # noqa: BLE001 - a loader of another's
        return None


def _entries(places: list[str]) -> Iterator[tuple[EntryPoint, Source]]:
    """Go through the entry points; of a distribution that is there twice, the first."""
    for name, distribution in _with_settings(places).items():
        for entry in _settings_of(distribution):
            yield (
                entry,
                Source(
                    name=entry.name,
                    distribution=name,
                    version=str(distribution.version),
                ),
            )


def _with_settings(places: list[str]) -> dict[str, Distribution]:
    """Return the distributions that may hold settings, by name.

    Of most, only the list of entry points is looked at: parsing the metadata of each
    that is installed takes four times as long as all the rest.
    """
    found: dict[str, Distribution] = {}
    for distribution in distributions(path=places):
        name = _name(distribution) if _settings_of(distribution) else None
        if name is not None and name not in found:
            # One that lies before it on the path counts, whatever it holds.
            first = next(iter(distributions(name=name, path=places)), None)
            found[name] = first or distribution
    return found


def _name(distribution: Distribution) -> str | None:
    try:
        name: str | None = distribution.metadata["Name"]
    except Exception:  # noqa: BLE001 - a broken package that is none of ours
        return None
    return name


def _settings_of(distribution: Distribution) -> list[EntryPoint]:
    try:
        found = [e for e in distribution.entry_points if e.group == GROUP]
    except Exception:  # noqa: BLE001 - a broken package that is none of ours
        return []
    return sorted(found, key=lambda entry: entry.name)


def _looked_at(entry: EntryPoint, source: Source, places: list[str]) -> Found | Broken:
    try:
        package, _, file = entry.value.partition(":")
        text = _manifest_text(package.strip(), file.strip(), places)
        if text is None:
            return _broken(source, [Problem("plugin.no_manifest", "", by=str(source))])
        return _read(source, package.strip(), text)
    except Exception as error:  # noqa: BLE001 - discovery never raises
        kind = type(error).__name__
        problem = Problem("plugin.unreadable", "", by=str(source), kind=kind)
        return _broken(source, [problem])


def _manifest_text(package: str, file: str, places: list[str]) -> str | None:
    """Return the manifest in a package, without importing the package."""
    if not package.isidentifier() or file != MANIFEST:
        return None
    data = _beside(package, file, places)
    try:
        return None if data is None else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _beside(package: str, file: str, places: list[str]) -> bytes | None:
    """Return a file of a package, by the package's loader."""
    spec = _spec(package, places)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = str(Path(next(iter(spec.submodule_search_locations))) / file)
    try:
        return cast("_Reader", spec.loader).get_data(path)
    except (OSError, AttributeError):
        return None


def _spec(package: str, places: list[str]) -> ModuleSpec | None:
    """Return where a package lies; a package at the top is not imported for that."""
    spec = PathFinder.find_spec(package, places)
    if spec is not None and spec.loader is not None:
        return spec
    # An editable installation may have a finder of its own.
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        found: ModuleSpec | None = find(package, None) if find else None
        if found is not None and found.loader is not None:
            return found
    return None


def _read(source: Source, package: str, text: str) -> Found | Broken:
    by = str(source)
    try:
        manifest = read_manifest(text)
    except InputError as error:
        first = Problem("plugin.manifest", MANIFEST, by=by)
        return _broken(source, [first, *error.problems])
    problems = []
    if manifest.id != source.name:
        problems.append(Problem("plugin.other_id", "id", by=by))
    taken = reserved_namespaces()
    for number, namespace in enumerate(manifest.namespaces):
        if namespace in taken or "." in namespace:
            path = f"namespaces[{number}]"
            problems.append(Problem("plugin.bad_namespace", path, by=by))
    if problems:
        return _broken(source, problems)
    return Found(source=source, package=package, manifest=manifest)


def _once(rows: list[Found | Broken]) -> Found | Broken:
    """Return the one plugin of a name; several are a problem of all of them."""
    if len(rows) == 1:
        return rows[0]
    by = ", ".join(sorted(str(row.source) for row in rows))
    first = min(rows, key=lambda row: str(row.source))
    return _broken(first.source, [Problem("plugin.duplicate", "", by=by)])


def _broken(source: Source, problems: Iterable[Problem]) -> Broken:
    return Broken(source=source, problems=tuple(problems))
