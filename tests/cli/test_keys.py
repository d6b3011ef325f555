"""The commands about the key ring, and the worked example of a key service."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cli.terminal import GROUP, KLAAS, RAW_CODE, Answer, Played, process, rgcore
from databases import execute
from rgcore.store import KeyRing, keyring_places

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


def _run(played: Played, *words: str) -> Answer:
    return rgcore(*words, "--config", played.config)


def _ring(played: Played) -> Path:
    return played.folder / "klaas.keyring"


def _texts(answer: Answer) -> list[str]:
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_losing_the_ring_is_explained_before_anything_can_be_lost(
    tmp_path: Path, language: str
) -> None:
    made = rgcore("init", str(tmp_path / "new"), "--lang", language)
    ring = tmp_path / "new" / "rgcore.keyring"
    text = " ".join(_texts(made))
    assert f"{ring} open" in text
    for command in ("rgcore keys copy", "rgcore keys check"):
        assert command in text
    wanted = {
        "nl": ("niemand ooit nog iets lezen", "veilige plek", "geen wachtwoord"),
        "en": ("nobody can read anything again", "safe place", "no password"),
    }
    assert [one for one in wanted[language] if one not in text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_rotation_says_first_that_copies_from_before_lack_its_key(
    own: Played, language: str
) -> None:
    before = _run(own, "timeline", GROUP, "--as", KLAAS).out
    first, done, older = _texts(_run(own, "keys", "rotate", "--lang", language))
    assert "rgcore keys copy" in first
    key = KeyRing.read(_ring(own)).current
    assert key in done
    assert done.endswith(": 1.")
    assert "rgcore keys retire" in older
    assert _run(own, "timeline", GROUP, "--as", KLAAS).out == before


def test_a_rotation_as_data(own: Played) -> None:
    answer = _run(own, "keys", "rotate", "--json")
    key = KeyRing.read(_ring(own)).current
    assert answer.code == 0
    assert answer.data == {"key": key, "rewrapped": 1, "left": [], "copy": None}
    again = _run(own, "keys", "rewrap", "--json")
    assert again.data == {"key": key, "rewrapped": 0, "left": []}


def test_a_copy_is_made_before_the_new_key_is_used(own: Played, tmp_path: Path) -> None:
    copy = tmp_path / "copy.keyring"
    lines = _texts(_run(own, "keys", "rotate", "--copy-to", str(copy), "--lang", "en"))
    assert lines[0] == f"Copied: {copy}"
    assert KeyRing.read(copy).keys == KeyRing.read(_ring(own)).keys
    assert _run(own, "keys", "check", str(copy)).code == 0
    # What is there is not overwritten, and nothing is done.
    before = _ring(own).read_bytes()
    refused = _run(own, "keys", "rotate", "--copy-to", str(copy), "--json")
    assert (refused.code, refused.error["code"]) == (1, "store.exists")
    assert _ring(own).read_bytes() == before


def test_a_copy_that_cannot_be_made_keeps_the_key_from_being_used(
    own: Played, tmp_path: Path
) -> None:
    place = str(tmp_path / "not" / "there")
    answer = _run(own, "keys", "rotate", "--copy-to", place, "--json")
    assert (answer.code, answer.error["code"]) == (3, "keys.not_written")
    now = _run(own, "keys", "status", "--json").data
    assert now["waiting"] == KeyRing.read(_ring(own)).current
    assert [key["is_current"] for key in now["keys"]] == [True, False]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_key_for_several_machines_is_added_first_and_used_later(
    own: Played, language: str
) -> None:
    added, bring = _texts(_run(own, "keys", "rotate", "--only-add", "--lang", language))
    key = KeyRing.read(_ring(own)).current
    assert key in added
    assert "rgcore keys rewrap" in bring
    status = _run(own, "keys", "status", "--lang", language).out
    assert sum(key in line for line in status.splitlines()) == 2
    done, _ = _texts(_run(own, "keys", "rewrap", "--lang", language))
    assert key in done
    data = _run(own, "keys", "rotate", "--only-add", "--json").data
    assert data["rewrapped"] == 0
    assert data["key"] not in {"1", key}


def test_only_adding_and_copying_do_not_go_together(own: Played) -> None:
    answer = _run(own, "keys", "rotate", "--only-add", "--copy-to", "x", "--json")
    assert (answer.code, answer.error["code"]) == (2, "input")


def test_what_does_not_open_is_named_and_the_exit_code_says_so(own: Played) -> None:
    execute(own.folder / "klaas.keys.db", "UPDATE key_record SET sealed = x'00'")
    answer = _run(own, "keys", "rotate", "--lang", "en")
    assert answer.code == 1
    assert f"{GROUP}: its keys do not open and were left as they are." in answer.out
    assert _run(own, "keys", "rewrap", "--json").data["left"] == [GROUP]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_status_says_it_in_words_without_codes(own: Played, language: str) -> None:
    answer = _run(own, "keys", "status", "--lang", language)
    said = re.sub(r"\S*/\S*|rgcore keys \w+", "", answer.out)
    assert RAW_CODE.findall(said) == []
    assert f"{_ring(own)} (600)" in answer.out
    assert answer.code == 0


def test_status_as_data(own: Played, tmp_path: Path) -> None:
    before = _run(own, "keys", "status", "--json").data
    assert before["copied"] is None
    assert before["to_rewrap"] == 0
    (key,) = before["keys"]
    assert (key["name"], key["records"], key["is_current"]) == ("1", 2, True)
    _run(own, "keys", "copy", str(tmp_path / "copy"))
    _run(own, "keys", "rotate")
    after = _run(own, "keys", "status", "--json").data
    new = KeyRing.read(_ring(own)).current
    assert after["copied"]["lacks"] == [new]
    assert {one["problem"] for one in after["rights"]} == {None}
    text = _run(own, "keys", "status", "--lang", "en").out
    assert f"That copy lacks {new}." in text


@POSIX
@pytest.mark.parametrize("language", ["nl", "en"])
def test_status_names_who_can_get_at_the_ring_and_exits_with_1(
    own: Played, language: str
) -> None:
    own.folder.chmod(0o777)
    shutil.copy(_ring(own), own.folder / "reserve")
    (own.folder / "reserve").chmod(0o644)
    answer = _run(own, "keys", "status", "--lang", language)
    assert answer.code == 1
    assert f"chmod go-w {own.folder}" in answer.out
    assert f"chmod 600 {own.folder / 'reserve'}" in answer.out


def test_status_says_where_rights_are_not_looked_at(
    own: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rgcore.store.keyring_copies.IS_CHECKED", False)
    monkeypatch.setattr(keyring_places, "IS_CHECKED", False)
    answer = _run(own, "keys", "status", "--lang", "nl")
    assert "worden de rechten van bestanden niet gecontroleerd" in answer.out
    assert _run(own, "keys", "status", "--json").data["rights_checked"] is False


def test_a_key_that_is_missing_makes_status_fail(own: Played) -> None:
    execute(own.folder / "klaas.keys.db", "UPDATE key_record SET ring_key = '7'")
    answer = _run(own, "keys", "status", "--lang", "en")
    assert answer.code == 1
    assert "Key 7 is not in the ring; records that need it: 1." in answer.out


@POSIX
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_copy_says_where_it_belongs_and_that_it_lies_too_near(
    own: Played, tmp_path: Path, language: str
) -> None:
    copy = tmp_path / "copy"
    lines = _texts(_run(own, "keys", "copy", str(copy), "--lang", language))
    assert len(lines) == 4
    assert str(copy) in lines[0]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = _run(own, "keys", "copy", str(copy), "--json")
    assert (again.code, again.error["code"]) == (1, "store.exists")
    data = _run(own, "keys", "copy", str(tmp_path / "other"), "--json").data
    assert data == {
        "file": str(tmp_path / "other"),
        "keys": ["1"],
        "lacks": [],
        "same_disk": True,
    }


def test_a_copy_is_checked_even_when_the_ring_is_gone(
    own: Played, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    _run(own, "keys", "copy", str(old))
    _run(own, "keys", "rotate", "--copy-to", str(new))
    _ring(own).unlink()
    assert _run(own, "status", "--json").error["code"] == "keys.missing"
    good = _run(own, "keys", "check", str(new), "--lang", "en")
    assert good.out.startswith(f"{new} opens all of the key store.")
    bad = _run(own, "keys", "check", str(old), "--lang", "en")
    assert (bad.code, bad.err) == (1, "")
    assert f"{old} does not open all of the key store" in bad.out
    assert _run(own, "keys", "check", str(old), "--json").data["lacks"] != []


@pytest.mark.parametrize(
    ("content", "code"), [("no ring", "keys.unreadable"), (None, "keys.missing")]
)
def test_what_is_no_copy_is_an_error(
    own: Played, tmp_path: Path, content: str | None, code: str
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_text(content)
        file.chmod(0o600)
    answer = _run(own, "keys", "check", str(file), "--json")
    assert (answer.code, answer.error["code"]) == (3, code)


def test_an_old_key_goes_when_somebody_says_that_its_backups_are_gone(
    own: Played,
) -> None:
    in_use = _run(own, "keys", "retire", "1", "--backups-expired", "--json")
    assert (in_use.code, in_use.error["code"]) == (1, "keys.in_use")
    _run(own, "keys", "rotate")
    refused = _run(own, "keys", "retire", "1", "--lang", "nl")
    assert (refused.code, refused.out) == (1, "")
    assert "reservekopieën" in refused.err
    done = _run(own, "keys", "retire", "1", "--backups-expired", "--lang", "nl")
    assert len(_texts(done)) == 2
    assert list(KeyRing.read(_ring(own)).keys) == [KeyRing.read(_ring(own)).current]
    unknown = _run(own, "keys", "retire", "1", "--backups-expired", "--json")
    assert unknown.code == 2
    (problem,) = unknown.error["problems"]
    assert problem["code"] == "input.no_ring_key"


def test_retiring_as_data(own: Played) -> None:
    key = _run(own, "keys", "rotate", "--json").data["key"]
    answer = _run(own, "keys", "retire", "1", "--backups-expired", "--json")
    assert answer.data == {"retired": "1", "keys": [key]}


def test_wrapping_asks_for_a_service_in_the_configuration(own: Played) -> None:
    answer = _run(own, "keys", "wrap", "--json")
    assert answer.code == 3
    (problem,) = answer.error["problems"]
    assert (problem["code"], problem["path"]) == ("input.missing_key", "keys.wrapper")


# The worked example, as programs.

KMS = (ROOT / "docs" / "how-to" / "kms.md").read_text(encoding="utf-8")

STAND_IN = """\
#!{python}
import os, sys
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
key = AESGCM(open({key!r}, "rb").read())
content, context = sys.stdin.buffer.read(), sys.argv[2].encode()
with open({log!r}, "a") as log:
    print(*sys.argv[1:], file=log)
