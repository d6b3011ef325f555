"""`rgcore link`: let a number of another system lead to a group."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import actor, institution, language, number
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Link a number, or take a link away; the number is not repeated."""
    said = translator(language(options))
    with institution(options) as opened:
        act = opened.unlink if options.remove else opened.link
        act(options.group, options.kind, number(options), actor(options, opened))
    if options.as_json:
        print(as_json({"group": options.group, "linked": not options.remove}))
    elif options.remove:
        print(
            said("The number no longer leads to {group}.").format(group=options.group)
        )
    else:
        print(said("The number leads to {group}.").format(group=options.group))
    return 0
