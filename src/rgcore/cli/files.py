"""Files with what people said: new ones only, for their owner alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from rgcore.errors import StoreExists

_OWNER_ONLY: Final = 0o600


def new_file(given: str | None) -> Path | None:
    """Return the file that was named, if any; it may not be there yet.

    Raises:
        StoreExists: It is there already.
    """
    if not given:
        return None
    file = Path(given)
    if file.exists():
        raise StoreExists(file=file)
    return file


def write_new(file: Path, text: str) -> None:
    """Write a new file that only its owner can read; half a file does not stay.

    Raises:
        StoreExists: It came to be there in the meantime, or is a link.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        raise StoreExists(file=file) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
