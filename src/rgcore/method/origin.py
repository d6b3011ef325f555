"""Who brought a part of the method: a setting's plugin, by which hook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from rgcore.method.contributions import Contribution


@frozen(kw_only=True)
class Origin:
    """The stamp on everything that a plugin brings and on every fault of it.

    Attributes:
        plugin: Its id.
        distribution: The package that it was installed with.
        version: The version of that package.
        hook: The hook that it answered; empty for the plugin as a whole.
    """

    plugin: str
    distribution: str
    version: str
    hook: str = ""

    def __str__(self) -> str:
        """Return it on one line: `youth (rgcore-setting-youth 1.2), rg_rules`."""
        whole = f"{self.plugin} ({self.distribution} {self.version})"
        return f"{whole}, {self.hook}" if self.hook else whole


@frozen
class Contributed:
    """A contribution with its stamp.

    Attributes:
        part: What was contributed.
        origin: By whom.
    """

    part: Contribution
    origin: Origin
