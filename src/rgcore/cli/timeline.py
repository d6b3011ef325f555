"""`rgcore timeline`: what happened in a group."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language, view
from rgcore.render.data import line_data
from rgcore.render.pages import timeline_text
from rgcore.render.speech import Speech


def run(options: argparse.Namespace) -> int:
    """Print the timeline as the asker may see it."""
    with institution(options) as opened:
        seen = view(options, opened)
    if options.as_json:
        speech = Speech.of(seen, language(options))
        print(as_json([line_data(line, speech) for line in seen.timeline()]))
    else:
        print(timeline_text(seen, language(options)), end="")
    return 0
