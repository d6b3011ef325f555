"""`rgcore owed`: the next steps of a group."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language, view
from rgcore.render.data import prompt_data
from rgcore.render.pages import next_text
from rgcore.render.speech import Speech


def run(options: argparse.Namespace) -> int:
    """Print what can be done now, and if asked what comes later."""
    with institution(options) as opened:
        seen = view(options, opened)
    if not options.as_json:
        print(next_text(seen, language(options), coming=options.coming), end="")
        return 0
    speech = Speech.of(seen, language(options))
    data = {"owed": [prompt_data(p, speech) for p in seen.owed()]}
    if options.coming:
        data["coming"] = [prompt_data(p, speech) for p in seen.coming()]
    print(as_json(data))
    return 0
