"""`rgcore restore`: put copies of store and key store back."""

from __future__ import annotations

import argparse
from pathlib import Path

from rgcore.cli.backup import chosen
from rgcore.cli.session import config_file, language
from rgcore.cli.verify import checked
from rgcore.errors import InputError, Problem
from rgcore.institution import read_config
from rgcore.render.translation import translator
from rgcore.store.backup import put_back


def run(options: argparse.Namespace) -> int:
    """Put back what was asked for; what is there is left as it is."""
    if not options.store and not options.keys:
        raise InputError([Problem("input.nothing_named", "--store, --keys")])
    config = read_config(Path(config_file(options)))
    put = put_back(chosen(options, config))
    said = translator(language(options))
    for file in put:
        print(said("Put back: {file}").format(file=file))
    return checked(options, None, as_data=False) if options.verify else 0
