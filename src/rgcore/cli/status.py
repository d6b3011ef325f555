"""`rgcore status`: how the store stands, for monitoring."""

from __future__ import annotations

import argparse

from rgcore import __version__
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import translator
from rgcore.store import FORMAT


def run(options: argparse.Namespace) -> int:
    """Print counts and dates; an exit code of 3 says that nothing can be opened."""
    said = translator(language(options))
    with institution(options) as opened:
        now = opened.status()
    last = now.last_recorded_at.isoformat() if now.last_recorded_at else None
    if options.as_json:
        data = {
            "version": __version__,
            "format": now.format,
            "method": now.method,
            "groups": now.groups,
            "entries": now.entries,
            "last_recorded_at": last,
            "stale": now.stale,
        }
        print(as_json(data))
        return 0
    print(f"rgcore {__version__}")
    if now.format < FORMAT:
        print(
            said("The store has format {format}: run rgcore db upgrade.").format(
                format=now.format
            )
        )
    print(said("Groups: {count}").format(count=now.groups))
    print(said("Changes recorded: {count}").format(count=now.entries))
    print(said("Last recorded: {at}").format(at=last or "–"))  # noqa: RUF001 - a dash
    print(
        said("To be computed anew by rgcore reindex: {count}").format(count=now.stale)
    )
    return 0
