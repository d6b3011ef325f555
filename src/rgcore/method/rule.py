"""Rules: from which day something is open, what may not happen, who may not see.

None of their functions sees a clock: the day is a comparison made by whoever asks.
What a rule of a setting raises is its own fault, and follows its rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import evolve, field, frozen

from rgcore.domain.dates import covers
from rgcore.domain.findings import Effect, Finding, Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, PersonId, Ref
from rgcore.method.origin import Origin
from rgcore.method.wording import Wording

if TYPE_CHECKING:
    from rgcore.method.method import Method
    from rgcore.method.proposal import Proposal

FAULT: Final = Code("fault.rule")
"""The code of the finding that stands for a rule which could not be asked."""

BASE_NAME: Final = "rgcore"
"""Who contributed what no setting did."""

_EXEMPT: Final = Code("step.exempt")


@frozen(kw_only=True)
class Law:
    """Where a rule of law stands, who looked it up, and when it is in force.

    A rule whose article nobody has checked only warns.

    Attributes:
        article: Act and article, as lawyers cite them.
        checked_on: The day on which somebody read the article for this rule.
        checked_by: Who: a role and an organisation, never a person's name.
        since: The first day on which it is in force; `None` if that is long ago.
        until: The first day on which it no longer is; `None` if no end is known.
    """

    article: str
    checked_on: date | None = None
    checked_by: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_checked(self) -> bool:
        """Tell whether somebody read the article, and said who and when."""
        return bool(self.article and self.checked_on and self.checked_by)

    def in_force(self, day: date) -> bool:
        """Tell whether it is in force on `day`."""
        return covers(self.since or date.min, self.until, day)


@frozen(kw_only=True)
class Speaks:
    """What a rule's function says: from when, until when, about what.

    The rule itself adds its code, rank and name.

    Attributes:
        since: The first day on which it speaks.
        until: The first day on which it no longer does; `None` if it stays.
        about: The items that it is about.
        params: What fills its sentence: codes, counts and dates; never people's words.
    """

    since: date
    until: date | None = None
    about: tuple[Ref, ...] = ()
    params: tuple[tuple[str, str | int | date], ...] = ()


@frozen(kw_only=True)
class Denial:
    """Somebody may not see a group for a while, whatever else gives them the right.

    The client is never denied their own group.

    Attributes:
        to: Who.
        since: First day.
        until: First day on which it is over; `None` if no end is known.
    """

    to: PersonId
    since: date
    until: date | None = None


SaidT = TypeVar("SaidT", Speaks, Denial)

SpeaksOf = Callable[[ResourceGroup, "Method"], Iterable[Speaks]]
SpeaksTo = Callable[["Proposal"], Iterable[Speaks]]
DenialsOf = Callable[[ResourceGroup, "Method"], Iterable[Denial]]


def _to_nothing(proposal: Proposal) -> Iterable[Speaks]:
    del proposal
    return ()


@frozen(kw_only=True)
class Rule:
    """A rule: from which day something is open, and what may not happen yet.

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
        law: Where it stands in the law, for a rule of that rank.
        by: Who contributed it.
        origin: The stamp of the plugin that did; `None` for the base.
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
    law: Law | None = None
    by: str = BASE_NAME
    origin: Origin | None = field(default=None, eq=False)

    def prompts(self, group: ResourceGroup, method: Method) -> Iterator[Prompt]:
        """Return what is or will be open, with the dates.

        Args:
            group: The group.
            method: The method that the group is pinned to.
        """
        said = _asked(self.origin, Speaks, lambda: self.speaks(group, method))
        if said is None:
            yield Prompt(self._fault(Effect.WARNS), group.started_on)
            return
        for one in said:
            since, until = _in_force(self.law, one.since, one.until)
            if until is None or since < until:
                yield Prompt(self._finding(one, Effect.WARNS), since, until)

    def guards(self, proposal: Proposal) -> Iterator[Finding]:
        """Return what this rule has against a proposal.

        Args:
            proposal: What somebody wants to do.
        """
        change = proposal.change
        if change and self.law and not self.law.in_force(change.happened_on):
            return
        said = _asked(self.origin, Speaks, lambda: self.guard(proposal))
        if said is None:
            blocks = self.rank in {Rank.LAW, Rank.DIRECTION}
            yield self._fault(Effect.REFUSES if blocks else Effect.WARNS)
            return
        for one in said:
            # An exemption takes something off the list; it opens no way past a guard.
            settles = tuple(code for code in self.settles if code != _EXEMPT)
            yield evolve(self._finding(one, self._effect), settles=settles)

    @property
    def _effect(self) -> Effect:
        if self.rank is Rank.DIRECTION:
            return Effect.REFUSES
        if self.rank is Rank.LAW:
            checked = self.law is not None and self.law.is_checked
            return Effect.REFUSES if checked else Effect.WARNS
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

    def _fault(self, effect: Effect) -> Finding:
        return fault(self.code, self.rank, effect, self.by, self.origin)


