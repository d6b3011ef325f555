"""`rgcore show`: a group's plan."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language, view
from rgcore.render.data import view_data
from rgcore.render.pages import plan_markdown


def run(options: argparse.Namespace) -> int:
    """Print the plan as the asker may see it."""
    with institution(options) as opened:
        seen = view(options, opened)
    if options.as_json:
        print(as_json(view_data(seen)))
    else:
        print(plan_markdown(seen, language(options)), end="")
    return 0
