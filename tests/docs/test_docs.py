"""What the code has is documented, and what the documentation says is so."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rgcore.cli.commands import COMMANDS
from rgcore.domain.changes import ALL
from rgcore.errors import DOCS, PROBLEMS, RgcoreError
from rgcore.method import BASE, Term, Texts
from rgcore.serial.wire import read_changes
from rgcore.store.faults import FAULTS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"

TERMS = {
    "ResourceGroup": "resource-group",
    "Nomination": "nomination",
    "Membership": "membership",
    "Sociogram": "sociogram",
    "Interview": "deepening-interview",
    "Goal": "recovery-goal",
    "Agreement": "agreement",
    "Meeting": "kick-off-meeting",
    "Theme": "theme-meeting",
    "Evaluation": "annual-evaluation",
    "Reorientation": "reorientation",
    "ScaleDown": "scale-down",
    "ScaleUpAgreement": "scale-up",
    "HouseRules": "house-rules",
    "Success": "success",
    "OwnItem": "own-item",
    "AccessLog": "access-log",
    "Change": "change",
    "View": "view",
    "Phase": "phase",
    "Step": "step",
    "Rule": "rule",
    "SettingPlugin": "setting",
    "Contribution": "contribution",
    "Manifest": "manifest",
}
"""Words of the method that are classes, with their row in the glossary."""


def page(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def anchors(path: str) -> set[str]:
    return set(re.findall(r'<a id="([^"]+)"></a>', page(path)))


def raised() -> set[str]:
    """Return the code of every error that is defined."""
    importlib.import_module("rgcore.institution")
    found, waiting = {RgcoreError}, [RgcoreError]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(below)
    return {e.code for e in found if e.__module__.startswith("rgcore.")}


def named_in_source(pattern: str) -> set[str]:
    sources = (ROOT / "src" / "rgcore").rglob("*.py")
    texts = (path.read_text(encoding="utf-8") for path in sources)
    return {code for text in texts for code in re.findall(pattern, text)}


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_that_errors_refer_to_exists() -> None:
    assert (ROOT / DOCS).is_file()


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ("errors", raised()),
        ("problems", set(PROBLEMS)),
        ("findings", {p.code for p in BASE if isinstance(p, Texts)}),
        ("faults", set(FAULTS)),
    ],
)
def test_every_code_of_what_goes_wrong_has_its_anchor(
    what: str, codes: set[str]
) -> None:
    assert codes - anchors(DOCS) == set(), what


@pytest.mark.parametrize(
    ("pattern", "prefix"),
    [
        (r'misfit\(\s*"(\w+)"', "structure."),
        (r'_refusal\(\s*"(\w+)"', "access."),
        (r'"((?:input|config)\.\w+)"', ""),
    ],
)
def test_every_code_that_the_source_gives_has_its_anchor(
    pattern: str, prefix: str
) -> None:
    given = {f"{prefix}{code}" for code in named_in_source(pattern)}
    assert given
    assert given - anchors(DOCS) == set()


def test_every_change_has_its_anchor() -> None:
    assert {c.TYPE for c in ALL} - anchors("docs/reference/changes.md") == set()


def test_every_part_of_the_method_has_its_anchor() -> None:
    codes = {part.code for part in BASE if not isinstance(part, Term | Texts)}
    assert codes - anchors("docs/reference/method.md") == set()


def test_every_tag_of_a_source_is_explained() -> None:
    sources = page("docs/reference/sources.md")
    tags = {tag for part in BASE for tag in re.findall(r"\[\w+\]", part.source)}
    assert tags
    assert {tag for tag in tags if f"`{tag}`" not in sources} == set()


def test_every_command_has_its_heading() -> None:
    text = page("docs/reference/cli.md")
    for command in COMMANDS:
        assert f"\n## rgcore {' '.join(command.words)}\n" in text


@pytest.mark.parametrize("term", TERMS)
def test_every_word_of_the_method_in_code_stands_in_the_glossary(term: str) -> None:
    assert f"{{#{TERMS[term]}}}" in page("docs/glossary.md")


PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.glob("docs/**/*.md")
    if not {"_build", "templates"} & set(path.parts)
)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_between_pages_leads_to_a_file(path: str) -> None:
    text = re.sub(r"```.*?```", "", page(path), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
        # Some pages are pictures of others: see `include` in docs/changelog.md.
        assert ((ROOT / path).parent / target).exists(), target


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/tutorial/first-group.md",
        "docs/tutorial/first-setting.md",
        "docs/how-to/first-hour.md",
    ],
)
def test_what_people_copy_names_no_machine(path: str) -> None:
    places = r"(?<![\w./])/(?:home|root|tmp|usr|work|Users|var)/|[A-Z]:\\"
    assert re.findall(places, page(path)) == []


def test_what_the_first_hour_records_can_be_read() -> None:
    text = page("docs/how-to/first-hour.md")
    (block,) = re.findall(r"```json\n(\[.*?)```", text, re.DOTALL)
    changes = [{"happened_on": "2025-01-06", **one} for one in json.loads(block)]
    read, words = read_changes(changes)
    assert (len(read), len(words)) == (3, 4)


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    shown = re.findall(r"```text\n([^`]*day 49[^`]*)```", page("README.md"), re.DOTALL)
    command = [sys.executable, "-m", "rgcore", "demo", "klaas", "--lang", "en"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "klaas")],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert len(shown) == 1
    assert shown[0] in done.stdout
