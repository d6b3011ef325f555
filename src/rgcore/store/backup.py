"""Copy databases while they are in use, and put copies back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rgcore.errors import NoStore, StoreExists, StoreUnavailable
from rgcore.store.engines import sqlite_path


def back_up(url: str, folder: Path) -> Path:
    """Copy a database into a folder, as it stands, while others may write to it.

    Args:
        url: The database.
        folder: Where the copy comes, under the same name; made if it is not there.

    Returns:
        The copy.

    Raises:
        NoStore: There is no such database.
        StoreExists: The folder has a file of that name already.
        StoreUnavailable: It could not be copied; no half copy is left.
    """
    path = sqlite_path(url)
    return _copied(path, folder / path.name, _while_in_use)


def put_back(url: str, folder: Path) -> Path:
    """Put the copy of a database back where it is configured.

    Args:
        url: The database.
        folder: Where the copy lies, under the same name.

    Returns:
        The database.

    Raises:
        NoStore: The folder has no copy of it.
        StoreExists: There is a database already; it is left as it is.
        StoreUnavailable: It could not be copied; no half copy is left.
    """
    path = sqlite_path(url)
    return _copied(folder / path.name, path, shutil.copyfile)


def _copied(source: Path, target: Path, copy: Callable[[Path, Path], object]) -> Path:
    if not source.is_file():
        raise NoStore(file=source)
    if target.exists():
        raise StoreExists(file=target)
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
    half.unlink(missing_ok=True)
    raise StoreUnavailable(file=target, kind=kind)


def _while_in_use(source: Path, target: Path) -> None:
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