@frozen(kw_only=True)
class AccessRule:
    """A rule by which somebody may not see a group for a while.

    It can only take away, and never from the client. One that cannot be asked hides
    the group from everybody but the client until it is mended.

    Attributes:
        code: Its name.
        wording: What it is called.
        sentence: How it is put to people.
        source: Where it comes from.
        denials: Gives who may not see a group, and when.
        law: Where it stands in the law, if it does.
        by: Who contributed it.
        origin: The stamp of the plugin that did.
    """

    code: Code
    wording: Wording
    sentence: Wording
    source: str
    denials: DenialsOf = field(eq=False)
    law: Law | None = None
    by: str = BASE_NAME
    origin: Origin | None = field(default=None, eq=False)

    def denied(self, group: ResourceGroup, method: Method) -> tuple[Denial, ...] | None:
        """Return who may not see a group; `None` if the rule could not be asked.

        Args:
            group: The group.
            method: The method it goes by.
        """
        said = _asked(self.origin, Denial, lambda: self.denials(group, method))
        if said is None:
            return None
        clipped = (
            (one, *_in_force(self.law, one.since, one.until))
            for one in said
            if one.to != group.client
        )
        return tuple(
            evolve(one, since=since, until=until)
            for one, since, until in clipped
            if until is None or since < until
        )

    def fault(self) -> Finding:
        """Return the finding that stands for it when it could not be asked."""
        return fault(self.code, Rank.ACCESS, Effect.REFUSES, self.by, self.origin)


def fault(
    code: Code, rank: Rank, effect: Effect, by: str, origin: Origin | None
) -> Finding:
    """Return the finding that stands for a rule which could not be asked.

    Args:
        code: The rule.
        rank: Its rank.
        effect: What follows from that.
        by: Who contributed it.
        origin: The stamp of the plugin that did.
    """
    stamp = str(origin) if origin else by
    params = (("rule", str(code)), ("stamp", stamp))
    return Finding(code=FAULT, rank=rank, effect=effect, params=params, by=by)


def _asked(
    origin: Origin | None, kind: type[SaidT], ask: Callable[[], Iterable[SaidT]]
) -> tuple[SaidT, ...] | None:
    """Return what a function says; `None` if a plugin's function fails to."""
    if origin is None:
        # What fails in the base is ours to mend, and has to be seen.
        return tuple(ask())
    try:
        said = tuple(ask())
    except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises is its fault
        return None
    return said if all(type(one) is kind and _sound(one) for one in said) else None


def _sound(said: Speaks | Denial) -> bool:
    """Tell whether days are days, and what is pointed at is an item."""
    if not (_is_day(said.since) and (said.until is None or _is_day(said.until))):
        return False
    if isinstance(said, Denial):
        return isinstance(said.to, str)
    about, params = said.about, said.params
    if type(about) is not tuple or type(params) is not tuple:
        return False
    return all(map(_is_item, about)) and all(map(_is_filling, params))


def _is_day(day: object) -> bool:
    # A `datetime` is a date too, and cannot be compared with one.
    return type(day) is date


def _is_item(ref: object) -> bool:
    return isinstance(ref, Ref) and type(ref.kind) is Kind and type(ref.id) is str


def _is_filling(pair: object) -> bool:
    if type(pair) is not tuple or len(pair) != 2:  # noqa: PLR2004 - a name and a value
        return False
    name, value = pair
    return type(name) is str and (isinstance(value, str | int) or _is_day(value))


def _in_force(
    law: Law | None, since: date, until: date | None
) -> tuple[date, date | None]:
    """Return a stretch of days without those on which a law is not in force."""
    if law is None:
        return since, until
    ends = [end for end in (until, law.until) if end is not None]
    return max(since, law.since or since), min(ends, default=None)
