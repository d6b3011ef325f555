"""An erasure that is killed at any point is finished by the next run, and by no other.

What stands behind each point: `started`, the keys, document, journal and pointers in
one transaction, and the request itself in the same one.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

import rgcore
from crash.running import Launcher, Place, forks
from crash.writer import OPERATOR
from rgcore.domain.ids import Code, GroupId, PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import ErasureNotNow
from rgcore.institution.erasing_answers import Ran
from rgcore.store.erasing import Eraser, Target
from support import AT_THE_TABLE, FIRST_DAY, MARKER, Clock, Ids, nominate, start_klaas

POINTS = ("started", "keys", "document", "journal", "pointers", "register", "commit")
BETWEEN = ("started", "keys", "register", "commit")
"""Where something is committed; what lies between is one transaction."""

MOTHER = PersonId("mother")
DONE = FIRST_DAY + timedelta(days=30)
ASKER = evolve(OPERATOR, who=PersonId("op-1"), because=Code("asked_by_letter"))
AGREES = evolve(OPERATOR, because=Code("looked_at_it"))


def opened(place: Place, name: str) -> rgcore.Institution:
    return rgcore.open(place.config, clock=Clock(DONE), ids=Ids(name))


@forks
@pytest.mark.parametrize(
    ("person", "points"), [(MOTHER, BETWEEN), (None, POINTS)], ids=["person", "group"]
)
def test_what_a_crash_broke_off_is_finished(
    place: Place, launcher: Launcher, person: PersonId | None, points: tuple[str, ...]
) -> None:
    for point in points:
        name = f"{point}-{person or 'whole'}"
        group = GroupId(f"g-{name}")
        id_ = confirmed(place, group, person, name)
        run = launcher.run([place.job("erase", f"e-{name}") | stop_at(point)])
        assert [one["ended"] for one in run.all("ended")] == [-9], point
        assert run.all("erased") == []
        with opened(place, f"after-{name}") as institution:
            look(institution, group, person, id_, point)


@forks
def test_a_redaction_that_was_broken_off_is_finished(
    place: Place, launcher: Launcher
) -> None:
    for point in ("started", "redacted"):
        group = GroupId(f"g-redact-{point}")
        clock = Clock()
        ids = Ids(f"redact-{point}")
        with rgcore.open(place.config, clock=clock, ids=ids) as made:
            start_klaas(made, group)
            nominate(made, MOTHER, group)
            asked = made.erasing.redact(
                group, ["c-mother"], ASKER, whose="relative"
            ).erasure
            made.erasing.confirm(asked.id, AGREES)
        run = launcher.run([place.job("erase", f"r-{point}") | stop_at(point)])
        assert [one["ended"] for one in run.all("ended")] == [-9], point
        with opened(place, f"redacted-{point}") as institution:
            erasing = institution.erasing
            with pytest.raises(ErasureNotNow):
                erasing.withdraw(asked.id, ASKER)
            assert [one.id for one in erasing.run(AGREES).done] == [asked.id], point
            assert institution.verify(group) == ()
            view = institution.view(group, AT_THE_TABLE)
            assert view.said(view.group.person(MOTHER).name) is ERASED
            facts = [one.fact for one in view.group.happenings]
            assert facts.count("entry.redact") == 1, point
            assert erasing.run(AGREES) == Ran()


def stop_at(point: str) -> dict[str, object]:
    return {"stop_at": point, "on": 1}


def confirmed(place: Place, group: GroupId, person: str | None, name: str) -> str:
    """Start a group and let two people agree that somebody goes."""
    clock = Clock()
    with rgcore.open(place.config, clock=clock, ids=Ids(f"before-{name}")) as made:
        klaas = rgcore.PersonName.of(MARKER)
        start_klaas(made, group, name=klaas)
        nominate(made, MOTHER, group)
        asked = made.erasing.request(
            group, ASKER, person=person, whose="relative" if person else "client"
        ).erasure
        return made.erasing.confirm(asked.id, AGREES).id


def look(
    institution: rgcore.Institution,
    group: GroupId,
    person: PersonId | None,
    id_: str,
    point: str,
) -> None:
    """Make sure that the next run finishes it, and leaves nothing."""
    erasing = institution.erasing
    people = None if person is None else frozenset([person])
    target = Target(group=group, people=people)
    eraser = Eraser(institution._store)
    (before,) = (one for one in erasing.requests() if one.id == id_)
    committed = point == "commit"
    assert before.state == ("done" if committed else "started"), point
    # What is begun cannot be taken back, and no key is there that should not be.
    with pytest.raises(ErasureNotNow):
        erasing.withdraw(id_, ASKER)
    assert eraser.has_keys(target) == (point == "started"), point
    assert eraser.is_left(target) != committed, point
    ran = erasing.run(AGREES)
    assert [one.id for one in ran.done] == ([] if committed else [id_]), point
    (after,) = (one for one in erasing.requests() if one.id == id_)
    assert after.final_on == DONE + timedelta(days=35)
    assert after.report == (before.report if point != "started" else after.report)
    assert not eraser.is_left(target)
    assert institution.verify(group) == ()
    if person is not None:
        view = institution.view(group, AT_THE_TABLE)
        assert view.said(view.group.person(person).name) is ERASED
    assert erasing.run(AGREES) == Ran()
