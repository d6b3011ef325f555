"""`rgcore config check`: can everything that is configured be used?"""

from __future__ import annotations

import argparse
from pathlib import Path

from rgcore.cli.report import as_json
from rgcore.cli.session import config_file, institution, language
from rgcore.institution import read_config
from rgcore.institution.opening import anchor_file
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Open everything once; what cannot be used is told as an error."""
    said = translator(language(options))
    with institution(options):
        pass
    anchors = anchor_file(read_config(Path(config_file(options))))
    if anchors is not None:
        anchors.read()
    if options.as_json:
        print(as_json({"file": config_file(options), "usable": True}))
    else:
        usable = said("{file}: everything can be used.")
        print(usable.format(file=config_file(options)))
    return 0
