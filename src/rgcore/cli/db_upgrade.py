"""`rgcore db upgrade`: bring the databases to the format that this rgcore writes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import attrs

from rgcore.cli.report import as_json
from rgcore.cli.session import configured, language
from rgcore.institution.opening import places
from rgcore.render.translation import translator
from rgcore.store.migrate import FORMAT, Step, upgrade, upgrade_plan


def run(options: argparse.Namespace) -> int:
    """Upgrade each database wholly or not at all, or say what would be done."""
    # The store last: as long as it is old, nobody records.
    act = upgrade_plan if options.plan else upgrade
    done = {
        place.name: act(place, branch)
        for place, branch in reversed(places(configured(options)))
    }
    if options.as_json:
        steps = {name: [attrs.asdict(one) for one in run] for name, run in done.items()}
        data = {"format": FORMAT, "planned": options.plan, "databases": steps}
        print(as_json(data))
    else:
        print("\n".join(_told(options, done)))
    return 0


def _told(
    options: argparse.Namespace, done: dict[str, tuple[Step, ...]]
) -> Iterator[str]:
    said = translator(language(options))
    none = said("{file}: has format {format} already.")
    for name, steps in done.items():
        if not steps:
            yield none.format(file=name, format=FORMAT)
        for step in steps:
            yield f"{name}: {step.revision}: {step.what}"
    if options.plan:
        yield said("Nothing was changed. Make a backup before you upgrade.")
    elif any(done.values()):
        yield said("Upgraded. Now run rgcore verify.")
