"""The client's plan: goals, agreements, successes, decisions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
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


class Answered(StrEnum):
    """Why a score is not there. Three reasons, and none of them is zero."""

    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@frozen(kw_only=True)
class Attainment:
    """How far one person says a goal is reached. Voices are never added up.

    Attributes:
        on: The day.
        by: Whose voice it is.
        change: The change that recorded it.
        level: From -2, much less than hoped for, through 0, as hoped for, to +2,
            much more; `None` if `answered` says why not.
        answered: Why there is no level.
        meeting: At which meeting.
    """

    on: date
    by: PersonId
    change: ChangeId
    level: int | None = None
    answered: Answered | None = None
    meeting: ItemId | None = None


@frozen(kw_only=True)
class Smart:
    """Help with making a goal concrete. It stands beside the client's words.

    Attributes:
        set_on: The day.
        change: The change that set it.
        specific: What exactly.
        measurable: By what the client will notice.
        acceptable: Why it matters to the client.
        realistic: What makes it feasible.
        by: By when.
    """

    set_on: date
    change: ChangeId
    specific: Text | None = None
    measurable: Text | None = None
    acceptable: Text | None = None
    realistic: Text | None = None
    by: date | None = None


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
        tags: What else it has to do with; codes of the institution's own.
        smart: Help with making it concrete, the latest last.
        attainments: How far each says it is reached, the latest last.
    """

    id: ItemId
    term: Term
    dimension: Code
    versions: tuple[GoalVersion, ...]
    statuses: tuple[StatusSince, ...] = ()
    agreed_on: date | None = None
    reviews: tuple[GoalReview, ...] = ()
    tags: tuple[Code, ...] = ()
    smart: tuple[Smart, ...] = ()
    attainments: tuple[Attainment, ...] = ()

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
class OwnerAnswer:
    """What an owner says to an agreement.

    Attributes:
        person: Whose answer it is.
        on: The day.
        accepts: Yes, or rather not.
        words: What they want to say with it.
    """

    person: PersonId
    on: date
    accepts: bool
    words: Text | None = None


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
        answers: What each owner said to it.
    """

    number: int
    words: Text
    owners: tuple[PersonId, ...]
    set_on: date
    until: date
    change: ChangeId
    answers: tuple[OwnerAnswer, ...] = ()


class Progress(StrEnum):
    """How an agreement went between meetings."""

    WORKED = "worked"
    PARTLY = "partly"
    NOT_THIS_TIME = "not_this_time"


@frozen(kw_only=True)
class ProgressNote:
    """What somebody says of an agreement between meetings.

    Attributes:
        on: The day.
        by: Who says so.
        how: How it went.
        change: The change that recorded it.
        words: More about it.
    """

    on: date
    by: PersonId
    how: Progress
    change: ChangeId
    words: Text | None = None


class Closing(StrEnum):
    """How an agreement came to its end. None of them is a failure."""

    DONE = "done"
    NO_LONGER_NEEDED = "no_longer_needed"
    LET_GO = "let_go"


@frozen(kw_only=True)
class Agreement:
    """Who does what for a goal. Versions are kept: an owner may become the client.

    Attributes:
        id: Unique in the group.
        goals: The goals it serves; empty for a practical agreement.
        versions: Every version, the present one last.
        for_people: For whom it is done, if not for the client: what the client does
            for others is an agreement too.
        progress: What was said of it between meetings, the latest last.
        closed_on: The day on which it came to its end.
        closing: How it did.
    """

    id: ItemId
    goals: tuple[ItemId, ...]
    versions: tuple[AgreementVersion, ...]
    for_people: tuple[PersonId, ...] = ()
    progress: tuple[ProgressNote, ...] = ()
    closed_on: date | None = None
    closing: Closing | None = None

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
class Option:
    """Something that was weighed in a decision.

    Attributes:
        words: What could be done.
        speaks_for: What speaks for it.
        speaks_against: What speaks against it.
        chosen: Whether it was chosen.
    """

    words: Text
    speaks_for: Text | None = None
    speaks_against: Text | None = None
    chosen: bool = False


@frozen(kw_only=True)
class GroupDecision:
    """Something that was decided.

    Attributes:
        id: Unique in the group.
        on: The day.
        by: Who decided; more than one if they did so together.
        meeting: At which meeting.
        item: The point of the agenda.
        words: What was decided; `None` if it is not minuted.
        options: What was weighed.
        minuted: Whether what was decided may be written down. If not, all that is
            kept is that something was.
    """

    id: ItemId
    on: date
    by: tuple[PersonId, ...]
    meeting: ItemId | None = None
    item: ItemId | None = None
    words: Text | None = None
    options: tuple[Option, ...] = ()
    minuted: bool = True
