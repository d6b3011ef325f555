"""`rgcore import`: keep a group that another institution exported."""

from __future__ import annotations

import argparse
from typing import Any

from attrs import evolve

from rgcore.cli.record import content
from rgcore.cli.report import as_json
from rgcore.cli.session import actor, institution, language
from rgcore.domain.actor import OPERATION
from rgcore.errors import InputError, Problem
from rgcore.render.translation import translator
from rgcore.serial.wire import read_json


def run(options: argparse.Namespace) -> int:
    """Import a file and say what came of it."""
    said = translator(language(options))
    given = _given(options.file)
    with institution(options) as opened:
        who = actor(options, opened)
        if options.purpose is None:
            who = evolve(who, purpose=OPERATION)
        done = opened.import_group(given, who, team=options.team, digest=options.digest)
    if options.as_json:
        data = {
            "group": done.group,
            "client": done.client,
            "seq": done.seq,
            "imported": done.imported,
        }
        print(as_json(data))
        return 0
    if not done.imported:
        print(said("This file was imported before; nothing was done."))
    print(said("Group: {id}").format(id=done.group))
    print(said("Client: {id}").format(id=done.client))
    return 0


def _given(source: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return read_json(content(source, "FILE"))
    except InputError as error:
        found = error.problems
    raise InputError([Problem(p.code, p.path or "FILE", p.allowed) for p in found])
