"""One line in the institution's file enables the setting."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

import rgcore
from colleges import FIRST_DAY, ID, READER, ROOS, College, course, start
from rgcore.domain.changes import AskForTheme, AssignRole
from rgcore.domain.ids import ChangeId, Code, ItemId
from rgcore.errors import ConfigurationError
from rgcore.method import compose
from rgcore.render.pages import timeline_text

STAMP: Final = "recovery_college (rgcore-setting-recovery-college "
VISIT: Final = "recovery_college.course_to_visit"


def test_one_line_enables_it(plain: College) -> None:
    text = plain.toml.read_text("utf-8")
    plain.toml.write_text(text.replace("enabled = []", f'enabled = ["{ID}"]'), "utf-8")
    with plain.opened() as institution:
        (setting,) = institution.method.settings
        assert (setting.id, setting.config) == (ID, (("visit_after_days", "21"),))
        assert institution.method.digest != compose().digest


def test_everything_it_brings_is_stamped(college: College) -> None:
    with college.opened() as institution:
        found = institution.settings.contributed
    assert {str(one.origin).startswith(STAMP) for one in found} == {True}
    assert {one.origin.hook for one in found} == {
        "rg_changes",
        "rg_meetings",
        "rg_plan_parts",
        "rg_roles",
        "rg_rules",
        "rg_steps",
        "rg_terms",
        "rg_timings",
    }


@pytest.mark.parametrize("table", ["visit_after_days = 0", "visit_after_days = '9'"])
def test_a_value_that_does_not_fit_is_refused_by_its_path(
    plain: College, table: str
) -> None:
    plain.enable(ID, more=f"[settings.{ID}]\n{table}\n")
    with pytest.raises(ConfigurationError) as refused, plain.opened():
        pass
    (problem,) = refused.value.problems
    assert problem.code == "input.wrong_type"
    assert problem.path.startswith(f"settings.{ID}")


def test_the_institution_chooses_when_the_rule_speaks(plain: College) -> None:
    plain.enable(ID, more=f"[settings.{ID}]\nvisit_after_days = 5\n")
    start(plain)
    words = rgcore.Words()
    plain.record(course(words, "Anders luisteren", began=FIRST_DAY), words=words)
    (prompt,) = (p for p in plain.view().prompts() if p.finding.code == VISIT)
    assert prompt.since == FIRST_DAY + timedelta(days=5)


def test_the_client_is_called_a_participant(college: College) -> None:
    with college.opened() as institution:
        called = [institution.method.named("client", code) for code in ("nl", "en")]
    assert called == ["deelnemer", "participant"]


def test_its_role_and_its_theme_can_be_used(college: College) -> None:
    role = AssignRole(
        id=ChangeId("c-role"),
        happened_on=FIRST_DAY,
        person=ROOS,
        role=Code("recovery_college.trainer"),
    )
    theme = AskForTheme(
        id=ChangeId("c-theme"),
        happened_on=FIRST_DAY,
        request=ItemId("r-1"),
        person=ROOS,
        theme=Code("recovery_college.own_story"),
    )
    college.record(role)
    college.record(theme, actor=READER)
    view = college.view()
    assert view.group.holders_on(role.role, FIRST_DAY) == (ROOS,)
    told = timeline_text(view, "nl")
    assert "trainer met eigen ervaring" in told
    assert "je eigen verhaal vertellen" in told
