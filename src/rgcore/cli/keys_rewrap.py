"""`rgcore keys rewrap`: go on where wrapping anew was broken off."""

from __future__ import annotations

import argparse

from rgcore.cli.keys import older_lines, rewrapped_data, rewrapped_lines
from rgcore.cli.progress import progress
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Wrap by the newest key what an older one wraps; exit with 1 if some is left."""
    said = translator(language(options))
    with institution(options) as opened, progress() as done:
        found = opened.rewrap_keys(done)
    if options.as_json:
        print(as_json(rewrapped_data(found)))
    else:
        print("\n".join([*rewrapped_lines(found, said), *older_lines(said)]))
    return 1 if found.left else 0
