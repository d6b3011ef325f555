"""`rgcore verify`: check that what is kept is what was recorded."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from rgcore.cli.progress import progress
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.institution import Examined
from rgcore.render.translation import Translate, translator
from rgcore.store import Fault


def run(options: argparse.Namespace) -> int:
    """Print every fault and how far this sees; exit with 1 if there is a fault."""
    return checked(options, options.group, as_data=options.as_json)


def checked(options: argparse.Namespace, group: str | None, *, as_data: bool) -> int:
    """Check one group or all and print every fault.

    Args:
        options: Name the institution and the language.
        group: The group; `None` for all.
        as_data: Whether a program will read it.
    """
    chosen = language(options)
    with institution(options) as opened, progress() as done:
        found = opened.examine(group, done)
    if as_data:
        print(as_json(examined_data(found, chosen)))
    else:
        print("\n".join(examined_lines(found, chosen)))
    return 1 if found.faults else 0


def faults_data(faults: Sequence[Fault], language: str) -> list[dict[str, Any]]:
    """Return faults with their sentences.

    Args:
        faults: The faults.
        language: `nl` or `en`.
    """
    return [
        {
            "group": fault.group,
            "row": fault.seq,
            "code": fault.code,
            "sentence": fault.sentence(language),
        }
        for fault in faults
    ]


def examined_data(found: Examined, language: str) -> dict[str, Any]:
    """Return what was found, for programs.

    Args:
        found: What was found.
        language: `nl` or `en`.
    """
    last = found.last_anchor
    return {
        "groups": found.groups,
        "faults": faults_data(found.faults, language),
        "anchors": {
            "configured": found.has_anchors,
            "last": last.isoformat() if last else None,
            "rows_after": found.rows_after,
        },
    }


def examined_lines(found: Examined, language: str) -> Iterator[str]:
    """Return what was found, line by line.

    Args:
        found: What was found.
        language: `nl` or `en`.
    """
    said = translator(language)
    for fault in found.faults:
        yield fault.sentence(language)
    summary = said("Groups checked: {groups}. Faults found: {faults}.")
    yield summary.format(groups=found.groups, faults=len(found.faults))
    yield _reach(found, said)


def _reach(found: Examined, said: Translate) -> str:
    """Return how far this could see: nobody should think it was everything."""
    if found.last_anchor is None:
        first = said("There are no anchors yet: run rgcore anchor.")
        if not found.has_anchors:
            first = said("No anchors are configured.")
        unseen = said(
            "Rows cut off at the end together with the document cannot be seen."
        )
        return f"{first} {unseen}"
    reach = said(
        "Last anchor: {at}. What came later could be cut off unseen; "
        "rows there now: {rows}."
    )
    at = found.last_anchor.isoformat(timespec="seconds")
    return reach.format(at=at, rows=found.rows_after)
