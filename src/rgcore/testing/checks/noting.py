"""What a setting lets people note of its own: ST-25."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rgcore.domain.changes import NoteForSetting
from rgcore.domain.foreign import namespace_of
from rgcore.domain.group import ResourceGroup
from rgcore.method import Holds, OwnChange, Whose
from rgcore.serial.wire import read_changes, write_change
from rgcore.testing.notes import misfits, note_of
from rgcore.testing.samples import core_of
from rgcore.testing.subject import Subject
from rgcore.testing.wordings import languages, places

_WHOSE: Final = "whose"
_OPTIONAL: Final = re.compile(r"\[[^\[\]]*\]")


def not_to_be_kept(subject: Subject) -> Iterator[str]:
    """Say what is wrong with a declaration of an own change, or with notes of it.

    Args:
        subject: The setting.
    """
    for declared in subject.own_changes:
        found = (
            *_misdeclared(declared),
            *_badly_told(declared),
            *_not_noted(subject, declared),
        )
        yield from (f"{declared.code} {problem}" for problem in found)
    if subject.own_changes and not _is_same_group(subject):
        yield "A journal with its notes gives another group than without them."


def _misdeclared(declared: OwnChange) -> Iterator[str]:
    for field in declared.fields:
        if field.name == _WHOSE or namespace_of(field.name):
            yield f"has a field `{field.name}`: that is `whose`, or has a dot."
        if field.choices and field.holds is not Holds.CODE:
            yield f"has choices for `{field.name}`, which holds no code."


def _badly_told(declared: OwnChange) -> Iterator[str]:
    names: set[str] = {field.name for field in declared.fields}
    sure: set[str] = {field.name for field in declared.fields if field.required}
    if declared.whose is not Whose.NOBODY:
        names.add(_WHOSE)
        sure.add(_WHOSE)
    for language, said in languages(declared.sentence):
        for name in sorted(places(said) - names):
            yield f"says `{{{name}}}` (`{language}`), which is no field of it."
        for name in sorted((places(_OPTIONAL.sub("", said)) & names) - sure):
            yield f"says `{{{name}}}` (`{language}`), which may be left out."


def _not_noted(subject: Subject, declared: OwnChange) -> Iterator[str]:
    group = _fullest(subject)
    note = note_of(declared, group, group.happenings[-1].on)
    for finding in misfits(declared, note, group) if note else ():
        yield f"cannot be noted: {finding.code} ({finding.path})."
    if note and not _is_carried(note):
        yield "does not come back from JSON as it was."


def _fullest(subject: Subject) -> ResourceGroup:
    """Return the group in which most was recorded, without anything of a setting's."""
    plain = (stages[-1].group for stages in subject.stages if stages)
    return max(plain, key=lambda group: (not group.notes, group.seq))


def _is_carried(note: NoteForSetting) -> bool:
    (read,), _ = read_changes([write_change(note)])
    return read == note


def _is_same_group(subject: Subject) -> bool:
    """Tell whether each case gives the same group with notes and without them."""
    groups = [core_of(stages[-1].group) for stages in subject.stages]
    half = len(groups) // 2
    return groups[:half] == groups[half:]
