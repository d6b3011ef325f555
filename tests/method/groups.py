"""Groups for tests, made of changes in the form in which strangers write them.

Import it as `from method.groups import begun`; the folder `tests` is on the path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from rgcore.domain.actor import CARE, Actor
from rgcore.domain.changes import Change
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Override
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, GroupId, PersonId
from rgcore.domain.journal import Entry, fold, fold_all
from rgcore.institution.deciding import Circumstances, Outcome, judge
from rgcore.method import Method, compose
from rgcore.serial.wire import read_changes

METHOD: Final = compose()
HERE: Final = Path(__file__).parent

GROUP: Final = GroupId("g1")
KLAAS: Final = PersonId("klaas")
ESMEE: Final = PersonId("esmee")
MOTHER: Final = PersonId("mother")
LATEST: Final = date(2030, 1, 1)

AT_THE_TABLE: Final = Actor(
    who=ESMEE, purpose=CARE, on_behalf_of=KLAAS, because=Code("at_the_table")
)

Row = Mapping[str, Any]

START: Final[Row] = {
    "type": "group.start",
    "happened_on": date(2025, 1, 6),
    "group": GROUP,
    "team": "team-1",
    "client": {"id": KLAAS},
    "supporter": {"id": ESMEE, "staff": True},
}


def text(subject: str = KLAAS) -> dict[str, str]:
    """Return a text of this person in the form in which strangers write one."""
    return {"subject": subject, "said": "…"}


def changes_from(rows: Iterable[Row], prefix: str = "c") -> tuple[Change, ...]:
    """Read changes; one without an id is named by its place.

    Args:
        rows: Changes as plain data.
        prefix: What such names begin with.
    """
    named = [{"id": f"{prefix}-{number}", **row} for number, row in enumerate(rows)]
    return read_changes(named)[0]


def change_from(row: Row, prefix: str = "one") -> Change:
    """Read one change."""
    (change,) = changes_from([row], prefix)
    return change


def entry_of(change: Change, seq: int, actor: Actor = AT_THE_TABLE) -> Entry:
    """Return the line that a journal would keep of a change."""
    return Entry(
        seq=seq,
        change=change,
        actor=actor,
        recorded_at=datetime(2030, 1, 1, 12, tzinfo=UTC),
        composition=METHOD.digest,
    )


def after(
    group: ResourceGroup | None, changes: Iterable[Change]
) -> ResourceGroup | None:
    """Return the group after changes, each of which has to fit."""
    journal: list[Entry] = []
    for change in changes:
        actor = AT_THE_TABLE
        if group is not None:
            found = tuple(change.problems(group))
            assert not found, (change.TYPE, [(f.code, f.path) for f in found])
            decider = change.decided_for(group) or AT_THE_TABLE.on_behalf_of
            actor = evolve(actor, on_behalf_of=decider)
        entry = entry_of(change, (group.seq if group else 0) + 1, actor)
        journal.append(entry)
        group = folded(group, journal)
    return group


def folded(group: ResourceGroup | None, journal: Sequence[Entry]) -> ResourceGroup:
    """Return the group after the last entry of a whole journal.

    Args:
        group: The group before it.
        journal: All entries, those that the group came of included.
    """
    if not isinstance(journal[-1].change, Correction):
        return fold(group, journal[-1])
    whole = fold_all(journal)
    assert whole is not None
    return whole


def begun(*rows: Row, start: Row = START) -> ResourceGroup:
    """Return Klaas' group after its start and these changes."""
    group = after(None, changes_from([start, *rows]))
    assert group is not None
    return group


def judged(
    group: ResourceGroup | None,
    *changes: Change,
    actor: Actor = AT_THE_TABLE,
    overrides: Sequence[Override] = (),
    today: date = LATEST,
    method: Method = METHOD,
    staff: frozenset[str] = frozenset({ESMEE}),
    teams: frozenset[str] = frozenset({"team-1"}),
    journal: Sequence[Entry] = (),
) -> Outcome:
    """Return what would come of recording changes on a day."""
    around = Circumstances(
        method=method,
        actor=actor,
        overrides=tuple(overrides),
        today=today,
        now=datetime(2030, 1, 1, 12, tzinfo=UTC),
        is_staff=lambda person: person in staff,
        works_in=lambda person, team, _day: person in staff and team in teams,
    )
    return judge(GROUP, group, changes, around, journal)


def codes_of(outcome: Outcome) -> list[str]:
    """Return the codes of what stands in the way."""
    return [finding.code for finding in outcome.decision.blocking]
