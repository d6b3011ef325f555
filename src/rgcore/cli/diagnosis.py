"""What is wrong with an installation and its configuration, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from attrs import field, frozen
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion

from rgcore.errors import ConfigurationError, Problem
from rgcore.institution import Config, read_config
from rgcore.institution.opening import CONFIG_FILE
from rgcore.plugins import API_VERSION, Catalogue, Source
from rgcore.plugins.resolving import admits, problems as unresolved
from rgcore.render.translation import Translate


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


_CORRECT: Final = _("Correct {file}.")
_TAKE_OUT: Final = _("Take one of them out of {file}.")
_ADVICE: Final = {
    "config.unknown_setting": _("Install it, or take it out of {file}."),
    "config.setting_twice": _TAKE_OUT,
    "config.setting_not_enabled": _("Enable it in {file}, or take its table out."),
    "plugin.requires": _("Enable the other one in {file} too, or neither."),
    "plugin.conflicts": _TAKE_OUT,
    "plugin.namespace_taken": _TAKE_OUT,
}
"""What to do about a configuration; for anything else, correct it."""

_TOLD: Final = frozenset({"plugin.broken", "plugin.other_api"})
"""What is wrong with a plugin whether or not it is enabled; told of the plugin."""


@frozen(kw_only=True)
class Wrong:
    """Something that is wrong, and what to do.

    Attributes:
        problems: What is wrong.
        advice: What to do: a fixed text with places.
        fill: What fills its places.
    """

    problems: tuple[Problem, ...]
    advice: str
    fill: dict[str, str] = field(factory=dict)

    def todo(self, said: Translate) -> str:
        """Return what to do.

        Args:
            said: Translates.
        """
        return said(self.advice).format(**self.fill)


def configured(file: str) -> tuple[Config | None, list[Wrong]]:
    """Return a configuration as far as it can be read, and what is wrong with it.

    Args:
        file: The TOML file.
    """
    try:
        if Path(file).exists():
            return read_config(Path(file)), []
    except ConfigurationError as error:
        wrong = Wrong(problems=error.problems, advice=_CORRECT, fill={"file": file})
        return None, [wrong]
    except OSError as error:
        return None, [_unforeseen(file, error)]
    if file == CONFIG_FILE:
        # Nobody said that there is one.
        return None, []
    missing = Problem("config.missing_file", Path(file).name)
    advice = _("Name the right one with --config, or make one: rgcore init")
    return None, [Wrong(problems=(missing,), advice=advice)]


def diagnosed(catalogue: Catalogue, config: Config | None, file: str) -> list[Wrong]:
    """Return what is wrong with what is installed, and with what is enabled of it.

    Args:
        catalogue: What is installed.
        config: The configuration; `None` if there is none.
        file: Its file.
    """
    checks: list[Callable[[], Iterable[Wrong]]] = [
        lambda: _broken(catalogue, config, file),
        lambda: _of_versions(catalogue),
        lambda: _of_requirements(catalogue),
    ]
    if config is not None:
        checks.append(lambda: _of_configuration(config, file, catalogue))
    return [wrong for check in checks for wrong in _all_of(check)]


def _all_of(check: Callable[[], Iterable[Wrong]]) -> list[Wrong]:
    """Return what a check finds; one that fails itself is something wrong too."""
    try:
        return [*check()]
    except Exception as error:  # noqa: BLE001 - whoever asks needs an answer now
        return [_unforeseen("rgcore", error)]


def _unforeseen(what: str, error: Exception) -> Wrong:
    problem = Problem("plugin.unreadable", "", by=what, kind=type(error).__name__)
    advice = _("Check rights and disk; if they are right, tell the makers of rgcore.")
    return Wrong(problems=(problem,), advice=advice)


def _broken(catalogue: Catalogue, config: Config | None, file: str) -> Iterator[Wrong]:
    enabled = config.settings.enabled if config else ()
    for one in catalogue.broken:
        advice = _("Ask its makers for one that works, or: pip uninstall {name}")
        if any(problem.code == "plugin.duplicate" for problem in one.problems):
            advice = _("Uninstall one of them, such as: pip uninstall {name}")
        elif one.source.name in enabled:
            advice = _("Take it out of {file} until its makers have one that works.")
        fill = {"name": one.source.distribution, "file": file}
        yield Wrong(problems=one.problems, advice=advice, fill=fill)


def _of_versions(catalogue: Catalogue) -> Iterator[Wrong]:
    for one in catalogue.found:
        if admits(one):
            continue
        by, wanted = str(one.source), one.manifest.requires_api
        problem = Problem(
            "plugin.other_api", "", by=by, wanted=wanted, found=API_VERSION
        )
        yield Wrong(
            problems=(problem,),
            advice=_("Run: pip install --upgrade {name} rgcore; or ask its makers."),
            fill={"name": one.source.distribution},
        )


def _of_requirements(catalogue: Catalogue) -> Iterator[Wrong]:
    """Go through what distributions need and do not have: pip lets that happen."""
    every = [one.source for one in catalogue.found]
    every += [one.source for one in catalogue.broken]
    once = {source.distribution: source for source in reversed(every)}
    for name, source in sorted(once.items()):
        for text in metadata.requires(name) or ():
            yield from _of_requirement(text, source)


def _of_requirement(text: str, source: Source) -> Iterator[Wrong]:
    by = str(source)
    try:
        wanted = Requirement(text)
    except InvalidRequirement as error:
        kind = type(error).__name__
        unreadable = Problem("plugin.unreadable", "", by=by, kind=kind)
        advice = _("Ask its makers for one that works, or: pip uninstall {name}")
        fill = {"name": source.distribution}
        yield Wrong(problems=(unreadable,), advice=advice, fill=fill)
        return
    if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
        return
    # Where it comes from may hold a password.
    named = f"{wanted.name}{wanted.specifier}"
    problem = _unmet(wanted, named, by)
    if problem is not None:
        advice = _("Run: pip install '{wanted}', and then: pip check")
        yield Wrong(problems=(problem,), advice=advice, fill={"wanted": named})


def _unmet(wanted: Requirement, named: str, by: str) -> Problem | None:
    try:
        found = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return Problem("plugin.requirement_missing", "", by=by, wanted=named)
    if _suits(wanted, found):
        return None
    return Problem("plugin.requirement_unmet", "", by=by, wanted=named, found=found)


def _suits(wanted: Requirement, found: str) -> bool:
    try:
        return wanted.specifier.contains(found, prereleases=True)
    except InvalidVersion:
        return False


def _of_configuration(
    config: Config, file: str, catalogue: Catalogue
) -> Iterator[Wrong]:
    section = config.settings
    told = {problem for one in catalogue.broken for problem in one.problems}
    for problem in unresolved(section.enabled, section.tables, catalogue):
        if problem not in told and problem.code not in _TOLD:
            advice = _ADVICE.get(problem.code, _CORRECT)
            yield Wrong(problems=(problem,), advice=advice, fill={"file": file})
