"""What sleeps while a group or somebody in it rests. Nothing of it is late afterwards.

A prompt that would be open in a rest opens after it. What was open before the rest
opens after it too: whoever asks today asks after the rest was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from attrs import evolve, frozen

from rgcore.domain.findings import Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Kind

_BY_HABIT: Final = frozenset({Rank.METHOD, Rank.WORKFLOW})
_ALL_BUT_LAW: Final = frozenset({*_BY_HABIT, Rank.DIRECTION})


@frozen(kw_only=True)
class Silence:
    """A stretch in which nothing of some ranks is asked of anybody.

    Attributes:
        since: First day.
        until: First day on which it is over; `None` if nobody knows.
        ranks: What sleeps. The law never does: an end date in law does not pass
            silently.
        person: Whom it is about; `None` for the whole group.
    """

    since: date
    until: date | None
    ranks: frozenset[Rank]
    person: str | None = None

    def covers(self, prompt: Prompt) -> bool:
        """Tell whether a prompt would be open in this silence."""
        if prompt.finding.rank not in self.ranks:
            return False
        if self.person is not None and self.person not in _people(prompt):
            return False
        begins_in_it = self.until is None or prompt.since < self.until
        return begins_in_it and (prompt.until is None or self.since < prompt.until)


def awake(group: ResourceGroup, found: Iterable[Prompt]) -> Iterator[Prompt]:
    """Go through prompts as they speak beside the rests of a group.

    Args:
        group: The group.
        found: What speaks if nobody rests.
    """
    silences = sorted(_silences(group), key=lambda s: (s.since, s.until or date.max))
    for prompt in found:
        woken = _after_all(silences, prompt)
        if woken is not None:
            yield woken


def _silences(group: ResourceGroup) -> Iterator[Silence]:
    for pause in group.pauses:
        yield Silence(since=pause.since, until=pause.until, ranks=_BY_HABIT)
    for gone in group.departures:
        yield Silence(since=gone.on, until=gone.back_on, ranks=_ALL_BUT_LAW)
    died = group.died_on(group.client)
    if died is not None:
        yield Silence(since=died, until=None, ranks=_ALL_BUT_LAW)
    for rest in group.rests:
        yield Silence(
            since=rest.since, until=rest.until, ranks=_BY_HABIT, person=rest.person
        )


def _after_all(silences: list[Silence], prompt: Prompt) -> Prompt | None:
    for silence in silences:
        if silence.covers(prompt):
            if silence.until is None:
                return None
            prompt = _moved(prompt, silence.until)
            if prompt.until is not None and prompt.until <= prompt.since:
                return None
    return prompt


def _moved(prompt: Prompt, day: date) -> Prompt:
    """Return a prompt that opens later; a day before that it names goes along."""
    finding = evolve(
        prompt.finding,
        params=tuple(
            (name, day if isinstance(value, date) and value < day else value)
            for name, value in prompt.finding.params
        ),
    )
    return evolve(prompt, finding=finding, since=max(day, prompt.since))


def _people(prompt: Prompt) -> frozenset[str]:
    return frozenset(r.id for r in prompt.finding.about if r.kind is Kind.PERSON)
