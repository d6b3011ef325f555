"""`rgcore reindex`: compute anew what another version computed."""

from __future__ import annotations

import argparse

from rgcore.cli.progress import progress
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Compute each stale row; what was done stays done if this is broken off."""
    said = translator(language(options))
    with institution(options) as opened, progress() as done:
        count = opened.reindex(done)
    if options.as_json:
        print(as_json({"computed": count}))
    else:
        print(said("Computed anew: {count}.").format(count=count))
    return 0
