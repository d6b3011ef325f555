"""Every term has a source and an owner, and nothing goes because one has passed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve

import rgcore
from databases import dumps
from rgcore.domain.actor import OPERATION
from rgcore.domain.changes import NameHost
from rgcore.domain.dates import Period
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.errors import ConfigurationError, InputError
from rgcore.institution.config import read_config
from rgcore.institution.retention_config import keeping_of
from rgcore.institution.retention_terms import CLASSES, OF_A_GROUP, WHOSE
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    Clock,
    Demo,
    Ids,
    found,
    make_demo,
    nominate,
    start_klaas,
    told,
)

ASKER = rgcore.Actor(PersonId("op-1"), OPERATION, because=Code("asked_by_letter"))


def passed(demo: Demo, on: date) -> dict[str, str]:
    rows = demo.institution.retention(on)
    assert {row.group for row in rows} <= {GROUP}
    return {row.term.code: row.since.isoformat() for row in rows}


def hosted(demo: Demo, ground: str, name: str = "first") -> None:
    words = rgcore.Words()
    change = NameHost(
        id=ChangeId(f"c-{name}"),
        happened_on=FIRST_DAY,
        hosting=ItemId(name),
        host=words.add(f"t-h-{name}", subject=KLAAS, said="de instelling"),
        controller=words.add(f"t-c-{name}", subject=KLAAS, said="de instelling"),
        ground=Code(ground),
    )
    esmee = evolve(AT_THE_TABLE, on_behalf_of=None, because=None)
    demo.institution.record(GROUP, [change], esmee, words=words)


def test_every_term_names_its_source_its_owner_and_whether_it_was_checked() -> None:
    for one in CLASSES.values():
        assert one.source
        assert one.owner
        assert one.term != Period()
        # Nobody has looked any up yet; whoever does says when, here and in the source.
        assert (one.checked is None) == (
            "[check]" in one.source or "our own" in one.source
        )
        assert one.binds <= set(WHOSE)
        assert Code("client") not in one.binds


def test_every_ground_leads_to_one_class() -> None:
    grounds = [ground for one in OF_A_GROUP for ground in one.grounds]
    assert len(grounds) == len(set(grounds)) >= 3


@pytest.mark.parametrize(
    ("grounds", "code", "since"),
    [
        ([], "care_record", "2045-01-06"),
        (["care_agreement"], "care_record", "2045-01-06"),
        (["wmo"], "support_record", "2040-01-06"),
        (["youth_act"], "youth_record", "2045-01-06"),
        (["something_else"], "care_record", "2045-01-06"),
        # Of several hosts the term that ends last holds.
        (["care_agreement", "wmo"], "care_record", "2045-01-06"),
        (["wmo", "care_agreement"], "care_record", "2045-01-06"),
    ],
)
def test_a_group_s_class_comes_from_who_hosts_it(
    klaas: Demo, grounds: list[str], code: str, since: str
) -> None:
    for number, ground in enumerate(grounds):
        hosted(klaas, ground, f"host-{number}")
    day = date.fromisoformat(since)
    assert code not in passed(klaas, day - timedelta(days=1))
    assert passed(klaas, day)[code] == since


def test_nothing_is_erased_because_a_term_has_passed(klaas: Demo) -> None:
    nominate(klaas.institution, "mother")
    before = dumps(klaas.folder)
    assert passed(klaas, date(2100, 1, 1)) == {
        "care_record": "2045-01-06",
        "own_words": "2027-01-06",
        "logistics": "2026-01-06",
    }
    klaas.clock.set(date(2100, 1, 1))
    assert klaas.institution.retention() == klaas.institution.retention(
        date(2100, 1, 1)
    )
    assert dumps(klaas.folder) == before


def test_what_relatives_wrote_is_listed_where_there_is_any(klaas: Demo) -> None:
    assert "own_words" not in passed(klaas, date(2100, 1, 1))
    nominate(klaas.institution, "mother")
    assert "own_words" in passed(klaas, date(2100, 1, 1))


def test_a_group_on_hold_is_listed_as_such(klaas: Demo) -> None:
    erasing = klaas.institution.erasing
    day = date(2026, 1, 6)
    hold = erasing.hold(GROUP, ASKER, kind="legal_hold")
    assert [one.on_hold for one in klaas.institution.retention(day)] == [True]
    erasing.lift(hold.id, ASKER)
    assert [one.on_hold for one in klaas.institution.retention(day)] == [False]


def test_a_group_that_was_erased_is_not_listed(klaas: Demo) -> None:
    erasing = klaas.institution.erasing
    id_ = erasing.request(GROUP, ASKER, whose="client").erasure.id
    erasing.confirm(id_, evolve(ASKER, who=PersonId("op-2")))
    klaas.clock.set(FIRST_DAY + timedelta(days=30))
    assert len(erasing.run(ASKER).done) == 1
    assert klaas.institution.retention(date(2100, 1, 1)) == ()


def test_a_day_that_is_none(klaas: Demo) -> None:
    with pytest.raises(InputError):
        klaas.institution.retention("2025-01-01")  # type: ignore[arg-type]


WHOLE = '[retention.terms.own_words]\nterm = "1 day"\nsource = "x"\nowner = "fg"'


def written(tmp_path: Path, more: str) -> Path:
    toml = make_demo(tmp_path / "demo")
    # Under [keys], which stands before them all.
    keys, _, rest = toml.read_text("utf-8").partition("# backup_days = 35")
    first, _, tables = more.partition("|")
    toml.write_text(f"{keys}{first}\n#{rest}\n{tables}\n", "utf-8")
    return toml


def test_an_institution_sets_terms_of_its_own(tmp_path: Path) -> None:
    more = """backup_days = 7 |
        [erasing]
        grace_days = 3
        [retention]
        default = "support_record"
        [retention.terms]
        support_record = {term = "18 months", source = "besluit 7", owner = "fg"}
        [retention.terms.own_words]
        term = "90 days"
        source = "besluit 8"
        owner = "fg"
        checked = 2025-01-01
    """
    toml = written(tmp_path, more)
    keeping = keeping_of(read_config(toml))
    support = keeping.classes[Code("support_record")]
    assert (support.term, support.source, support.owner) == (
        Period(months=18),
        "besluit 7",
        "fg",
    )
    assert support.law == CLASSES[Code("support_record")].law
    assert keeping.classes[Code("own_words")].checked == date(2025, 1, 1)
    assert keeping.classes[Code("care_record")] == CLASSES[Code("care_record")]
    clock = Clock()
    with rgcore.open(toml, clock=clock, ids=Ids()) as opened:
        start_klaas(opened)
        plan = opened.erasing.plan(GROUP, ASKER)
        assert plan.earliest == FIRST_DAY + timedelta(days=3)
        assert plan.final_on == FIRST_DAY + timedelta(days=10)
        codes = [one.term.code for one in opened.retention(date(2026, 7, 6))]
        assert codes == ["logistics", "support_record"]


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ("[retention.terms.soep]", "config.unknown_class", "retention.terms.soep"),
        (
            '[retention]\ndefault = "own_words"',
            "config.unknown_class",
            "retention.default",
        ),
        (
            '[retention.terms.own_words]\nterm = "1 year"\nowner = "fg"',
            "input.missing_key",
            "retention.terms.own_words.source",
        ),
        (
            '[retention.terms.own_words]\nterm = "1 year"\nsource = "x"',
            "input.missing_key",
            "retention.terms.own_words.owner",
        ),
        (
            '[retention.terms.own_words]\nsource = "x"\nowner = "fg"',
            "input.missing_key",
            "retention.terms.own_words.term",
        ),
        (
            '[retention.terms.own_words]\nterm = "0 days"\nsource = "x"\nowner = "fg"',
            "input.wrong_type",
            "retention.terms.own_words.term",
        ),
        (
            '[retention.terms.own_words]\nterm = 3\nsource = "x"\nowner = "fg"',
            "input.wrong_type",
            "retention.terms.own_words.term",
        ),
        (
            '[retention.terms.own_words]\nterm = "1 day"\nsource = " "\nowner = "fg"',
            "input.empty",
            "retention.terms.own_words.source",
        ),
        (
            '[retention.terms.own_words]\nterm = "1 day"\nsource = "x"\nowner = "F G"',
            "input.not_a_code",
            "retention.terms.own_words.owner",
        ),
        (
            f"{WHOLE}\nchecked = 3",
            "input.wrong_type",
            "retention.terms.own_words.checked",
        ),
        (
            f'{WHOLE}\nwie = "fg"',
            "input.unknown_key",
            "retention.terms.own_words.wie",
        ),
        (
            '[retention.terms.key_backups]\nterm = "1 day"\nsource = "x"\nowner = "fg"',
            "config.days_of_backups",
            "retention.terms.key_backups",
        ),
        ("[retention]\nterms = 3", "input.wrong_type", "retention.terms"),
        ("[erasing]\ngrace_days = -1", "input.out_of_range", "erasing.grace_days"),
        ("[erasing]\ngrace_days = 366", "input.out_of_range", "erasing.grace_days"),
        ('[erasing]\ngrace_days = "3"', "input.wrong_type", "erasing.grace_days"),
    ],
)
def test_a_term_that_does_not_fit_is_refused_by_its_path(
    tmp_path: Path, more: str, code: str, path: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_config(written(tmp_path, f"|{more}"))
    assert (code, path) in found(caught.value)
    assert path in told(caught.value)


@pytest.mark.parametrize("days", ["0", "3651", "-1"])
def test_backups_of_keys_last_some_days_and_not_for_ever(
    tmp_path: Path, days: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_config(written(tmp_path, f"backup_days = {days} |"))
    assert found(caught.value) == [("input.out_of_range", "keys.backup_days")]
