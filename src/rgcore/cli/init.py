"""`rgcore init`: make configuration, key ring and databases."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from rgcore.institution import Databases, create
from rgcore.institution.opening import random_id
from rgcore.render.translation import DUTCH, Translate, translator


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
    print("\n".join(_about_the_ring(made.with_name("rgcore.keyring"), said)))
    return 0


def _about_the_ring(ring: Path, said: Translate) -> Iterator[str]:
    """Say what losing the key ring means while nothing can be lost yet."""
    yield said(
        "The key ring {file} opens everything. Without it nobody can read anything "
        "again: there is no password in its place, and nobody can bring it back."
    ).format(file=ring)
    yield said(
        "Make a copy before you record anything, on something that you keep in a safe "
        "place, apart from the databases: rgcore keys copy FILE"
    )
    yield said("Check that copy once in a while: rgcore keys check FILE")
