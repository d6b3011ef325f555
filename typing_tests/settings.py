"""What type checkers make of settings: run by mypy, never imported.

Each `ignore` below stands where an override is wrong. mypy warns of an ignore that
nothing needs, so this file fails as soon as one of them is accepted. Another name than
`ctx` passes mypy; opening an institution names that: `plugin.hook_signature`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_type

from attrs import frozen

from rgcore.plugins import (
    Code,
    Replacement,
    Role,
    Rule,
    SettingContext,
    SettingPlugin,
    Term,
    Wording,
)


@frozen(kw_only=True)
class Config:
    """A configuration."""

    after_days: int = 14


class Right(SettingPlugin[Config]):
    """A setting that answers as it should."""

    def rg_terms(self, ctx: SettingContext) -> Iterable[Term]:
        """Return fewer kinds than the hook admits."""
        assert_type(ctx.enabled, tuple[Code, ...])
        wording = Wording("deelnemer", "participant")
        yield Term(code=Code("client"), wording=wording, source="ours")

    def rg_roles(self, ctx: SettingContext) -> Sequence[Role]:
        """Return a sequence, which is iterable."""
        assert_type(self.config.after_days, int)
        del ctx
        return ()

    def rg_rules(self, ctx: SettingContext) -> Iterator[Rule | Replacement]:
        """Return both kinds."""
        del ctx
        yield from ()


class Plain(SettingPlugin[None]):
    """A setting without a configuration."""

    def rg_roles(self, ctx: SettingContext) -> list[Role]:
        """Return a list."""
        assert_type(self.config, None)
        del ctx
        return []


class ReturnsAnotherKind(SettingPlugin[None]):
    """A hook that returns what another hook is for."""

    def rg_roles(self, ctx: SettingContext) -> Iterable[Term]:  # type: ignore[override]
        """Return terms."""
        del ctx
        return ()


class ReturnsOne(SettingPlugin[None]):
    """A hook that returns one contribution instead of several."""

    def rg_roles(self, ctx: SettingContext) -> Role:  # type: ignore[override]
        """Return a role."""
        del ctx
        return Role(code=Code("x.y"), wording=Wording("y", "y"), source="ours")


class ReturnsNothing(SettingPlugin[None]):
    """A hook that forgets to return."""

    def rg_roles(self, ctx: SettingContext) -> None:  # type: ignore[override]
        """Return nothing."""


class TakesMore(SettingPlugin[None]):
    """A hook that asks for an argument that nobody gives."""

    def rg_roles(  # type: ignore[override]
        self, ctx: SettingContext, today: str
    ) -> Iterable[Role]:
        """Return none."""
        del ctx, today
        return ()


class TakesNothing(SettingPlugin[None]):
    """A hook that does not take the context."""

    def rg_roles(self) -> Iterable[Role]:  # type: ignore[override]
        """Return none."""
        return ()


class TakesAnotherContext(SettingPlugin[None]):
    """A hook that takes something else than the context."""

    def rg_roles(self, ctx: Config) -> Iterable[Role]:  # type: ignore[override]
        """Return none."""
        del ctx
        return ()


class IsAsync(SettingPlugin[None]):
    """A hook that would have to be awaited."""

    async def rg_roles(self, ctx: SettingContext) -> Iterable[Role]:  # type: ignore[override]
        """Return none."""
        del ctx
        return ()


class IsAProperty(SettingPlugin[None]):
    """A hook that is no function."""

    @property
    def rg_roles(self) -> tuple[Role, ...]:  # type: ignore[override]
        """Return none."""
        return ()


Right(Config())
Plain(None)
Right(None)  # type: ignore[arg-type]
Plain(Config())  # type: ignore[arg-type]
