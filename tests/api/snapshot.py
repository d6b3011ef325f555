"""Write `plugin_api.json`: what the plugin API is now.

`python tests/api/snapshot.py`, after a change of it and of `API_VERSION`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from rgcore.plugins.describing import describe

FILE: Final = Path(__file__).with_name("plugin_api.json")


def text() -> str:
    """Return the plugin API of this checkout, as it is kept in the file."""
    return f"{json.dumps(describe(), indent=2, ensure_ascii=False)}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
