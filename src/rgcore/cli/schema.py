"""`rgcore schema`: JSON Schemas for programs that are not written in Python."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.domain.changes import BY_TYPE
from rgcore.errors import InputError, Problem
from rgcore.serial.schema import change_schema, changes_schema


def run(options: argparse.Namespace) -> int:
    """Print the schema of one type of change, or of a list of any."""
    if options.type is None:
        print(as_json(changes_schema()))
        return 0
    if options.type not in BY_TYPE:
        raise InputError([Problem("input.unknown_type", "TYPE", sorted(BY_TYPE))])
    print(as_json(change_schema(options.type)))
    return 0
