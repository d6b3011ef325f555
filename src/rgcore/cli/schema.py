"""`rgcore schema`: JSON Schemas for programs that are not written in Python."""

from __future__ import annotations

import argparse
from typing import Any

import rgcore.institution  # noqa: F401 - so that every class of errors is there
from rgcore.cli.report import as_json
from rgcore.domain.changes import BY_TYPE
from rgcore.errors import InputError, Problem, RgcoreError
from rgcore.serial.schema import (
    change_schema,
    changes_schema,
    document_schema,
    errors_schema,
)


def run(options: argparse.Namespace) -> int:
    """Print the schema of one type of change, or of what was asked for."""
    print(as_json(_asked(options.type, options.of)))
    return 0


def every_error() -> set[type[RgcoreError]]:
    """Return every class of errors that rgcore has."""
    found: set[type[RgcoreError]] = {RgcoreError}
    waiting: list[type[RgcoreError]] = [RgcoreError]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(below)
    return {error for error in found if error.__module__.startswith("rgcore.")}


def _asked(type_: str | None, of: str) -> dict[str, Any]:
    if type_ is not None:
        return _of_type(type_, of)
    if of == "changes":
        return changes_schema()
    return errors_schema(every_error()) if of == "errors" else document_schema(of)


def _of_type(type_: str, of: str) -> dict[str, Any]:
    if of != "changes":
        # Only changes have types.
        raise InputError([Problem("input.unknown_key", "TYPE")])
    if type_ not in BY_TYPE:
        raise InputError([Problem("input.unknown_type", "TYPE", sorted(BY_TYPE))])
    return change_schema(type_)
