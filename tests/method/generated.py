"""Groups that nobody thought up: random sequences of changes that fit.

What a change can be made of is read from what its fields declare, so a new type
of change is among them without a word here.
"""

# Values of any declared type are drawn here; `object` would only add casts.
# ruff: noqa: ANN401

from __future__ import annotations

import os
import types
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from enum import Enum
from functools import cache
from random import Random
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    Final,
    NewType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import evolve, frozen
from hypothesis import settings, strategies as st

from method.groups import METHOD, START, change_from, entry_of, folded
from method.mending import mended
from rgcore.domain.changes import (
    ALL,
    AcceptNomination,
    AdoptMethod,
    AnswerAgreement,
    AskLater,
    Change,
    CloseAgreement,
    ComeBack,
    DeclineNomination,
    EndInvolvement,
    GivePermission,
    HoldMeeting,
    ImportGroup,
    InvolvePerson,
    LeaveGroup,
    MarkInError,
    MergePeople,
    Nominate,
    NoteClimate,
    NoteForSetting,
    NoteProgress,
    OpenInEmergency,
    PlanMeeting,
    ResumeGroup,
    ReturnToGroup,
    ReviseAgreement,
    ScoreGoal,
    SignOffMinutes,
    StartGroup,
    WithdrawNomination,
)
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    ChangeId,
    Code,
    CodeOf,
    Creates,
    Kind,
    PersonId,
    Refers,
    Vocabulary,
)
from rgcore.domain.journal import Entry, unfit
from rgcore.domain.people import Person
from rgcore.domain.text import Text
from rgcore.method import BASE

FIRST_DAY: Final = date(2024, 1, 1)
LAST_DAY: Final = date(2026, 12, 31)
GROUPS: Final = int(os.environ.get("RGCORE_GROUPS", "5"))
"""How many groups each property is held against."""

few: Final = settings(max_examples=GROUPS)
LONGEST: Final = 60

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("letter", "yearly"),
    "topic": ("communication_channel", "goals", "communication", "relatives_group"),
    "channel": ("whatsapp", "phone"),
    "kinds": ("goal", "minutes", "meeting", "crisis_card"),
    "ground": ("care_agreement", "legal_task"),
    "organisation": ("elsewhere",),
}
"""Codes that are worth drawing, by the name of the field; others are `other`."""

EITHER: Final[Mapping[type, tuple[frozenset[str], ...]]] = {
    Nominate: (frozenset({"person"}), frozenset({"known"})),
    InvolvePerson: (frozenset({"person"}), frozenset({"known"})),
    HoldMeeting: (frozenset({"unplanned", "kind"}), frozenset({"meeting"})),
    ScoreGoal: (frozenset({"level"}), frozenset({"answered"})),
    GivePermission: (
        frozenset({"person"}),
        frozenset({"role"}),
        frozenset({"organisation"}),
    ),
    OpenInEmergency: (frozenset({"person"}), frozenset({"known"})),
}
"""Fields of which one set is given and the others are left out."""


BEGINNINGS: Final = (StartGroup, ImportGroup)
"""Changes with which a group begins; none of them happens to one that is there."""

OF_SETTINGS: Final[frozenset[type[Change]]] = frozenset({AdoptMethod, NoteForSetting})
"""Changes that fit a group, and that only an institution with settings takes."""

PARTS: Final = tuple(sorted({cls.__module__ for cls in ALL}))
"""The modules of changes: what stands in one has to do with one another."""

PARTS_AT_ONCE: Final = 5
"""Of how many parts a group is made: of all at once it would be of none much."""

BASICS: Final[frozenset[type[Change]]] = frozenset(
    {Nominate, AcceptNomination, PlanMeeting, HoldMeeting}
)
"""Changes of every group: most others are about people or meetings."""

FIRST: Final = 6
"""How many changes of a group are of those alone, before anything else happens."""


