"""What settings put in the place of parts of the base, and how they reword them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, get_args

import attrs
from attrs import field, frozen

from rgcore.domain.findings import Rank
from rgcore.method.conflicts import Conflict
from rgcore.method.contributions import (
    Contribution,
    Part,
    Replaceable,
    Replacement,
    Term,
    Texts,
    Timing,
)
from rgcore.method.origin import Origin
from rgcore.method.plain import plain
from rgcore.method.rule import BASE_NAME, Rule

_REPLACEABLE: Final = get_args(Replaceable)
_FIRM: Final = frozenset({Rank.LAW, Rank.DIRECTION})


@frozen
class Given:
    """A contribution, and who gave it; `None` if that is not known.

    Attributes:
        part: What was contributed.
        origin: The stamp.
    """

    part: Contribution
    origin: Origin | None = None

    @property
    def plugin(self) -> str:
        """Return the id of the plugin."""
        return self.origin.plugin if self.origin else BASE_NAME

    @property
    def stamp(self) -> str:
        """Return the whole stamp."""
        return str(self.origin) if self.origin else BASE_NAME


@frozen(kw_only=True)
class Replaced:
    """The base after what settings did to it.

    Attributes:
        parts: Its parts; what was put in the place of one with who gave it.
        done: What was replaced or switched off, once for each part.
        conflicts: What could not be done.
    """

    parts: tuple[Given, ...]
    done: tuple[Replacement, ...]
    conflicts: tuple[Conflict, ...]


def replaced(
    base: Iterable[Part], given: Sequence[Given], prefer: Mapping[str, str]
) -> Replaced:
    """Return the base with parts replaced, switched off and reworded.

    Args:
        base: The parts of the base.
        given: Replacements, and terms and texts whose codes the base has.
        prefer: For a code that several settings answer, the setting that is taken.
    """
    return _Replacing({part.code: part for part in base}, given, prefer).result()


@frozen
class _Replacing:
    base: Mapping[str, Part]
    given: Sequence[Given]
    prefer: Mapping[str, str]
    conflicts: list[Conflict] = field(factory=list)

    def result(self) -> Replaced:
        parts = {code: Given(part) for code, part in self.base.items()}
        done = tuple(self._replacements())
        for one, origin in done:
            parts.pop(one.replaces)
            if one.by is not None:
                parts[one.by.code] = Given(one.by, origin)
        for word in self._rewordings():
            if word.code in parts:
                parts[word.code] = _reworded(parts[word.code], word)
        return Replaced(
            parts=tuple(parts.values()),
            done=tuple(one for one, _ in done),
            conflicts=tuple(self.conflicts),
        )

    def _replacements(self) -> Iterator[tuple[Replacement, Origin | None]]:
        for code, several in self._grouped(Replacement):
            against = [found for one in several for found in self._against(code, one)]
            self.conflicts.extend(against)
            if not against:
                chosen = self._chosen(code, several, "plugin.replaced_twice")
                if chosen and isinstance(chosen.part, Replacement):
                    yield chosen.part, chosen.origin

    def _rewordings(self) -> Iterator[Term | Texts]:
        for code, several in self._grouped(Term, Texts):
            chosen = self._chosen(code, several, "plugin.reworded_twice")
            if chosen and isinstance(chosen.part, Term | Texts):
                yield chosen.part

    def _grouped(self, *kinds: type) -> Iterator[tuple[str, list[Given]]]:
        found: dict[str, list[Given]] = defaultdict(list)
        for one in self.given:
            if isinstance(one.part, kinds):
                found[one.part.code].append(one)
        yield from sorted(found.items())

    def _chosen(self, code: str, several: list[Given], kind: str) -> Given | None:
        """Return the one answer; note a conflict if there are several."""
        wanted = self.prefer.get(code)
        asked = [one for one in several if one.plugin == wanted] or several
        # One plugin may give an answer twice, each time for a reason of its own.
        ordered = sorted(asked, key=lambda one: (one.stamp, repr(plain(one.part))))
        answers = {repr(_answer(one.part)) for one in ordered}
        if len(answers) > 1:
            by = tuple(one.stamp for one in ordered)
            self.conflicts.append(Conflict(kind=kind, code=code, by=by))
            return None
        return ordered[0]

    def _against(self, code: str, one: Given) -> Iterator[Conflict]:
        old, new = self.base.get(code), one.part
        problem = None
        if old is None:
            problem = "plugin.replaces_nothing"
        elif not isinstance(old, _REPLACEABLE) or _is_firm(old):
            problem = "plugin.not_replaceable"
        elif isinstance(new, Replacement) and not _fits(old, new):
            problem = "plugin.replaced_by_another_kind"
        if problem is not None:
            yield Conflict(kind=problem, code=code, by=(one.stamp,))


def _is_firm(part: Part) -> bool:
    return isinstance(part, Rule) and part.rank in _FIRM


def _fits(old: Part, new: Replacement) -> bool:
    if new.by is None:
        # Rules count with lengths of time by their codes.
        return not isinstance(old, Timing)
    return type(new.by) is type(old) and new.by.code == old.code


def _answer(part: Contribution) -> object:
    """Return what is answered, whatever reason is given for it."""
    return plain(part.by if isinstance(part, Replacement) else part.wording)


def _reworded(given: Given, word: Term | Texts) -> Given:
    # Every kind of part has these two; a union cannot say so.
    named: Any = given.part
    # Another word for a rule does not alter where the rule comes from.
    is_word = isinstance(named, Term | Texts)
    source = word.source if is_word else named.source
    new: Part = attrs.evolve(named, wording=word.wording, source=source)
    return attrs.evolve(given, part=new)
