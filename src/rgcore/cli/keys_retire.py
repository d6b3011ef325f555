"""`rgcore keys retire`: take a key out of the ring that nothing needs any more."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Take the key out, and say which copy would still open old backups."""
    said = translator(language(options))
    with institution(options) as opened:
        opened.retire_ring_key(options.name, backups_expired=options.backups_expired)
        keys = [key.name for key in opened.key_status().keys]
    if options.as_json:
        print(as_json({"retired": options.name, "keys": keys}))
        return 0
    print(said("Key {key} is no longer in the ring.").format(key=options.name))
    print(
        said(
            "A backup of the key store from when it was in use opens only by a copy "
            "of the ring that still has it. Destroy those copies when no such backup "
            "is left."
        )
    )
    return 0
