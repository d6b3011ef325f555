"""What pytest loads wherever rgcore is installed: options, and a look at classes.

Everything else is imported once a class of the kit is there, so that other projects
pay nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest

_KIT: Final = "rgcore.testing.conformance"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the kit.

    Args:
        parser: Takes options.
    """
    group = parser.getgroup("rgcore", "conformance of settings of rgcore")
    group.addoption(
        "--rg-setting",
        metavar="ID",
        help="the setting that rgcore.testing.suite proves",
    )
    group.addoption(
        "--rg-config",
        metavar="FILE",
        help="its configuration: a TOML file with [settings.ID], or with that alone",
    )
    group.addoption(
        "--rg-report",
        metavar="FILE",
        help="write what came of each rule of the kit, as JSON",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Look whether the report can be written, before anything is run.

    Args:
        config: That of the run.
    """
    place = config.getoption("rg_report")
    if place:
        if not Path(place).absolute().parent.is_dir():
            message = f"--rg-report: the folder of {place} is not there."
            raise pytest.UsageError(message)
        from rgcore.testing.running import run_of

        run_of(config)


def pytest_pycollect_makeitem(collector: pytest.Collector, obj: object) -> None:
    """Take note of classes that inherit from the kit's.

    Args:
        collector: The module.
        obj: Anything that stands in it.
    """
    if isinstance(obj, type) and _KIT in sys.modules:
        from rgcore.testing.running import is_of_kit, run_of

        if is_of_kit(obj):
            run_of(collector.config).meet(obj, collector)
