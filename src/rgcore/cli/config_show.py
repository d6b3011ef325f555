"""`rgcore config show`: every value and where it comes from."""

from __future__ import annotations

import argparse
from pathlib import Path

import attrs

from rgcore.cli.report import as_json
from rgcore.cli.session import config_file
from rgcore.institution.config import settings_of


def run(options: argparse.Namespace) -> int:
    """Print each value with its origin; there is no secret among them."""
    settings = settings_of(Path(config_file(options)))
    if options.as_json:
        print(as_json([attrs.asdict(one) for one in settings]))
        return 0
    width = max(len(one.path) for one in settings)
    for one in settings:
        print(f"{one.path:{width}}  {one.value}  ({one.origin})")
    return 0
