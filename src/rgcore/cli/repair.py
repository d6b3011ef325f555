"""`rgcore repair`: make a document anew from its journal, never the other way."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Mend what can be mended and print what it was."""
    chosen = language(options)
    with institution(options) as opened:
        mended = opened.repair(
            options.group, without_lost_keys=options.without_lost_keys
        )
    if options.as_json:
        found = [{"code": one.code, "sentence": one.sentence(chosen)} for one in mended]
        print(as_json({"group": options.group, "mended": found}))
        return 0
    for fault in mended:
        print(fault.sentence(chosen))
    said = translator(chosen)
    print(said("Mended: {count}.").format(count=len(mended)))
    return 0
