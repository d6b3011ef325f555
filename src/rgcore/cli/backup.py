"""`rgcore backup`: copy the store and the key store, each to a place of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from rgcore.cli.report import as_json
from rgcore.cli.session import config_file, language
from rgcore.errors import InputError, Problem
from rgcore.institution import Config, read_config
from rgcore.render.translation import translator
from rgcore.store.backup import back_up


def chosen(options: argparse.Namespace, config: Config) -> list[tuple[str, Path]]:
    """Return the databases that were asked for, each with its folder."""
    found: list[tuple[str, Path]] = []
    if options.store:
        urls = (config.store.url, config.access_log.url)
        found += [(url, Path(options.store)) for url in urls]
    if options.keys:
        found.append((config.keys.store, Path(options.keys)))
    return found


def run(options: argparse.Namespace) -> int:
    """Copy what was asked for; nothing is overwritten."""
    given = (options.store, options.keys)
    folders = [Path(folder).resolve() for folder in given if folder]
    if not folders or len(set(folders)) < len(folders):
        # One backup that holds both opens itself.
        raise InputError([Problem("input.not_apart", "--store, --keys")])
    config = read_config(Path(config_file(options)))
    copies = back_up(chosen(options, config))
    if options.as_json:
        print(as_json({"copies": [str(copy) for copy in copies]}))
        return 0
    said = translator(language(options))
    for copy in copies:
        print(said("Copied: {file}").format(file=copy))
    if options.keys:
        print(said("The key ring is not among it: keep your copy of it elsewhere."))
    return 0
