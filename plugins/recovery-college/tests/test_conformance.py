"""What every setting has to keep to: the kit of rgcore."""

from __future__ import annotations

from rgcore.testing import SettingConformance


class TestRecoveryCollege(SettingConformance):
    """Holds the setting against each rule of the kit; rgcore explains them."""

    setting = "recovery_college"
