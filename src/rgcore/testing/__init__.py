"""The kit with which somebody outside proves a setting.

An author inherits from `SettingConformance` and writes no test:

```python
from rgcore.testing import SettingConformance


class TestConformance(SettingConformance):
    setting = "recovery_college"
```

Names are imported when they are asked for: only the base class needs pytest.
"""

from __future__ import annotations

# Importing `typing` for this would take longer than everything else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from rgcore.testing.conformance import SettingConformance
    from rgcore.testing.rules import RULES, KitRule
    from rgcore.testing.subject import Subject

_HOMES = {
    "KitRule": "rgcore.testing.rules",
    "RULES": "rgcore.testing.rules",
    "SettingConformance": "rgcore.testing.conformance",
    "Subject": "rgcore.testing.subject",
}

__all__ = ["RULES", "KitRule", "SettingConformance", "Subject"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        message = f"module 'rgcore.testing' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
