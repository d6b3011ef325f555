"""Copy databases while they are in use, and put copies back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from rgcore.errors import NoStore, StoreExists, StoreUnavailable
from rgcore.store.engines import sqlite_path
from rgcore.store.migrate import is_database


def back_up(wanted: Sequence[tuple[str, Path]]) -> list[Path]:
    """Copy databases as they stand, while others may write to them.

    Args:
        wanted: Each database with the folder into which its copy comes, under the same
            name; the folder is made if it is not there.

    Returns:
        The copies.

    Raises:
        NoStore: One of them is no database; nothing was copied.
        StoreExists: A folder has a file of that name already; nothing was copied.
        StoreUnavailable: One could not be copied; no half copy is left.
    """
    paths = [(sqlite_path(url), folder) for url, folder in wanted]
    return _copied([(path, folder / path.name) for path, folder in paths], _in_use)


def put_back(wanted: Sequence[tuple[str, Path]]) -> list[Path]:
    """Put copies of databases back where they are configured.

    Args:
        wanted: Each database with the folder in which its copy lies, under the same
            name.

    Returns:
        The databases.

    Raises:
        NoStore: A folder has no copy of it, or what lies there is no database; nothing
            was put back.
        StoreExists: There is such a database already; nothing was put back.
        StoreUnavailable: One could not be copied; no half copy is left.
    """
    paths = [(sqlite_path(url), folder) for url, folder in wanted]
    pairs = [(folder / path.name, path) for path, folder in paths]
    return _copied(pairs, shutil.copyfile)


def _copied(
    pairs: list[tuple[Path, Path]], copy: Callable[[Path, Path], object]
) -> list[Path]:
    for source, target in pairs:
        if not is_database(source):
            raise NoStore(file=source)
        if target.exists():
            raise StoreExists(file=target)
    return [_one(source, target, copy) for source, target in pairs]


def _one(source: Path, target: Path, copy: Callable[[Path, Path], object]) -> Path:
    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        copy(source, half)
        half.chmod(0o600)
        half.rename(target)
    except (sqlite3.Error, OSError) as error:
        kind = type(error).__name__
    else:
        return target
    with suppress(OSError):
        half.unlink(missing_ok=True)
    raise StoreUnavailable(file=target, kind=kind)


def _in_use(source: Path, target: Path) -> None:
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
