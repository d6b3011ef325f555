"""What is said of choices, permissions, representatives and legal frames."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.access import TimelineLine
from rgcore.domain.consent import Choice, Permission, Pointer
from rgcore.domain.ids import Kind
from rgcore.render.fillings.common import Filling, ItemT, Places, quote
from rgcore.render.naming import WITHHELD, item_named
from rgcore.render.speech import Speech


def _of(items: tuple[ItemT, ...], line: TimelineLine) -> ItemT | None:
    """Return the latest item of these that a line is about; `None` if it is not there.

    What a line brings may point at an earlier item of the same kind.
    """
    found = [item for item in items if item.id in line.touched]
    return found[-1] if found else None


def _choice(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.choices, line)
    if found is None:
        return {}
    if not found.sees:
        return {"keeper": speech.name(speech.view.group.client)}
    everybody = speech.fixed("everybody in the group")
    return {
        "readers": speech.names(found.to) or everybody,
        "what": speech.listed(_chosen(speech, found)),
    }


def _chosen(speech: Speech, choice: Choice) -> list[str]:
    kinds = [speech.code(kind, "kind") for kind in choice.kinds]
    items = (_item(speech, item) for item in choice.items)
    return [*kinds, *(said for said in items if said)]


def _item(speech: Speech, item: Pointer) -> str:
    """Return one item and what it is of; an empty string if it is not to be seen."""
    name = item_named(speech, item.kind, item.id)
    kind = speech.code(item.kind.value, "kind")
    from_ = speech.fixed("from {kind}: {name}")
    return "" if name == WITHHELD else from_.format(kind=kind, name=name)


def _permission(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.permissions, line)
    if found is None:
        return {}
    return {
        "receiver": _receiver(speech, found),
        "until": speech.day(found.ended_then),
        "purpose": speech.code(found.purpose, "purpose"),
        "quote": quote(speech, found.words),
    }


def _receiver(speech: Speech, permission: Permission) -> str:
    return item_named(speech, Kind.PERMISSION, permission.id)


def _ground(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.permissions, line)
    if found is None or found.ground is None:
        return {}
    return {
        "by": speech.name(found.ground.named_by),
        "ground": speech.code(found.ground.ground, "ground"),
    }


def _statement(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.statements, line)
    if found is None:
        return {}
    return {"by": speech.name(found.by), "words": speech.words(found.words)}


def _mandate(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.mandates, line)
    if found is None:
        return {}
    return {
        "person": speech.name(found.person),
        "kind": speech.code(found.kind, "mandate"),
        "remit": speech.listed([speech.code(one, "remit") for one in found.remit]),
    }


def _begun(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.mandates, line)
    until = found.until_then if found else None
    return {**_mandate(speech, line), "until": speech.day(until) if until else ""}


def _judged(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.judgements, line)
    if found is None:
        return {}
    client = speech.name(speech.view.group.client)
    return {
        "judge": speech.name(found.judge),
        "able" if found.able else "unable": client,
        "decision": speech.words(found.decision),
        "until": speech.day(found.review_on),
    }


def _frame(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.frames, line)
    if found is None:
        return {}
    return {
        "kind": speech.code(found.kind, "frame"),
        "until": speech.day(found.until_then) if found.until_then else "",
    }


def _emergency(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.emergencies, line)
    if found is None:
        return {}
    return {
        "person": speech.name(found.person),
        "because": speech.words(found.because),
    }


def _hosting(speech: Speech, line: TimelineLine) -> Places:
    found = _of(speech.view.group.hostings, line)
    if found is None:
        return {}
    return {
        "host": speech.words(found.host),
        "controller": speech.words(found.controller),
        "ground": speech.code(found.ground, "ground"),
    }


RIGHTS: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {
        "reading.choose": _choice,
        "permission.give": _permission,
        "permission.name_ground": _ground,
        "permission.withdraw": _permission,
        "permission.tell_end": _permission,
        "statement.add": _statement,
        "mandate.begin": _begun,
        "mandate.end": _mandate,
        "capacity.judge": _judged,
        "frame.begin": _frame,
        "frame.end": _frame,
        "emergency.open": _emergency,
        "host.name": _hosting,
    }
)
