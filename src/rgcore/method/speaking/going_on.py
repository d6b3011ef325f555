"""Rules about how it goes on: looking back, who supports, less care."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rgcore.domain.changes import ScaleDownCare
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code
from rgcore.domain.meetings import KICK_OFF
from rgcore.domain.people import DIRECTION_SUPPORTER
from rgcore.method.method import Method
from rgcore.method.proposal import Proposal
from rgcore.method.rule import Speaks
from rgcore.method.speaking.common import unfilled

EVALUATION_INTERVAL: Final = Code("evaluation_interval")
YEARLY: Final = Code("yearly")


def yearly_evaluation(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from a year after the kick-off or after the last evaluation."""
    looked_back = [e.held_on for e in group.evaluations if e.kind == YEARLY]
    began = [m.held_on for m in group.held(KICK_OFF) if m.held_on]
    if began:
        day = method.after(EVALUATION_INTERVAL, max([min(began), *looked_back]))
        yield Speaks(since=day, params=(("date", day),))


def supporter_vacancy(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak while nobody is the direction supporter, or only somebody who rests."""
    del method
    for gap in unfilled(group, DIRECTION_SUPPORTER):
        yield Speaks(since=gap.since, until=gap.until)


def scale_up_before_scale_down(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak from the day on which care was scaled down with something lacking."""
    del method
    if group.scale_downs:
        last = group.scale_downs[-1]
        for lack in _lacking(group, last.on, received=last.receiver is not None):
            yield Speaks(since=last.on, params=(("lacks", lack),))


def against_scaling_down(proposal: Proposal) -> Iterator[Speaks]:
    """Stand against the team's scaling down while something is lacking.

    It binds the team and never the client: no rule stands between a client and
    ending care.
    """
    if proposal.type != ScaleDownCare.TYPE:
        return
    change = proposal.change
    step = change if isinstance(change, ScaleDownCare) else None
    if step is None:
        yield from _against(proposal.group, None, received=True)
    elif step.decided_by != proposal.group.client:
        received = step.receiver is not None
        yield from _against(proposal.group, step.happened_on, received=received)


def _against(
    group: ResourceGroup, day: date | None, *, received: bool
) -> Iterator[Speaks]:
    for lack in _lacking(group, day, received=received):
        yield Speaks(since=date.min, params=(("lacks", lack),))


def _lacking(
    group: ResourceGroup, day: date | None, *, received: bool
) -> Iterator[str]:
    if not any(day is None or not a.until or day <= a.until for a in group.scale_ups):
        yield "scale_up_agreement"
    if not received:
        yield "receiver"


def aftercare_agreed(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from a scale-down after which no moment was agreed to hear how it goes."""
    del method
    for down in group.scale_downs[-1:]:
        came_back = any(back.on >= down.on for back in group.returns_of_care)
        if not came_back and not any(a.on >= down.on for a in group.aftercare):
            yield Speaks(since=down.on)