if sys.argv[1] == "wrap":
    nonce = os.urandom(12)
    done = nonce + key.encrypt(nonce, content, context)
else:
    done = key.decrypt(content[:12], content[12:], context)
sys.stdout.buffer.write(done)
"""
"""A key service in a file: it binds the context, and notes what it is asked."""


def _block(kind: str, holding: str) -> str:
    blocks = re.findall(rf"```{kind}\n(.*?)```", KMS, re.DOTALL)
    (found,) = (block for block in blocks if holding in block)
    return str(found)


def _executable(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def code(own: Played, tmp_path: Path) -> Path:
    """Give a folder with the page's wrapper, named in the configuration."""
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "our_keys.py").write_text(_block("python", "class CommandWrapper"))
    toml = Path(own.config)
    written = toml.read_text("utf-8")
    line = '# wrapper = "your_module:your_factory"'
    assert line in written
    wanted = re.search(r'^wrapper = ".*"$', _block("toml", "wrapper"), re.MULTILINE)
    assert wanted is not None
    toml.write_text(written.replace(line, wanted[0]), "utf-8")
    return folder


def _program(own: Played, code: Path, *words: str) -> tuple[int, Any, str]:
    paths = [str(code), os.environ.get("PYTHONPATH", "")]
    env = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = process(*words, "--config", own.config, "--json", env=env)
    out = json.loads(done.stdout) if done.stdout else None
    return done.returncode, out, done.stderr.decode()


