"""What of the plugin API will go: since when, in which version, and what instead.

All of it stands here. The suite fails once a version is reached in which something
should have gone.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Final

from attrs import frozen
from packaging.version import Version


class RgcoreApiDeprecationWarning(DeprecationWarning):
    """Warns the author of a plugin; names the plugin, and what to write instead."""


@frozen(kw_only=True)
class Deprecation:
    """Something of the plugin API that will go.

    Attributes:
        name: A hook, a field of the context, a kind of contribution, a key of the
            manifest.
        since: The API version from which it warns.
        removed_in: The API version in which it goes.
        instead: What to write instead, as a sentence.
    """

    name: str
    since: str
    removed_in: str
    instead: str

    def sentence(self, by: str) -> str:
        """Return the warning for a plugin.

        Args:
            by: The stamp of the plugin.
        """
        return (
            f"{by}: {self.name} is deprecated since API {self.since} and goes in "
            f"{self.removed_in}. {self.instead}"
        )


DEPRECATIONS: Final[tuple[Deprecation, ...]] = ()
"""Everything that will go. Nothing yet: this is the first version."""


def overdue(deprecations: Iterable[Deprecation], version: str) -> tuple[str, ...]:
    """Return what should have gone by a version of the API.

    Args:
        deprecations: What will go.
        version: A version of the API.
    """
    now = Version(version)
    return tuple(d.name for d in deprecations if Version(d.removed_in) <= now)


def warn_of(
    names: Iterable[str],
    by: str,
    deprecations: Iterable[Deprecation] = DEPRECATIONS,
) -> None:
    """Warn of what a plugin uses and what will go.

    Args:
        names: What the plugin uses.
        by: The stamp of the plugin.
        deprecations: What will go.
    """
    used = frozenset(names)
    for one in deprecations:
        if one.name in used:
            warnings.warn(one.sentence(by), RgcoreApiDeprecationWarning, stacklevel=2)
