"""`rgcore plugins check`: what the enabled settings do, and which groups are behind."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from rgcore.cli.parts import by_how, counted, replaced_lines, told, told_how
from rgcore.cli.progress import progress
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.institution.answers import Behind
from rgcore.method import Replacement
from rgcore.method.plain import plain
from rgcore.plugins import SLOW, Activated, Asked
from rgcore.plugins.making import Made
from rgcore.render.translation import Translate, translator


def run(options: argparse.Namespace) -> int:
    """Print what came of opening; exit with 1 if a hook was slow or a group behind."""
    chosen = language(options)
    with institution(options) as opened, progress() as done:
        checked = _Checked(opened.settings, opened.behind(done))
    if options.as_json:
        print(as_json(checked.data()))
    else:
        print("\n".join(checked.lines(chosen)))
    return 1 if checked.active.slow or checked.behind else 0


@frozen
class _Checked:
    """What came of opening an institution.

    Attributes:
        active: The settings that are enabled.
        behind: The groups that go by another composition than that of today.
    """

    active: Activated
    behind: tuple[Behind, ...]

    def data(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "method": self.active.method.digest,
            "settings": [self._setting_data(made) for made in self.active.made],
            "slow": [_slow_data(asked) for asked in self.active.slow],
            "behind": [_behind_data(one) for one in self.behind],
        }

    def lines(self, language: str) -> Iterator[str]:
        """Return it line by line."""
        said = translator(language)
        yield said("Method {digest}").format(digest=self.active.method.digest)
        if not self.active.made:
            yield said("No settings are enabled. The base of the method holds.")
        for made in self.active.made:
            yield from self._setting_lines(made, language)
        yield from _slow_lines(self.active.slow, said)
        yield from _behind_lines(self.behind, said)

    def _parts(self, made: Made) -> list[Any]:
        plugin = made.found.manifest.id
        every = self.active.contributed
        return [one.part for one in every if one.origin.plugin == plugin]

    def _holds(self, part: Replacement) -> bool:
        """Tell whether this one holds: the institution may prefer another."""
        answer = plain(part.by)
        return any(
            one.replaces == part.replaces and plain(one.by) == answer
            for one in self.active.method.replaced
        )

    def _setting_data(self, made: Made) -> dict[str, Any]:
        parts, source = self._parts(made), made.found.source
        return {
            "id": made.found.manifest.id,
            "distribution": source.distribution,
            "version": source.version,
            "contributed": counted(parts),
            "replaced": [
                {
                    "code": part.replaces,
                    "switched_off": part.by is None,
                    "because": {"nl": part.because.nl, "en": part.because.en},
                    "source": part.source,
                    "holds": self._holds(part),
                }
                for part in parts
                if isinstance(part, Replacement)
            ],
        }

    def _setting_lines(self, made: Made, language: str) -> Iterator[str]:
        said, parts = translator(language), self._parts(made)
        yield ""
        yield str(made.found.source)
        brings = told(counted(parts), said) or said("nothing")
        yield "  " + said("Contributes: {parts}.").format(parts=brings)
        for part in parts:
            if isinstance(part, Replacement):
                yield from (f"  {line}" for line in replaced_lines(part, language))
                if not self._holds(part):
                    yield "    " + said("The institution prefers another answer here.")


def _milliseconds(asked: Asked) -> int:
    return round(asked.seconds * 1000)


def _slow_data(asked: Asked) -> dict[str, Any]:
    origin = asked.origin
    return {
        "plugin": origin.plugin,
        "distribution": origin.distribution,
        "version": origin.version,
        "hook": origin.hook,
        "milliseconds": _milliseconds(asked),
    }


def _slow_lines(slow: tuple[Asked, ...], said: Translate) -> Iterator[str]:
    limit = round(SLOW * 1000)
    yield ""
    if not slow:
        yield said("No hook took longer than {limit} ms.").format(limit=limit)
        return
    yield said(
        "Hooks that took longer than {limit} ms, each time the institution is opened; "
        "tell their makers (rgcore plugins info says where):"
    ).format(limit=limit)
    yield from (f"  · {one.origin}: {_milliseconds(one)} ms" for one in slow)


def _behind_data(one: Behind) -> dict[str, Any]:
    return {
        "group": one.group,
        "composition": one.composition,
        "differences": by_how(one.differences),
        "lost": list(one.lost),
    }


def _behind_lines(behind: tuple[Behind, ...], said: Translate) -> Iterator[str]:
    yield ""
    if not behind:
        yield said("Every group goes by today's composition of the method.")
        return
    yield said("Groups that go by another composition of the method: {count}.").format(
        count=len(behind)
    )
    for one in behind:
        how = told_how(by_how(one.differences), said)
        yield f"  · {one.group}  {one.composition}"
        yield "    " + said("Today's has: {differences}.").format(differences=how)
        if one.lost:
            lost = said("Rules that no setting brings any more, so they are silent:")
            yield f"    {lost} {', '.join(one.lost)}"
    yield said("To let a group go by today's: rgcore method adopt GROUP --as WHO")
    yield said(
        "All of them, as an operator: rgcore method adopt --all --as WHO --because CODE"
    )
