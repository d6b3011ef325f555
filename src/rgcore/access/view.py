"""What one reader may see of a group on one day: the one way out.

Everything that people read is made from a `View`, and a view holds nothing that
its reader may not see. Its `repr` shows no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import attrs
from attrs import field, frozen

from rgcore.access.filtering import seen_by
from rgcore.access.items import items_of
from rgcore.access.lapsing import without_lapsed_labels
from rgcore.access.privacy import kept_by_others
from rgcore.access.rights import Sight, sight
from rgcore.domain.actor import OWN_GROUP, Actor
from rgcore.domain.findings import Decision, Finding, Prompt, decide
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, Code, ItemId, Kind, PersonId, Ref, TextId
from rgcore.domain.people import NameUse
from rgcore.domain.text import ERASED, PersonName, Read, Text
from rgcore.method.contributions import Phase, Step
from rgcore.method.method import Method
from rgcore.method.owed import open_on, prompts, standing_against
from rgcore.method.rule import Rule
from rgcore.method.wording import Wording


@frozen(kw_only=True)
class TimelineLine:
    """One thing that happened.

    Attributes:
        seq: Its place in the journal.
        change: The change's id.
        on: The day on which it happened.
        fact: What happened, as a code.
        by: Who recorded it.
        on_behalf_of: Whose decision it was, when somebody else typed.
        recorded_at: When it was recorded, in UTC.
        touched: The items and people it is about.
        in_error: The change that marked it as entered in error; `None` if it counts.
        emptied: Whether its texts were emptied for good.
    """

    seq: int
    change: ChangeId
    on: date
    fact: str
    by: PersonId
    on_behalf_of: PersonId | None
    recorded_at: datetime
    touched: tuple[ItemId, ...]
    in_error: ChangeId | None = None
    emptied: bool = False


@frozen(kw_only=True)
class Explanation:
    """What a code means: its sentence, its source, and what is open about it.

    Attributes:
        code: The rule, step or finding.
        wording: What it is called.
        sentence: How it is put.
        source: Where it comes from.
        rank: What stands behind it; empty for a step.
        settles: Types of changes that settle it.
        open: What is or will be open of it in this group.
    """

    code: Code
    wording: Wording
    sentence: Wording
    source: str
    rank: str = ""
    settles: tuple[Code, ...] = ()
    open: tuple[Prompt, ...] = ()


@frozen(kw_only=True)
class Copy:
    """What is told to a reader who sees a part of a group, and follows from all of it.

    Attributes:
        prompts: What is or will be open for them.
        phase: The phase on the day, if they know how the group goes.
    """

    prompts: tuple[Prompt, ...]
    phase: Phase | None


@frozen(kw_only=True, repr=False)
class View:
    """A group as one reader may see it on one day.

    Attributes:
        group: The group, without what the reader may not see.
        words: The words behind its texts.
        withheld: What others keep for themselves; for the client and for staff
            acting for care only, and never part of anybody's copy.
        reader: Who reads.
        on: The local day.
        log_id: The line of the access log that says so.
        method: The method that the group goes by.
        staff: Names of staff, by their id in the directory.
        copy: For a reader who sees a part of the group only; `None` for others.
    """

    group: ResourceGroup
    words: Mapping[TextId, Read]
    withheld: tuple[Ref, ...]
    reader: PersonId
    on: date
    log_id: str
    method: Method
    staff: Mapping[PersonId, str] = field(factory=dict)
    copy: Copy | None = None

    def __repr__(self) -> str:
        """Show group id, day and line of the log only."""
        return f"View(group={self.group.id!r}, on={self.on}, log_id={self.log_id!r})"

    def said(self, text: Text | None) -> Read | None:
        """Return what stands behind a text; `ERASED` if its key was forgotten."""
        return None if text is None else self.words.get(text.id, ERASED)

    def name(self, person: PersonId) -> PersonName | None:
        """Return the name of a person, if it is there to be read.

        The latest name that this person chose goes before one in law, and both
        before the name under which they came in. It is used for what is older too.
        """
        if person in self.staff:
            return PersonName(written=self.staff[person])
        known = self.group.known_as(person)
        first = (p.name for p in self.group.people if p.id == known)
        said = self.said(self._held_name(known) or next(first, None))
        return said if isinstance(said, PersonName) else None

    def _held_name(self, person: PersonId) -> Text | None:
        held = [
            n for n in self.group.names if n.person == person and n.since <= self.on
        ]
        chosen = [n for n in held if n.use is NameUse.CHOSEN]
        latest = sorted(chosen or held, key=lambda n: (n.since, bool(n.readers)))
        return latest[-1].name if latest else None

    def prompts(self) -> tuple[Prompt, ...]:
        """Return all that is or will be open, by date; for this reader."""
        if self.copy is not None:
            return self.copy.prompts
        return prompts(self.group, self.method)

    def owed(self) -> tuple[Prompt, ...]:
        """Return what is open on this day, by date."""
        return open_on(self.prompts(), self.on)

    def coming(self) -> tuple[Prompt, ...]:
        """Return what will be open after this day, by date."""
        return tuple(p for p in self.prompts() if p.since > self.on)

    def phase(self) -> Phase | None:
        """Return the phase on this day; `None` to who does not know the group."""
        if self.copy is not None:
            return self.copy.phase
        return self.method.phase_on(self.group, self.on)

    def timeline(self) -> tuple[TimelineLine, ...]:
        """Return what happened until this day, by day and then by recording.

        What was entered in error is among it, and says so.
        """
        seen = [h for h in self.group.happenings if h.on <= self.on]
        return tuple(
            TimelineLine(
                seq=h.seq,
                change=h.change,
                on=h.on,
                fact=h.fact,
                by=h.by,
                on_behalf_of=h.on_behalf_of,
                recorded_at=h.recorded_at,
                touched=h.touched,
                in_error=h.in_error,
                emptied=h.emptied,
            )
            for h in sorted(seen, key=lambda h: (h.on, h.seq))
        )

    def why_not(self, step: str) -> Decision:
        """Return what stands against doing a step now, and what is open about it.

        Args:
            step: The code of a step of the method.

        Returns:
            A decision with all reasons; allowed if nothing stands in the way.

        Raises:
            KeyError: The method has no such step.
        """
        found = self.method.step(step)
        if found is None:
            raise KeyError(step)
        still_open = [p.finding for p in self.owed() if p.finding.code in _codes(found)]
        # What stands against a step follows from all of the group.
        whole = self.copy is None
        against = standing_against(self.group, self.method, found) if whole else ()
        return decide(_once([*against, *still_open]))

    def explain(self, code: str) -> Explanation:
        """Return what a code means, with its source.

        Args:
            code: The code of a rule, a step or a finding.

        Raises:
            KeyError: The method knows no such code.
        """
        about = tuple(p for p in self.prompts() if p.finding.code == code)
        rule = self.method.rule(code)
        if rule is not None:
            return _of_rule(rule, about)
        step = self.method.step(code)
        if step is not None:
            return _of_step(step, about)
        text = next((t for t in self.method.texts if t.code == code), None)
        if text is None:
            raise KeyError(code)
        return Explanation(
            code=text.code,
            wording=text.wording,
            sentence=text.wording,
            source=text.source,
        )


def make_view(
    group: ResourceGroup,
    words: Mapping[TextId, Read],
    *,
    method: Method,
    reader: PersonId,
    on: date,
    log_id: str,
    staff: Mapping[PersonId, str],
    sees: Sight | None = None,
) -> View:
    """Leave out what the reader may not see and return the rest.

    Args:
        group: The whole group.
        words: All its words.
        method: The method it goes by.
        reader: Who reads.
        on: The local day.
        log_id: The line of the access log, committed before.
        staff: Names of staff, by id.
        sees: What the reader sees of it; found out if it is not given.
    """
    own = sees or sight(group, method, Actor(reader, OWN_GROUP), on)
    kept = kept_by_others(group, reader) if own.whole else ()
    seen = seen_by(group, own, reader, on)
    if reader != group.client:
        seen = without_lapsed_labels(seen, method, on)
    if seen is not group:
        words = {text: words[text] for text in _texts(seen) if text in words}
    return View(
        group=seen,
        words=MappingProxyType(words),
        withheld=tuple(Ref(Kind.OWN_ITEM, item.id) for item in kept),
        reader=reader,
        on=on,
        log_id=log_id,
        method=method,
        staff={who: name for who, name in staff.items() if seen.knows(who)},
        copy=None if own.whole else _copy_of(group, seen, method, reader, on),
    )


def _copy_of(
    group: ResourceGroup,
    seen: ResourceGroup,
    method: Method,
    reader: PersonId,
    on: date,
) -> Copy:
    """Return what follows from the whole group and is told to who sees a part of it.

    Only what is about something of theirs: a reminder of what others have to do would
    tell of what is not in their copy.
    """
    own = {i.id for i in items_of(seen) if reader in i.owners}
    mine = {str(reader), *own, *seen.ids(Kind.MEETING)}
    told = (p for p in prompts(group, method) if _is_about(p, seen, mine))
    phase = method.phase_on(group, on) if seen.memberships else None
    return Copy(prompts=tuple(told), phase=phase)


def _is_about(prompt: Prompt, seen: ResourceGroup, mine: set[str]) -> bool:
    about = prompt.finding.about
    known = all(seen.holds(ref.kind, ref.id) for ref in about)
    return bool(about) and known and any(ref.id in mine for ref in about)


def _texts(value: Any) -> Iterator[TextId]:
    """Go through the texts that a value refers to, however deep."""
    if isinstance(value, Text):
        yield value.id
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif attrs.has(type(value)):
        for name in (f.name for f in attrs.fields(type(value))):
            yield from _texts(getattr(value, name))


def _codes(step: Step) -> set[Code]:
    return {step.code, step.watched_by or step.code}


def _once(findings: list[Finding]) -> list[Finding]:
    keys = [(f.code, f.about, f.params) for f in findings]
    return [f for n, f in enumerate(findings) if keys[n] not in keys[:n]]


def _of_rule(rule: Rule, about: tuple[Prompt, ...]) -> Explanation:
    return Explanation(
        code=rule.code,
        wording=rule.wording,
        sentence=rule.sentence,
        source=rule.source,
        rank=rule.rank,
        settles=rule.settles,
        open=about,
    )


def _of_step(step: Step, about: tuple[Prompt, ...]) -> Explanation:
    return Explanation(
        code=step.code,
        wording=step.wording,
        sentence=step.sentence or step.wording,
        source=step.source,
        settles=tuple(Code(fact.partition(":")[0]) for fact in step.done_by),
        open=about,
    )
