"""`rgcore keys copy`: a copy of the key ring for a safe place, checked at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from rgcore.cli.keys_check import examined_data, examined_lines
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import Translate, translator
from rgcore.store import RingStatus


def run(options: argparse.Namespace) -> int:
    """Copy the ring to a new file; say where it belongs, and where it lies too near."""
    said, file = translator(language(options)), Path(options.file)
    with institution(options) as opened:
        found = opened.copy_key_ring(file, plain=options.plain)
        ring = opened.key_status()
    if options.as_json:
        near = _is_near(file, Path(ring.file))
        print(as_json(examined_data(file, found) | {"same_disk": near}))
        return 1 if found.lacks else 0
    print(said("Copied: {file}").format(file=file))
    print("\n".join(examined_lines(file, found, said)))
    print("\n".join(_belongs(options, file, ring, said)))
    return 1 if found.lacks else 0


def _belongs(
    options: argparse.Namespace, file: Path, ring: RingStatus, said: Translate
) -> Iterator[str]:
    if ring.wrapper is None or options.plain:
        yield said(
            "Whoever has this file and the databases can read everything. Keep it in "
            "a safe place, apart from the databases and their backups."
        )
    else:
        yield said(
            "Its keys are wrapped by {wrapper}: without that service it opens "
            "nothing. Keep it apart from the databases and their backups."
        ).format(wrapper=ring.wrapper)
    if _is_near(file, Path(ring.file)):
        yield said(
            "It lies on the same disk as the key ring, and goes when that goes: bring "
            "it elsewhere."
        )


def _is_near(file: Path, ring: Path) -> bool:
    return file.stat().st_dev == ring.stat().st_dev
