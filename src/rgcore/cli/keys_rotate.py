"""`rgcore keys rotate`: wrap everything by a new key, while others go on."""

from __future__ import annotations

import argparse

from rgcore.cli.files import new_file
from rgcore.cli.keys import older_lines, rewrapped_data, rewrapped_lines
from rgcore.cli.progress import progress
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.errors import InputError, Problem
from rgcore.institution import Institution
from rgcore.render.translation import Translate, translator


def run(options: argparse.Namespace) -> int:
    """Add a key, copy the ring if asked, wrap anew; say first what it means."""
    if options.only_add and options.copy_to:
        raise InputError([Problem("input.not_both", "--only-add, --copy-to")])
    said = translator(language(options))
    copy = new_file(options.copy_to)
    with institution(options) as opened:
        if options.only_add:
            return _only_added(opened, options, said)
        if copy is None and not options.as_json:
            # Before it is done, not when somebody needs the copy.
            print(_warning(said), flush=True)
        opened.add_ring_key()
        if copy is not None:
            opened.copy_key_ring(copy)
        with progress() as done:
            found = opened.rewrap_keys(done)
    if options.as_json:
        print(as_json(rewrapped_data(found) | {"copy": copy and str(copy)}))
    else:
        if copy is not None:
            print(said("Copied: {file}").format(file=copy))
        print("\n".join([*rewrapped_lines(found, said), *older_lines(said)]))
    return 1 if found.left else 0


def _warning(said: Translate) -> str:
    return said(
        "Copies of the key ring from before do not open what is written from now on. "
        "Make a new one right after this: rgcore keys copy FILE"
    )


def _only_added(
    opened: Institution, options: argparse.Namespace, said: Translate
) -> int:
    key = opened.add_ring_key()
    if options.as_json:
        print(as_json({"key": key, "rewrapped": 0, "left": [], "copy": None}))
        return 0
    added = said("Key {key} is in the key ring {file}. Nothing is wrapped by it yet.")
    print(added.format(key=key, file=opened.key_status().file))
    print(
        said(
            "Bring the key ring to every machine that works with these databases, and "
            "make a copy: rgcore keys copy FILE. Then run rgcore keys rewrap."
        )
    )
    return 0
