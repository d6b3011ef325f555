"""Make and open an institution's files. Clock, ids and chance come in here."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import attrs
from attrs import frozen

from rgcore.domain.inspection import look_over_id
from rgcore.errors import (
    InputError,
    InstitutionExists,
    LogUnavailable,
    StoreExists,
    StoreOfAnother,
    StoreUnavailable,
)
from rgcore.institution.config import (
    Config,
    absolute_url,
    parse_config,
    place,
    read_config,
    wanted_settings,
    with_databases,
)
from rgcore.institution.directory import Directory, FileDirectory
from rgcore.institution.institution import Institution
from rgcore.institution.recording import Means
from rgcore.institution.retention_config import keeping_of
from rgcore.plugins import Catalogue, activate
from rgcore.store import (
    AccessLog,
    AnchorFile,
    Handles,
    KeyRing,
    KeyStore,
    Store,
)
from rgcore.store.engines import Database
from rgcore.store.kms import KeyWrapper, Wrapping, checked, loaded
from rgcore.store.migrate import Branch, ensure, is_taken, opened
from rgcore.store.places import Durability, Place, SqliteFile
from rgcore.store.sealing import Entropy

CONFIG_FILE: Final = "rgcore.toml"
DIRECTORY_FILE: Final = "directory.toml"


@frozen
class Databases:
    """Where an institution's databases lie; several institutions may share them.

    Attributes:
        store: URL of the groups' database. A file is relative to the folder one is in.
        keys: The same for the keys; never that of the groups.
        log: The same for the access log.
    """

    store: str = ""
    keys: str = ""
    log: str = ""


def utc_now() -> datetime:
    """Return now, in UTC: the default clock."""
    return datetime.now(UTC)  # noqa: TID251 - the one default clock


def random_id() -> str:
    """Return a new opaque id: the default source of ids."""
    return uuid.uuid4().hex  # noqa: TID251 - the one default source of ids


def open_institution(  # noqa: PLR0913 - each is something that comes in from outside
    config: Path | str,
    *,
    clock: Callable[[], datetime] = utc_now,
    ids: Callable[[], str] = random_id,
    entropy: Entropy = os.urandom,
    directory: Directory | None = None,
    connections: Sequence[str] = (),
    store: str | None = None,
    keys: str | None = None,
    catalogue: Catalogue | None = None,
    key_wrapper: KeyWrapper | None = None,
) -> Institution:
    """Open an institution from its TOML file.

    Args:
        config: The file.
        clock: Gives now, in UTC.
        ids: Gives a new opaque id: 1 to 64 letters, digits, dots or dashes.
        entropy: Gives so many unpredictable bytes.
        directory: Who works here; the file named in the configuration otherwise.
        connections: The record systems for which the outbox notes what is new.
        store: URL of the store; the one in the configuration otherwise.
        keys: URL of the key store; the one in the configuration otherwise.
        catalogue: The plugins that are installed; looked for if it is not given.
        key_wrapper: What unwraps the keys of the ring; the one named in the
            configuration otherwise.

    Raises:
        InputError: The name of a connection is no id.
        ConfigurationError: The configuration is wrong, or a setting that is enabled
            cannot be used; lists every problem.
        KeyRingMissing, KeyRingOpenToOthers, KeyRingUnreadable, KeyRingWrong,
            KeyRingBehind, KeyRingWrapped, KeyRingPlain, KeyWrapperFailed: The key
            ring cannot be used.
        NoStore, StoreTooNew, StoreOfAnother, StoreUnavailable, DriverMissing: The store
            cannot be used.
    """
    _look_over(connections)
    settings = with_databases(read_config(Path(config)), store, keys)
    active = activate(wanted_settings(settings), catalogue)
    people = directory or FileDirectory.read(Path(settings.directory.file))
    ring = KeyRing.read(Path(settings.keys.ring), wrapping(settings, key_wrapper))
    with ExitStack() as stack:
        base, own, log = (stack.enter_context(d) for d in _databases(settings))
        institution = settings.institution.id
        key_store = KeyStore(own, ring, institution, entropy)
        groups = Store(base, key_store, institution, entropy, connections)
        if not groups.is_known():
            raise StoreOfAnother(file=base.file)
        key_store.check()
        return Institution(
            store=groups,
            handles=Handles(base, key_store, institution),
            log=AccessLog(log, institution),
            settings=active,
            means=Means(
                clock=clock, ids=ids, directory=people, keeping=keeping_of(settings)
            ),
            close=stack.pop_all().close,
            anchors=anchor_file(settings),
        )


def wrapping(settings: Config, given: KeyWrapper | None = None) -> Wrapping | None:
    """Return what wraps the keys of the ring; `None` if nothing does.

    Args:
        settings: The configuration.
        given: The wrapper to use, whatever is configured.

    Raises:
        ConfigurationError: What is configured is no wrapper, or what is given.
    """
    named = settings.keys.wrapper
    if given is not None:
        return Wrapping(checked(given), settings.institution.id)
    return Wrapping(loaded(named), settings.institution.id) if named else None


@contextmanager
def open_keys(
    settings: Config,
    ring: Path,
    wraps: Wrapping | None,
    entropy: Entropy = os.urandom,
) -> Iterator[KeyStore]:
    """Open the key store alone, with any file that may be its key ring.

    Args:
        settings: The configuration.
        ring: The file.
        wraps: What unwraps the ring's keys, if they are wrapped.
        entropy: Gives nonces.

    Raises:
        KeyRingMissing, KeyRingOpenToOthers, KeyRingUnreadable, KeyRingWrapped,
            KeyRingPlain, KeyWrapperFailed: The ring cannot be used.
        NoStore, StoreTooNew, StoreUnavailable, DriverMissing: The key store cannot
            be used.
    """
    found = KeyRing.read(ring, wraps)
    lies = place(settings.keys.store)
    with opened(lies, Branch.KEYS) as database:
        yield KeyStore(database, found, settings.institution.id, entropy)


def _look_over(connections: Sequence[str]) -> None:
    """Make sure that connections are named by ids: they stand in clear."""
    problems = [
        problem
        for number, name in enumerate(connections)
        for problem in look_over_id(name, f"connections[{number}]")
    ]
    if problems:
        raise InputError(problems)


def create(
    folder: Path | str,
    institution: str,
    *,
    name: str = "rgcore",
    language: str = "nl",
    staff: str = "",
    databases: Databases | None = None,
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
        databases: Where groups, keys and log lie; files in the folder by default.
        clock: Gives now, in UTC.
        entropy: Gives keys.

    Returns:
        The TOML file to open.

    Raises:
        ConfigurationError: The id, the language or a URL cannot be used.
        StoreExists: One of the files is there already; nothing was touched.
        InstitutionExists: One of the databases knows an institution of this id.
        NoStore, StoreTooNew, StoreUnavailable, DriverMissing: A database cannot be
            used; nothing was touched.
    """
    place_ = Path(folder)
    given = attrs.astuple(databases or Databases())
    ends = [end for end, url in zip(_ENDINGS, given, strict=True) if not url]
    files = [CONFIG_FILE, DIRECTORY_FILE, *(f"{name}{end}" for end in (*ends, _RING))]
    for file in files:
        if (place_ / file).exists():
            raise StoreExists(file=place_ / file)
    toml = place_ / CONFIG_FILE
    text = _CONFIG.format(
        institution=institution, language=language, name=name, **_urls_of(name, given)
    )
    # Looked over before anything is written: a second try finds an empty folder.
    settings = parse_config(text, toml)
    _check_free(settings)
    place_.mkdir(parents=True, exist_ok=True)
    toml.write_text(text, encoding="utf-8")
    # A URL may hold a password.
    toml.chmod(0o600)
    (place_ / DIRECTORY_FILE).write_text(staff or _DIRECTORY, encoding="utf-8")
    _make_stores(settings, clock, entropy)
    return toml


