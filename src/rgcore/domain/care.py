"""Care around the group: more, less, handed over, and what was promised about it."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.ids import Code, ItemId, NewScaleDownStep, PersonId, PersonRef
from rgcore.domain.text import Text


@frozen(kw_only=True)
class Promise:
    """What one person will do when it is needed.

    Attributes:
        by: Who.
        words: What they will do.
        organisation: For which organisation they promise it, in words.
        until: The last day for which they promise it.
    """

    by: PersonRef
    words: Text
    organisation: Text | None = None
    until: date | None = None


@frozen(kw_only=True)
class ScaleUpAgreement:
    """How care comes back, simply and quickly, when it is needed again.

    Attributes:
        id: Unique in the group.
        made_on: The day.
        words: When and how.
        promises: Who does what.
        until: The last day for which it was promised, if one was named.
    """

    id: ItemId
    made_on: date
    words: Text
    promises: tuple[Promise, ...] = ()
    until: date | None = None


@frozen(kw_only=True)
class ScaleDown:
    """A step to less intensive care.

    Attributes:
        id: Unique in the group.
        on: The day.
        to: What kind of care comes after: `gp`, `gp_with_nurse`, `basic_ggz`,
            `none`.
        receiver: Who takes over, by name; `None` when nobody does.
        decided_by: Whose decision it is.
        step: The step of a plan that this was.
    """

    id: ItemId
    on: date
    to: Code
    decided_by: PersonId
    receiver: Text | None = None
    step: ItemId | None = None


@frozen(kw_only=True)
class ScaleDownStep:
    """One dated step on the way to less care.

    Attributes:
        id: Unique in the group.
        on: The day for which it is meant.
        words: What changes that day.
    """

    id: NewScaleDownStep
    on: date
    words: Text


@frozen(kw_only=True)
class ScaleDownPlan:
    """How care becomes less in steps. A later plan takes the place of this one.

    Attributes:
        id: Unique in the group.
        made_on: The day.
        steps: Each with its day, in that order.
    """

    id: ItemId
    made_on: date
    steps: tuple[ScaleDownStep, ...]


@frozen(kw_only=True)
class ReturnOfCare:
    """Care became more intensive again. That is what the agreements are for.

    Attributes:
        id: Unique in the group.
        on: The day.
        to: The form of care: `fact`, `iht`, `hic` and so on.
        agreement: The agreement on how help returns that was used.
        words: How it went.
    """

    id: ItemId
    on: date
    to: Code
    agreement: ItemId | None = None
    words: Text | None = None


@frozen(kw_only=True)
class Episode:
    """A stretch of care in one form. The group may outlive it.

    Attributes:
        id: Unique in the group.
        form: `fact`, `iht`, `hic`, `art`, `neighbourhood_team` and so on.
        since: First day.
        until: First day on which it is over.
        organisation: By whom, in words.
    """

    id: ItemId
    form: Code
    since: date
    until: date | None = None
    organisation: Text | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether this care is given on `day`."""
        return covers(self.since, self.until, day)


@frozen(kw_only=True)
class Handover:
    """One person handed over to another, with the client there.

    Attributes:
        id: Unique in the group.
        on: The day.
        giving: Who hands over.
        taking: Who takes over and is known to the group.
        receiver: Who takes over, by name, if the group does not know them.
        client_there: Whether the client was there.
        meeting: At which meeting.
        words: What was handed over.
    """

    id: ItemId
    on: date
    giving: tuple[PersonId, ...]
    taking: tuple[PersonId, ...] = ()
    receiver: Text | None = None
    client_there: bool = True
    meeting: ItemId | None = None
    words: Text | None = None


@frozen(kw_only=True)
class Aftercare:
    """A moment after care has become less, to hear how things are.

    Attributes:
        id: Unique in the group.
        agreed_on: The day on which it was agreed.
        on: The day of the moment.
        by: Who gets in touch.
        held_on: The day on which they did.
        words: What was agreed about it.
    """

    id: ItemId
    agreed_on: date
    on: date
    by: tuple[PersonId, ...]
    held_on: date | None = None
    words: Text | None = None
