"""What a method is made of: everything that the base or a setting can contribute.

All of it is data with a source. A rule also has two pure functions, and stands in
`rgcore.method.rule`.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from rgcore.domain.dates import Period
from rgcore.domain.ids import Code
from rgcore.method.own import OwnChange
from rgcore.method.rule import AccessRule, Rule
from rgcore.method.wording import Wording


@frozen(kw_only=True)
class Term:
    """A word of the vocabulary: what a code is called where people read it.

    Attributes:
        code: The code. One of the base is called this from now on.
        wording: What it is called.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Role:
    """A role that somebody holds in a group or at a meeting.

    Attributes:
        code: Its name.
        wording: What it is called.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Opening:
    """A fact that opens a phase.

    Attributes:
        fact: As a happening names it, such as `meeting.hold:kick_off`.
        again: Whether it opens the phase each time. If not, it does so only the
            first time, and not once a later phase was opened: somebody who joins
            later has talks of their own while the group stays where it is.
    """

    fact: str
    again: bool = False


@frozen(kw_only=True)
class Phase:
    """One of the phases. A compass: opening a later one completes nothing."""

    code: Code
    number: int
    wording: Wording
    opened_by: tuple[Opening, ...]
    source: str


class Per(StrEnum):
    """For whom a step is done."""

    GROUP = "group"
    NOMINEE = "nominee"


@frozen(kw_only=True)
class Step:
    """Something that the method asks for in a phase.

    Attributes:
        code: Its name.
        phase: In which phase.
        wording: What it is called.
        sentence: How it is put while it is still to come.
        per: Once for the group, or for each nominee.
        done_by: Facts of which one suffices.
        counts_from: The phase from whose opening it counts; its own otherwise.
        after: The timing after which it is put on the list.
        watched_by: The rule that watches it instead; then the step itself puts
            nothing on the list.
        source: Where it comes from.
    """

    code: Code
    phase: Code
    wording: Wording
    done_by: tuple[str, ...]
    source: str
    sentence: Wording | None = None
    per: Per = Per.GROUP
    counts_from: Code | None = None
    after: Code | None = None
    watched_by: Code | None = None


@frozen(kw_only=True)
class Theme:
    """A theme of the group's own meetings.

    Attributes:
        code: Its name.
        wording: What it is called.
        standard: Whether it is offered to every group, or as needed.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    standard: bool
    source: str


@frozen(kw_only=True)
class Agenda:
    """The usual points of a kind of meeting, in order.

    Attributes:
        code: Its name.
        wording: What it is called.
        topics: The points, by the codes of their words.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    topics: tuple[Code, ...]
    source: str


@frozen(kw_only=True)
class Timing:
    """A length of time that a rule or step counts with.

    Attributes:
        code: Its name.
        wording: What it is.
        period: How long.
        ours: Whether it is a default of rgcore and not of the method.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    period: Period
    ours: bool
    source: str


@frozen(kw_only=True)
class GoalDomain:
    """A dimension of recovery that a goal belongs to.

    Attributes:
        code: Its name.
        wording: What it is called.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Mistake:
    """How it came that something was entered in error."""

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class Choice:
    """One word of a closed list that a field of a change is taken from.

    Attributes:
        code: The list and the word: `talk_kind.family`. A change holds the word alone.
        wording: What it is called.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    source: str


@frozen(kw_only=True)
class MeetingKind:
    """A kind of meeting.

    Attributes:
        code: `meeting_kind.` and the word that a change holds.
        wording: What it is called.
        regular: Whether it counts in the rhythm of meetings; a theme meeting is extra.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    regular: bool
    source: str


@frozen(kw_only=True)
class Training:
    """A training of the brochure, which somebody may ask for by its own name.

    Attributes:
        code: Its own code: the brochure's nine are not the method's six themes.
        wording: What it is called.
        covered_by: The theme that it has become, if it is one.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    covered_by: Code | None
    source: str


@frozen(kw_only=True)
class Texts:
    """The sentence of a finding that is no rule of the method.

    Attributes:
        code: The code of the finding.
        wording: The sentence.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    source: str = "rgcore"


@frozen(kw_only=True)
class PlanSection:
    """A part of its own in the plan that people hold in their hands.

    Attributes:
        code: Its name.
        wording: Its heading.
        intro: What stands under the heading, in a sentence.
        changes: The own changes of the setting that are told in it, by their codes.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    changes: tuple[Code, ...]
    source: str
    intro: Wording | None = None


@frozen(kw_only=True)
class Instrument:
    """A questionnaire that a setting works with. Never its questions: see its rights.

    Attributes:
        code: Its name.
        wording: What it is called.
        answered_by: Roles of those who fill it in.
        publisher: Who has the rights to its text.
        version: Which version.
        higher_is_better: Which way it points; `None` if neither.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    answered_by: tuple[Code, ...]
    publisher: str
    version: str
    source: str
    higher_is_better: bool | None = None


Replaceable = Rule | Step | Theme | Agenda | Timing | Training
"""What a setting may put something else in the place of, or switch off."""


@frozen(kw_only=True)
class Replacement:
    """Puts something else in the place of a part of the base, or switches it off.

    Rules of law and of the client's direction are never replaced; a setting can only
    add to them.

    Attributes:
        replaces: The code of the part.
        because: Why, for people who look at the method.
        source: Where that comes from.
        by: What stands in its place: the same kind of part under the same code; `None`
            switches it off.
    """

    replaces: Code
    because: Wording
    source: str
    by: Replaceable | None = None

    @property
    def code(self) -> Code:
        """Return the code of what it replaces."""
        return self.replaces


Part = (
    Term
    | Role
    | Phase
    | Step
    | Theme
    | Agenda
    | Timing
    | GoalDomain
    | PlanSection
    | Mistake
    | Choice
    | MeetingKind
    | Training
    | Rule
    | AccessRule
    | Instrument
    | OwnChange
    | Texts
)
"""A part of a method."""

Contribution = Part | Replacement
"""What a setting can contribute: parts, and what it puts in the place of parts."""
