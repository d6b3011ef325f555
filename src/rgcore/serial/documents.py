"""The documents that rgcore gives out, as classes: what their schemas are made of.

Where a value holds a text, the document has the words in its place, or says that
they were erased: see `printed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Literal

import attrs
from attrs import frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import Change
from rgcore.domain.findings import Finding, Override
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Digest, GroupId, InstitutionId, PersonId, TextId
from rgcore.domain.text import ERASED, PersonName, Read, Text
from rgcore.errors import Fault

EXPORT_FORMAT: Final = 1
"""The form of exported files; a file names the one it has."""


@frozen(kw_only=True)
class Seen:
    """A group as one reader may see it on one day.

    Attributes:
        group: The group, without what the reader may not see.
        on: The local day.
        reader: Who reads.
        log_id: The line of the access log that says so.
        phase: The group's phase on this day.
        staff: Names of staff, by their id in the directory.
    """

    group: ResourceGroup
    on: date
    reader: PersonId
    log_id: str
    phase: Code | None
    staff: dict[PersonId, str]


@frozen(kw_only=True)
class Notice:
    """A sentence in each language."""

    en: str
    nl: str


@frozen(kw_only=True)
class PartialExport:
    """What one reader may see of a group, as a file.

    Attributes:
        rgcore_export: The form of the file.
        kind: Says that it is no whole group.
        notice: The same in words.
        seen: What the reader may see.
    """

    rgcore_export: Literal[1]
    kind: Literal["partial"]
    notice: Notice
    seen: Seen


@frozen(kw_only=True)
class Source:
    """Where a whole export comes from.

    Attributes:
        institution: Who kept the group.
        group: What it is called there.
        exported_at: When, in UTC.
        seq: How many entries its journal had.
        head: The last link of its journal; only the institution can check it.
    """

    institution: InstitutionId
    group: GroupId
    exported_at: datetime
    seq: int
    head: Digest


@frozen(kw_only=True)
class EntryHead:
    """What an exported entry says beside its change.

    Attributes:
        seq: Its place in the journal.
        recorded_at: When it was recorded, in UTC.
        actor: Who recorded it.
        composition: Digest of the method by which it was decided.
        overrides: Rules that were passed, with the reason.
        warned: Codes of what the method said of it.
    """

    seq: int
    recorded_at: datetime
    actor: Actor
    composition: Digest
    overrides: tuple[Override, ...]
    warned: tuple[Code, ...]


@frozen(kw_only=True)
class ExportedEntry(EntryHead):
    """One entry of an exported journal, with its change.

    Attributes:
        schema: Version of the change's fields.
        change: What happened.
    """

    schema: int
    change: Change


@frozen(kw_only=True)
class WholeExport:
    """A whole group as a file: its journal, in a form that people can read.

    Attributes:
        rgcore_export: The form of the file.
        kind: Says that it is a whole group.
        source: Where it comes from.
        compositions: Every composition that an entry names, by its digest.
        staff: Names of staff, for readers only.
        entries: The journal.
        digest: SHA-256 over everything else in the file.
    """

    rgcore_export: Literal[1]
    kind: Literal["whole"]
    source: Source
    compositions: dict[Digest, dict[str, Any]]
    staff: dict[PersonId, str]
    entries: tuple[ExportedEntry, ...]
    digest: Digest


@frozen(kw_only=True)
class ToldProblem:
    """One thing that is wrong with some input.

    Attributes:
        code: What is wrong.
        path: Where; never a value.
        sentence: The same in words.
        allowed: Names that would have been right.
    """

    code: str
    path: str
    sentence: str
    allowed: tuple[str, ...]


@frozen(kw_only=True)
class ToldFinding(Finding):
    """One reason, with its sentence."""

    sentence: str


@frozen(kw_only=True)
class ToldDecision:
    """All reasons for and against what somebody wanted."""

    allowed: bool
    blocking: tuple[ToldFinding, ...]
    warnings: tuple[ToldFinding, ...]


@frozen(kw_only=True)
class ToldError:
    """An error, as a program reads it.

    Attributes:
        code: Short and stable.
        fault: Who can mend it.
        sentence: What happened and what to do next.
    """

    code: str
    fault: Fault
    sentence: str


@frozen(kw_only=True)
class ToldInputError(ToldError):
    """An error of input, with every problem."""

    problems: tuple[ToldProblem, ...]


@frozen(kw_only=True)
class ToldRefusal(ToldError):
    """A refusal, with every reason."""

    decision: ToldDecision


@frozen(kw_only=True)
class ToldReason:
    """One reason against an erasure.

    Attributes:
        code: What stands in the way.
        until: The first day on which it no longer does, if that is known.
        sentence: The same in words.
    """

    code: str
    until: date | None
    sentence: str


@frozen(kw_only=True)
class ToldErasureRefusal(ToldError):
    """An erasure that was refused, with every reason."""

    reasons: tuple[ToldReason, ...]


@frozen(kw_only=True)
class ToldUnforeseen(ToldError):
    """An error that nobody foresaw: only its kind and place can be told."""

    kind: str
    where: str


def printed(value: Any, words: Mapping[TextId, Read] | None = None) -> Any:
    """Return a value as plain data, such as JSON holds.

    Args:
        value: Of the domain, or a document.
        words: What stands behind texts; each text gets its words or is said to be
            erased. Without it, texts stay texts.
    """
    if isinstance(value, Text) and words is not None:
        return _said(value, words.get(value.id, ERASED))
    if attrs.has(type(value)):
        return _fields(value, words)
    if isinstance(value, tuple | list | frozenset):
        return [printed(item, words) for item in value]
    if isinstance(value, Mapping):
        return {key: printed(item, words) for key, item in value.items()}
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value


def _fields(value: Any, words: Mapping[TextId, Read] | None) -> dict[str, Any]:
    names = [field.name for field in attrs.fields(type(value))]
    fields = {name: printed(getattr(value, name), words) for name in names}
    return {"type": value.TYPE, **fields} if isinstance(value, Change) else fields


def _said(text: Text, said: Read) -> dict[str, Any]:
    about = {"id": text.id, "subject": text.subject}
    if said is ERASED:
        return {**about, "erased": True}
    if isinstance(said, PersonName):
        return {**about, "name": printed(said)}
    if isinstance(said, date):
        return {**about, "date": said.isoformat()}
    return {**about, "said": said}
