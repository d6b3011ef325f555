"""Reasons: what a rule found, from when it speaks, and what all of them decide.

A reason is a code with parameters and pointers, never prose and never words from
the record. The sentence is made from it where it is shown, for one reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.ids import Code, Ref
from rgcore.errors import Fault, Language, RgcoreError


class Rank(StrEnum):
    """What stands behind a rule; effect follows rank.

    `structure` is not a rule of the method: the change does not fit the group at
    all. `access` says that the actor may not do this here.
    """

    STRUCTURE = "structure"
    ACCESS = "access"
    LAW = "law"
    DIRECTION = "direction"
    METHOD = "method"
    WORKFLOW = "workflow"


class Effect(StrEnum):
    """What a finding does to the change it is about."""

    REFUSES = "refuses"
    NEEDS_OVERRIDE = "needs_override"
    WARNS = "warns"


@frozen(kw_only=True)
class Finding:
    """One reason.

    Attributes:
        code: Which rule spoke; its sentence and source are found by it.
        rank: What stands behind the rule.
        effect: What it does to a change; for what is owed, always `warns`.
        about: The items it is about.
        params: What fills its sentence: codes, counts, dates and paths only.
        by: Who contributed the rule; `rgcore` for the base.
        settles: Codes of the changes that would settle it.
    """

    code: Code
    rank: Rank
    effect: Effect = Effect.WARNS
    about: tuple[Ref, ...] = ()
    params: tuple[tuple[str, str | int | date], ...] = ()
    by: str = "rgcore"
    settles: tuple[Code, ...] = ()

    @property
    def path(self) -> str:
        """Return where in the input it is, or an empty string."""
        return str(dict(self.params).get("path", ""))


@frozen
class Prompt:
    """A finding with the dates between which it speaks.

    Attributes:
        finding: What is open.
        since: The first day on which it is open.
        until: The first day on which it no longer is; `None` if it stays.
    """

    finding: Finding
    since: date
    until: date | None = None

    def speaks_on(self, day: date) -> bool:
        """Tell whether this is open on `day`."""
        return covers(self.since, self.until, day)


@frozen
class Override:
    """A rule that is passed on purpose: its code and why.

    Attributes:
        code: The rule.
        because: The reason as a code of the vocabulary, such as `client_asked`.
    """

    code: Code
    because: Code


@frozen
class Decision:
    """All reasons for and against a change, at once.

    Attributes:
        findings: Every finding, the heaviest rank first.
        overridden: Codes that the caller passed with a reason.
    """

    findings: tuple[Finding, ...] = ()
    overridden: frozenset[Code] = frozenset()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Return what stands in the way."""
        return tuple(f for f in self.findings if self._blocks(f))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what was found and does not stand in the way."""
        return tuple(f for f in self.findings if not self._blocks(f))

    @property
    def overridable(self) -> tuple[Finding, ...]:
        """Return what stands in the way and may be passed with a reason."""
        return tuple(f for f in self.blocking if f.effect is Effect.NEEDS_OVERRIDE)

    @property
    def allowed(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.blocking

    def _blocks(self, finding: Finding) -> bool:
        if finding.effect is Effect.NEEDS_OVERRIDE:
            return finding.code not in self.overridden
        return finding.effect is Effect.REFUSES


def decide(findings: Iterable[Finding], overrides: Iterable[Override] = ()) -> Decision:
    """Bring findings together, the heaviest rank first, in an order of their own."""
    ranks = list(Rank)
    ordered = sorted(
        findings, key=lambda f: (ranks.index(f.rank), f.code, f.path, str(f.about))
    )
    return Decision(tuple(ordered), frozenset(o.code for o in overrides))


class Refused(RgcoreError):
    """Raised when a change may not be recorded; carries every reason.

    Attributes:
        decision: All findings. `decision.overridable` may be passed with a reason.
    """

    code: ClassVar[str] = "record.refused"
    fault: ClassVar[Fault] = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "This was not recorded. Reasons: {codes}.",
        "nl": "Dit is niet vastgelegd. Redenen: {codes}.",
    }

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(codes=", ".join(_with_path(f) for f in decision.blocking))


def _with_path(finding: Finding) -> str:
    return f"{finding.code} ({finding.path})" if finding.path else finding.code
