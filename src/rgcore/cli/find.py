"""`rgcore find`: the group to which a number of another system leads."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import actor, institution, number


def run(options: argparse.Namespace) -> int:
    """Print the group's id."""
    with institution(options) as opened:
        group = opened.find(options.kind, number(options), actor(options, opened))
    print(as_json({"group": group}) if options.as_json else group)
    return 0
