"""The report of the kit that a plugin ships, if it ships one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from rgcore.cli.installed import MATURITY, printable
from rgcore.plugins import Found
from rgcore.plugins.catalogue import shipped
from rgcore.render.translation import Translate

CONFORMANCE: Final = "conformance.json"
"""Where it lies: beside the manifest."""


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


_NO_LEVEL: Final = _("no level yet")
_OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "passed": _("passed"),
        "failed": _("failed"),
        "exempt": _("exempt"),
        "not run": _("not run"),
    }
)


def report_of(found: Found) -> Any:  # noqa: ANN401 - whatever JSON the plugin ships
    """Return the report that a plugin ships; `None` if there is none to be read.

    Args:
        found: The plugin; it is not imported.
    """
    try:
        return json.loads(shipped(found, CONFORMANCE) or b"")
    except (ValueError, RecursionError):
        return None


def report_lines(report: Any, found: Found, said: Translate) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Return a report line by line: what was reached, and which rules do not hold.

    Args:
        report: The report; whatever a plugin ships.
        found: The plugin.
        said: Translates.
    """
    if report is None:
        yield said("It ships no report of the kit.")
        return
    about = _about(report, found.manifest.id)
    if about is None:
        yield said("It ships a report of the kit that says nothing of it.")
        return
    reached = about.get("reached")
    level = said(MATURITY.get(str(reached), _NO_LEVEL))
    version = about.get("version")
    line = said("Report of the kit on version {version}: reaches {level}.")
    yield printable(line.format(version=version, level=level))
    if version != found.source.version:
        yield "  " + said("That is not the version that is installed.")
    rules = [(_outcome(rule), rule) for rule in _dicts(about.get("rules"))]
    counts = Counter(said(outcome) for outcome, _rule in rules)
    told = (f"{name}: {count}" for name, count in sorted(counts.items()))
    yield "  " + ", ".join(told)
    for outcome, rule in rules:
        if outcome in {"failed", "exempt"}:
            line = f"{rule.get('number')} {said(outcome)}: {rule.get('reason')}"
            yield "  · " + printable(line)


def _outcome(rule: dict[str, Any]) -> str:
    """Return what came of a rule; a word that is not known says nothing."""
    return _OUTCOMES.get(str(rule.get("outcome")), _OUTCOMES["not run"])


def _about(report: Any, plugin: str) -> dict[str, Any] | None:  # noqa: ANN401 - any JSON
    settings = _dicts(report.get("settings") if isinstance(report, dict) else None)
    return next((one for one in settings if one.get("id") == plugin), None)


def _dicts(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    several = value if isinstance(value, list) else []
    return [one for one in several if isinstance(one, dict)]
