"""`rgcore erase plan`, `request`, `confirm` and so on: one step of an erasure each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any, Final

from rgcore.cli.erase_words import (
    data_of,
    erasure_lines,
    final_line,
    hold_line,
    place_lines,
    reason_lines,
    reasons_data,
)
from rgcore.cli.report import as_json
from rgcore.cli.session import day, institution, language, operator
from rgcore.institution import Institution
from rgcore.institution.erasing_answers import Plan, Requested
from rgcore.render.translation import Translate, translator
from rgcore.store.erasing_register import Erasure, Hold

_Answer = Plan | Requested | Erasure | Hold


def run(options: argparse.Namespace) -> int:
    """Do one step and print how it stands."""
    step = _STEPS[options.erase_command]
    with institution(options) as opened:
        answer = step(options, opened)
    chosen = language(options)
    if options.as_json:
        print(as_json(_data(answer, chosen)))
    else:
        print("\n".join(_lines(answer, chosen)))
    return 0


def _wish(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "person": options.person,
        "whose": options.whose,
        "ground": options.ground,
        "own_items": options.own_items,
    }


def _plan(options: argparse.Namespace, opened: Institution) -> _Answer:
    who = operator(options)
    return opened.erasing.plan(options.group, who, **_wish(options))


def _request(options: argparse.Namespace, opened: Institution) -> _Answer:
    received = day(options.received, opened.today(), "--received")
    return opened.erasing.request(
        options.group, operator(options), received_on=received, **_wish(options)
    )


def _redact(options: argparse.Namespace, opened: Institution) -> _Answer:
    who, erasing = operator(options), opened.erasing
    wish = {"whose": options.whose, "own_items": options.own_items}
    if options.dry_run:
        return erasing.plan_redaction(options.group, options.entries, who, **wish)
    received = day(options.received, opened.today(), "--received")
    return erasing.redact(
        options.group, options.entries, who, received_on=received, **wish
    )


def _hold(options: argparse.Namespace, opened: Institution) -> _Answer:
    until = options.until and day(options.until, opened.today(), "--until")
    return opened.erasing.hold(
        options.group,
        operator(options),
        kind=options.kind,
        person=options.person,
        until=until,
    )


_STEPS: Final[dict[str, Callable[[argparse.Namespace, Institution], _Answer]]] = {
    "plan": _plan,
    "request": _request,
    "redact": _redact,
    "confirm": lambda o, opened: opened.erasing.confirm(o.id, operator(o)),
    "extend": lambda o, opened: opened.erasing.extend(o.id, operator(o)),
    "withdraw": lambda o, opened: opened.erasing.withdraw(o.id, operator(o)),
    "hold": _hold,
    "lift": lambda o, opened: opened.erasing.lift(o.id, operator(o)),
}


def _data(answer: _Answer, chosen: str) -> dict[str, Any]:
    if isinstance(answer, Plan):
        return {
            "group": answer.group,
            "person": answer.person,
            "entries": list(answer.entries),
            "whose": answer.whose,
            "stores": [place.as_data() for place in answer.places],
            "reasons": reasons_data(answer.reasons, chosen),
            "earliest": answer.earliest.isoformat(),
            "final_on": answer.final_on.isoformat() if answer.final_on else None,
        }
    if isinstance(answer, Requested):
        found = reasons_data(answer.reasons, chosen)
        return {**data_of(answer.erasure), "reasons": found}
    return data_of(answer)


def _lines(answer: _Answer, chosen: str) -> Iterator[str]:
    said = translator(chosen)
    if isinstance(answer, Plan):
        yield from _plan_lines(answer, chosen, said)
    elif isinstance(answer, Requested):
        yield from erasure_lines(answer.erasure, said)
        yield from reason_lines(answer.reasons, chosen)
    elif isinstance(answer, Hold):
        yield hold_line(answer, said)
    else:
        yield from erasure_lines(answer, said)


def _plan_lines(plan: Plan, chosen: str, said: Translate) -> Iterator[str]:
    yield from place_lines((one.as_data() for one in plan.places), said, done=False)
    yield final_line(plan.earliest, plan.final_on, said)
    if plan.reasons:
        yield said("What stands in its way:")
        yield from reason_lines(plan.reasons, chosen)
    yield said("Nothing was changed.")
