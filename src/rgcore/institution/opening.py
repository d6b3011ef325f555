"""Make and open an institution's files. Clock, ids and chance come in here."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rgcore.errors import LogUnavailable, StoreExists, StoreOfAnother
from rgcore.institution.config import Config, parse_config, read_config
from rgcore.institution.directory import Directory, FileDirectory
from rgcore.institution.institution import Institution
from rgcore.institution.recording import Means
from rgcore.method import compose
from rgcore.store import AccessLog, AnchorFile, KeyRing, KeyStore, Store
from rgcore.store.engines import Database
from rgcore.store.migrate import Branch, create as create_database, opened
from rgcore.store.sealing import Entropy

CONFIG_FILE: Final = "rgcore.toml"
DIRECTORY_FILE: Final = "directory.toml"


def utc_now() -> datetime:
    """Return now, in UTC: the default clock."""
    return datetime.now(UTC)  # noqa: TID251 - the one default clock


def random_id() -> str:
    """Return a new opaque id: the default source of ids."""
    return uuid.uuid4().hex  # noqa: TID251 - the one default source of ids


def open_institution(
    config: Path | str,
    *,
    clock: Callable[[], datetime] = utc_now,
    ids: Callable[[], str] = random_id,
    entropy: Entropy = os.urandom,
    directory: Directory | None = None,
) -> Institution:
    """Open an institution from its TOML file.

    Args:
        config: The file.
        clock: Gives now, in UTC.
        ids: Gives a new opaque id: 1 to 64 letters, digits, dots or dashes.
        entropy: Gives so many unpredictable bytes.
        directory: Who works here; the file named in the configuration otherwise.

    Raises:
        ConfigurationError: The configuration is wrong; lists every problem.
        KeyRingMissing, KeyRingOpenToOthers, KeyRingUnreadable, KeyRingWrong: The
            key ring cannot be used.
        NoStore, StoreTooNew, StoreOfAnother: The store cannot be used.
    """
    settings = read_config(Path(config))
    people = directory or FileDirectory.read(Path(settings.directory.file))
    ring = KeyRing.read(Path(settings.keys.ring))
    with ExitStack() as stack:
        store, keys, log = (stack.enter_context(d) for d in _databases(settings))
        institution = settings.institution.id
        key_store = KeyStore(keys, ring, institution, entropy)
        groups = Store(store, key_store, institution, entropy)
        if not groups.is_known():
            raise StoreOfAnother(file=store.file)
        key_store.check()
        return Institution(
            store=groups,
            log=AccessLog(log, institution),
            method=compose(),
            means=Means(clock=clock, ids=ids, directory=people),
            close=stack.pop_all().close,
            anchors=anchor_file(settings),
        )


def create(
    folder: Path | str,
    institution: str,
    *,
    name: str = "rgcore",
    language: str = "nl",
    staff: str = "",
    clock: Callable[[], datetime] = utc_now,
    entropy: Entropy = os.urandom,
) -> Path:
    """Make a new institution: configuration, directory, key ring and databases.

    Args:
        folder: Where; it is made if it is not there.
        institution: Its id.
        name: What the files are called: `NAME.db`, `NAME.keys.db` and so on.
        language: `nl` or `en`.
        staff: The content of the directory's file; an example by default.
        clock: Gives now, in UTC.
        entropy: Gives keys.

    Returns:
        The TOML file to open.

    Raises:
        ConfigurationError: The id or the language cannot be used.
        StoreExists: One of the files is there already; nothing was touched.
    """
    place = Path(folder)
    files = [CONFIG_FILE, DIRECTORY_FILE, *(f"{name}{end}" for end in _ENDINGS)]
    for file in files:
        if (place / file).exists():
            raise StoreExists(file=place / file)
    toml = place / CONFIG_FILE
    text = _CONFIG.format(institution=institution, language=language, name=name)
    # Looked over before anything is written: a second try finds an empty folder.
    settings = parse_config(text, toml)
    place.mkdir(parents=True, exist_ok=True)
    toml.write_text(text, encoding="utf-8")
    (place / DIRECTORY_FILE).write_text(staff or _DIRECTORY, encoding="utf-8")
    _make_stores(settings, clock, entropy)
    return toml


def _make_stores(
    settings: Config, clock: Callable[[], datetime], entropy: Entropy
) -> None:
    ring = KeyRing.make(Path(settings.keys.ring), entropy)
    for url, branch in _urls(settings):
        create_database(url, branch)
    with ExitStack() as stack:
        store, keys, _ = (stack.enter_context(d) for d in _databases(settings))
        key_store = KeyStore(keys, ring, settings.institution.id, entropy)
        key_store.begin()
        Store(store, key_store, settings.institution.id, entropy).begin(clock())


def anchor_file(settings: Config) -> AnchorFile | None:
    """Return the file with anchors; `None` if none is configured.

    Args:
        settings: The configuration.
    """
    file = settings.anchors.file
    return AnchorFile(Path(file), settings.institution.id) if file else None


def _urls(settings: Config) -> tuple[tuple[str, Branch], ...]:
    return (
        (settings.store.url, Branch.STORE),
        (settings.keys.store, Branch.KEYS),
        (settings.access_log.url, Branch.LOG),
    )


def _databases(settings: Config) -> Iterator[Database]:
    """Open one after another, so that one that fails leaves none open behind it."""
    durability = settings.store.synchronous
    store, keys, log = _urls(settings)
    yield opened(*store, durability)
    yield opened(*keys, durability)
    yield opened(*log, durability, LogUnavailable)


_ENDINGS: Final = (".db", ".keys.db", ".log.db", ".keyring")

_CONFIG: Final = """\
# The configuration of rgcore for one institution. Paths are relative to this file.

[institution]
id = "{institution}"
# What people read if they do not say otherwise: "nl" or "en".
language = "{language}"

[store]
# Groups: every text in it is sealed. Back it up like a record system.
url = "sqlite:///{name}.db"
# "full" waits for the disk at each commit, so that a power cut takes nothing that
# was acknowledged. "normal" is quicker and may lose the last commits.
synchronous = "full"

[keys]
# The keys of groups and people. Keep its backups apart from those of the store,
# and for a short time only: an erasure is complete when the last of them expires.
store = "sqlite:///{name}.keys.db"
# The key ring opens the key store. Keep a copy in a safe place: without it nothing
# can be read. Only the owner of this file may read it (chmod 600).
ring = "{name}.keyring"

[access_log]
# Who looked at what, when and why: opaque ids and codes only. Kept for years.
url = "sqlite:///{name}.log.db"

[directory]
# Staff and teams, unless your own program passes a directory of its own.
file = "directory.toml"

# `rgcore anchor` notes here how far each journal goes, so that `rgcore verify` sees
# rows that were cut off. Best on another machine or medium than the database, where
# lines can be added and none taken away. Its folder has to be there.
# [anchors]
# file = "/mnt/elsewhere/rgcore/{name}.anchors"

[settings]
# Setting plugins, by name. There are none yet in this version.
enabled = []
"""

_DIRECTORY: Final = """\
# Who works here, and in which team since when. Invented people: replace them.

[[staff]]
id = "s-1"
name = "Anne de Vries"
profession = "verpleegkundige"
teams = [{ team = "team-1", since = 2024-01-01 }]
"""