@POSIX
def test_the_worked_example_wraps_opens_and_rotates(own: Played, code: Path) -> None:
    secret, log = code / "secret", code / "asked"
    secret.write_bytes(os.urandom(32))
    text = STAND_IN.format(python=sys.executable, key=str(secret), log=str(log))
    _executable(code / "our-kms", text)
    plain = KeyRing.read(_ring(own)).keys["1"]
    refused = _program(own, code, "verify")
    assert refused[0] == 3
    assert "keys.not_wrapped" in refused[2]
    assert _program(own, code, "keys", "wrap")[:2] == (
        0,
        {"wrapper": "our-kms", "wrapped": True},
    )
    assert plain not in _ring(own).read_bytes()
    assert _program(own, code, "keys", "wrap")[1]["wrapped"] is False
    rotated = _program(own, code, "keys", "rotate", "--copy-to", str(code / "copy"))
    assert rotated[0] == 0
    key = rotated[1]["key"]
    assert _program(own, code, "keys", "retire", "1", "--backups-expired")[0] == 0
    assert _program(own, code, "keys", "check", str(code / "copy"))[0] == 0
    log.unlink()
    code_, verified, _ = _program(own, code, "verify")
    assert (code_, verified["faults"]) == (0, [])
    asked = log.read_text().split("\n")
    written = tomllib.loads(Path(own.config).read_text("utf-8"))
    institution = written["institution"]["id"]
    assert asked == [f"unwrap rgcore:{institution}:{key}", ""]


@POSIX
def test_the_worked_example_tells_the_kind_when_the_service_is_away(
    own: Played, code: Path
) -> None:
    _executable(code / "our-kms", "#!/bin/sh\ncat >&2\nexit 1\n")
    secret = json.loads(_ring(own).read_text("ascii"))["keys"]["1"]
    failed, out, said = _program(own, code, "keys", "wrap")
    assert (failed, out) == (3, None)
    assert "CalledProcessError" in said
    assert secret[:12] not in said
    assert KeyRing.read(_ring(own)).current == "1"


@POSIX
@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")
def test_the_command_of_the_worked_example_runs(own: Played, code: Path) -> None:
    _executable(code / "our-kms", _block("sh", "openssl cms"))
    made = subprocess.run(
        ["sh", "-c", _block("sh", "openssl req")],
        cwd=code,
        check=True,
        capture_output=True,
    )
    assert made.returncode == 0
    assert _program(own, code, "keys", "wrap")[0] == 0
    assert _program(own, code, "verify")[1]["faults"] == []
    # Without the service's own key nothing opens, except a plain copy.
    assert _program(own, code, "keys", "copy", "--plain", str(code / "safe"))[0] == 0
    (code / "our-key.pem").unlink()
    away = _program(own, code, "verify")
    assert away[0] == 3
    assert "keys.wrapper_failed" in away[2]
    assert _program(own, code, "keys", "check", str(code / "safe"))[0] == 0
