"""What the rules of a setting say, and of what they keep off: ST-17 to ST-21."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, Final

from attrs import fields

from rgcore.domain.findings import Effect, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import CODE_PATTERN, Code
from rgcore.method import AccessRule, Denial, Law, Method, Proposal, Rule, Speaks
from rgcore.method.guarding import is_free
from rgcore.method.rule import FAULT
from rgcore.plugins.calling import raised
from rgcore.testing.samples import Stage
from rgcore.testing.subject import Subject
from rgcore.testing.wordings import is_said

_CODE: Final = re.compile(CODE_PATTERN)


def unreliable(subject: Subject) -> Iterator[str]:
    """Name rules that fail to answer, or answer differently the second time.

    Args:
        subject: The setting.
    """
    for rule in subject.rules:
        yield from _first(_of_rule(subject, rule))
    for access in subject.access_rules:
        yield from _first(_of_access(subject, access))


def pointing_nowhere(subject: Subject) -> Iterator[str]:
    """Say what rules point at that is not there, or put into their sentences.

    Args:
        subject: The setting.
    """
    for rule in subject.rules:
        found = (
            problem
            for group, said in spoken(subject, rule)
            for problem in _misplaced(said, group, subject.method)
        )
        yield from (f"{rule.code} {problem}" for problem in dict.fromkeys(found))


def holding_up(subject: Subject) -> Iterator[str]:
    """Name rules whose guards want to stop a fact, or the client's own ending.

    Args:
        subject: The setting.
    """
    for rule in subject.rules:
        stopped = dict.fromkeys(
            proposal.type
            for _, proposal in _proposals(subject)
            if is_free(proposal) and _stops(rule, proposal)
        )
        yield from (f"{rule.code} would stop `{type_}`." for type_ in stopped)


def keeping_out(subject: Subject) -> Iterator[str]:
    """Name access rules that would keep a client from their own group.

    Args:
        subject: The setting.
    """
    for access in subject.access_rules:
        for stage in _stages(subject):
            said = _answer(partial(access.denials, stage.group, subject.method))
            if any(one.to == stage.group.client for one in said):
                yield f"{access.code} would hide the group from its client."
                break


def lawless(subject: Subject) -> Iterator[str]:
    """Say what is missing of where rules stand in the law.

    Args:
        subject: The setting.
    """
    for rule in _every(subject):
        is_law = isinstance(rule, Rule) and rule.rank is Rank.LAW
        if rule.law is None and is_law:
            yield f"{rule.code} names no law."
        elif rule.law is not None:
            yield from (f"{rule.code} {what}" for what in _incomplete(rule.law))


def unchecked(subject: Subject) -> Iterator[str]:
    """Name rules whose law nobody has looked up; they only warn.

    Args:
        subject: The setting.
    """
    for rule in _every(subject):
        if rule.law is not None and not rule.law.is_checked:
            yield f"{rule.code}: nobody has checked the law that it names."


def silent(subject: Subject) -> Iterator[str]:
    """Name rules of which no sentence was seen.

    Args:
        subject: The setting.
    """
    for rule in subject.rules:
        if not any(spoken(subject, rule)):
            yield f"{rule.code}: about no group of the kit did it say anything."


def spoken(subject: Subject, rule: Rule) -> Iterator[tuple[ResourceGroup, Speaks]]:
    """Go through all that a rule says of the kit's groups, prompts and guards.

    What it raises is passed over: another rule of the kit tells of that.

    Args:
        subject: The setting.
        rule: The rule.
    """
    for stage in _stages(subject):
        for method in subject.methods:
            for said in _answer(partial(rule.speaks, stage.group, method)):
                yield stage.group, said
    for _, proposal in _proposals(subject):
        for said in _answer(partial(rule.guard, proposal)):
            yield proposal.group, said


def _every(subject: Subject) -> tuple[Rule | AccessRule, ...]:
    return (*subject.rules, *subject.access_rules)


def _of_rule(subject: Subject, rule: Rule) -> Iterator[str]:
    for stage in _stages(subject):
        for method in subject.methods:
            codes = [p.finding.code for p in rule.prompts(stage.group, method)]
            ask = partial(rule.speaks, stage.group, method)
            yield _answered(rule.code, stage.name, codes, ask)
    for name, proposal in _proposals(subject):
        codes = [finding.code for finding in rule.guards(proposal)]
        ask = partial(rule.guard, proposal)
        yield _answered(rule.code, f"{name}, its guard", codes, ask)


def _of_access(subject: Subject, access: AccessRule) -> Iterator[str]:
    for stage in _stages(subject):
        for method in subject.methods:
            denied = access.denied(stage.group, method)
            codes = [FAULT] if denied is None else []
            ask = partial(access.denials, stage.group, method)
            yield _answered(access.code, stage.name, codes, ask)


_Ask = Callable[[], Iterable[Any]]


def _answered(code: Code, name: str, codes: list[Code], ask: _Ask) -> str:
    """Return what is wrong with the answers of a rule about one group, if anything."""
    try:
        once, twice = list(ask()), list(ask())
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises
        found = raised("plugin.hook_raised", "", "", error).fields
        return f"{code} raises {found['kind']} at {found['where']} ({name})."
    if FAULT in codes:
        return f"{code} says what does not fit: days as `date`, `Ref`, pairs ({name})."
    return "" if once == twice else f"{code} does not answer the same twice ({name})."


def _first(problems: Iterator[str]) -> Iterator[str]:
    """Give the first problem: the others would repeat it for other groups."""
    yield from islice(filter(None, problems), 1)


def _stages(subject: Subject) -> Iterator[Stage]:
    for stages in subject.stages:
        yield from stages


def _proposals(subject: Subject) -> Iterator[tuple[str, Proposal]]:
    for stage in _stages(subject):
        yield stage.name, stage.proposal(subject.method)
        yield from ((stage.name, one) for one in stage.endings(subject.method))


def _answer(ask: _Ask) -> tuple[Any, ...]:
    """Return what a rule says, as far as it can be looked at."""
    try:
        said = tuple(ask())
    except (Exception, SystemExit):  # noqa: BLE001 - another rule tells of it
        return ()
    return tuple(one for one in said if _is_sound(one))


def _is_sound(said: Any) -> bool:  # noqa: ANN401 - whatever a rule says
    if isinstance(said, Speaks):
        return all(type(pairs) is tuple for pairs in (said.params, said.about))
    return isinstance(said, Denial)


def _misplaced(said: Speaks, group: ResourceGroup, method: Method) -> Iterator[str]:
    for ref in said.about:
        if not group.holds(ref.kind, ref.id):
            yield f"points at a {ref.kind} that the group does not have."
    for name, value in said.params:
        is_count = isinstance(value, int) or type(value) is date
        if not is_count and not _is_worded(value, method):
            yield f"fills `{name}` with something else than a code, a count or a day."


def _is_worded(value: object, method: Method) -> bool:
    """Tell whether something is a code that the method has words for."""
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        return False
    named = method.named(value, "nl") != value
    return named or value in _codes(method)


def _codes(method: Method) -> frozenset[str]:
    """Return the codes of every part, those that are called as they are written too."""
    shelves = (getattr(method, field.name, ()) for field in fields(Method))
    parts = (part for shelf in shelves if isinstance(shelf, tuple) for part in shelf)
    return frozenset(getattr(part, "code", "") for part in parts)


def _stops(rule: Rule, proposal: Proposal) -> bool:
    found = (f for f in rule.guards(proposal) if f.code != FAULT)
    return any(finding.effect is not Effect.WARNS for finding in found)


def _incomplete(law: Law) -> Iterator[str]:
    if not is_said(law.article):
        yield "names no article."
    if bool(law.checked_on) != is_said(law.checked_by):
        yield "was checked by nobody, or on no day: say both."
    if law.since and law.until and law.until <= law.since:
        yield "is in force on no day."
