"""What is open for a group, from which day: rules and steps together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from rgcore.domain.findings import Finding, Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.domain.life import Exemption
from rgcore.domain.people import Nomination
from rgcore.method.contributions import Per, Phase, Step
from rgcore.method.guarding import guards
from rgcore.method.method import Method, in_order
from rgcore.method.proposal import Proposal
from rgcore.method.resting import awake
from rgcore.method.speaking.common import known_until

_EXEMPTIBLE: Final = frozenset({Rank.METHOD, Rank.WORKFLOW})


def prompts(group: ResourceGroup, method: Method) -> tuple[Prompt, ...]:
    """Return all that is or will be open, with its dates; needs no clock.

    Args:
        group: The group.
        method: The method it goes by.

    Returns:
        Prompts by date. What was done or exempted is not among them, and what would
        speak while the group rests does so afterwards. What was over by the latest
        day of which anything is recorded is not among them either.
    """
    speaking = awake(group, _not_exempted(group, _all(group, method)))
    known = known_until(group)
    # What is over by now would only widen the stretch that the index keeps.
    return in_order(p for p in speaking if p.until is None or p.until > known)


def attention_from(found: tuple[Prompt, ...]) -> date | None:
    """Return the first day on which something is open; `None` if nothing ever is.

    Args:
        found: The prompts of a group.
    """
    return min((p.since for p in found), default=None)


def attention_until(found: tuple[Prompt, ...]) -> date | None:
    """Return the first day from which nothing is open; `None` if something stays.

    Args:
        found: The prompts of a group.
    """
    ends = [p.until for p in found]
    if not ends or None in ends:
        return None
    return max(end for end in ends if end is not None)


def open_on(found: tuple[Prompt, ...], day: date) -> tuple[Prompt, ...]:
    """Return what is open on a day."""
    return tuple(p for p in found if p.speaks_on(day))


def standing_against(
    group: ResourceGroup, method: Method, step: Step
) -> tuple[Finding, ...]:
    """Return what rules have against doing a step now.

    Args:
        group: The group.
        method: The method it goes by.
        step: The step.
    """
    proposals = [
        Proposal(group=group, method=method, type=_type(fact)) for fact in step.done_by
    ]
    return tuple(finding for one in proposals for finding in guards(one))


def _type(fact: str) -> Code:
    return Code(fact.partition(":")[0])


def _all(group: ResourceGroup, method: Method) -> Iterator[Prompt]:
    for rule in method.rules:
        yield from rule.prompts(group, method)
    yield from _steps(group, method)


def _steps(group: ResourceGroup, method: Method) -> Iterator[Prompt]:
    opened = method.openings(group)
    # One happening of each fact: there are a few facts and a hundred happenings.
    one_each = {h.fact: h for h in group.counting}.values()
    happened = frozenset[str]().union(*(h.names for h in one_each))
    for step in method.steps:
        if step.watched_by is None and step.per is Per.GROUP:
            yield from _for_group(happened, method, step, opened)
        elif step.watched_by is None:
            yield from _for_nominees(group, method, step)


def _for_group(
    happened: frozenset[str],
    method: Method,
    step: Step,
    opened: tuple[tuple[date, Phase], ...],
) -> Iterator[Prompt]:
    if not happened.isdisjoint(step.done_by):
        return
    start = step.counts_from or step.phase
    number = next(p.number for p in method.phases if p.code == start)
    since = min((on for on, p in opened if p.number >= number), default=None)
    if since is not None:
        yield _prompt(method, step, since, ())


def _for_nominees(group: ResourceGroup, method: Method, step: Step) -> Iterator[Prompt]:
    for nomination in group.nominations:
        waits = nomination.state in {"nominated", "approached"}
        if waits and not _done_for(group, step, nomination):
            about = (Ref(Kind.PERSON, nomination.person),)
            yield _prompt(method, step, nomination.on, about)


def _done_for(group: ResourceGroup, step: Step, nomination: Nomination) -> bool:
    talks = {
        interview.id
        for interview in group.interviews
        if interview.respondent == nomination.person
        and interview.held_on >= nomination.on
    }
    return any(
        h.is_a(fact) and not {nomination.id, *talks}.isdisjoint(h.touched)
        for h in group.counting
        for fact in step.done_by
    )


def _prompt(method: Method, step: Step, since: date, about: tuple[Ref, ...]) -> Prompt:
    finding = Finding(
        code=step.code,
        rank=Rank.METHOD,
        about=about,
        settles=tuple(_type(fact) for fact in step.done_by),
    )
    return Prompt(finding, method.after(step.after, since) if step.after else since)


def _not_exempted(group: ResourceGroup, found: Iterator[Prompt]) -> Iterator[Prompt]:
    for prompt in found:
        since: date | None = prompt.since
        for exemption in group.exemptions:
            if since is not None and _concerns(exemption, prompt):
                since = _after(exemption, since)
        if since is not None and (prompt.until is None or since < prompt.until):
            yield prompt if since == prompt.since else evolve(prompt, since=since)


def _concerns(exemption: Exemption, prompt: Prompt) -> bool:
    """Tell whether an exemption frees from this. Law and direction never are."""
    if prompt.finding.rank not in _EXEMPTIBLE or exemption.of != prompt.finding.code:
        return False
    people = {ref.id for ref in prompt.finding.about if ref.kind is Kind.PERSON}
    return exemption.person is None or exemption.person in people


def _after(exemption: Exemption, since: date) -> date | None:
    if exemption.until is None:
        return None
    return max(since, exemption.until)
