"""What an institution answers about erasing: ids, codes, dates and counts only."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from rgcore.domain.ids import ChangeId, Code, GroupId, PersonId
from rgcore.institution.erasing_reasons import Reason
from rgcore.store.erasing_register import Erasure


@frozen(kw_only=True)
class Part:
    """Something that goes, or stays.

    Attributes:
        what: What, as a code.
        count: How many of them; `None` where nobody can count them.
        why: Why it stays, as a code; `None` for what goes.
        until: The day from which it is gone too; `None` if no such day is known.
        names: Which ones, as codes: kinds of numbers, record systems.
    """

    what: Code
    count: int | None = None
    why: Code | None = None
    until: date | None = None
    names: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        data: dict[str, Any] = {"what": self.what, "count": self.count}
        if self.why is not None:
            until = self.until.isoformat() if self.until else None
            data |= {"why": self.why, "until": until}
        return data | ({"names": list(self.names)} if self.names else {})


@frozen(kw_only=True)
class Place:
    """A place where something of somebody lies.

    Attributes:
        store: Which one, as a code.
        goes: What goes.
        stays: What stays, and why.
    """

    store: Code
    goes: tuple[Part, ...] = ()
    stays: tuple[Part, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "store": self.store,
            "goes": [part.as_data() for part in self.goes],
            "stays": [part.as_data() for part in self.stays],
        }


@frozen(kw_only=True)
class Plan:
    """What an erasure would do, and what stands in its way.

    Attributes:
        group: Which group.
        person: Whose words; `None` for the whole group or for single texts.
        entries: The changes whose texts are redacted; none for a person or a group.
        whose: Who wants it.
        places: What goes and what stays, place by place.
        reasons: What stands in the way today.
        earliest: The first day on which it could be carried out.
        final_on: The day from which it would be final, if it is done on that day;
            `None` if that is not known: nobody said how long backups of the database
            last.
    """

    group: GroupId
    person: PersonId | None
    entries: tuple[ChangeId, ...] = ()
    whose: Code
    places: tuple[Place, ...]
    reasons: tuple[Reason, ...]
    earliest: date
    final_on: date | None


@frozen(kw_only=True)
class Requested:
    """A request that was kept, with what stands in its way today.

    Attributes:
        erasure: The request.
        reasons: What stands in its way; it is looked at again when it is carried out.
    """

    erasure: Erasure
    reasons: tuple[Reason, ...]


@frozen(kw_only=True)
class Failed:
    """Requests about a group that could not be looked at.

    Attributes:
        group: Which group.
        code: The code of the error.
    """

    group: GroupId
    code: str


@frozen(kw_only=True)
class Ran:
    """What was carried out, and what was not.

    Attributes:
        done: What was carried out.
        again: What was carried out before, and of which something had come back: an
            older copy of the key store or of the database had been put back.
        swept: Groups that were erased before their requests were lost with an older
            database, and of which something had come back.
        held: What is agreed on and past its grace, and what stands in its way.
        failed: Groups that could not be looked at.
    """

    done: tuple[Erasure, ...] = ()
    again: tuple[Erasure, ...] = ()
    swept: tuple[GroupId, ...] = ()
    held: tuple[Requested, ...] = ()
    failed: tuple[Failed, ...] = ()
