"""`rgcore verify`: check that what is kept is what was recorded."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Print every fault; exit with 1 if there is one."""
    return checked(options, options.group, as_data=options.as_json)


def checked(options: argparse.Namespace, group: str | None, *, as_data: bool) -> int:
    """Check one group or all and print every fault.

    Args:
        options: Name the institution and the language.
        group: The group; `None` for all.
        as_data: Whether a program will read it.
    """
    chosen = language(options)
    with institution(options) as opened:
        faults = opened.verify(group)
        groups = 1 if group else len(opened.groups())
    if as_data:
        found = [
            {
                "group": fault.group,
                "row": fault.seq,
                "code": fault.code,
                "sentence": fault.sentence(chosen),
            }
            for fault in faults
        ]
        print(as_json({"groups": groups, "faults": found}))
        return 1 if faults else 0
    for fault in faults:
        print(fault.sentence(chosen))
    said = translator(chosen)
    summary = said("Groups checked: {groups}. Faults found: {faults}.")
    print(summary.format(groups=groups, faults=len(faults)))
    return 1 if faults else 0
