"""`rgcore plugins doctor`: is this installation healthy, and if not, what to do?"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from rgcore import __version__
from rgcore.cli.diagnosis import Wrong, configured, diagnosed
from rgcore.cli.installed import api_line, printable
from rgcore.cli.report import as_json, problem_data, problem_line
from rgcore.cli.session import config_file
from rgcore.plugins import API_VERSION, Catalogue
from rgcore.plugins.resolving import admits
from rgcore.render.translation import DUTCH, translator


def run(options: argparse.Namespace) -> int:
    """Print what there is and what is wrong; exit with 1 if anything is."""
    catalogue, file = Catalogue.discover(), config_file(options)
    config, found = configured(file)
    found += diagnosed(catalogue, config, file)
    language = options.lang or (config.institution.language if config else DUTCH)
    if options.as_json:
        used = file if config else None
        print(as_json(_data(used, catalogue, found, language)))
    else:
        print("\n".join(_lines(file if config else "", catalogue, found, language)))
    return 1 if found else 0


def _facts() -> dict[str, str]:
    """Return what whoever is asked for help wants to know first."""
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "rgcore": __version__,
        "api": API_VERSION,
        "pluggy": metadata.version("pluggy"),
    }


def _data(
    file: str | None, catalogue: Catalogue, found: list[Wrong], language: str
) -> dict[str, Any]:
    said = translator(language)
    return {
        **_facts(),
        "configuration": file,
        "settings": [
            {
                "id": one.manifest.id,
                "distribution": one.source.distribution,
                "version": one.source.version,
                "requires_api": one.manifest.requires_api,
                "fits": admits(one),
            }
            for one in catalogue.found
        ],
        "wrong": [
            {
                "problems": [problem_data(p, language) for p in one.problems],
                "todo": {"sentence": one.todo(said)},
            }
            for one in found
        ],
    }


def _lines(
    file: str, catalogue: Catalogue, found: list[Wrong], language: str
) -> Iterator[str]:
    said = translator(language)
    yield "Python {python}, {platform}".format(**_facts())
    yield "rgcore {rgcore}, API {api}, pluggy {pluggy}".format(**_facts())
    here = said("Configuration: {file}").format(file=file)
    yield here if file else said("No configuration was read.")
    for one in catalogue.found:
        yield printable(f"{one.source}: {api_line(one, said)}")
    yield ""
    if not found:
        yield said("Nothing is wrong.")
        return
    yield said("What is wrong, and what to do:")
    for wrong in found:
        told = (printable(problem_line(p, language)) for p in wrong.problems)
        yield from (f"  · {line}" for line in told)
        yield f"    → {printable(wrong.todo(said))}"
