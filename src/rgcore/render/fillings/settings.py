"""What settings noted of their own, in the words that they bring for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rgcore.access import TimelineLine
from rgcore.domain.foreign import OwnNote, OwnValue
from rgcore.domain.ids import Kind
from rgcore.render.fillings.common import Filling, Places, touched
from rgcore.render.naming import item_named
from rgcore.render.speech import Speech, ended_once, filled

_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_PLACE: Final = re.compile(r"\{(\w+)\}")


def note_told(speech: Speech, note: OwnNote) -> str:
    """Return a note in the sentence of its setting; what it does not hold stays out.

    Args:
        speech: Says it, in one language to one reader.
        note: The note.

    Returns:
        The sentence; an empty string if no setting that is enabled declares the kind.
    """
    declared = speech.method.own_change(note.kind)
    if declared is None:
        return ""
    places: Places = {value.name: _said(speech, value) for value in note.values}
    if note.whose is not None:
        places["whose"] = speech.name(note.whose)
    template = _without_empty(declared.sentence.said_in(speech.language), places)
    return ended_once(filled(template, places))


def _without_empty(template: str, places: Mapping[str, str]) -> str:
    """Return a sentence without the bracketed parts that nothing was given for."""

    def kept(part: re.Match[str]) -> str:
        return part[1] if places.keys() >= {*_PLACE.findall(part[1])} else ""

    return _OPTIONAL.sub(kept, template)


def _said(speech: Speech, value: OwnValue) -> str:
    """Return the one thing that a value holds."""
    items = (
        (Kind.PERSON, value.person),
        (Kind.GOAL, value.goal),
        (Kind.MEETING, value.meeting),
        (Kind.AGREEMENT, value.agreement),
    )
    said = [item_named(speech, kind, item) for kind, item in items if item]
    if value.code is not None:
        said.append(speech.code(value.code))
    if value.day is not None:
        said.append(speech.day(value.day))
    if value.number is not None:
        said.append(str(value.number))
    return speech.words(value.text) or "".join(said)


def _note(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.notes, line)
    declared = speech.method.own_change(line.fact.partition(":")[2])
    return {
        "told": note_told(speech, found) if found else "",
        "kind": declared.wording.said_in(speech.language) if declared else "",
    }


SETTINGS: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {"setting.note": _note}
)
