"""`rgcore reindex`: compute anew what another version computed."""

from __future__ import annotations

import argparse
import sys

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Compute each stale row; what was done stays done if this is broken off."""
    said = translator(language(options))
    with institution(options) as opened:
        count = opened.reindex(_progress if sys.stderr.isatty() else None)
    if options.as_json:
        print(as_json({"computed": count}))
    else:
        print(said("Computed anew: {count}.").format(count=count))
    return 0


def _progress(done: int, of: int) -> None:
    """Show how far it is, on a terminal only."""
    end = "\n" if done == of else "\r"
    print(f"{done}/{of}", end=end, file=sys.stderr, flush=True)
