"""What fills the page of the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parts.markdown import (
    Lines,
    anchored,
    both,
    code_span,
    flat,
    heading,
    slug,
    summary,
    table,
)
from rgcore.domain.dates import Period
from rgcore.method import Choice, GoalDomain, Method, Mistake, Role, Rule, Step, Wording


def _phases(method: Method) -> Iterator[str]:
    head = ("no.", "code", "English", "Dutch", "opened by", "source")
    rows = []
    for phase in method.phases:
        facts = (
            _fact(o.fact) + (" (each time)" if o.again else "") for o in phase.opened_by
        )
        nl, en = both(phase.wording)
        code = anchored(phase.code)
        row = (str(phase.number), code, en, nl, ", ".join(facts), phase.source)
        rows.append(row)
    yield from table(head, rows)


def _fact(fact: str) -> str:
    """Return a fact as a link to its change; a kind may stand behind a colon."""
    return f"[`{fact}`](changes.md#{slug(fact.partition(':')[0])})"


def _steps(method: Method) -> Lines:
    return flat(_step(step) for step in method.steps)


def _step(step: Step) -> Iterator[str]:
    yield from heading(step.code)
    nl, en = both(step.wording)
    yield f"{en} · *{nl}*"
    yield ""
    if step.sentence:
        yield from _said(step.sentence)
    phase = f"[`{step.phase}`](#phases)"
    per = "for the group" if step.per.value == "group" else "for each nominee"
    yield f"- phase: {phase}, once {per}"
    if step.counts_from:
        yield f"- counts from: the opening of `{step.counts_from}`"
    if step.after:
        yield f"- on the list after: [`{step.after}`](#timing)"
    if step.watched_by:
        yield f"- watched by the rule [`{step.watched_by}`](#{slug(step.watched_by)})"
    yield f"- done by: {', '.join(map(_fact, step.done_by))}"
    yield from (f"- source: {step.source}", "")


def _said(wording: Wording) -> Iterator[str]:
    nl, en = both(wording)
    yield from (f"- en: {en}", f"- nl: {nl}")


def _rules(method: Method) -> Lines:
    return flat(_rule(rule) for rule in method.rules)


def _rule(rule: Rule) -> Iterator[str]:
    yield from heading(rule.code)
    nl, en = both(rule.wording)
    yield from (f"{en} · *{nl}*", "")
    yield from _said(rule.sentence)
    effect = "warns"
    if rule.needs_override:
        effect = "blocks until it is passed with a reason"
    yield f"- rank: {rule.rank.value}; {effect}"
    yield f"- speaks: {summary(rule.speaks)}"
    yield f"- settled by: {', '.join(map(_fact, rule.settles))}"
    yield from (f"- source: {rule.source}", "")


def _timings(method: Method) -> Lines:
    head = ("code", "English", "Dutch", "how long", "whose", "source")
    rows = (
        (
            anchored(t.code),
            *reversed(both(t.wording)),
            _length(t.period),
            "our own default" if t.ours else "the method's",
            t.source,
        )
        for t in method.timings
    )
    yield from table(head, rows)


def _length(period: Period) -> str:
    parts = ((period.months, "months"), (period.days, "days"))
    return " and ".join(f"{number} {unit}" for number, unit in parts if number)


def _roles(method: Method) -> Lines:
    return _named(method.roles)


def _domains(method: Method) -> Lines:
    return _named(method.domains)


def _mistakes(method: Method) -> Lines:
    return _named(method.mistakes)


def _meeting_kinds(method: Method) -> Lines:
    rows = (
        (
            anchored(k.code),
            *reversed(both(k.wording)),
            "yes" if k.regular else "no, it is extra",
            k.source,
        )
        for k in method.meeting_kinds
    )
    head = ("code", "English", "Dutch", "counts in the rhythm", "source")
    return table(head, rows)


def _choices(method: Method) -> Lines:
    return _named(method.choices)


def _trainings(method: Method) -> Lines:
    rows = (
        (
            anchored(t.code),
            *reversed(both(t.wording)),
            code_span(t.covered_by) if t.covered_by else "—",
            t.source,
        )
        for t in method.trainings
    )
    return table(("code", "English", "Dutch", "has become", "source"), rows)


def _named(things: Iterable[Role | GoalDomain | Mistake | Choice]) -> Lines:
    return table(
        ("code", "English", "Dutch", "source"),
        ((anchored(t.code), *reversed(both(t.wording)), t.source) for t in things),
    )


def _themes(method: Method) -> Iterator[str]:
    rows = (
        (
            anchored(t.code),
            *reversed(both(t.wording)),
            "standard" if t.standard else "as needed",
            t.source,
        )
        for t in method.themes
    )
    yield from table(("code", "English", "Dutch", "offered", "source"), rows)


def _agendas(method: Method) -> Iterator[str]:
    for agenda in method.agendas:
        yield from heading(agenda.code)
        nl, en = both(agenda.wording)
        yield from (f"{en} · *{nl}* · source: {agenda.source}", "")
        for topic in agenda.topics:
            en, nl = (method.named(topic, language) for language in ("en", "nl"))
            yield f"1. `{topic}`: {en} · *{nl}*"
        yield ""


def _words(method: Method) -> Lines:
    return table(
        ("code", "English", "Dutch"),
        ((code_span(t.code), *reversed(both(t.wording))) for t in method.terms),
    )


PARTS = {
    "phases": _phases,
    "steps": _steps,
    "rules": _rules,
    "timings": _timings,
    "roles": _roles,
    "themes": _themes,
    "agendas": _agendas,
    "domains": _domains,
    "mistakes": _mistakes,
    "meeting_kinds": _meeting_kinds,
    "choices": _choices,
    "trainings": _trainings,
    "words": _words,
}
