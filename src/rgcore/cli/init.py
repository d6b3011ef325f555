"""`rgcore init`: make configuration, key ring and databases."""

from __future__ import annotations

import argparse

from rgcore.institution import Databases, create
from rgcore.institution.opening import random_id
from rgcore.render.translation import DUTCH, translator


def run(options: argparse.Namespace) -> int:
    """Make a new institution and say what to do next."""
    language = options.lang or DUTCH
    made = create(
        options.folder,
        # Two institutions of one id would take each other's staff for their own.
        options.institution or random_id(),
        language=language,
        databases=Databases(options.store or "", options.keys or "", options.log or ""),
    )
    said = translator(language)
    print(
        said("Made: {file}, with key ring and databases beside it.").format(file=made)
    )
    print(said("Next: put your staff in {file}.").format(file="directory.toml"))
    print(
        said(
            "Keep a copy of {file} in a safe place: without it nothing can be read."
        ).format(file="rgcore.keyring")
    )
    return 0
