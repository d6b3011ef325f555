"""The version of the plugin API, apart from that of the package.

A minor version adds: a hook, a field of the context with a default, a kind of
contribution. A major version takes away or narrows.
"""

from __future__ import annotations

from typing import Final

API_VERSION: Final = "1.0"
