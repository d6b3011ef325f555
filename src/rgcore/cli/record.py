"""`rgcore record`: record changes from JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from rgcore.cli.report import as_json, decision_data
from rgcore.cli.session import actor, institution, language, spoken
from rgcore.domain.findings import Override
from rgcore.domain.ids import Code
from rgcore.errors import InputError, Problem
from rgcore.institution import Institution
from rgcore.render.speech import Voice
from rgcore.serial.wire import read_changes, read_json


def run(options: argparse.Namespace) -> int:
    """Record what the JSON says and print what was recorded and warned of."""
    given = _given(options.source)
    chosen = language(options)
    with institution(options) as opened:
        # Asked for first: nothing may go wrong between recording and saying so.
        voice = Voice(spoken(options, opened), chosen)
        changes, words = read_changes(_completed(given, opened))
        who, overrides = actor(options, opened), _overrides(options.override)
        if options.check:
            decision = opened.check(
                options.group, changes, who, words=words, overrides=overrides
            )
            print(as_json(decision_data(decision, voice)))
            return 0 if decision.allowed else 1
        done = opened.record(
            options.group,
            changes,
            who,
            words=words,
            overrides=overrides,
            seen=options.seen,
        )
    result = {
        "group": done.group,
        "seq": done.seq,
        "recorded": [entry.change.id for entry in done.entries],
        "decision": decision_data(done.decision, voice),
    }
    print(as_json(result))
    return 0


def _given(source: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return read_json(content(source, "--json"))
    except InputError as error:
        found = error.problems
    raise InputError([Problem(p.code, p.path or "--json", p.allowed) for p in found])


def content(source: str, argument: str) -> bytes:
    """Return what lies in a file or comes in as input.

    Args:
        source: The file; `-` for input.
        argument: Which argument named it.

    Raises:
        InputError: It cannot be read.
    """
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError:
        pass
    raise InputError([Problem("config.missing_file", argument)])


def _completed(given: Any, opened: Institution) -> Any:  # noqa: ANN401
    """Return changes with an id and a day where none was given.

    An id of one's own makes it safe to send the same again.
    """
    changes = given if isinstance(given, list) else [given]
    usual = opened.today().isoformat()
    return [
        {"id": opened.new_id(), "happened_on": usual, **change}
        if isinstance(change, dict)
        else change
        for change in changes
    ]


def _overrides(given: list[str]) -> list[Override]:
    pairs = [one.partition("=") for one in given]
    return [Override(Code(code), Code(because)) for code, _, because in pairs]
