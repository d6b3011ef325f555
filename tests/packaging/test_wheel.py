"""The wheel holds all that rgcore needs at run time, and works from a zip file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"


def _builder(out: Path) -> list[str]:
    uv = shutil.which("uv")
    if uv:
        return [uv, "build", "--wheel", "--quiet", "--out-dir", str(out), str(ROOT)]
    options = ("--no-deps", "--quiet", "--disable-pip-version-check", "-w", str(out))
    return [sys.executable, "-m", "pip", "wheel", *options, str(ROOT)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel; hatchling comes from a package index."""
    out = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        _builder(out), capture_output=True, check=False, text=True, timeout=300
    )
    missing = ("No matching distribution", "Failed to fetch", "No module named pip")
    if built.returncode and any(said in built.stderr for said in missing):
        pytest.skip("hatchling or pip cannot be had here")
    assert built.returncode == 0, built.stderr
    (file,) = out.glob("rgcore-*.whl")
    return zipfile.ZipFile(file)


def test_the_wheel_holds_every_file_of_the_source(wheel: zipfile.ZipFile) -> None:
    held = {name for name in wheel.namelist() if name.startswith("rgcore/")}
    files = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "rgcore").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert held == files


@pytest.mark.parametrize(
    "name",
    [
        "rgcore/py.typed",
        "rgcore/cli/cases/klaas.toml",
        "rgcore/cli/templates/setting/pyproject.toml.template",
        "rgcore/render/locale/nl/LC_MESSAGES/rgcore.mo",
        "rgcore/store/migrations/env.py",
        "rgcore/store/migrations/versions/keys_1.py",
        "rgcore/store/migrations/versions/log_1.py",
        "rgcore/store/migrations/versions/store_1.py",
    ],
)
def test_the_wheel_holds_what_is_no_module(wheel: zipfile.ZipFile, name: str) -> None:
    assert name in wheel.namelist()


def test_the_wheel_holds_licence_program_and_metadata(wheel: zipfile.ZipFile) -> None:
    about = {
        name.partition(".dist-info/")[2]: name
        for name in wheel.namelist()
        if ".dist-info/" in name
    }
    licence = wheel.read(about["licenses/LICENSE"])
    assert licence == (ROOT / "LICENSE").read_bytes()
    assert "rgcore = rgcore.cli:main" in wheel.read(about["entry_points.txt"]).decode()
    metadata = Parser().parsestr(wheel.read(about["METADATA"]).decode())
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"


def test_cases_templates_and_translations_are_read_from_a_zip_file(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "rgcore.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in (SOURCE / "rgcore").rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                packed.write(path, path.relative_to(SOURCE))
    program = (
        "import rgcore, rgcore.cli.replay as replay\n"
        "from rgcore.render.translation import translator\n"
        "print(rgcore.__file__)\n"
        "print(translator('nl')('Goals'), len(replay.Case.named('klaas').events))\n"
        "import sys, rgcore.cli\n"
        "rgcore.cli.main(['new', 'setting', 'youth', '--out', sys.argv[1]])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "new")],
        env={**os.environ, "PYTHONPATH": str(archive), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout.splitlines()
    assert told[0].startswith(str(archive))
    assert told[1].startswith("Doelen ")
    assert (tmp_path / "new" / "pyproject.toml").is_file()
