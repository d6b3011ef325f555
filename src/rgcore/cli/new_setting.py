"""`rgcore new setting`: write a setting plugin to begin with, complete and tested."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template
from typing import Final

from rgcore import __version__
from rgcore.cli.report import as_json
from rgcore.cli.session import language_here
from rgcore.errors import InputError, Problem, StoreExists
from rgcore.plugins.manifest import reserved_namespaces
from rgcore.render.translation import translator

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST: Final = 32
"""Half of what a code may have: the other half is for what stands behind the dot."""
_ENDING: Final = ".template"
"""Keeps tools from taking a template for what it will be."""


def run(options: argparse.Namespace) -> int:
    """Write the project into a new or empty folder and say what to do next."""
    name = _looked_over(options.name)
    values = _values(name)
    folder = Path(options.out or values["distribution"])
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise StoreExists(file=folder)
    written = list(_write(folder, values))
    commands = (
        f"cd {_quoted(folder)}",
        "python -m pip install -e . --group test",
        "python -m pytest",
        f"rgcore plugins info {name}",
    )
    if options.as_json:
        data = {"folder": str(folder), "files": written, "next": commands}
        print(as_json({"setting": name, **data}))
        return 0
    said = translator(language_here(options))
    print(
        said("Made: {folder}, a setting that passes its tests.").format(folder=folder)
    )
    print("\n".join(f"  {file}" for file in written))
    print(said("Next:"))
    print("\n".join(f"  {command}" for command in commands))
    print(said("README.md says how to make it yours."))
    return 0


def _looked_over(name: str) -> str:
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise InputError([Problem("input.not_a_name", "NAME")])
    if name in reserved_namespaces():
        raise InputError([Problem("input.name_taken", "NAME")])
    return name


def _values(name: str) -> dict[str, str]:
    """Return what fills the templates."""
    words = name.split("_")
    return {
        "name": name,
        "title": " ".join(words).capitalize(),
        "package": f"rgcore_setting_{name}",
        "distribution": f"rgcore-setting-{'-'.join(words)}",
        "class_name": "".join(word.capitalize() for word in words),
        "rgcore": __version__,
    }


def _write(folder: Path, values: Mapping[str, str]) -> Iterator[str]:
    templates = files("rgcore.cli").joinpath("templates", "setting")
    found = sorted(_templates(templates, PurePosixPath()), key=lambda one: one[0])
    for path, template in found:
        name = str(path).removesuffix(_ENDING).replace("NAME", values["name"])
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        file.write_text(text, encoding="utf-8", newline="\n")
        yield name


def _templates(
    place: Traversable, path: PurePosixPath
) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for one in place.iterdir():
        if one.is_dir():
            yield from _templates(one, path / one.name)
        else:
            yield path / one.name, one


def _quoted(path: Path) -> str:
    """Return a path as every shell takes it, that of Windows too."""
    return f'"{path}"' if " " in str(path) else str(path)
