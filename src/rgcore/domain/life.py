"""What else belongs to the life of a group: own items, looking back, pausing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.domain.text import Text


@frozen(kw_only=True)
class OwnItem:
    """Something of one person's own: a letter, a photo, a page about oneself.

    It is seen by its owner alone until its owner shares it.

    Attributes:
        id: Unique in the group.
        owner: Whose it is.
        kind: Such as `letter`.
        made_on: The day.
        words: What it says.
        shared_on: The day on which its owner read or showed it to the group.
        meeting: The meeting at which that was.
    """

    id: ItemId
    owner: PersonId
    kind: Code
    made_on: date
    words: Text | None = None
    shared_on: date | None = None
    meeting: ItemId | None = None


@frozen(kw_only=True)
class Evaluation:
    """The group looked back.

    Attributes:
        id: Unique in the group.
        kind: `yearly`, or one of a setting.
        held_on: The day.
        respondents: Who gave their view.
        meeting: The meeting at which it was discussed.
        words: What came out of it.
    """

    id: ItemId
    kind: Code
    held_on: date
    respondents: tuple[PersonId, ...] = ()
    meeting: ItemId | None = None
    words: Text | None = None


@frozen(kw_only=True)
class Reorientation:
    """The group looks at what should change: less care, more, other people.

    Attributes:
        id: Unique in the group.
        opened_on: The day.
        words: What is being considered.
    """

    id: ItemId
    opened_on: date
    words: Text | None = None


@frozen(kw_only=True)
class Exemption:
    """A step or rule that need not be done: who said so, why, until when.

    Attributes:
        id: Unique in the group.
        of: The code of the step or rule.
        person: For whom; `None` for the whole group.
        since: First day.
        until: First day on which it counts again; `None` for good.
        because: Why.
    """

    id: ItemId
    of: Code
    since: date
    because: Text
    person: PersonId | None = None
    until: date | None = None


@frozen(kw_only=True)
class Explanation:
    """How resource groups were explained to the client.

    Attributes:
        on: The day.
        by: Who explained.
        means: Such as `leaflet`, `film`.
        called: The word used for the group, as a code: `resource_group`,
            `working_group`, `support_group`.
    """

    on: date
    by: PersonId
    means: tuple[Code, ...] = ()
    called: Code = Code("resource_group")


@frozen(kw_only=True)
class Pause:
    """The group rests. What is to come waits, and nothing is late.

    Attributes:
        id: Unique in the group.
        since: First day.
        until: First day on which the group goes on; `None` if nobody knows yet.
        words: Why, in the client's words.
        until_then: The end that was named when it began.
    """

    id: ItemId
    since: date
    until: date | None = None
    words: Text | None = None
    until_then: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the group rests on `day`."""
        return covers(self.since, self.until, day)


class Way(StrEnum):
    """Where a group goes when the client takes it somewhere else."""

    HOME = "home"
    OTHER_INSTITUTION = "other_institution"
    FROZEN = "frozen"


@frozen(kw_only=True)
class Departure:
    """The client takes the group home, elsewhere, or lets it be kept as it is.

    Attributes:
        id: Unique in the group.
        on: The day from which nobody here is reminded of anything.
        way: Where it goes.
        to: To whom, in words.
        back_on: The day on which the group came back here.
    """

    id: ItemId
    on: date
    way: Way
    to: Text | None = None
    back_on: date | None = None


class LooksAfter(StrEnum):
    """Whether the client looks after children. Four values, and none means no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@frozen(kw_only=True)
class ChildCheck:
    """Somebody of care asked whether the client looks after children.

    What follows for a child is not kept here.

    Attributes:
        id: Unique in the group.
        on: The day.
        by: Who asked.
        looks_after: The answer.
        again_on: The day on which it is asked again.
    """

    id: ItemId
    on: date
    by: PersonId
    looks_after: LooksAfter
    again_on: date | None = None


@frozen(kw_only=True)
class PhaseEntered:
    """The group says by itself in which phase it is again.

    Attributes:
        on: The day.
        phase: The phase.
        change: The change that said so.
        words: Why.
    """

    on: date
    phase: Code
    change: ChangeId
    words: Text | None = None
