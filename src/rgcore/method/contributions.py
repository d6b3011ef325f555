"""What a method is made of: everything that the base or a setting can contribute.

All of it is data with a source. A rule also has two pure functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from rgcore.domain.dates import Period
from rgcore.domain.findings import Effect, Finding, Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Ref

if TYPE_CHECKING:
    from rgcore.method.method import Method
    from rgcore.method.proposal import Proposal


@frozen
class Wording:
    """The same words in Dutch and in English, and in languages added later.

    A rule's sentence holds names in braces that are filled for one reader:
    `{person}`, `{goal}`, `{meeting}`, `{date}`.

    Attributes:
        nl: Dutch, level B1.
        en: English.
        more: Other languages, as pairs of language and words.
    """

    nl: str
    en: str
    more: tuple[tuple[str, str], ...] = ()

    def said_in(self, language: str) -> str:
        """Return the words in a language; in English if there are none in it."""
        return {"nl": self.nl, "en": self.en, **dict(self.more)}.get(language, self.en)


@frozen(kw_only=True)
class Term:
    """A word of the vocabulary: what a code is called where people read it."""

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Role:
    """A role that somebody holds in a group or at a meeting."""

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Opening:
    """A fact that opens a phase.

    Attributes:
        fact: As a happening names it, such as `meeting.hold:kick_off`.
        again: Whether it opens the phase each time. If not, it does so only the
            first time, and not once a later phase was opened: somebody who joins
            later has talks of their own while the group stays where it is.
    """

    fact: str
    again: bool = False


@frozen(kw_only=True)
class Phase:
    """One of the phases. A compass: opening a later one completes nothing."""

    code: Code
    number: int
    wording: Wording
    opened_by: tuple[Opening, ...]
    source: str


class Per(StrEnum):
    """For whom a step is done."""

    GROUP = "group"
    NOMINEE = "nominee"


@frozen(kw_only=True)
class Step:
    """Something that the method asks for in a phase.

    Attributes:
        code: Its name.
        phase: In which phase.
        wording: What it is called.
        sentence: How it is put while it is still to come.
        per: Once for the group, or for each nominee.
        done_by: Facts of which one suffices.
        counts_from: The phase from whose opening it counts; its own otherwise.
        after: The timing after which it is put on the list.
        watched_by: The rule that watches it instead; then the step itself puts
            nothing on the list.
        source: Where it comes from.
    """

    code: Code
    phase: Code
    wording: Wording
    done_by: tuple[str, ...]
    source: str
    sentence: Wording | None = None
    per: Per = Per.GROUP
    counts_from: Code | None = None
    after: Code | None = None
    watched_by: Code | None = None


@frozen(kw_only=True)
class Theme:
    """A theme of the group's own meetings."""

    code: Code
    wording: Wording
    standard: bool
    source: str


@frozen(kw_only=True)
class Agenda:
    """The usual points of a kind of meeting, in order."""

    code: Code
    wording: Wording
    topics: tuple[Code, ...]
    source: str


@frozen(kw_only=True)
class Timing:
    """A length of time that a rule or step counts with.

    Attributes:
        code: Its name.
        wording: What it is.
        period: How long.
        ours: Whether it is a default of rgcore and not of the method.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    period: Period
    ours: bool
    source: str


@frozen(kw_only=True)
class GoalDomain:
    """A dimension of recovery that a goal belongs to."""

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Mistake:
    """How it came that something was entered in error."""

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Choice:
    """One word of a closed list that a field of a change is taken from.

    Attributes:
        code: The list and the word: `talk_kind.family`. A change holds the word alone.
        wording: What it is called.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class MeetingKind:
    """A kind of meeting.

    Attributes:
        code: `meeting_kind.` and the word that a change holds.
        wording: What it is called.
        regular: Whether it counts in the rhythm of meetings; a theme meeting is extra.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    regular: bool
    source: str


@frozen(kw_only=True)
class Training:
    """A training of the brochure, which somebody may ask for by its own name.

    Attributes:
        code: Its own code: the brochure's nine are not the method's six themes.
        wording: What it is called.
        covered_by: The theme that it has become, if it is one.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    covered_by: Code | None
    source: str


@frozen(kw_only=True)
class Texts:
    """The sentence of a finding that is no rule of the method."""

    code: Code
    wording: Wording
    source: str = "rgcore"


@frozen(kw_only=True)
class Speaks:
    """What a rule's function says: from when, until when, about what.

    The rule itself adds its code, rank and name.
    """

    since: date
    until: date | None = None
    about: tuple[Ref, ...] = ()
    params: tuple[tuple[str, str | int | date], ...] = ()


SpeaksOf = Callable[[ResourceGroup, "Method"], Iterable[Speaks]]
SpeaksTo = Callable[["Proposal"], Iterable[Speaks]]


def _to_nothing(proposal: Proposal) -> Iterable[Speaks]:
    del proposal
    return ()


_EXEMPT: Final = Code("step.exempt")


@frozen(kw_only=True)
class Rule:
    """A rule: from which day something is open, and what may not happen yet.

    Neither function sees a clock: the day is a comparison made by whoever asks.

    Attributes:
        code: Its name.
        rank: What stands behind it; effect follows rank.
        wording: What it is called.
        sentence: How it is put to people.
        source: Where it comes from.
        settles: Types of changes that settle it.
        speaks: Gives the dates from which it speaks for a group.
        guard: Gives what stands in the way of a proposal.
        needs_override: Whether its guard blocks until somebody passes it with a
            reason, instead of warning.
        by: Who contributed it.
    """

    code: Code
    rank: Rank
    wording: Wording
    sentence: Wording
    source: str
    settles: tuple[Code, ...]
    speaks: SpeaksOf = field(eq=False)
    guard: SpeaksTo = field(default=_to_nothing, eq=False)
    needs_override: bool = False
    by: str = "rgcore"

    def prompts(self, group: ResourceGroup, method: Method) -> Iterator[Prompt]:
        """Return what is or will be open, with the dates.

        Args:
            group: The group.
            method: The method that the group is pinned to.
        """
        for said in self.speaks(group, method):
            yield Prompt(self._finding(said, Effect.WARNS), said.since, said.until)

    def guards(self, proposal: Proposal) -> Iterator[Finding]:
        """Return what this rule has against a proposal.

        Args:
            proposal: What somebody wants to do.
        """
        for said in self.guard(proposal):
            # An exemption takes something off the list; it opens no way past a guard.
            settles = tuple(code for code in self.settles if code != _EXEMPT)
            yield evolve(self._finding(said, self._effect), settles=settles)

    @property
    def _effect(self) -> Effect:
        if self.rank in {Rank.LAW, Rank.DIRECTION}:
            return Effect.REFUSES
        return Effect.NEEDS_OVERRIDE if self.needs_override else Effect.WARNS

    def _finding(self, said: Speaks, effect: Effect) -> Finding:
        return Finding(
            code=self.code,
            rank=self.rank,
            effect=effect,
            about=said.about,
            params=said.params,
            by=self.by,
            settles=self.settles,
        )


Contribution = (
    Term
    | Role
    | Phase
    | Step
    | Theme
    | Agenda
    | Timing
    | GoalDomain
    | Mistake
    | Choice
    | MeetingKind
    | Training
    | Rule
    | Texts
)
