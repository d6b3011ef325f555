"""What a setting can answer: ten hooks, each with one context in, contributions out.

A hook is a plain function: no I/O, no clock, nothing remembered between two calls. It
is called once, when an institution that enabled the setting is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

import pluggy
from attrs import frozen

from rgcore.domain.ids import Code
from rgcore.method import (
    AccessRule,
    Agenda,
    Choice,
    GoalDomain,
    Instrument,
    MeetingKind,
    OwnChange,
    Part,
    PlanSection,
    Replacement,
    Role,
    Rule,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
)

PROJECT: Final = "rgcore"

hookspec: Final = pluggy.HookspecMarker(PROJECT)

ConfigT = TypeVar("ConfigT")


@frozen(kw_only=True)
class SettingContext:
    """What a hook is told.

    Attributes:
        institution: The id of the institution that is being opened.
        language: What its people read if they do not say otherwise: `nl` or `en`.
        enabled: The ids of all settings that are enabled, in the order of the alphabet.
        base: Every part of the base of the method.
        api: The version of the plugin API.
    """

    institution: str
    language: str
    enabled: tuple[Code, ...]
    base: tuple[Part, ...]
    api: str

    def knows(self, code: str) -> bool:
        """Tell whether the base has a part of this code."""
        return any(part.code == code for part in self.base)


class SettingSpec:
    """The hooks. A setting answers those that its manifest lists.

    Whoever contributes a code that the base has rewords the base (terms and texts) or
    replaces a part of it (`Replacement`). Every other code begins with a namespace of
    the plugin and a dot. Two settings that answer one question differently are a
    conflict, and the institution says which of them holds.

    A hook that raises, or returns anything else, keeps the institution from being
    opened: care does not run half configured. Other institutions of the same process
    do not notice.
    """

    @hookspec
    def rg_terms(self, ctx: SettingContext) -> Iterable[Term | Texts | Choice]:
        """Return words: what a code is called, a sentence, a word of a closed list.

        A term of a code of the base is what that is called from now on. The code of a
        choice begins with its list: `care_form.youth.day_care`.

        ```python
        from rgcore.plugins import Code, SettingPlugin, Term, Wording


        class Example(SettingPlugin[None]):
            def rg_terms(self, ctx):
                wording = Wording("deelnemer", "participant")
                return [Term(code=Code("client"), wording=wording, source="[ours]")]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_roles(self, ctx: SettingContext) -> Iterable[Role]:
        """Return roles that somebody can hold in a group or at a meeting.

        ```python
        from rgcore.plugins import Code, Role, SettingPlugin, Wording


        class Example(SettingPlugin[None]):
            def rg_roles(self, ctx):
                wording = Wording("trainer", "trainer")
                return [Role(code=Code("example.trainer"), wording=wording, source="…")]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_steps(self, ctx: SettingContext) -> Iterable[Step]:
        """Return steps: what a phase of the base asks for, and what it is done by.

        ```python
        from rgcore.plugins import Code, SettingPlugin, Step, Wording


        class Example(SettingPlugin[None]):
            def rg_steps(self, ctx):
                return [
                    Step(
                        code=Code("example.visit"),
                        phase=Code("preparation"),
                        wording=Wording("Op bezoek", "A visit"),
                        done_by=("setting.note:example.visit",),
                        source="…",
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_meetings(
        self, ctx: SettingContext
    ) -> Iterable[Theme | Training | MeetingKind | Agenda]:
        """Return themes, trainings, kinds of meetings and the usual points of them.

        The code of a kind of meeting begins with its list:
        `meeting_kind.example.open_day`.

        ```python
        from rgcore.plugins import Code, SettingPlugin, Theme, Wording


        class Example(SettingPlugin[None]):
            def rg_meetings(self, ctx):
                wording = Wording("samen koken", "cooking together")
                return [
                    Theme(
                        code=Code("example.cooking"),
                        wording=wording,
                        standard=False,
                        source="…",
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_timings(self, ctx: SettingContext) -> Iterable[Timing]:
        """Return lengths of time that the setting's own rules and steps count with.

        One of the base is changed by a `Replacement`, see `rg_rules`.

        ```python
        from rgcore.plugins import Code, Period, SettingPlugin, Timing, Wording


        class Example(SettingPlugin[None]):
            def rg_timings(self, ctx):
                return [
                    Timing(
                        code=Code("example.visit_after"),
                        wording=Wording("Op bezoek na", "A visit after"),
                        period=Period(days=14),
                        ours=True,
                        source="…",
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_plan_parts(self, ctx: SettingContext) -> Iterable[GoalDomain | PlanSection]:
        """Return dimensions of goals, and sections of the plan that people hold.

        ```python
        from rgcore.plugins import Code, GoalDomain, SettingPlugin, Wording


        class Example(SettingPlugin[None]):
            def rg_plan_parts(self, ctx):
                code, wording = Code("example.learning"), Wording("leren", "learning")
                return [GoalDomain(code=code, wording=wording, source="…")]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_rules(self, ctx: SettingContext) -> Iterable[Rule | Replacement]:
        """Return rules, and what stands in the place of parts of the base.

        Rules of law and of the client's direction can be added and never replaced. The
        functions of a rule are plain functions of a module: a composition names them.

        ```python
        from rgcore.plugins import Code, Replacement, SettingPlugin, Wording


        class Example(SettingPlugin[None]):
            def rg_rules(self, ctx):
                because = Wording("Hier is geen arts.", "There is no doctor here.")
                return [
                    Replacement(
                        replaces=Code("clinician_at_kick_off"),
                        because=because,
                        source="…",
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_access_rules(self, ctx: SettingContext) -> Iterable[AccessRule]:
        """Return rules by which somebody may not see a group for a while.

        They only take away, and never from the client.

        ```python
        from rgcore.plugins import AccessRule, Code, SettingPlugin, Wording


        def nobody(group, method):
            return ()


        class Example(SettingPlugin[None]):
            def rg_access_rules(self, ctx):
                return [
                    AccessRule(
                        code=Code("example.nobody"),
                        wording=Wording("Niemand", "Nobody"),
                        sentence=Wording("Dit ziet niemand.", "Nobody sees this."),
                        source="…",
                        denials=nobody,
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_instruments(self, ctx: SettingContext) -> Iterable[Instrument]:
        """Return questionnaires that the setting works with, without their questions.

        ```python
        from rgcore.plugins import Code, Instrument, SettingPlugin, Wording


        class Example(SettingPlugin[None]):
            def rg_instruments(self, ctx):
                return [
                    Instrument(
                        code=Code("example.list"),
                        wording=Wording("een lijst", "a list"),
                        answered_by=(Code("client"),),
                        publisher="who has the rights to it",
                        version="1",
                        source="…",
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()

    @hookspec
    def rg_changes(self, ctx: SettingContext) -> Iterable[OwnChange]:
        """Return changes of the setting's own, declared as data.

        They are recorded as `setting.note` and alter nothing of the core: a group is
        the same with the setting and without it.

        ```python
        from rgcore.plugins import (
            Code,
            Holds,
            OwnChange,
            OwnField,
            SettingPlugin,
            Wording,
        )


        class Example(SettingPlugin[None]):
            def rg_changes(self, ctx):
                words = OwnField(
                    name=Code("words"),
                    holds=Holds.TEXT,
                    wording=Wording("woorden", "words"),
                )
                return [
                    OwnChange(
                        code=Code("example.visit"),
                        wording=Wording("bezoek", "visit"),
                        sentence=Wording("Op bezoek: {words}.", "A visit: {words}."),
                        fields=(words,),
                        source="…",
                    )
                ]
        ```

        Args:
            ctx: What the setting is told.
        """
        del ctx
        return ()


class SettingPlugin(SettingSpec, Generic[ConfigT]):
    """What a setting inherits from; it answers a hook by overriding it.

    Type checkers refuse an override that takes or returns something else.

    Attributes:
        config: Its configuration: an instance of the class that its manifest names, or
            `None` if it names none.
    """

    def __init__(self, config: ConfigT) -> None:
        self.config = config


HOOKS: Final[dict[str, tuple[type[Any], ...]]] = {
    "rg_terms": (Term, Texts, Choice),
    "rg_roles": (Role,),
    "rg_steps": (Step,),
    "rg_meetings": (Theme, Training, MeetingKind, Agenda),
    "rg_timings": (Timing,),
    "rg_plan_parts": (GoalDomain, PlanSection),
    "rg_rules": (Rule, Replacement),
    "rg_access_rules": (AccessRule,),
    "rg_instruments": (Instrument,),
    "rg_changes": (OwnChange,),
}
"""Each hook with what it may contribute, in the order in which they are called."""
