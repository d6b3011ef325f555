"""Getting to know the people around the client: the sociogram and the talks."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    InterviewRef,
    NewInterview,
    NewSociogram,
    PersonRef,
    TalkKindCode,
)
from rgcore.domain.interviews import FollowUp, Interview
from rgcore.domain.items import one, replaced
from rgcore.domain.sociogram import (
    FULL_CIRCLE,
    OUTERMOST_RING,
    Figure,
    FigureKind,
    Picture,
    Sociogram,
    Tie,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class DrawSociogram(Change):
    """The client draws who is near and who is far. Earlier drawings stay.

    Attributes:
        sociogram: Its id.
        figures: Who and what is in it, in the order of drawing. There may be none: a
            picture may say it, and who sees nobody near draws nobody.
        drawn_with: Such as `paper`, `toy_figures`, `phone_contacts`.
        seen: What the client noticed, in the client's words.
        ties: Which figures have to do with one another.
        picture: A photo of it.
    """

    TYPE = Code("sociogram.draw")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    sociogram: NewSociogram
    figures: tuple[Figure, ...] = ()
    drawn_with: Code = Code("paper")
    seen: Text | None = None
    ties: tuple[Tie, ...] = ()
    picture: Picture | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the drawing as the next version."""
        drawing = Sociogram(
            id=self.sociogram,
            version=len(group.sociograms) + 1,
            drawn_on=self.happened_on,
            figures=self.figures,
            drawn_with=self.drawn_with,
            seen=self.seen,
            ties=self.ties,
            picture=self.picture,
        )
        return evolve(group, sociograms=(*group.sociograms, drawing))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for number, figure in enumerate(self.figures):
            yield from _drawn_well(figure, f".figures[{number}]")
            where = f".figures[{number}].label"
            yield from sealed_for(figure.label, group.client, where)
        yield from self._tied_elsewhere()
        yield from sealed_for(self.seen, group.client, ".seen")
        for number, tie in enumerate(self.ties):
            yield from sealed_for(tie.words, group.client, f".ties[{number}].words")
        if self.picture is not None:
            kept, described = self.picture.kept_at, self.picture.described
            yield from sealed_for(kept, group.client, ".picture.kept_at")
            yield from sealed_for(described, group.client, ".picture.described")

    def _tied_elsewhere(self) -> Iterable[Finding]:
        own = {figure.id for figure in self.figures}
        for number, tie in enumerate(self.ties):
            where = f".ties[{number}]"
            if tie.one not in own:
                yield misfit("of_another_drawing", f"{where}.one")
            if tie.other not in own:
                yield misfit("of_another_drawing", f"{where}.other")
            if tie.one == tie.other:
                yield misfit("tied_to_itself", f"{where}.other")


def _drawn_well(figure: Figure, path: str) -> Iterable[Finding]:
    if not 1 <= figure.ring <= OUTERMOST_RING:
        yield misfit("no_such_ring", f"{path}.ring")
    if figure.label is None:
        yield misfit("no_label", f"{path}.label")
    if figure.degrees is not None and not 0 <= figure.degrees < FULL_CIRCLE:
        yield misfit("no_such_angle", f"{path}.degrees")
    if figure.pseudonym and figure.person is not None:
        yield misfit("pseudonym", f"{path}.person")
    if figure.kind is not FigureKind.PERSON and figure.person is not None:
        yield misfit("no_person", f"{path}.kind")


@frozen(kw_only=True)
class HoldInterview(Change):
    """A deepening talk took place.

    Without the respondent's agreed themes, this is all that is kept of it.

    Attributes:
        interview: Its id.
        respondent: With whom.
        kind: `family`, `other_relative` or `professional`.
        by: Who listened.
        about_respondent: Whether it was said at the start that the talk is about
            the respondent.
    """

    TYPE = Code("interview.hold")
    KIND = ChangeKind.FACT

    interview: NewInterview
    respondent: PersonRef
    kind: TalkKindCode
    by: PersonRef
    about_respondent: bool | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that the talk took place."""
        interview = Interview(
            id=self.interview,
            respondent=self.respondent,
            kind=self.kind,
            held_on=self.happened_on,
            held_by=self.by,
            about_respondent=self.about_respondent,
        )
        return evolve(group, interviews=(*group.interviews, interview))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.respondent == group.client:
            yield misfit("is_the_client", ".respondent")


@frozen(kw_only=True)
class AgreeThemes(Change):
    """The respondent agrees to what may be noted of the talk, and to no more.

    Attributes:
        interview: Which talk.
        themes: Each theme, worded with the respondent. The subject of every text is
            the respondent.
        expectations: What the respondent expects of the group.
        commitment: How much they want to take on.
        expertise: What they know or can do.
    """

    TYPE = Code("interview.agree_themes")
    KIND = ChangeKind.FACT

    interview: InterviewRef
    themes: tuple[Text, ...] = ()
    expectations: Text | None = None
    commitment: Text | None = None
    expertise: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep this in place of anything agreed before."""
        new = evolve(
            one(group.interviews, self.interview),
            themes=self.themes,
            agreed_on=self.happened_on,
            expectations=self.expectations,
            commitment=self.commitment,
            expertise=self.expertise,
        )
        return evolve(group, interviews=replaced(group.interviews, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not self.themes and not any(text for _, text in self._beside()):
            yield misfit("empty", ".themes")
        for interview in group.interviews:
            if interview.id == self.interview:
                yield from self._of_the_respondent(interview)

    def _of_the_respondent(self, interview: Interview) -> Iterable[Finding]:
        for number, theme in enumerate(self.themes):
            yield from sealed_for(theme, interview.respondent, f".themes[{number}]")
        for path, text in self._beside():
            yield from sealed_for(text, interview.respondent, path)
        if self.happened_on < interview.held_on:
            yield misfit("before_it_was_held", ".happened_on")

    def _beside(self) -> tuple[tuple[str, Text | None], ...]:
        return (
            (".expectations", self.expectations),
            (".commitment", self.commitment),
            (".expertise", self.expertise),
        )


@frozen(kw_only=True)
class FollowUpInterview(Change):
    """A respondent hears what was understood and what is done with it.

    Attributes:
        interview: Which talk.
        by: Who tells them.
        words: What was heard and what is done; its subject is the respondent.
    """

    TYPE = Code("interview.follow_up")
    KIND = ChangeKind.FACT

    interview: InterviewRef
    by: PersonRef
    words: Text

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it with the talk."""
        old = one(group.interviews, self.interview)
        done = FollowUp(on=self.happened_on, by=self.by, words=self.words)
        new = evolve(old, follow_ups=(*old.follow_ups, done))
        return evolve(group, interviews=replaced(group.interviews, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for interview in group.interviews:
            if interview.id == self.interview:
                yield from sealed_for(self.words, interview.respondent, ".words")
                if self.happened_on < interview.held_on:
                    yield misfit("before_it_was_held", ".happened_on")
