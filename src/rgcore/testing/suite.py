"""The kit as tests of its own: `pytest --pyargs rgcore.testing.suite --rg-setting ID`.

Nobody has to write a file for that.
"""

from __future__ import annotations

from rgcore.testing.conformance import SettingConformance


class TestConformance(SettingConformance):
    """Holds the setting that the command line names against the kit."""