def _open_agreement(group: ResourceGroup) -> bool:
    return any(agreement.closed_on is None for agreement in group.agreements)


def _open_nomination(group: ResourceGroup) -> bool:
    return any(n.state not in {"accepted", "withdrawn"} for n in group.nominations)


LAST: Final = 9
"""Of the digits, the one that makes a group rare."""

FEW: Final = 2
"""Up to how many people whom the group knows the next one is somebody new."""

NEEDS: Final[Mapping[type, Callable[[ResourceGroup], object]]] = {
    AnswerAgreement: _open_agreement,
    AskLater: _open_nomination,
    CloseAgreement: _open_agreement,
    DeclineNomination: _open_nomination,
    NoteProgress: _open_agreement,
    ReviseAgreement: _open_agreement,
    WithdrawNomination: _open_nomination,
    ComeBack: lambda g: any(d.back_on is None for d in g.departures),
    EndInvolvement: lambda g: g.involvements,
    LeaveGroup: lambda g: g.memberships,
    NoteClimate: lambda g: g.held(),
    ResumeGroup: lambda g: g.pauses,
    ReturnToGroup: lambda g: g.rests,
    SignOffMinutes: lambda g: g.held(),
}
"""What a group has to have before a change can fit, beside what its fields name."""


@frozen(kw_only=True)
class Course:
    """A group, and how it came about.

    Attributes:
        entries: Everything that was recorded, the start included.
        group: The group after all of it.
        refused: Changes that were drawn on the way and did not fit.
    """

    entries: tuple[Entry, ...]
    group: ResourceGroup
    refused: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what was recorded, in order."""
        return kept(self.entries)


Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def courses(
    draw: Draw,
    longest: int = LONGEST,
    but: frozenset[type[Change]] = frozenset(),
) -> Course:
    """Make a group by drawing changes and keeping those that fit."""
    # Of a group to which nobody is asked, something else is to be said.
    left_out = {Nominate} if draw(st.integers(0, 9)) == LAST else set()
    among = draw(parts()) - left_out - but
    start = change_from({**START, "happened_on": FIRST_DAY})
    entries: list[Entry] = [entry_of(start, 1)]
    refused: list[Change] = []
    group = folded(None, entries)
    for number in range(draw(st.integers(longest // 3, longest))):
        tried = Counter(type(change) for change in [*refused, *kept(entries)])
        wanted = among if number >= FIRST else BASICS & among
        change = drawn_change(draw, group, f"c{number}", tried, wanted)
        entry = entry_of(change, group.seq + 1)
        if tuple(change.problems(group)) or breaks(entries, entry):
            refused.append(change)
            continue
        entries.append(entry)
        group = folded(group, entries)
    return Course(entries=tuple(entries), group=group, refused=tuple(refused))


def breaks(entries: Sequence[Entry], entry: Entry) -> bool:
    """Tell whether a correction would leave others without their ground."""
    corrects = isinstance(entry.change, Correction)
    return corrects and bool(unfit([*entries, entry]))


def parts(size: int = PARTS_AT_ONCE) -> st.SearchStrategy[frozenset[type[Change]]]:
    """Give the types of change of some parts, with what every group has."""
    # Hypothesis likes to draw again what it drew before, and would leave parts out.
    seeds = st.integers(0, 2**32 - 1)
    return seeds.map(lambda seed: _types_of(_sampled(seed, size)))


def _sampled(seed: int, size: int) -> frozenset[str]:
    return frozenset(Random(seed).sample(PARTS, size))  # noqa: S311 - no secret


def _types_of(names: frozenset[str]) -> frozenset[type[Change]]:
    # Two who are one may turn up in any group, whatever it is made of.
    of_parts = frozenset(cls for cls in ALL if cls.__module__ in names)
    return BASICS | {MergePeople} | of_parts


def days() -> st.SearchStrategy[date]:
    """Give days of the time in which generated groups live."""
    return st.integers(0, (LAST_DAY - FIRST_DAY).days).map(_day)


def kept(entries: Iterable[Entry]) -> tuple[Change, ...]:
    """Return the changes of entries."""
    return tuple(entry.change for entry in entries)


def drawn_change(
    draw: Draw,
    group: ResourceGroup,
    name: str,
    tried: Mapping[type[Change], int] = MappingProxyType({}),
    among: Collection[type[Change]] = ALL,
) -> Change:
    """Draw a change that may fit a group: what it refers to is there.

    Args:
        draw: Draws from a strategy.
        group: The group.
        name: What the ids in the change begin with.
        tried: How often each type was drawn before; one drawn less often goes first.
        among: The types of change to draw from.
    """
    wanted = [cls for cls in ALL if cls in among and cls not in BEGINNINGS]
    possible = [cls for cls in wanted if _can_be(cls, group)]
    least = min(tried.get(cls, 0) for cls in possible)
    possible = [cls for cls in possible if tried.get(cls, 0) <= least + 1]
    drawn = _Maker(draw, group, name).instance(draw(st.sampled_from(possible)))
    # Now and then as it was drawn: whatever does not fit has to be refused.
    change = mended(drawn, group) if draw(st.integers(0, 9)) < LAST - 1 else drawn
    return _said_right(change, group)


def _said_right(change: Change, group: ResourceGroup) -> Change:
    """Return a change whose texts are of those by or about whom they are.

    Whose they are, the change itself says: every text of which it does not is the
    client's, and each that is refused is tried for everybody it names.
    """
    people = [*group.ids(Kind.PERSON), *_new_people(change)]
    for path in [f.path for f in change.problems(group) if _is_misplaced(f)]:
        tries = (_with_subject(change, path, person) for person in people)
        fits = (
            one
            for one in tries
            if path not in {f.path for f in one.problems(group) if _is_misplaced(f)}
        )
        change = next(fits, change)
    return change


def _new_people(change: Change) -> list[str]:
    return [m.value for m in change.marked() if m.mark == Creates(Kind.PERSON)]


def _is_misplaced(finding: Finding) -> bool:
    return finding.code == "structure.other_subject"


def _with_subject(value: Any, path: str, person: str) -> Any:
    """Return a value with this person at a path, which ends in a subject."""
    name, _, rest = path.partition(".")
    if not rest:
        return evolve(value, **{name: PersonId(person)})
    field, _, number = name.rstrip("]").partition("[")
    old = getattr(value, field)
    if not number:
        return evolve(value, **{field: _with_subject(old, rest, person)})
    new = list(old)
    new[int(number)] = _with_subject(old[int(number)], rest, person)
    return evolve(value, **{field: tuple(new)})


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _can_be(cls: type[Change], group: ResourceGroup) -> bool:
    if issubclass(cls, Correction):
        return bool(_corrigible(cls, group))
    if cls is MergePeople:
        return len(_mergeable(group)) > 1
    if cls in NEEDS and not NEEDS[cls](group):
        return False
    return all(any(True for _ in group.ids(kind)) for kind in _needed(cls))


def _mergeable(group: ResourceGroup) -> list[PersonId]:
    return [p.id for p in group.people if not p.staff and p.id != group.client]


def _corrigible(cls: Any, group: ResourceGroup) -> list[ChangeId]:
    """Return the changes that a correction of this type may name."""
    return [
        h.change
        for h in group.happenings[1:]
        if not h.type.startswith("entry.") and not h.emptied
        if (h.in_error is None) is (cls is MarkInError)
    ]


@cache
def _needed(cls: type[Change]) -> frozenset[Kind]:
    """Return the kinds of items without which a change cannot be made."""
    hints = _hints(cls)
    needed = [hints[f.name] for f in attrs.fields(cls) if f.default is attrs.NOTHING]
    inner = [arg for hint in needed for arg in (hint, *get_args(hint))]
    marks = [mark for hint in inner for mark in getattr(hint, "__metadata__", ())]
    return frozenset(mark.kind for mark in marks if isinstance(mark, Refers))


@cache
def _hints(cls: Any) -> dict[str, Any]:
    declared = get_type_hints(cls, include_extras=True)
    return {field.name: declared[field.name] for field in attrs.fields(cls)}


class _Maker:
    """Draws values of declared types for one change of one group."""

    def __init__(self, draw: Draw, group: ResourceGroup, name: str) -> None:
        self._draw = draw
        self._group = group
        self._name = name
        self._given = 0

    def instance(self, cls: Any) -> Any:
        """Draw an instance of an attrs class."""
        sets = EITHER.get(cls, (frozenset(),))
        # People first: of a group of two there is little to say.
        known = not self._new_people_wanted() or "known" not in frozenset().union(*sets)
        given = self._draw(st.sampled_from(sets)) if known else frozenset({"person"})
        others = frozenset().union(*sets) - given
        wanted = {
            name: hint for name, hint in _hints(cls).items() if name not in others
        }
        drawn = {n: self._value(n, h, given=n in given) for n, h in wanted.items()}
        if cls is MergePeople:
            people = st.permutations(_mergeable(self._group))
            drawn["kept"], drawn["gone"] = self._draw(people)[:2]
        if issubclass(cls, Correction):
            # The latest, because others build on what is early.
            some = _corrigible(cls, self._group)[-3:]
            drawn["entries"] = (self._draw(st.sampled_from(some)),)
        return cls(**dict.fromkeys(others), **drawn)

    def _new_people_wanted(self) -> bool:
        return len(_mergeable(self._group)) < FEW

    def _value(self, name: str, hint: Any, *, given: bool = False) -> Any:
        origin, args = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            (inner,) = (arg for arg in args if arg is not type(None))
            wanted = given or (self._has(inner) and self._draw(st.booleans()))
            return self._value(name, inner) if wanted else None
        if origin is tuple:
            sizes = (1, 2, 3, 0) if self._has(args[0]) else (0,)
            many = range(self._draw(st.sampled_from(sizes)))
            return tuple(self._value(name, args[0]) for _ in many)
        if origin is Annotated:
            return self._marked(name, *args)
        return self._plain(name, hint)

    def _has(self, hint: Any) -> bool:
        """Tell whether there is anything that such a field could refer to."""
        marks = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Refers)]
        return all(any(True for _ in self._group.ids(mark.kind)) for mark in marks)

    def _marked(self, name: str, hint: Any, mark: object) -> Any:
        if isinstance(mark, Refers):
            known = sorted(self._group.ids(mark.kind)) or ["nobody"]
            return self._draw(st.sampled_from(known))
        if isinstance(mark, CodeOf):
            return self._draw(st.sampled_from(listed(mark.vocabulary)))
        return self._new() if isinstance(mark, Creates) else self._value(name, hint)

    def _plain(self, name: str, hint: Any) -> Any:
        if hint is Code:
            return self._draw(st.sampled_from(CODES.get(name, ("other",))))
        if isinstance(hint, NewType):
            return self._new()
        if hint is Text:
            return Text(self._new(), self._group.client)
        if hint is Person:
            return Person(id=self._new())
        if attrs.has(hint):
            return self.instance(hint)
        return self._draw(_primitive(hint))

    def _new(self) -> Any:
        self._given += 1
        return f"{self._name}.{self._given}"


@cache
def listed(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of a closed list of the method."""
    parts = (part.code.removeprefix(f"{vocabulary}.") for part in BASE)
    known = {word for word in parts if METHOD.knows(vocabulary, Code(word))}
    return tuple(sorted(known))


@cache
def _primitive(hint: Any) -> st.SearchStrategy[Any]:
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    known: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(1, 2),
        date: days(),
        time: st.just(time(19, 30)),
    }
    return known[hint]
