"""Rules about permission to show, judgements, legal frames and the end of care."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rgcore.domain.consent import Permission
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.domain.legal import Frame
from rgcore.method.method import Method
from rgcore.method.rule import Speaks
from rgcore.method.speaking.common import staff_of

PERMISSION_NOTICE: Final = Code("permission_notice")
FRAME_NOTICE: Final = Code("frame_notice")
NO_CARE: Final = Code("none")


def permission_ends(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time before a permission ends that the client gave for no longer."""
    for permission in _still_asked_about(group):
        goes_on = any(_takes_over(other, permission) for other in group.permissions)
        if permission.withdrawn_on is None and not goes_on:
            notice = method.before(PERMISSION_NOTICE, permission.until)
            yield Speaks(
                since=max(notice, permission.since),
                until=permission.until,
                about=(_permission_ref(permission),),
                params=(("date", permission.until),),
            )


def permission_lacks_ground(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak while a permission opens nothing because its receiver named no ground."""
    del method
    for permission in _still_asked_about(group):
        lacks = permission.ground is None and _needs_ground(group, permission)
        if lacks and permission.withdrawn_on is None:
            yield Speaks(
                since=permission.since,
                until=permission.until,
                about=(_permission_ref(permission),),
            )


def tell_receiver(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the end of a permission that was of use, until its receiver knows."""
    del method
    for permission in _still_asked_about(group):
        if permission.stopped_on is None and _was_complete(group, permission):
            yield Speaks(since=permission.until, about=(_permission_ref(permission),))


def capacity_review(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the day on which somebody wanted to look again at a judgement."""
    del method
    looked_at = {judgement.again for judgement in group.judgements}
    for judgement in group.judgements:
        if judgement.id not in looked_at:
            about = (Ref(Kind.JUDGEMENT, judgement.id),)
            yield Speaks(since=judgement.review_on, about=about)


def frame_ends(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time before a legal frame ends, and until somebody said that it did.

    Its end never passes silently: it speaks on after its date.
    """
    for number, frame in enumerate(group.frames):
        until = frame.until
        if until is None or frame.ended_on is not None or until <= group.started_on:
            continue
        since = max(method.before(FRAME_NOTICE, until), frame.since)
        later = group.frames[number + 1 :]
        if not any(_follows(other, frame, since) for other in later):
            about = (Ref(Kind.FRAME, frame.id),)
            yield Speaks(since=since, about=about, params=(("date", until),))


def end_of_care_choice(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the end of care here until it is known where the group goes on."""
    del method
    ended = _care_ended(group)
    if ended is None:
        return
    chosen = [d.on for d in group.departures] + [h.since for h in group.hostings]
    if not any(day >= ended for day in chosen):
        yield Speaks(since=ended)


def emergency_review(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from a review until the client reads that the group was opened."""
    del method
    for opened in group.emergencies:
        if opened.review_on is not None and opened.review_on < opened.shown_from:
            yield Speaks(
                since=opened.review_on,
                until=opened.shown_from,
                about=(Ref(Kind.EMERGENCY, opened.id),),
            )


def _permission_ref(permission: Permission) -> Ref:
    return Ref(Kind.PERMISSION, permission.id)


def _still_asked_about(group: ResourceGroup) -> Iterator[Permission]:
    """Go through the permissions of which the receiver lives, as far as we know."""
    for permission in group.permissions:
        person = permission.person
        if person is None or group.died_on(person) is None:
            yield permission


def _takes_over(other: Permission, permission: Permission) -> bool:
    receivers = [(p.person, p.role, p.organisation) for p in (other, permission)]
    same = receivers[0] == receivers[1]
    return same and other.since <= permission.until < other.until


def _needs_ground(group: ResourceGroup, permission: Permission) -> bool:
    """Tell whether a receiver needs a legal ground: relatives and friends do not."""
    return permission.person is None or permission.person in staff_of(group)


def _was_complete(group: ResourceGroup, permission: Permission) -> bool:
    """Tell whether a permission opens anything on any day."""
    since = permission.since
    if permission.ground is not None:
        since = max(since, permission.ground.since)
    elif _needs_ground(group, permission):
        return False
    return since < permission.until


def _follows(other: Frame, frame: Frame, notice: date) -> bool:
    """Tell whether a frame comes after another, and does not only run beside it."""
    again = other.kind == frame.kind and other.since > frame.since
    return again or other.since >= notice


def _care_ended(group: ResourceGroup) -> date | None:
    """Return the day on which care here ended; `None` if it goes on or came back."""
    ends = [episode.until for episode in group.episodes]
    all_over = [end for end in ends if end is not None] if None not in ends else []
    to_none = [down.on for down in group.scale_downs if down.to == NO_CARE]
    ended = max([*all_over, *to_none], default=None)
    if ended is None or ended < group.started_on:
        return None
    begun = (e.since for e in group.episodes if e.until is None or e.until > ended)
    back = (back.on for back in group.returns_of_care)
    return None if any(day >= ended for day in (*begun, *back)) else ended
