"""`rgcore erase` and `rgcore retention`, run as a program."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cli.terminal import GROUP, KLAAS, Answer, Played, words_of_the_case
from rgcore.institution import open_institution

Run = Callable[..., Answer]
ASKER = ("--as", "op-1", "--because", "asked_by_letter")
RELATIVE = ("--for", "relative", *ASKER)
OTHER = ("--as", "op-2", "--because", "looked_at_it")


@pytest.fixture
def run(own: Played) -> Run:
    """Give a command in a copy of the case, without days of grace."""
    with Path(own.config).open("a", encoding="utf-8") as toml:
        toml.write("\n[erasing]\ngrace_days = 0\n")
    return own.run


@pytest.fixture
def relative(own: Played) -> str:
    """Give a member who is neither Klaas nor staff."""
    with open_institution(own.config) as opened:
        loaded = opened._store.load(GROUP)
        assert loaded is not None
        people = loaded.group.people
    return next(p.id for p in people if not p.staff and p.id != KLAAS)


def silent(answer: Answer) -> bool:
    """Tell whether nothing that anybody said in the case stands in an answer."""
    return not any(word in answer.all for word in words_of_the_case() if len(word) > 3)


@pytest.mark.parametrize("whole", [False, True], ids=["person", "group"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_dry_run_tells_place_by_place_and_changes_nothing(
    run: Run,
    relative: str,
    whole: bool,  # noqa: FBT001
    language: str,
) -> None:
    whom = (GROUP,) if whole else (relative, GROUP)
    told = run("erase", *whom, "--dry-run", *ASKER, "--lang", language)
    assert told.code == 0, told.err
    assert silent(told)
    data = run("erase", "plan", *whom, *ASKER, "--json").data
    stores = {one["store"]: one for one in data["stores"]}
    assert {
        "database",
        "database_backups",
        "key_store",
        "key_store_backups",
        "exports",
        "record_systems",
        "access_log",
    } <= stores.keys()
    assert stores["key_store"]["goes"][0]["count"] == (5 if whole else 1)
    (copies,) = stores["key_store_backups"]["stays"]
    assert copies["until"] == data["final_on"]
    assert data["final_on"] in told.out
    assert run("erase", "list", "--json").data == {"requests": [], "holds": []}
    assert run("show", GROUP, "--as", KLAAS).code == 0


def test_from_a_request_to_its_report(run: Run, relative: str, tmp_path: Path) -> None:
    request = run("erase", "request", relative, GROUP, *RELATIVE, "--json").data
    assert request["state"] == "requested"
    assert request["whose"] == "relative"
    assert request["reasons"] == []
    twice = run("erase", "confirm", request["id"], *ASKER, "--json")
    assert (twice.code, twice.error["code"]) == (1, "erase.same_person")
    assert run("erase", "confirm", request["id"], *OTHER).code == 0
    file = tmp_path / "report.json"
    done = run("erase", "run", "--as", "cron", "--report", str(file))
    assert done.code == 0, done.err
    assert silent(done)
    kept = json.loads(file.read_text("utf-8"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (one,) = kept["done"]
    assert one["final_on"] in done.out
    shown = run("erase", "report", request["id"], "--json").data
    assert shown == one
    assert run("verify").code == 0
    again = run("erase", "run", "--as", "cron", "--report", str(tmp_path / "none"))
    assert again.code == 0
    assert not (tmp_path / "none").exists()


def test_single_texts_are_redacted_like_the_rest(run: Run) -> None:
    lines = run("timeline", GROUP, "--as", KLAAS, "--json").data
    goal = next(one["change"] for one in lines if one["fact"] == "goal.set")
    told = run("erase", "redact", GROUP, goal, "--dry-run", *RELATIVE, "--lang", "nl")
    assert told.code == 0, told.err
    assert silent(told)
    assert "store_backup_days" in told.out
    asked = run("erase", "redact", GROUP, goal, *RELATIVE, "--json").data
    assert asked["entries"] == [goal]
    assert run("erase", "confirm", asked["id"], *OTHER).code == 0
    done = run("erase", "run", "--as", "cron", "--json").data["done"]
    assert [one["id"] for one in done] == [asked["id"]]
    assert run("verify").code == 0
    again = run("erase", "redact", GROUP, goal, *RELATIVE, "--json")
    assert (again.code, again.error["code"]) == (2, "input")


def test_a_hold_is_told_and_lets_the_run_end_with_1(run: Run, relative: str) -> None:
    id_ = run("erase", "request", relative, GROUP, *RELATIVE, "--json").data["id"]
    assert run("erase", "confirm", id_, *OTHER).code == 0
    hold = run(
        "erase", "hold", relative, GROUP, "--kind", "complaint", *OTHER, "--json"
    )
    held = run("erase", "run", "--as", "cron", "--json")
    assert held.code == 1
    (one,) = held.data["held"]
    assert [reason["code"] for reason in one["reasons"]] == ["complaint"]
    assert run("erase", "lift", hold.data["id"], *ASKER).code == 0
    assert len(run("erase", "run", "--as", "cron", "--json").data["done"]) == 1


def test_a_refusal_lists_every_reason_with_its_code(run: Run) -> None:
    asked = ("--for", "institution", *ASKER, "--json")
    id_ = run("erase", "request", GROUP, *asked).data["id"]
    run("erase", "hold", GROUP, "--kind", "legal_hold", *ASKER)
    refused = run("erase", "confirm", id_, *OTHER, "--json")
    assert refused.code == 1
    assert refused.error["code"] == "erase.refused"
    found = [reason["code"] for reason in refused.error["reasons"]]
    assert found == ["retention", "legal_hold"]
    told = run("erase", "confirm", id_, *OTHER, "--lang", "nl")
    assert "bewaartermijn" in told.err
    assert "rechtszaak" in told.err


def test_a_request_is_withdrawn_or_given_more_time(run: Run, relative: str) -> None:
    id_ = run("erase", "request", relative, GROUP, *RELATIVE, "--json").data["id"]
    before = run("erase", "list", "--json").data["requests"]
    assert [one["late"] for one in before] == [False]
    later = run("erase", "extend", id_, *OTHER, "--json").data
    assert later["extended"]["by"] == "op-2"
    assert run("erase", "withdraw", id_, *OTHER, "--json").data["state"] == "withdrawn"
    late = run("erase", "confirm", id_, *OTHER, "--lang", "nl")
    assert late.code == 1
    assert "ingetrokken" in late.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_how_things_stand_is_told_in_sentences(
    run: Run, relative: str, language: str
) -> None:
    told = run("erase", "list", "--lang", language)
    assert (told.code, told.out.count("\n")) == (0, 1)
    asked = ("--received", "2026-04-01", *RELATIVE)
    request = run("erase", "request", relative, GROUP, *asked, "--lang", language)
    hold = run("erase", "hold", GROUP, "--kind", "complaint", *ASKER)
    ids = [one.out.partition(":")[0] for one in (request, hold)]
    told = run("erase", "list", "--lang", language)
    assert all(one in told.out for one in ids)
    assert {"nl": "voorbij", "en": "passed"}[language] in told.out
    assert run("erase", "list", "--json").data["requests"][0]["late"]
    assert run("erase", "lift", ids[1], *OTHER).code == 0
    assert run("erase", "confirm", ids[0], *OTHER, "--lang", language).code == 0
    hold = run("erase", "hold", GROUP, "--kind", "complaint", *ASKER)
    held = run("erase", "run", "--as", "cron", "--lang", language)
    assert held.code == 1
    assert "[complaint]" in held.out
    assert run("erase", "lift", hold.out.partition(":")[0], *OTHER).code == 0
    assert run("erase", "run", "--as", "cron", "--lang", language).code == 0
    report = run("erase", "report", ids[0], "--lang", language)
    assert "2026-07-15" in report.out
    assert silent(report)
    assert "None" not in told.out + held.out + report.out


def test_what_came_back_is_told(run: Run, own: Played, relative: str) -> None:
    # As a copy of the key store from before does, put back: all keys are there again.
    keys = own.folder / "klaas.keys.db"
    before = keys.read_bytes()
    id_ = run("erase", "request", relative, GROUP, *RELATIVE, "--json").data["id"]
    run("erase", "confirm", id_, *OTHER)
    assert run("erase", "run", "--as", "cron").code == 0
    keys.write_bytes(before)
    told = run("erase", "run", "--as", "cron", "--lang", "nl")
    assert told.code == 0, told.err
    assert "teruggekomen" in told.out
    assert run("verify").code == 0


def test_a_group_that_came_back_with_an_old_database_is_told(
    run: Run, own: Played
) -> None:
    store = own.folder / "klaas.db"
    before = store.read_bytes()
    asked = ("--own-items", "handed_over", "--for", "client", *ASKER)
    id_ = run("erase", "request", GROUP, *asked, "--json").data["id"]
    assert run("erase", "confirm", id_, *OTHER).code == 0
    assert run("erase", "run", "--as", "cron").code == 0
    store.write_bytes(before)
    assert run("verify").code == 1
    told = run("erase", "run", "--as", "cron", "--lang", "nl")
    assert told.code == 0, told.err
    assert GROUP in told.out
    assert run("verify").code == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("report", "nothing"), "erase.unknown"),
        (("confirm", "nothing", *OTHER), "erase.unknown"),
        (("request", "nobody", GROUP, *RELATIVE), "input"),
        (("plan", "nothing", *ASKER), "access.not_available"),
        (("request", GROUP, "--received", "gisteren", *RELATIVE), "input"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_what_is_wrong_is_said_with_its_code(
    run: Run, given: tuple[str, ...], code: str
) -> None:
    answer = run("erase", *given, "--json")
    assert answer.code in {1, 2}
    assert answer.error["code"] == code


def test_retention_tells_terms_of_any_length(run: Run, own: Played) -> None:
    with Path(own.config).open("a", encoding="utf-8") as toml:
        toml.write(
            '[retention.terms]\nlogistics = {term = "18 months", source = "x", '
            'owner = "fg", checked = 2026-01-01}\n'
        )
    run("erase", "hold", GROUP, "--kind", "complaint", *ASKER)
    told = run("retention", "--on", "2046-06-10", "--lang", "nl").out
    for said in ("18 maanden", "35 dagen", "20 jaar", "nagezocht op 2026-01-01"):
        assert said in told
    assert "tegengehouden" in told


def test_retention_lists_ids_and_dates_and_never_a_name(run: Run) -> None:
    assert run("retention", "--on", "2026-06-11", "--json").data["passed"] == []
    told = run("retention", "--on", "2046-06-10", "--lang", "nl")
    assert told.code == 0
    assert silent(told)
    assert "care_record" in told.out
    assert "nog door niemand nagezocht" in told.out
    data = run("retention", "--on", "2046-06-10", "--json").data
    found = {one["class"]: one for one in data["passed"]}
    assert found["care_record"]["since"] == "2046-06-10"
    assert found["care_record"]["group"] == GROUP
    assert all(one["source"] and one["owner"] for one in data["passed"])
    before = run("retention", "--on", "2046-06-09", "--json").data
    assert "care_record" not in {one["class"] for one in before["passed"]}
    assert date.fromisoformat(found["own_words"]["since"]) == date(2028, 6, 10)
