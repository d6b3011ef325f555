"""`rgcore method show`: the method, with its sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from rgcore.cli.report import as_json
from rgcore.method import (
    Choice,
    MeetingKind,
    Method,
    Phase,
    Rule,
    Training,
    compose,
)
from rgcore.render.data import method_data
from rgcore.render.translation import DUTCH, translator


def run(options: argparse.Namespace) -> int:
    """Print the base of the method; needs no institution."""
    method = compose()
    if options.as_json:
        print(as_json(method_data(method)))
    else:
        print("\n".join(_lines(method, options.lang or DUTCH)))
    return 0


def _lines(method: Method, language: str) -> Iterator[str]:
    said = translator(language)
    yield said("Method {digest}").format(digest=method.digest)
    for phase in method.phases:
        yield ""
        yield f"{phase.number}. {phase.wording.said_in(language)}  {phase.source}"
        yield from _steps(method, phase, language)
    yield ""
    yield said("Rules")
    for rule in method.rules:
        yield from _rule(rule, language)
    yield ""
    yield said("Words of closed lists")
    yield from (_word(kind, language) for kind in method.meeting_kinds)
    yield from (_word(choice, language) for choice in method.choices)
    yield from (_word(training, language) for training in method.trainings)


def _word(word: MeetingKind | Choice | Training, language: str) -> str:
    return f"   · {word.wording.said_in(language)} [{word.code}]"


def _steps(method: Method, phase: Phase, language: str) -> Iterator[str]:
    for step in method.steps:
        if step.phase == phase.code:
            yield f"   · {step.wording.said_in(language)} [{step.code}]  {step.source}"


def _rule(rule: Rule, language: str) -> Iterator[str]:
    yield f"   · {rule.wording.said_in(language)} [{rule.code}, {rule.rank}]"
    yield f"     {rule.sentence.said_in(language)}"
    yield f"     {rule.source}"
