"""Put settings into a folder as pip would: package, manifest, entry point."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any, Final

from attrs import field, frozen

from rgcore.plugins import Activated, Catalogue, Wanted, activate

PLUGIN: Final = """
    from rgcore.plugins import *


    class Setting(SettingPlugin):
    """
"""What every plugin of a test begins with; its methods follow."""

EMPTY: Final = "    pass"


@frozen(kw_only=True)
class Fake:
    """A setting that a test makes up.

    Attributes:
        id: Its id, and its namespace unless another is given.
        body: The methods of its class, as Python.
        before: What stands above the class.
        manifest: Keys of its manifest that differ from the usual.
        without: Keys of its manifest that are left out.
        distribution: The name of the package; made from the id otherwise.
        version: Its version.
        entry: The value of its entry point, if it is another than usual.
        requires: What the package needs beside Python.
    """

    id: str = "example"
    body: str = EMPTY
    before: str = ""
    manifest: Mapping[str, Any] = field(factory=dict)
    without: Sequence[str] = ()
    distribution: str = ""
    version: str = "1.2.3"
    entry: str = ""
    requires: Sequence[str] = ("rgcore",)

    @property
    def package(self) -> str:
        """Return the name of its Python package."""
        return f"fake_setting_{(self.distribution or self.id).replace('-', '_')}"

    @property
    def name(self) -> str:
        """Return the name of its distribution."""
        return self.distribution or f"rgcore-setting-{self.id.replace('_', '-')}"

    @property
    def stamp(self) -> str:
        """Return how a message names it."""
        return f"{self.id} ({self.name} {self.version})"

    def toml(self) -> str:
        """Return its manifest."""
        usual = {
            "schema": 1,
            "id": self.id,
            "kind": "setting",
            "title": {"nl": "Voorbeeld", "en": "Example"},
            "requires_api": ">=1.0,<2",
            "factory": f"{self.package}.plugin:Setting",
            "hooks": [],
            "namespaces": [self.id],
            "support": "mailto:nobody@example.org",
        }
        keys = {**usual, **self.manifest}
        return "".join(
            f"{key} = {_toml(value)}\n"
            for key, value in keys.items()
            if key not in self.without
        )

    def install(self, folder: Path) -> Path:
        """Write it into a folder and return the folder.

        Args:
            folder: Where packages lie.
        """
        package = folder / self.package
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "rgcore.toml").write_text(self.toml(), encoding="utf-8")
        head = dedent(PLUGIN).replace(
            "\n\n\nclass", f"\n\n{dedent(self.before)}\n\nclass"
        )
        body = "\n".join(f"    {line}" for line in dedent(self.body).splitlines())
        (package / "plugin.py").write_text(f"{head.rstrip()}\n{body}\n", "utf-8")
        info = folder / f"{self.name.replace('-', '_')}-{self.version}.dist-info"
        info.mkdir()
        needs = "".join(f"Requires-Dist: {one}\n" for one in self.requires)
        named = f"Name: {self.name}\nVersion: {self.version}\n"
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{named}{needs}")
        entry = self.entry or f"{self.package}:rgcore.toml"
        (info / "entry_points.txt").write_text(
            f"[rgcore.settings]\n{self.id} = {entry}\n"
        )
        return folder


def _toml(value: Any) -> str:  # noqa: ANN401 - any value of TOML
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items())
        return f"{{ {inside} }}"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return json.dumps(name)


@contextmanager
def installed(folder: Path, *fakes: Fake) -> Iterator[Catalogue]:
    """Install settings for as long as a test needs them, and give the catalogue.

    Args:
        folder: An empty folder.
        fakes: The settings.
    """
    for number, fake in enumerate(fakes):
        fake.install(folder / f"site-{number}")
    places = [str(folder / f"site-{number}") for number in range(len(fakes))]
    sys.path[:0] = places
    try:
        yield Catalogue.discover(places)
    finally:
        for place in places:
            sys.path.remove(place)
        names = {fake.package for fake in fakes}
        for module in [m for m in sys.modules if m.partition(".")[0] in names]:
            del sys.modules[module]


def activated(
    folder: Path,
    *fakes: Fake,
    tables: Mapping[str, Any] | None = None,
    **wanted: Any,  # noqa: ANN401 - any field of `Wanted`
) -> Activated:
    """Install settings, enable all of them and return what comes of it.

    Args:
        folder: An empty folder.
        fakes: The settings.
        tables: What the institution says under `[settings.ID]`.
        wanted: Anything else of what the institution wants.
    """
    with installed(folder, *fakes) as catalogue:
        enabled = tuple(dict.fromkeys(fake.id for fake in fakes))
        usual = {"institution": "i", "enabled": enabled, "tables": tables or {}}
        return activate(Wanted(**{**usual, **wanted}), catalogue)
