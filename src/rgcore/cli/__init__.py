"""The command line: `rgcore`."""

from __future__ import annotations

from rgcore.cli.main import main

__all__ = ["main"]
