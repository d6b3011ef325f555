"""What commands about plugins share: what is installed, and what is enabled here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from rgcore.cli.report import problem_data, problem_line
from rgcore.cli.session import file_there
from rgcore.institution import Config, read_config
from rgcore.plugins import API_VERSION, Broken, Catalogue, Found
from rgcore.plugins.resolving import admits
from rgcore.render.translation import Translate, translator


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


MATURITY: Final = {"bronze": _("bronze"), "silver": _("silver"), "gold": _("gold")}


@frozen
class Installed:
    """The plugins that are installed, seen from a configuration if there is one.

    Attributes:
        catalogue: The plugins; none was imported.
        config: The configuration; `None` where there is none.
    """

    catalogue: Catalogue
    config: Config | None

    @classmethod
    def of(cls, options: argparse.Namespace) -> Installed:
        """Look for both.

        Args:
            options: What was given.

        Raises:
            ConfigurationError: There is a configuration, and it cannot be read.
        """
        file = file_there(options)
        return cls(Catalogue.discover(), read_config(file) if file else None)

    def is_enabled(self, plugin: str) -> bool | None:
        """Tell whether a plugin is enabled; `None` where there is no configuration."""
        return None if self.config is None else plugin in self.config.settings.enabled

    def found_data(self, found: Found) -> dict[str, Any]:
        """Return what tells one plugin from another, for programs."""
        manifest, source = found.manifest, found.source
        return {
            "id": manifest.id,
            "title": {"nl": manifest.title.nl, "en": manifest.title.en},
            "distribution": source.distribution,
            "version": source.version,
            "requires_api": manifest.requires_api,
            "fits": admits(found),
            "maturity": manifest.maturity.value,
            "enabled": self.is_enabled(manifest.id),
        }

    def broken_data(self, broken: Broken, language: str) -> dict[str, Any]:
        """Return a plugin that cannot be used, with every reason, for programs."""
        source = broken.source
        return {
            "id": source.name,
            "distribution": source.distribution,
            "version": source.version,
            "enabled": self.is_enabled(source.name),
            "problems": [problem_data(p, language) for p in broken.problems],
        }

    def found_lines(self, found: Found, language: str) -> Iterator[str]:
        """Return what tells one plugin from another, line by line."""
        said, manifest = translator(language), found.manifest
        title = printable(manifest.title.said_in(language))
        yield f"{manifest.id}  {title} ({said(MATURITY[manifest.maturity])})"
        yield f"  {found.source.distribution} {found.source.version}"
        yield f"  {api_line(found, said)}"
        yield from self._enabled_line(manifest.id, said)

    def broken_lines(self, broken: Broken, language: str) -> Iterator[str]:
        """Return a plugin that cannot be used, with every reason, line by line."""
        source, said = broken.source, translator(language)
        yield printable(f"{source.name}  {source.distribution} {source.version}")
        for problem in broken.problems:
            yield f"  · {printable(problem_line(problem, language))}"
        yield from self._enabled_line(source.name, said)

    def _enabled_line(self, plugin: str, said: Translate) -> Iterator[str]:
        enabled = self.is_enabled(plugin)
        if enabled is not None:
            yield "  " + (
                said("Enabled here.") if enabled else said("Not enabled here.")
            )


def api_line(found: Found, said: Translate) -> str:
    """Return which API a plugin works with, and whether it is this one.

    Args:
        found: The plugin.
        said: Translates.
    """
    fits = said("API {wanted}: fits.")
    if not admits(found):
        fits = said("API {wanted}: does not fit, this is {found}.")
    return fits.format(wanted=found.manifest.requires_api, found=API_VERSION)


def printable(text: str) -> str:
    """Return what a plugin says as one line that no terminal takes for a command.

    Args:
        text: Anything.
    """
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split())
