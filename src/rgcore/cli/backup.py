"""`rgcore backup`: copy the store and the key store, each to a place of its own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rgcore.cli.report import as_json
from rgcore.cli.session import config_file, configured, language
from rgcore.cli.verify import examined_data, examined_lines
from rgcore.errors import InputError, Problem
from rgcore.institution import Config, Examined, open_institution
from rgcore.institution.config import place
from rgcore.render.translation import translator
from rgcore.store.backup import Wanted, back_up
from rgcore.store.migrate import Branch
from rgcore.store.places import SqliteFile


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
    wanted = chosen(configured(options), *given)
    copies = back_up(wanted)
    found = _examined(options, wanted) if options.verify else None
    spoken = language(options)
    if options.as_json:
        data: dict[str, Any] = {"copies": [str(copy) for copy in copies]}
        if found is not None:
            data["verify"] = examined_data(found, spoken)
        print(as_json(data))
    else:
        print("\n".join(_lines(options, copies, found)))
    return 1 if found is not None and found.faults else 0


def _examined(options: argparse.Namespace, wanted: list[Wanted]) -> Examined:
    """Check what was copied, with what was not copied as it stands."""
    urls = {one.branch: SqliteFile(one.copy).url for one in wanted}
    store = urls.get(Branch.STORE, options.store)
    keys = urls.get(Branch.KEYS)
    with open_institution(config_file(options), store=store, keys=keys) as copied:
        return copied.examine()


def _lines(
    options: argparse.Namespace, copies: list[Path], found: Examined | None
) -> Iterator[str]:
    spoken = language(options)
    said = translator(spoken)
    for copy in copies:
        yield said("Copied: {file}").format(file=copy)
    if options.keys_to:
        yield said("The key ring is not among it: keep your copy of it elsewhere.")
    if found is not None:
        yield from examined_lines(found, spoken)
