"""`rgcore anchor`: note outside the database how far each journal goes."""

from __future__ import annotations

import argparse

from rgcore.cli.progress import progress
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.cli.verify import faults_data
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Anchor what is whole; print what is not, and exit with 1 if there is any."""
    chosen = language(options)
    with institution(options) as opened, progress() as done:
        found = opened.anchor(done)
    if options.as_json:
        faults = faults_data(found.faults, chosen)
        print(as_json({"anchored": list(found.groups), "faults": faults}))
        return 1 if found.faults else 0
    for fault in found.faults:
        print(fault.sentence(chosen))
    said = translator(chosen)
    left = len({fault.group for fault in found.faults})
    summary = said("Groups anchored: {groups}. Not anchored because of faults: {left}.")
    print(summary.format(groups=len(found.groups), left=left))
    return 1 if found.faults else 0
