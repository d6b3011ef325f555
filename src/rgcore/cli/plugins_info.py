"""`rgcore plugins info`: everything that a setting says of itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

from rgcore.cli.conformance import report_lines, report_of
from rgcore.cli.installed import Installed, printable
from rgcore.cli.report import as_json
from rgcore.cli.session import language_here
from rgcore.errors import InputError, Problem
from rgcore.method import compose
from rgcore.plugins import Broken, Catalogue, Found, Manifest
from rgcore.render.translation import Translate, translator

_NEAR: Final = 3
"""How many names are shown where the one that was given is not there."""


def run(options: argparse.Namespace) -> int:
    """Print the manifest; nothing is imported. One that is broken exits with 1."""
    language, here = language_here(options), Installed.of(options)
    one = _named(options.plugin, here.catalogue)
    if isinstance(one, Broken):
        data = here.broken_data(one, language)
        lines = here.broken_lines(one, language)
    else:
        data = {**here.found_data(one), **_data(one.manifest)}
        data["conformance"] = report_of(one)
        lines = _lines(here, one, language)
    print(as_json(data) if options.as_json else "\n".join(lines))
    return 1 if isinstance(one, Broken) else 0


def _named(name: str, catalogue: Catalogue) -> Found | Broken:
    broken = next((b for b in catalogue.broken if b.source.name == name), None)
    one = catalogue.get(name) or broken
    if one is None:
        names = [*catalogue.names(), *(b.source.name for b in catalogue.broken)]
        close = get_close_matches(name, names, n=_NEAR, cutoff=0)
        raise InputError([Problem("config.unknown_setting", "ID", close)])
    return one


def _data(manifest: Manifest) -> dict[str, Any]:
    return {
        "support": manifest.support,
        "hooks": list(manifest.hooks),
        "namespaces": list(manifest.namespaces),
        "replaces": list(manifest.replaces),
        "requires": list(manifest.requires),
        "conflicts": list(manifest.conflicts),
        "exempt": dict(sorted(manifest.exempt.items())),
        "factory": manifest.factory,
        "config": manifest.config,
    }


def _lines(here: Installed, found: Found, language: str) -> Iterator[str]:
    said, manifest = translator(language), found.manifest
    yield from here.found_lines(found, language)
    yield said("Where its users turn: {where}").format(
        where=printable(manifest.support)
    )
    for heading, codes in (
        (said("Hooks that it answers: {codes}"), manifest.hooks),
        (said("Its codes begin with: {codes}"), manifest.namespaces),
        (said("Needs these settings too: {codes}"), manifest.requires),
        (said("Cannot be enabled together with: {codes}"), manifest.conflicts),
    ):
        if codes:
            yield printable(heading.format(codes=", ".join(codes)))
    for heading, lines in (
        (said("Replaces or switches off:"), _parts(manifest, language)),
        (said("Rules of the kit that do not hold for it:"), _exempt(manifest)),
    ):
        if lines:
            yield heading
            yield from (f"  · {printable(line)}" for line in lines)
    yield _configuration(manifest, said)
    yield from report_lines(report_of(found), found, said)


def _parts(manifest: Manifest, language: str) -> list[str]:
    base = compose()
    named = ((code, base.named(code, language)) for code in manifest.replaces)
    return [f"{code}: {name}" if name != code else code for code, name in named]


def _exempt(manifest: Manifest) -> list[str]:
    return [f"{rule}: {reason}" for rule, reason in sorted(manifest.exempt.items())]


def _configuration(manifest: Manifest, said: Translate) -> str:
    if manifest.config is None:
        return said("It has nothing to configure.")
    table, place = f"[settings.{manifest.id}]", manifest.config
    return said(
        "Its configuration stands under {table}. Which keys there are, is said in the "
        "class {place}; it was not imported."
    ).format(table=table, place=place)
