"""The client's plan: goals, agreements, successes, scaling up and down."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId, PersonRef
from rgcore.domain.text import Text


class Term(StrEnum):
    """How far a goal lies."""

    SHORT = "short"
    LONG = "long"


class GoalStatus(StrEnum):
    """Where a goal stands. Apart from what was achieved of it."""

    WISHED = "wished"
    AGREED = "agreed"
    RESTING = "resting"
    ENDED = "ended"


class Achievement(StrEnum):
    """What was achieved, as the group says it. Apart from the goal's status."""

    NOT_SAID = "not_said"
    ON_TRACK = "on_track"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    REACHED = "reached"


@frozen(kw_only=True)
class GoalVersion:
    """A goal in the client's words at one time.

    Attributes:
        number: 1 for the first wording.
        words: The client's own words, never reworded by anybody else.
        set_on: The day.
        smaller_step: Whether this is a smaller step towards the same goal.
        change: The change that set it; the timeline knows its author and time.
    """

    number: int
    words: Text
    set_on: date
    change: ChangeId
    smaller_step: bool = False


@frozen(kw_only=True)
class GoalReview:
    """What the group said of a goal on one day.

    Attributes:
        on: The day.
        achievement: What was achieved, as the group says it.
        change: The change that recorded it.
        meeting: At which meeting.
        words: How it went.
    """

    on: date
    achievement: Achievement
    change: ChangeId
    meeting: ItemId | None = None
    words: Text | None = None


@frozen(kw_only=True)
class StatusSince:
    """Where a goal stands from a day on.

    Attributes:
        status: Where it stands.
        since: The day.
        change: The change that said so.
    """

    status: GoalStatus
    since: date
    change: ChangeId


@frozen(kw_only=True)
class Goal:
    """Something the client wants.

    Attributes:
        id: Unique in the group.
        term: Short or long.
        dimension: `personal`, `societal` or `health`, or one of a setting.
        versions: Every wording, the present one last.
        statuses: Where it stood since when, the present last; none while it is
            only wished for.
        agreed_on: The day on which the group took it on.
        reviews: What was said of it, the latest last.
    """

    id: ItemId
    term: Term
    dimension: Code
    versions: tuple[GoalVersion, ...]
    statuses: tuple[StatusSince, ...] = ()
    agreed_on: date | None = None
    reviews: tuple[GoalReview, ...] = ()

    @property
    def words(self) -> Text:
        """Return the present wording."""
        return self.versions[-1].words

    @property
    def status(self) -> GoalStatus:
        """Return where it stands."""
        return self.statuses[-1].status if self.statuses else GoalStatus.WISHED

    @property
    def is_open(self) -> bool:
        """Tell whether the group is working on it."""
        return self.status is GoalStatus.AGREED


@frozen(kw_only=True)
class AgreementVersion:
    """An agreement as it stood at one time: who does what, until when.

    Attributes:
        number: 1 for the first version.
        words: What was agreed.
        owners: Who does it.
        set_on: The day on which it was agreed.
        until: The day by which it is done or on which the group looks back.
        change: The change that set it.
    """

    number: int
    words: Text
    owners: tuple[PersonId, ...]
    set_on: date
    until: date
    change: ChangeId


@frozen(kw_only=True)
class Agreement:
    """Who does what for a goal. Versions are kept: an owner may become the client.

    Attributes:
        id: Unique in the group.
        goals: The goals it serves; empty for a practical agreement.
        versions: Every version, the present one last.
    """

    id: ItemId
    goals: tuple[ItemId, ...]
    versions: tuple[AgreementVersion, ...]

    @property
    def now(self) -> AgreementVersion:
        """Return the present version."""
        return self.versions[-1]


@frozen(kw_only=True)
class Success:
    """Something that went well, added by any member at any time."""

    id: ItemId
    by: PersonId
    on: date
    words: Text
    goal: ItemId | None = None


@frozen(kw_only=True)
class Promise:
    """What one person will do when it is needed.

    Attributes:
        by: Who.
        words: What they will do.
    """

    by: PersonRef
    words: Text


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
    """

    id: ItemId
    on: date
    to: Code
    decided_by: PersonId
    receiver: Text | None = None
