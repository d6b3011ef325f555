"""A small group in which everything happens that can be told, and its view."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs

from rgcore import PersonName, View
from rgcore.access import make_view
from rgcore.domain.actor import CARE, Actor
from rgcore.domain.changes.base import texts
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, PersonId, TextId
from rgcore.domain.journal import Entry, fold_all, unfit
from rgcore.domain.text import Read
from rgcore.method import compose
from rgcore.serial.wire import read_changes

METHOD = compose()
SAMIRA = PersonId("samira")
TOM = PersonId("tom")
LAST_DAY = date(2025, 12, 1)

_TYPIST = Actor(TOM, CARE, on_behalf_of=SAMIRA, because=Code("at_the_table"))


def _said(words: str, subject: str = SAMIRA) -> dict[str, str]:
    return {"subject": subject, "said": words}


def _person(id_: str, name: dict[str, str], relation: str) -> dict[str, Any]:
    return {
        "id": id_,
        "name": {"subject": id_, "name": name},
        "relation": _said(relation, id_),
    }


_DAYS: dict[str, list[dict[str, Any]]] = {
    "2025-06-09": [
        {
            "type": "group.import",
            "source_institution": "elsewhere",
            "source_group": "g-1",
            "head": "0" * 64,
            "count": 60,
            "digest": "1" * 64,
            "group": "g-1",
            "client": SAMIRA,
            "team": "team-1",
            "started_on": "2025-01-06",
        },
    ],
    "2025-01-06": [
        {
            "type": "group.start",
            "group": "g-1",
            "team": "team-1",
            "client": {
                "id": SAMIRA,
                "name": {"subject": SAMIRA, "name": {"written": "سميرة"}},
            },
            "supporter": {"id": TOM, "staff": True},
        },
        {"type": "group.explain", "by": TOM, "means": ["leaflet"]},
        {"type": "group.name", "name": _said("Samen *sterk* <3")},
        {
            "type": "sociogram.draw",
            "sociogram": "so-1",
            "figures": [{"id": "f-1", "label": _said("buurman"), "ring": 2}],
        },
        {
            "type": "goal.set",
            "goal": "work",
            "term": "long",
            "dimension": "societal",
            "words": _said("“Zelf” brood\nverkopen op de markt"),
        },
        {
            "type": "goal.set",
            "goal": "sleep",
            "term": "short",
            "dimension": "health",
            "words": _said("Nachten van 8 uur"),
        },
        {
            "type": "own_item.keep",
            "item": "letter",
            "owner": SAMIRA,
            "kind": "letter",
            "words": _said("Lieve allemaal"),
        },
    ],
    "2025-01-20": [
        {
            "type": "member.nominate",
            "nomination": "n-1",
            "person": _person(
                "jan",
                {"written": "Jan van den Berg", "given": "jan"},
                "buurman",
            ),
        },
        {
            "type": "member.nominate",
            "nomination": "n-2",
            "person": _person("layla", {"written": "ليلى"}, "zus [oudste]"),
        },
        {
            "type": "member.nominate",
            "nomination": "n-3",
            "person": _person("bo", {"written": "de <b>bakker</b>"}, "baas"),
        },
        {
            "type": "member.nominate",
            "nomination": "n-4",
            "person": _person("kim", {"written": "Kim"}, "nicht"),
        },
        {"type": "member.withdraw_nomination", "nomination": "n-4"},
        {
            "type": "member.approach",
            "nomination": "n-1",
            "by": [SAMIRA, TOM],
            "channel": "phone",
        },
        {"type": "member.accept", "nomination": "n-1"},
        {"type": "member.accept", "nomination": "n-2"},
        {"type": "member.decline", "nomination": "n-3"},
        {
            "type": "interview.hold",
            "interview": "i-1",
            "respondent": "jan",
            "kind": "family",
            "by": TOM,
        },
        {
            "type": "interview.agree_themes",
            "interview": "i-1",
            "themes": [_said("gehoord worden", "jan")],
        },
        {
            "type": "person.involve",
            "person": _person("dok", {"written": "de dokter"}, "huisarts"),
        },
        {"type": "role.assign", "person": "jan", "role": "chair"},
        {"type": "role.end", "person": "jan", "role": "chair"},
        {
            "type": "meeting.plan",
            "meeting": "m-1",
            "kind": "kick_off",
            "planned_for": "2025-02-03",
            "agenda": [{"id": "a-1", "topic": "goals"}],
        },
    ],
    "2025-02-03": [
        {
            "type": "meeting.hold",
            "meeting": "m-1",
            "attendance": [
                {"person": who, "presence": "present"}
                for who in (SAMIRA, "jan", "layla")
            ],
        },
        {"type": "goal.agree", "goals": ["work", "sleep"], "meeting": "m-1"},
        {"type": "own_item.share", "item": "letter", "meeting": "m-1"},
        {
            "type": "agreement.make",
            "agreement": "ag-1",
            "words": _said("- zaterdag samen bakken"),
            "owners": ["jan", SAMIRA, "layla"],
            "until": "2025-05-05",
            "goals": ["work"],
        },
        {
            "type": "agreement.make",
            "agreement": "ag-2",
            "words": _said("Bellen na zes uur"),
            "owners": ["layla"],
            "until": "2025-05-05",
        },
        {
            "type": "agreement.revise",
            "agreement": "ag-2",
            "words": _said("Bellen na zeven uur"),
            "owners": ["layla"],
            "until": "2025-08-04",
        },
        {
            "type": "house_rules.set",
            "house_rules": "hr-1",
            "rules": [_said("1. Wie praat, praat uit"), _said("~~~ rust ~~~")],
        },
        {"type": "house_rules.agree", "house_rules": "hr-1", "person": "jan"},
        {
            "type": "step.exempt",
            "exemption": "x-1",
            "of": "offer_theme",
            "because": _said("Dat hoeft niet"),
        },
    ],
    "2025-05-05": [
        {"type": "meeting.hold", "unplanned": "m-2", "kind": "follow_up"},
        {
            "type": "goal.review",
            "goal": "work",
            "achievement": "partly",
            "meeting": "m-2",
        },
        {
            "type": "goal.reword",
            "goal": "work",
            "words": _said("Brood *ruilen* met de buren"),
            "smaller_step": True,
        },
        {"type": "goal.set_status", "goal": "sleep", "status": "resting"},
        {
            "type": "success.add",
            "success": "s-1",
            "by": "layla",
            "words": _said("# Het eerste brood\r\nwas op!", "layla"),
            "goal": "work",
        },
        {
            "type": "offer.make",
            "offer": "o-1",
            "topic": "relatives_group",
            "outside": True,
            "people": ["jan", "layla"],
        },
        {"type": "offer.take", "offer": "o-1", "people": ["layla"]},
        {
            "type": "meeting.plan",
            "meeting": "m-3",
            "kind": "follow_up",
            "planned_for": "2025-08-04",
            "starts_at": "19:30",
            "place": _said("bij jan_thuis"),
            "agenda": [
                {"id": "a-2", "topic": "own", "words": _said("[x](http://x)")},
                {"id": "a-3", "topic": "goals"},
            ],
        },
        {
            "type": "meeting.change",
            "meeting": "m-3",
            "planned_for": "2025-08-11",
        },
    ],
    "2025-06-10": [
        {"type": "evaluation.hold", "evaluation": "e-1", "kind": "yearly"},
        {"type": "reorientation.open", "id": "c-again", "reorientation": "r-1"},
        {
            "type": "scale_up.agree",
            "scale_up": "su-1",
            "words": _said("- Bel\n- het team"),
            "promises": [{"by": "jan", "words": _said("Ik bel", "jan")}],
        },
        {
            "type": "scale_up.agree",
            "scale_up": "su-2",
            "words": _said("Of kom langs"),
        },
        {
            "type": "care.scale_down",
            "scale_down": "sd-1",
            "to": "gp",
            "decided_by": SAMIRA,
        },
        {"type": "member.leave", "person": "jan"},
        {"type": "person.merge", "kept": "bo", "gone": "kim"},
        {
            "type": "goal.set",
            "id": "c-typed",
            "goal": "typed",
            "term": "long",
            "dimension": "health",
            "words": _said("Van de buurvrouw"),
        },
        {
            "type": "entry.mark_in_error",
            "entries": ["c-typed", "c-again"],
            "because": "wrong_client",
        },
        {"type": "entry.undo_in_error", "entries": ["c-again"]},
        {"type": "entry.empty_in_error", "entries": ["c-typed"]},
    ],
}


_LATER: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("later.toml").read_text(encoding="utf-8")
)
"""The half year after it."""


def _made() -> tuple[ResourceGroup, dict[TextId, Read], dict[TextId, str]]:
    rows = [
        {"id": f"c-{day}-{number}", "happened_on": day, **row}
        for day, rows in {**_DAYS, **_LATER}.items()
        for number, row in enumerate(rows)
    ]
    changes, words = read_changes(rows)
    journal = [
        Entry(
            seq=seq,
            change=change,
            actor=_TYPIST,
            recorded_at=datetime(2025, 12, 1, 12, tzinfo=UTC),
            composition=METHOD.digest,
        )
        for seq, change in enumerate(changes, start=1)
    ]
    found = [(u.entry.change.TYPE, u.findings) for u in unfit(journal)]
    assert not found, found
    group = fold_all(journal)
    assert group is not None
    counting = [c for c in changes if c.id != "c-typed"]
    subjects = {t.id: str(t.subject) for c in counting for _, t in texts(c)}
    return group, {text: words[text] for text in subjects}, subjects


GROUP, WORDS, SUBJECTS = _made()


def view(words: Mapping[TextId, Read] = WORDS, on: date = LAST_DAY) -> View:
    """Return what the client sees."""
    return make_view(
        GROUP,
        words,
        method=METHOD,
        reader=SAMIRA,
        on=on,
        log_id="log-1",
        staff={TOM: "Tom"},
    )


def saying(replace: Callable[[str], str]) -> View:
    """Return the view of a group in which people said other words."""
    words = {id_: _replaced(said, replace) for id_, said in WORDS.items()}
    return view(words)


def _replaced(said: Read, replace: Callable[[str], str]) -> Read:
    if isinstance(said, PersonName):
        return attrs.evolve(said, written=replace(said.written), given=None)
    return replace(said) if isinstance(said, str) else said


def without(*subjects: str) -> View:
    """Return the view after everything said by or about somebody was erased."""
    kept = {i: s for i, s in WORDS.items() if SUBJECTS[i] not in subjects}
    assert len(kept) < len(WORDS)
    return view(kept)
