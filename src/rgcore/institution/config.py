"""The institution's one TOML file."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, fields, frozen

from rgcore.domain.inspection import look_over_id
from rgcore.errors import ConfigurationError, InputError, Problem
from rgcore.institution.retention_config import (
    BACKUP_DAYS,
    ErasingSection,
    RetentionSection,
    look_over_keeping,
)
from rgcore.plugins import Wanted
from rgcore.render.translation import LANGUAGES
from rgcore.serial.wire import structure
from rgcore.store.places import (
    Durability,
    Place,
    PostgresqlDatabase,
    SqliteFile,
    place_of,
)

_USUAL_PORT: Final = 5432
_FACTORY: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)


@frozen(kw_only=True)
class InstitutionSection:
    """Who this is.

    Attributes:
        id: Opaque; leads every key in the store.
        language: `nl` or `en`: what people read if they do not say otherwise.
    """

    id: str
    language: str = "nl"


@frozen(kw_only=True)
class StoreSection:
    """Where groups are kept.

    Attributes:
        url: `sqlite:///` and a file, relative to the TOML file; or
            `postgresql://USER@HOST/DATABASE`, with the password in the URL or, better,
            in libpq's own places (`~/.pgpass`, `PGPASSWORD`).
        synchronous: `full` waits for the disk at each commit; `normal` may lose
            the last commits before a power cut.
    """

    url: str
    synchronous: Durability = Durability.FULL


@frozen(kw_only=True)
class KeysSection:
    """Where keys are kept: apart from the store, with backups of their own.

    Attributes:
        store: The key store's URL.
        ring: The file with the key ring, relative to the TOML file.
        wrapper: What wraps the ring's own keys, as `MODULE:FACTORY`; none by default.
            It is code that rgcore imports and trusts.
        backup_days: How many days a backup of the key store is kept, write-ahead
            archives included: the report of an erasure counts on it.
    """

    store: str
    ring: str
    wrapper: str | None = None
    backup_days: int = BACKUP_DAYS


@frozen(kw_only=True)
class LogSection:
    """Where the access log is kept.

    Attributes:
        url: Its URL.
    """

    url: str


@frozen(kw_only=True)
class DirectorySection:
    """Who works here.

    Attributes:
        file: A TOML file with staff and teams, relative to this one.
    """

    file: str


@frozen(kw_only=True)
class AnchorsSection:
    """Where the heads of the journals are noted, outside the database.

    Attributes:
        file: The file, relative to the TOML file; none by default. Best on another
            machine or medium than the database.
    """

    file: str | None = None


@frozen(kw_only=True)
class SettingsSection:
    """Which setting plugins are enabled.

    Attributes:
        enabled: Their ids, in any order.
        prefer: For a code of the base that several settings answer differently, the
            setting whose answer holds: `client = "youth"`.
        tables: What stands under `[settings.ID]`, by id. Each setting reads its own.
    """

    enabled: tuple[str, ...] = ()
    prefer: dict[str, str] = field(factory=dict)
    tables: dict[str, dict[str, Any]] = field(factory=dict)


@frozen(kw_only=True)
class Config:
    """What the TOML file says, with every path made absolute."""

    institution: InstitutionSection
    store: StoreSection
    keys: KeysSection
    access_log: LogSection
    directory: DirectorySection
    anchors: AnchorsSection = field(factory=AnchorsSection)
    retention: RetentionSection = field(factory=RetentionSection)
    erasing: ErasingSection = field(factory=ErasingSection)
    settings: SettingsSection = field(factory=SettingsSection)


def read_config(path: Path) -> Config:
    """Return the configuration in a TOML file.

    Args:
        path: The file.

    Raises:
        ConfigurationError: Something is wrong; lists every problem by path.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigurationError([Problem("config.missing_file", path.name)]) from None
    except (UnicodeDecodeError, OSError):
        raise ConfigurationError([Problem("input.not_toml", path.name)]) from None
    return parse_config(text, path)


