"""`rgcore method adopt`: let groups go by today's composition of the method."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from rgcore.cli.parts import by_how, told_how
from rgcore.cli.progress import progress
from rgcore.cli.report import as_json, error_data, error_text
from rgcore.cli.session import actor, institution, language
from rgcore.domain.actor import OPERATION, Actor
from rgcore.domain.changes import AdoptMethod
from rgcore.domain.findings import Refused
from rgcore.domain.ids import GroupId
from rgcore.errors import Busy, InputError, Problem, RgcoreError
from rgcore.institution import Institution, Recorded
from rgcore.method import Method
from rgcore.render.speech import Voice
from rgcore.render.translation import Translate, translator


def run(options: argparse.Namespace) -> int:
    """Adopt for one group or all; exit with 1 if a group of all could not."""
    if problems := tuple(_problems(options)):
        raise InputError(problems)
    chosen, outcomes = language(options), list[_Outcome]()
    with institution(options) as opened:
        who, groups = _who(options, opened), _groups(options, opened)
        for outcome in _adopted(opened, groups, who, go_on=options.every):
            outcomes.append(outcome)
            if not options.as_json:
                outcome.print(chosen)
    if options.as_json:
        data = [one.data(chosen) for one in outcomes]
        print(as_json({"method": opened.method.digest, "groups": data}))
    elif not groups:
        said = translator(chosen)
        print(said("Every group goes by today's composition of the method."))
    return 1 if any(one.error for one in outcomes) else 0


def _problems(options: argparse.Namespace) -> Iterator[Problem]:
    """Go through what is wrong with what was given."""
    either = ("GROUP", "--all")
    if options.every and options.group is not None:
        yield Problem("input.not_both", "GROUP", either)
    if not options.every and options.group is None:
        yield Problem("input.nothing_named", "GROUP", either)
    if options.every and options.purpose not in {None, OPERATION}:
        yield Problem("input.wrong_type", "--purpose", [OPERATION])
    if (options.every or options.purpose == OPERATION) and not options.because:
        yield Problem("input.missing_key", "--because")


def _who(options: argparse.Namespace, opened: Institution) -> Actor:
    who = actor(options, opened)
    return evolve(who, purpose=OPERATION) if options.every else who


def _groups(options: argparse.Namespace, opened: Institution) -> tuple[GroupId, ...]:
    if not options.every:
        return (GroupId(options.group),)
    with progress() as done:
        return tuple(one.group for one in opened.behind(done))


@frozen(kw_only=True)
class _Outcome:
    """What came of one group.

    Attributes:
        group: The group.
        method: The method that it went by before.
        recorded: What was recorded; nothing if it went by today's already.
        error: What stood in the way.
    """

    group: GroupId
    method: Method
    recorded: Recorded | None = None
    error: RgcoreError | None = None

    def data(self, language: str) -> dict[str, Any]:
        """Return it for programs."""
        data: dict[str, Any] = {"group": self.group, "adopted": bool(self._changes())}
        for change in self._changes():
            data["differences"] = by_how(change.differences)
        if self.error is not None:
            data |= error_data(self.error, Voice(self.method, language))
        return data

    def print(self, language: str) -> None:
        """Say it to people: what stood in the way as an error."""
        if self.error is None:
            print(self._line(translator(language)))
            return
        method = self.method
        told = error_text(self.error, language, as_json=False, method=method)
        print(f"{self.group}\n{told}", file=sys.stderr)

    def _line(self, said: Translate) -> str:
        for change in self._changes():
            how = told_how(by_how(change.differences), said)
            adopted = said("{group} goes by today's composition now: {differences}.")
            return adopted.format(group=self.group, differences=how)
        already = said("{group} goes by today's composition already.")
        return already.format(group=self.group)

    def _changes(self) -> list[AdoptMethod]:
        entries = self.recorded.entries if self.recorded else ()
        changes = (entry.change for entry in entries)
        return [change for change in changes if isinstance(change, AdoptMethod)]


def _adopted(
    opened: Institution, groups: Sequence[GroupId], who: Actor, *, go_on: bool
) -> Iterator[_Outcome]:
    """Adopt for groups, one by one; of all groups, one that cannot stops no other."""
    for group in groups:
        method = opened.method_of(group)
        try:
            done = opened.adopt(group, who)
        except (Busy, Refused) as error:
            if not go_on:
                raise
            yield _Outcome(group=group, method=method, error=error)
        else:
            yield _Outcome(group=group, method=method, recorded=done)
