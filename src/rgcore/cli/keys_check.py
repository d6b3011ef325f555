"""`rgcore keys check`: does a copy of the key ring open the key store of today?"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rgcore.cli.report import as_json
from rgcore.cli.session import configured, language
from rgcore.institution.opening import open_keys, wrapping
from rgcore.render.translation import Translate, translator
from rgcore.store.keyring_copies import Examined, examine
from rgcore.store.keyring_file import read_ring


def run(options: argparse.Namespace) -> int:
    """Open a record of each key with the copy; exit with 1 if one stays closed."""
    said, file = translator(language(options)), Path(options.file)
    config = configured(options)
    # A plain copy of a ring that is wrapped opens without the service.
    wraps = wrapping(config) if read_ring(file).wrapper is not None else None
    with open_keys(config, file, wraps) as keys:
        found = examine(keys.wraps, keys.wraps.ring)
    if options.as_json:
        print(as_json(examined_data(file, found)))
    else:
        print("\n".join(examined_lines(file, found, said)))
    return 1 if found.lacks else 0


def examined_data(file: Path, found: Examined) -> dict[str, Any]:
    """Return what a copy opens, for programs.

    Args:
        file: The copy.
        found: What it opens.
    """
    return {"file": str(file), "keys": list(found.keys), "lacks": list(found.lacks)}


def examined_lines(file: Path, found: Examined, said: Translate) -> Iterator[str]:
    """Go through what a copy opens, for people.

    Args:
        file: The copy.
        found: What it opens.
        said: Translates.
    """
    names = ", ".join(found.keys)
    if not found.lacks:
        opens = said("{file} opens all of the key store. Its keys: {keys}.")
        yield opens.format(file=file, keys=names)
        return
    lacks = said("{file} does not open all of the key store: it lacks {keys}.")
    yield lacks.format(file=file, keys=", ".join(found.lacks))
    yield said("Make a new copy now: rgcore keys copy FILE")
