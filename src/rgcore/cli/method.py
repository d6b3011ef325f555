"""`rgcore method show`: the method as it holds here, with its sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from rgcore.cli.parts import replaced_lines
from rgcore.cli.report import as_json
from rgcore.cli.session import configured, file_there, language_here
from rgcore.institution.config import wanted_settings
from rgcore.method import (
    AccessRule,
    Choice,
    Instrument,
    MeetingKind,
    Method,
    OwnChange,
    Phase,
    PlanSection,
    Rule,
    Training,
    compose,
)
from rgcore.plugins import activate
from rgcore.render.data import method_data
from rgcore.render.translation import translator

_Word = MeetingKind | Choice | Training


def run(options: argparse.Namespace) -> int:
    """Print the method of the institution, or the base where there is none.

    The databases of the institution are not opened.
    """
    method = compose()
    if file_there(options) is not None:
        method = activate(wanted_settings(configured(options))).method
    if options.as_json:
        print(as_json(method_data(method)))
    else:
        print("\n".join(_lines(method, language_here(options))))
    return 0


def _lines(method: Method, language: str) -> Iterator[str]:
    said = translator(language)
    yield said("Method {digest}").format(digest=method.digest)
    if method.settings:
        names = ", ".join(one.id for one in method.settings)
        yield said("The base with these settings: {names}").format(names=names)
    else:
        yield said("The base, without settings")
    for phase in method.phases:
        yield ""
        yield f"{phase.number}. {phase.wording.said_in(language)}  {phase.source}"
        yield from _steps(method, phase, language)
    yield from _headed(said("Rules"), (_rule(r, language) for r in method.rules))
    words: tuple[_Word, ...] = (
        *method.meeting_kinds,
        *method.choices,
        *method.trainings,
    )
    yield from _headed(
        said("Words of closed lists"), ([_word(word, language)] for word in words)
    )
    yield from _of_settings(method, language)


def _of_settings(method: Method, language: str) -> Iterator[str]:
    """Return what only settings bring."""
    said = translator(language)
    yield from _headed(
        said("Who may not see a group for a while"),
        (_access_rule(rule, language) for rule in method.access_rules),
    )
    yield from _headed(
        said("Parts of the plan"),
        (_section(section, language) for section in method.plan_sections),
    )
    yield from _headed(
        said("Questionnaires"),
        (_instrument(one, method, language) for one in method.instruments),
    )
    yield from _headed(
        said("Changes that settings bring"),
        (_own_change(change, language) for change in method.own_changes),
    )
    yield from _headed(
        said("Replaced or switched off"),
        (replaced_lines(one, language) for one in method.replaced),
    )


def _headed(heading: str, parts: Iterable[Iterable[str]]) -> Iterator[str]:
    """Return parts below a heading; nothing at all if there are none."""
    lines = [f"   {line}" for part in parts for line in part]
    if lines:
        yield from ("", heading, *lines)


def _steps(method: Method, phase: Phase, language: str) -> Iterator[str]:
    for step in method.steps:
        if step.phase == phase.code:
            yield f"   · {step.wording.said_in(language)} [{step.code}]  {step.source}"


def _word(word: _Word, language: str) -> str:
    return f"· {word.wording.said_in(language)} [{word.code}]"


def _rule(rule: Rule, language: str) -> Iterator[str]:
    yield f"· {rule.wording.said_in(language)} [{rule.code}, {rule.rank}]"
    yield f"  {rule.sentence.said_in(language)}"
    yield f"  {rule.source}"


def _access_rule(rule: AccessRule, language: str) -> Iterator[str]:
    yield f"· {rule.wording.said_in(language)} [{rule.code}]"
    yield f"  {rule.sentence.said_in(language)}"
    yield f"  {rule.source}"


def _section(section: PlanSection, language: str) -> Iterator[str]:
    yield f"· {section.wording.said_in(language)} [{section.code}]"
    if section.intro is not None:
        yield f"  {section.intro.said_in(language)}"
    yield f"  {section.source}"


def _instrument(one: Instrument, method: Method, language: str) -> Iterator[str]:
    who = ", ".join(method.named(role, language) for role in one.answered_by)
    yield f"· {one.wording.said_in(language)} {one.version} [{one.code}]: {who}"
    yield f"  {one.publisher}"
    yield f"  {one.source}"


def _own_change(change: OwnChange, language: str) -> Iterator[str]:
    yield f"· {change.wording.said_in(language)} [{change.code}]"
    yield f"  {change.sentence.said_in(language)}"
    said = translator(language)
    left_out = said("may be left out")
    for field in change.fields:
        holds = f"{field.holds}" if field.required else f"{field.holds}, {left_out}"
        yield f"  {field.name}: {holds} ({field.wording.said_in(language)})"
    yield f"  {change.source}"
