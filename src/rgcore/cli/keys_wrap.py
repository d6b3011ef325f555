"""`rgcore keys wrap`: let a key service wrap the keys of the ring from now on."""

from __future__ import annotations

import argparse
from pathlib import Path

from rgcore.cli.report import as_json
from rgcore.cli.session import configured, language
from rgcore.errors import ConfigurationError, Problem
from rgcore.institution.opening import open_keys, wrapping
from rgcore.render.translation import translator
from rgcore.store import Rotation
from rgcore.store.keyring_file import read_ring


def run(options: argparse.Namespace) -> int:
    """Wrap the keys of a plain ring by what is configured; twice is once."""
    said = translator(language(options))
    config = configured(options)
    wraps = wrapping(config)
    if wraps is None:
        raise ConfigurationError([Problem("input.missing_key", "keys.wrapper")])
    ring = Path(config.keys.ring)
    is_plain = read_ring(ring).wrapper is None
    with open_keys(config, ring, None if is_plain else wraps) as keys:
        if is_plain:
            Rotation(keys.wraps).wrap_ring(wraps)
    if options.as_json:
        print(as_json({"wrapper": wraps.name, "wrapped": is_plain}))
        return 0
    print(
        said("The keys in {file} are wrapped by {wrapper}.").format(
            file=ring, wrapper=wraps.name
        )
    )
    if is_plain:
        print(
            said(
                "Until now they lay there in the clear, and may still lie so in copies "
                "and on the disk. Restart what is open, run rgcore keys rotate, and "
                "retire the old keys when no backup needs them."
            )
        )
    return 0
