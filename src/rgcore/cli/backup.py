"""`rgcore backup`: copy the store and the key store, each to a place of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from rgcore.cli.report import as_json
from rgcore.cli.session import configured, language
from rgcore.errors import InputError, Problem
from rgcore.institution import Config
from rgcore.institution.config import place
from rgcore.render.translation import translator
from rgcore.store.backup import Wanted, back_up
from rgcore.store.migrate import Branch


def chosen(config: Config, store: str | None, keys: str | None) -> list[Wanted]:
    """Return the databases that were asked for, each with its folder.

    Args:
        config: Says where they lie.
        store: Folder for groups and access log, if those are asked for.
        keys: Folder for the key store, if that is asked for.
    """
    found = []
    if store:
        found += [
            Wanted(place(config.store.url), Branch.STORE, Path(store)),
            Wanted(place(config.access_log.url), Branch.LOG, Path(store)),
        ]
    if keys:
        found.append(Wanted(place(config.keys.store), Branch.KEYS, Path(keys)))
    return found


def run(options: argparse.Namespace) -> int:
    """Copy what was asked for; nothing is overwritten."""
    given = (options.store_to, options.keys_to)
    folders = [Path(folder).resolve() for folder in given if folder]
    if not folders or len(set(folders)) < len(folders):
        # One backup that holds both opens itself.
        raise InputError([Problem("input.not_apart", "--store-to, --keys-to")])
    copies = back_up(chosen(configured(options), *given))
    if options.as_json:
        print(as_json({"copies": [str(copy) for copy in copies]}))
        return 0
    said = translator(language(options))
    for copy in copies:
        print(said("Copied: {file}").format(file=copy))
    if options.keys_to:
        print(said("The key ring is not among it: keep your copy of it elsewhere."))
    return 0