def parse_config(text: str, path: Path) -> Config:
    """Return the configuration that a text says.

    Args:
        text: What stands in the file.
        path: The file; its folder is what paths in it are relative to.

    Raises:
        ConfigurationError: Something is wrong; lists every problem by path.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise ConfigurationError([Problem("input.not_toml", path.name)]) from None
    try:
        config = structure(_with_tables(content), Config)
    except InputError as error:
        raise ConfigurationError(_without_dot(error.problems)) from None
    problems = tuple(_problems(config))
    if problems:
        raise ConfigurationError(problems)
    return _absolute(config, path.absolute().parent)


def _without_dot(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    for problem in problems:
        yield Problem(problem.code, problem.path.removeprefix("."), problem.allowed)


def _problems(config: Config) -> Iterator[Problem]:
    yield from look_over_id(config.institution.id, "institution.id")
    if config.institution.language not in LANGUAGES:
        yield Problem("input.wrong_type", "institution.language", LANGUAGES)
    urls = {
        "store.url": config.store.url,
        "keys.store": config.keys.store,
        "access_log.url": config.access_log.url,
    }
    for path, url in urls.items():
        if place_of(url) is None:
            yield Problem("config.unknown_database", path)
    if _bare(config.store.url) == _bare(config.keys.store):
        yield Problem("config.not_apart", "keys.store")
    wrapper = config.keys.wrapper
    if wrapper is not None and not _FACTORY.fullmatch(wrapper):
        yield Problem("input.wrong_type", "keys.wrapper", ["MODULE:FACTORY"])
    anchors = config.anchors.file
    if anchors is not None and (not anchors.strip() or "\0" in anchors):
        yield Problem("input.wrong_type", "anchors.file")
    days = config.keys.backup_days
    yield from look_over_keeping(config.retention, config.erasing, days)


def _with_tables(content: dict[str, Any]) -> dict[str, Any]:
    """Return a file's content with the tables of settings under one key.

    What a setting lets one choose is for the setting to look over.
    """
    section = content.get("settings")
    if not isinstance(section, dict) or "tables" in section:
        return content
    own = {k: v for k, v in section.items() if isinstance(v, dict) and k != "prefer"}
    rest = {k: v for k, v in section.items() if k not in own}
    return {**content, "settings": {**rest, "tables": own}}


def wanted_settings(config: Config) -> Wanted:
    """Return which settings a configuration enables, and how.

    Args:
        config: The configuration.
    """
    return Wanted(
        institution=config.institution.id,
        language=config.institution.language,
        enabled=config.settings.enabled,
        tables=config.settings.tables,
        prefer=config.settings.prefer,
    )


def with_databases(config: Config, store: str | None, keys: str | None) -> Config:
    """Return a configuration with other databases.

    Args:
        config: The configuration.
        store: The store's URL, a file relative to the folder one is in; `None` for the
            store that is configured.
        keys: The same for the key store.

    Raises:
        ConfigurationError: One names no database, or both name the same.
    """
    if store is None and keys is None:
        return config
    for option, url in (("--store", store), ("--keys", keys)):
        if url is not None and place_of(url) is None:
            raise ConfigurationError([Problem("config.unknown_database", option)])
    here = Path.cwd()
    changed = evolve(
        config,
        store=evolve(config.store, url=absolute_url(store or config.store.url, here)),
        keys=evolve(config.keys, store=absolute_url(keys or config.keys.store, here)),
    )
    if problems := tuple(_problems(changed)):
        raise ConfigurationError(problems)
    return changed


def _absolute(config: Config, folder: Path) -> Config:
    keys, log = config.keys, config.access_log
    return evolve(
        config,
        store=evolve(config.store, url=absolute_url(config.store.url, folder)),
        keys=evolve(
            keys,
            store=absolute_url(keys.store, folder),
            ring=str(folder / keys.ring),
        ),
        access_log=evolve(log, url=absolute_url(log.url, folder)),
        directory=evolve(config.directory, file=str(folder / config.directory.file)),
        anchors=_absolute_anchors(config.anchors, folder),
    )


def _absolute_anchors(anchors: AnchorsSection, folder: Path) -> AnchorsSection:
    if anchors.file is None:
        return anchors
    return evolve(anchors, file=str(folder / anchors.file))


def absolute_url(url: str, folder: Path) -> str:
    """Return a URL that means the same wherever it is read.

    Args:
        url: A file may be relative.
        folder: What it is relative to.
    """
    place = place_of(url)
    if isinstance(place, SqliteFile):
        return SqliteFile(folder / place.path).url
    return url


def _bare(url: str) -> object:
    """Return what tells one database from another: not who logs in, nor how."""
    place = place_of(url)
    if isinstance(place, PostgresqlDatabase):
        parsed = place.parsed
        host = parsed.host or parsed.query.get("host")
        port = parsed.port or parsed.query.get("port")
        return host, str(port or _USUAL_PORT), parsed.database
    return os.path.normpath(place.path) if isinstance(place, SqliteFile) else url


def place(url: str) -> Place:
    """Return the place that a URL of a configuration names.

    Args:
        url: A URL that was looked over when the configuration was read.

    Raises:
        ConfigurationError: It names none.
    """
    found = place_of(url)
    if found is None:
        raise ConfigurationError([Problem("config.unknown_database", "url")])
    return found


@frozen
class Setting:
    """One value of the configuration and where it comes from.

    Attributes:
        path: Such as `store.synchronous`.
        value: As it is used; files by their whole path. There is no secret among them:
            keys lie in the key ring's file, and a password in a URL reads `***`.
        origin: The name of the file, or `default`.
    """

    path: str
    value: str
    origin: str


def settings_of(path: Path) -> tuple[Setting, ...]:
    """Return every value of a configuration with its origin.

    Args:
        path: The TOML file.

    Raises:
        ConfigurationError: Something is wrong; lists every problem by path.
    """
    config = read_config(path)
    written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return tuple(_settings(config, written, path.name))


def _settings(config: Config, written: dict[str, Any], name: str) -> Iterator[Setting]:
    for section in fields(Config):
        part = getattr(config, section.name)
        for one in fields(type(part)):
            value = getattr(part, one.name)
            path = f"{section.name}.{one.name}"
            given = one.name in written.get(section.name, {})
            if isinstance(value, dict):
                yield from _of_table(path.removesuffix(".tables"), value, name)
            else:
                yield Setting(path, _said(value), name if given else "default")


def _of_table(path: str, table: dict[str, Any], name: str) -> Iterator[Setting]:
    """Go through what the file says of settings; their own defaults are theirs."""
    for key, value in sorted(table.items()):
        if isinstance(value, dict):
            yield from _of_table(f"{path}.{key}", value, name)
        else:
            yield Setting(f"{path}.{key}", _said(value), name)


def _said(value: object) -> str:
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    if isinstance(value, tuple):
        return ", ".join(value)
    found = place_of(str(value))
    return found.shown if found else str(value or "")
