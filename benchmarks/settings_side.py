"""Opening an institution with six settings, for P4, against the imports it needs.

Both sides are whole processes. The floor imports every module that opening loads, in
the same order, and does nothing else: what rgcore adds is finding what is installed,
reading manifests, making the settings, asking their hooks, composing the method, and
opening three databases. What is told is the time of processors, not of the clock.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import rgcore
from benchmarks import shape
from benchmarks.harness import Call, Side, process, processor_time_ns
from benchmarks.rgcore_content import STAFF

IMPORTS: Final = "the imports alone"
BARE: Final = "python -c pass, processor time"
OPEN_SIX: Final = "rgcore: open with six settings, a process"
OPEN_NONE: Final = "rgcore: open without settings, a process"
OPEN_AGAIN: Final = "rgcore: open with six settings once more"

NAMES: Final = ("allotment", "choir", "harbour", "kitchen", "library", "workshop")

_OPEN: Final = "import rgcore; rgcore.open({toml!r}).close()"
_LIST: Final = (
    "import sys; before = set(sys.modules); {open}; "
    "print('\\n'.join(n for n in sys.modules if n not in before))"
)

_MANIFEST: Final = """\
schema = 1
id = "NAME"
kind = "setting"
title = { nl = "NAME", en = "NAME" }
requires_api = ">=1.0,<2"
factory = "measured_NAME.plugin:Setting"
config = "measured_NAME.plugin:Config"
hooks = [
    "rg_changes", "rg_meetings", "rg_plan_parts", "rg_roles", "rg_rules", "rg_steps",
    "rg_terms", "rg_timings",
]
namespaces = ["NAME"]
support = "mailto:nobody@example.org"
"""

_PLUGIN: Final = '''\
"""A setting that was made to be measured."""

from attrs import frozen

from rgcore.plugins import (
    Code, Holds, OwnChange, OwnField, Period, PlanSection, Rank, Role, Rule,
    SettingPlugin, Speaks, Step, Term, Theme, Timing, Whose, Wording,
)

OURS = "made to be measured"


def code(word):
    return Code(f"NAME.{word}")


def said(word):
    return Wording(f"{word} hier", f"{word} here")


def speaks(group, method):
    return [Speaks(since=method.after(code("after_0"), group.started_on))]


@frozen(kw_only=True)
class Config:
    after_days: int = 21


class Setting(SettingPlugin[Config]):
    def rg_terms(self, ctx):
        return [
            Term(code=code(f"word_{n}"), wording=said(f"woord {n}"), source=OURS)
            for n in range(20)
        ]

    def rg_roles(self, ctx):
        return [
            Role(code=code(f"role_{n}"), wording=said(f"rol {n}"), source=OURS)
            for n in range(3)
        ]

    def rg_steps(self, ctx):
        return [
            Step(code=code(f"step_{n}"), phase=Code("preparation"), source=OURS,
                 wording=said(f"stap {n}"), done_by=("setting.note:NAME.visit",),
                 after=code("after_0"))
            for n in range(3)
        ]

    def rg_meetings(self, ctx):
        return [
            Theme(code=code(f"theme_{n}"), wording=said(f"thema {n}"), standard=False,
                  source=OURS)
            for n in range(3)
        ]

    def rg_timings(self, ctx):
        days = Period(days=self.config.after_days)
        return [
            Timing(code=code(f"after_{n}"), wording=said(f"na {n}"), period=days,
                   ours=True, source=OURS)
            for n in range(3)
        ]

    def rg_plan_parts(self, ctx):
        return [
            PlanSection(code=code("visits"), wording=said("bezoek"), source=OURS,
                        changes=(code("visit"),))
        ]

    def rg_rules(self, ctx):
        return [
            Rule(code=code(f"rule_{n}"), rank=Rank.METHOD, wording=said(f"regel {n}"),
                 sentence=said(f"regel {n}"), source=OURS, settles=(),
                 speaks=speaks)
            for n in range(5)
        ]

    def rg_changes(self, ctx):
        words = OwnField(name=Code("words"), holds=Holds.TEXT, wording=said("woorden"))
        return [
            OwnChange(code=code("visit"), wording=said("bezoek"), source=OURS,
                      sentence=said("{whose}: {words}"), fields=(words,),
                      whose=Whose.SOMEBODY)
        ]
'''

_METADATA: Final = """\
Metadata-Version: 2.1
Name: measured-NAME
Version: 1.0
Requires-Dist: rgcore
"""


def imports_alone(folder: Path) -> Side:
    """Import what opening with six settings loads, and nothing else."""
    site, toml = _made(folder, NAMES)
    program = _LIST.format(open=_OPEN.format(toml=str(toml)))
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        env=_environment(site),
        text=True,
    )
    lines = [f"import {name}" for name in done.stdout.split() if _is_a_name(name)]
    (site / "needed.py").write_text("\n".join(lines), encoding="utf-8")
    return _side(IMPORTS, _run(site, "import needed"))


def bare_python(folder: Path) -> Side:
    """Start Python and end it."""
    return _side(BARE, _run(folder, "pass"))


def opening_with_six(folder: Path) -> Side:
    """Open an institution with six settings in a process of its own, and close it."""
    site, toml = _made(folder, NAMES)
    return _side(OPEN_SIX, _run(site, _OPEN.format(toml=str(toml))))


def opening_with_none(folder: Path) -> Side:
    """Open one without any setting, likewise."""
    site, toml = _made(folder, ())
    return _side(OPEN_NONE, _run(site, _OPEN.format(toml=str(toml))))


def opening_once_more(folder: Path) -> Side:
    """Open one with six settings in this process, where all is imported."""
    site, toml = _made(folder, NAMES)
    sys.path.insert(0, str(site))
    for name in NAMES:
        import_module(f"measured_{name}.plugin")
    return _side(OPEN_AGAIN, lambda: rgcore.open(toml).close())


def _side(name: str, call: Call) -> Side:
    return Side(name, call, clock=processor_time_ns)


def _made(folder: Path, names: tuple[str, ...]) -> tuple[Path, Path]:
    """Make an institution and six settings; it enables those of these names."""
    site = folder / "site"
    for name in NAMES:
        _write(site, name)
    toml = rgcore.create(folder / "institution", shape.INSTITUTION, staff=STAFF)
    text = toml.read_text(encoding="utf-8")
    text = text.replace("enabled = []", f"enabled = {list(names)}")
    toml.write_text(text, encoding="utf-8")
    return site, toml


def _write(site: Path, name: str) -> None:
    """Put a setting where pip would put it."""
    files = {
        f"measured_{name}/__init__.py": "",
        f"measured_{name}/plugin.py": _PLUGIN,
        f"measured_{name}/rgcore.toml": _MANIFEST,
        f"measured_{name}-1.0.dist-info/METADATA": _METADATA,
        f"measured_{name}-1.0.dist-info/entry_points.txt": (
            "[rgcore.settings]\nNAME = measured_NAME:rgcore.toml\n"
        ),
    }
    for path, text in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("NAME", name), encoding="utf-8")


def _run(site: Path, program: str) -> Call:
    """Return a process; its first run also writes the byte code."""
    call = process(sys.executable, "-c", program, env=_environment(site))
    call()
    return call


def _environment(site: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(site)}


def _is_a_name(name: str) -> bool:
    """Tell whether a module can be imported by a statement."""
    return all(part.isidentifier() for part in name.split("."))