def _urls_of(name: str, given: tuple[str, ...]) -> dict[str, str]:
    """Return the URLs as TOML strings; those that were not given name files."""
    usual = [f"sqlite:///{name}{end}" for end in _ENDINGS]
    urls = [
        json.dumps(absolute_url(url, Path.cwd()) if url else own)
        for url, own in zip(given, usual, strict=True)
    ]
    return dict(zip(("store", "keys", "log"), urls, strict=True))


def _check_free(settings: Config) -> None:
    """Make sure that databases that are there know nothing of this institution."""
    for url, branch in _urls(settings):
        if is_taken(place(url), branch, settings.institution.id):
            raise InstitutionExists(file=place(url).name)


def _make_stores(
    settings: Config, clock: Callable[[], datetime], entropy: Entropy
) -> None:
    ring = KeyRing.make(Path(settings.keys.ring), entropy, at=clock())
    for url, branch in _urls(settings):
        lies = place(url)
        if isinstance(lies, SqliteFile):
            lies.path.parent.mkdir(parents=True, exist_ok=True)
        ensure(lies, branch)
    with ExitStack() as stack:
        store, keys, _ = (stack.enter_context(d) for d in _databases(settings))
        key_store = KeyStore(keys, ring, settings.institution.id, entropy)
        key_store.begin()
        Store(store, key_store, settings.institution.id, entropy).begin(clock())


