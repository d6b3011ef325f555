"""`rgcore db upgrade`: bring the databases to the format that this rgcore writes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import attrs

from rgcore.cli.report import as_json
from rgcore.cli.session import configured, language
from rgcore.institution.opening import places
from rgcore.render.translation import translator
from rgcore.store.migrate import FORMAT, Branch, Step, upgrade, upgrade_plan


def run(options: argparse.Namespace) -> int:
    """Upgrade each database wholly or not at all, or say what would be done."""
    # The store last: as long as it is old, nobody records.
    act = upgrade_plan if options.plan else upgrade
    wanted = reversed(places(configured(options)))
    # Two of them may share one database of a server.
    done = {branch: (place.name, act(place, branch)) for place, branch in wanted}
    if options.as_json:
        steps = {
            branch: {"name": name, "steps": [attrs.asdict(one) for one in run]}
            for branch, (name, run) in done.items()
        }
        data = {"format": FORMAT, "planned": options.plan, "databases": steps}
        print(as_json(data))
    else:
        print("\n".join(_told(options, done)))
    return 0


def _told(
    options: argparse.Namespace, done: dict[Branch, tuple[str, tuple[Step, ...]]]
) -> Iterator[str]:
    said = translator(language(options))
    none = said("{file}: has format {format} already.")
    for branch, (name, steps) in done.items():
        file = f"{branch} ({name})"
        if not steps:
            yield none.format(file=file, format=FORMAT)
        for step in steps:
            yield f"{file}: {step.revision}: {step.what}"
    if options.plan:
        yield said("Nothing was changed. Make a backup before you upgrade.")
    elif any(steps for _, steps in done.values()):
        yield said("Upgraded. Now run rgcore verify.")
