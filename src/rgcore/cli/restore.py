"""`rgcore restore`: put copies of store and key store back."""

from __future__ import annotations

import argparse

from rgcore.cli.backup import chosen
from rgcore.cli.session import configured, language
from rgcore.cli.verify import checked
from rgcore.errors import InputError, Problem
from rgcore.render.translation import translator
from rgcore.store.backup import put_back


def run(options: argparse.Namespace) -> int:
    """Put back what was asked for; what is there is left as it is."""
    given = (options.store_from, options.keys_from)
    if not any(given):
        raise InputError([Problem("input.nothing_named", "--store-from, --keys-from")])
    put = put_back(chosen(configured(options), *given))
    said = translator(language(options))
    for file in put:
        print(said("Put back: {file}").format(file=file))
    return checked(options, None, as_data=False) if options.verify else 0