def places(settings: Config) -> tuple[tuple[Place, Branch], ...]:
    """Return where the databases of an institution lie: store, keys, log.

    Args:
        settings: The configuration.
    """
    return tuple((place(url), branch) for url, branch in _urls(settings))


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
    failures = (StoreUnavailable, StoreUnavailable, LogUnavailable)
    for (url, branch), failure in zip(_urls(settings), failures, strict=True):
        yield opened(place(url), branch, _durability(settings, branch), failure)


def _durability(settings: Config, branch: Branch) -> Durability:
    """Return what a power cut may take of a database.

    A key is written before what it seals. If the power cut took the key and left
    the rest, that could never be read again: keys wait for the disk whatever is
    configured. There are few: one write for each new person.
    """
    return Durability.FULL if branch is Branch.KEYS else settings.store.synchronous


_ENDINGS: Final = (".db", ".keys.db", ".log.db")
_RING: Final = ".keyring"

_CONFIG: Final = """\
# The configuration of rgcore for one institution. Paths are relative to this file.

[institution]
id = "{institution}"
# What people read if they do not say otherwise: "nl" or "en".
language = "{language}"

[store]
# Groups: every text in it is sealed. Back it up like a record system.
# A SQLite file, or postgresql://USER@HOST/DATABASE with the password in ~/.pgpass.
url = {store}
# "full" waits for the disk at each commit, so that a power cut takes nothing that
# was acknowledged. "normal" is quicker and may lose the last commits.
synchronous = "full"

[keys]
# The keys of groups and people. Keep its backups apart from those of the store,
# and for a short time only: an erasure is complete when the last of them expires.
store = {keys}
# The key ring opens the key store. Keep a copy in a safe place: without it nothing
# can be read. Only the owner of this file may read it (chmod 600).
ring = "{name}.keyring"
# What wraps the keys of the ring with a key service of yours. It is code of your own,
# which rgcore imports and trusts. First name it here, then run rgcore keys wrap.
# wrapper = "your_module:your_factory"
# backup_days = 35   # how long a backup of the key store is kept, wherever it lies

[access_log]
# Who looked at what, when and why: opaque ids and codes only. Kept for years.
url = {log}

[directory]
# Staff and teams, unless your own program passes a directory of its own.
file = "directory.toml"

# `rgcore anchor` notes here how far each journal goes, so that `rgcore verify` sees
# rows that were cut off. Best on another machine or medium than the database, where
# lines can be added and none taken away. Its folder has to be there.
# [anchors]
# file = "/mnt/elsewhere/rgcore/{name}.anchors"

# A term of your own for what is kept: `rgcore retention` shows ours.
# [retention.terms]
# care_record = {{term = "20 years", source = "BW 7:454", owner = "privacy_officer"}}

[settings]
# Setting plugins that are installed, by name; rgcore plugins list shows them.
enabled = []

# What a setting lets you choose stands under its own name:
# [settings.recovery_college]
# visit_after_days = 21
"""

_DIRECTORY: Final = """\
# Who works here, and in which team since when. Invented people: replace them.

[[staff]]
id = "s-1"
name = "Anne de Vries"
profession = "verpleegkundige"
teams = [{ team = "team-1", since = 2024-01-01 }]
"""
