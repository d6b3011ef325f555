"""See from manifests alone whether settings can be enabled together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packaging.specifiers import SpecifierSet

from rgcore.errors import Problem
from rgcore.plugins.api import API_VERSION
from rgcore.plugins.catalogue import Catalogue, Found


def problems(
    enabled: Sequence[str], tables: Mapping[str, Any], catalogue: Catalogue
) -> Iterator[Problem]:
    """Go through what keeps settings from being enabled together.

    Args:
        enabled: Their ids, as the institution lists them.
        tables: What the institution says under `[settings.ID]`, by id.
        catalogue: What is installed.
    """
    for number, name in enumerate(enabled):
        path = f"settings.enabled[{number}]"
        if name in enabled[:number]:
            yield Problem("config.setting_twice", path)
            continue
        found = catalogue.get(name)
        if found is None:
            yield from _not_there(name, path, catalogue)
        else:
            yield from _of_versions(found, path)
            yield from _of_others(found, path, enabled)
    yield from _of_namespaces(_found(enabled, catalogue))
    for name in sorted(tables):
        if name not in enabled:
            # A name that somebody chose stands in no message but where it is known.
            known = name in catalogue.names()
            path = f"settings.{name}" if known else "settings"
            yield Problem("config.setting_not_enabled", path)


def admits(found: Found, version: str = API_VERSION) -> bool:
    """Tell whether a plugin works with a version of the plugin API.

    Args:
        found: The plugin.
        version: The version; that of this rgcore by default.
    """
    wanted = SpecifierSet(found.manifest.requires_api)
    return wanted.contains(version, prereleases=True)


def _found(enabled: Sequence[str], catalogue: Catalogue) -> list[Found]:
    rows = (catalogue.get(name) for name in dict.fromkeys(enabled))
    return [row for row in rows if row is not None]


def _not_there(name: str, path: str, catalogue: Catalogue) -> Iterator[Problem]:
    why = catalogue.why_broken(name)
    if not why:
        yield Problem("config.unknown_setting", path, catalogue.names())
        return
    yield Problem("plugin.broken", path, plugin=name)
    yield from why


def _of_versions(found: Found, path: str) -> Iterator[Problem]:
    if not admits(found):
        yield Problem(
            "plugin.other_api",
            path,
            by=str(found.source),
            wanted=found.manifest.requires_api,
            found=API_VERSION,
        )


def _of_others(found: Found, path: str, enabled: Sequence[str]) -> Iterator[Problem]:
    by = str(found.source)
    for other in found.manifest.requires:
        if other not in enabled:
            yield Problem("plugin.requires", path, by=by, other=other)
    for foe in found.manifest.conflicts:
        if foe in enabled:
            yield Problem("plugin.conflicts", path, by=by, other=foe)


def _of_namespaces(rows: list[Found]) -> Iterator[Problem]:
    claimed: dict[str, list[str]] = defaultdict(list)
    for found in rows:
        for namespace in dict.fromkeys(found.manifest.namespaces):
            claimed[namespace].append(str(found.source))
    path = "settings.enabled"
    for name, several in sorted(claimed.items()):
        if len(several) > 1:
            by = ", ".join(sorted(several))
            yield Problem("plugin.namespace_taken", path, namespace=name, by=by)
