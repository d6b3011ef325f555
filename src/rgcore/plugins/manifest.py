"""What a plugin says of itself in `rgcore.toml`, to be read without importing it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from attrs import field, frozen
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from rgcore.domain.changes import BY_TYPE
from rgcore.domain.ids import CODE_PATTERN, Code, Vocabulary
from rgcore.errors import InputError, Problem
from rgcore.method import BASE
from rgcore.serial.wire import structure

MANIFEST: Final = "rgcore.toml"
SCHEMA: Final = 1

_PLACE: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


class PluginKind(StrEnum):
    """What a plugin is."""

    SETTING = "setting"


class Maturity(StrEnum):
    """How far a plugin says it is; the kit shows it."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"


@frozen(kw_only=True)
class Title:
    """What a plugin is called where people choose it.

    Attributes:
        nl: In Dutch.
        en: In English.
    """

    nl: str
    en: str

    def said_in(self, language: str) -> str:
        """Return it in Dutch, or else in English."""
        return self.nl if language == "nl" else self.en


@frozen(kw_only=True)
class Manifest:
    """What a plugin says of itself.

    Attributes:
        schema: Version of this form: 1.
        id: Its id: the name of its entry point and of its table in the configuration.
        kind: `setting`.
        title: What people call it.
        requires_api: Which versions of the plugin API it works with: `>=1.0,<2`.
        factory: What makes it: `PACKAGE.MODULE:CLASS`, called with its configuration.
        config: The class of its configuration, if it has one: `PACKAGE.MODULE:CLASS`.
        hooks: The hooks that it answers.
        namespaces: What stands before the dot in the codes that it contributes.
        replaces: Parts of the base that it replaces or switches off.
        requires: Settings without which it cannot be enabled.
        conflicts: Settings with which it cannot be enabled.
        maturity: How far it is: `bronze`, `silver` or `gold`.
        support: Where its users turn: `mailto:` or `https:`.
        exempt: Rules of the kit that do not hold for it, each with the reason.
    """

    schema: int
    id: Code
    kind: PluginKind
    title: Title
    requires_api: str
    factory: str
    hooks: tuple[str, ...]
    namespaces: tuple[Code, ...]
    support: str
    config: str | None = None
    replaces: tuple[Code, ...] = ()
    requires: tuple[Code, ...] = ()
    conflicts: tuple[Code, ...] = ()
    maturity: Maturity = Maturity.BRONZE
    exempt: dict[str, str] = field(factory=dict)


def read_manifest(text: str) -> Manifest:
    """Return a manifest from its text.

    Args:
        text: What stands in `rgcore.toml`.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise InputError([Problem("input.not_toml", MANIFEST)]) from None
    try:
        manifest = structure(content, Manifest)
    except InputError as error:
        raise InputError(
            Problem(p.code, p.path.removeprefix("."), p.allowed) for p in error.problems
        ) from None
    if problems := tuple(_problems(manifest)):
        raise InputError(problems)
    return manifest


def _problems(manifest: Manifest) -> Iterator[Problem]:
    if manifest.schema != SCHEMA:
        yield Problem("input.out_of_range", "schema", [str(SCHEMA)])
    yield from _of_codes(manifest)
    yield from _of_places(manifest)
    try:
        SpecifierSet(manifest.requires_api)
    except InvalidSpecifier:
        yield Problem("input.wrong_type", "requires_api", [">=1.0,<2"])
    if not manifest.namespaces:
        yield Problem("input.empty", "namespaces")
    if not manifest.support.startswith(("mailto:", "https:")):
        yield Problem("input.wrong_type", "support", ["mailto:…", "https:…"])
    for name, reason in sorted(manifest.exempt.items()):
        if not re.fullmatch(r"[A-Z]{2}-\d{2}", name) or not reason.strip():
            yield Problem("input.wrong_type", "exempt", ['ST-01 = "why"'])


def _of_codes(manifest: Manifest) -> Iterator[Problem]:
    several = {
        "namespaces": manifest.namespaces,
        "replaces": manifest.replaces,
        "requires": manifest.requires,
        "conflicts": manifest.conflicts,
    }
    if not re.fullmatch(CODE_PATTERN, manifest.id) or "." in manifest.id:
        yield Problem("input.not_a_code", "id")
    for name, codes in several.items():
        for number, code in enumerate(codes):
            if not re.fullmatch(CODE_PATTERN, code):
                yield Problem("input.not_a_code", f"{name}[{number}]")


def _of_places(manifest: Manifest) -> Iterator[Problem]:
    for name, place in (("factory", manifest.factory), ("config", manifest.config)):
        if place is not None and not _PLACE.fullmatch(place):
            yield Problem("input.wrong_type", name, ["package.module:Class"])


def reserved_namespaces() -> frozenset[str]:
    """Return what no plugin may claim: what stands before a dot in rgcore itself."""
    types = (type_.partition(".")[0] for type_ in BY_TYPE)
    parts = (part.code.partition(".")[0] for part in BASE if "." in part.code)
    lists = (one.value for one in Vocabulary)
    return frozenset((*types, *parts, *lists, "rgcore", "fault"))
