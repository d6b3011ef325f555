"""What there was before the group: the intake and talks in the triad."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.ids import ItemId, PersonId
from rgcore.domain.text import Text


@frozen(kw_only=True)
class Companion:
    """Somebody who came along to the intake, or did not.

    Attributes:
        label: What the client calls this person; nobody is on record by it.
        came: Whether they came along.
        why: Why, or why not, in the client's words.
    """

    label: Text
    came: bool
    why: Text | None = None


@frozen(kw_only=True)
class Intake:
    """Who came along at intake.

    Attributes:
        id: Unique in the group.
        on: The day.
        said_why: Whether the client heard why this is asked.
        companions: Who came and who did not; empty if the client came alone.
        words: Anything the client wants to say about it.
    """

    id: ItemId
    on: date
    said_why: bool
    companions: tuple[Companion, ...] = ()
    words: Text | None = None


@frozen(kw_only=True)
class TriadTalk:
    """Client, relatives and somebody of care talked together, outside a meeting.

    Attributes:
        id: Unique in the group.
        on: The day; may lie before the group.
        people: Who was there and is known to the group.
        others: Who else was there, as the client calls them.
        words: What was talked about, as they agreed to note it.
    """

    id: ItemId
    on: date
    people: tuple[PersonId, ...]
    others: Text | None = None
    words: Text | None = None
