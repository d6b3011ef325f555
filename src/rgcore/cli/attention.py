"""`rgcore attention`: a team's groups that ask for attention."""

from __future__ import annotations

import argparse

from rgcore.cli.report import as_json
from rgcore.cli.session import actor, day, institution, language
from rgcore.institution import DueList
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Print ids and dates; whoever may see a group asks for it by its id."""
    with institution(options) as opened:
        on = day(options.on, opened.today(), "--on")
        who = actor(options, opened)
        due = opened.attention(options.team, who, on, options.limit)
    if options.as_json:
        print(as_json(_data(due)))
        return 0
    said = translator(language(options))
    if not due.groups:
        print(said("Nothing for now."))
    for one in due.groups:
        since = one.since.isoformat() if one.since else "…"
        stale = "  " + said("to be computed anew") if one.stale else ""
        print(f"{since}  {one.group}{stale}")
    return 0


def _data(due: DueList) -> dict[str, object]:
    return {
        "team": due.team,
        "on": due.on.isoformat(),
        "groups": [
            {
                "group": one.group,
                "since": one.since.isoformat() if one.since else None,
                "stale": one.stale,
            }
            for one in due.groups
        ],
    }
