"""`rgcore plugins list`: the settings that are installed, and which can be used."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from rgcore.cli.installed import Installed
from rgcore.cli.report import as_json
from rgcore.cli.session import config_file, language_here
from rgcore.plugins import API_VERSION
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Print what the manifests say; nothing is imported, no configuration needed."""
    language, here = language_here(options), Installed.of(options)
    if options.as_json:
        data = {
            "api": API_VERSION,
            "configuration": config_file(options) if here.config else None,
            "settings": [here.found_data(one) for one in here.catalogue.found],
            "broken": [here.broken_data(b, language) for b in here.catalogue.broken],
        }
        print(as_json(data))
    else:
        print("\n".join(_lines(here, language)))
    return 0


def _lines(here: Installed, language: str) -> Iterator[str]:
    said, catalogue = translator(language), here.catalogue
    for found in catalogue.found:
        yield from here.found_lines(found, language)
    if catalogue.broken:
        yield ""
        yield said("Installed, and cannot be used:")
    for broken in catalogue.broken:
        yield from here.broken_lines(broken, language)
    if not catalogue.found and not catalogue.broken:
        yield said("No settings are installed. The base of the method holds.")
    elif here.config is None:
        yield ""
        yield said("There is no configuration here that enables any of them.")
