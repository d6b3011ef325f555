"""`rgcore keys status`: which key wraps how much, and who can get at the ring."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, Final

import attrs

from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.render.translation import Translate, translator
from rgcore.store import Reach, RingKey, RingStatus


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


_PROBLEMS: Final = {
    "read": _("{path} ({mode}): others can read this file. Run: chmod 600 {path}"),
    "write": _(
        "{path} ({mode}): others can put files of their own into this folder. "
        "Run: chmod go-w {path}"
    ),
    "owner": _(
        "{path} ({mode}): this belongs to somebody else than the key ring does. See "
        "whose it should be."
    ),
}


def run(options: argparse.Namespace) -> int:
    """Print how the ring stands; exit with 1 if others can get at it or a key lacks."""
    said = translator(language(options))
    with institution(options) as opened:
        now = opened.key_status()
    if options.as_json:
        print(as_json(_data(now)))
    else:
        print("\n".join(_lines(now, said)))
    problems = any(one.problem for one in now.reaches)
    return 1 if problems or not all(key.is_there for key in now.keys) else 0


def _data(now: RingStatus) -> dict[str, Any]:
    copied = now.copied
    return {
        "file": now.file,
        "wrapper": now.wrapper,
        "waiting": now.waiting,
        "keys": [attrs.asdict(key) for key in now.keys],
        "to_rewrap": _older(now),
        "copied": copied
        and {
            "at": copied.at.isoformat(),
            "keys": list(copied.keys),
            "lacks": _uncopied(now),
        },
        "rights_checked": now.is_checked,
        "rights": [attrs.asdict(one) for one in now.reaches],
    }


def _older(now: RingStatus) -> int:
    return sum(key.records for key in now.keys if not key.is_current)


def _uncopied(now: RingStatus) -> list[str]:
    known = now.copied.keys if now.copied else ()
    return [key.name for key in now.keys if key.is_there and key.name not in known]


def _lines(now: RingStatus, said: Translate) -> Iterator[str]:
    yield said("Key ring: {file}").format(file=now.file)
    if now.wrapper is None:
        yield said("Its keys stand in the clear; the rights of the file protect them.")
    else:
        yield said("Its keys are wrapped by {wrapper}.").format(wrapper=now.wrapper)
    for key in now.keys:
        yield _of_key(key, said)
    if now.waiting is not None:
        yield said(
            "Key {key} was added and wraps nothing yet: run rgcore keys rewrap."
        ).format(key=now.waiting)
    if count := _older(now):
        yield said(
            "Still wrapped by an older key: {count}. Run rgcore keys rewrap."
        ).format(count=count)
    yield from _of_copy(now, said)
    yield from _of_rights(now, said)


def _of_key(key: RingKey, said: Translate) -> str:
    text = said("Key {key}, made {at}; records that it wraps: {count}.")
    if not key.is_there:
        text = said("Key {key} is not in the ring; records that need it: {count}.")
    elif key.is_current:
        text = said(
            "Key {key}, made {at}; records that it wraps: {count}, and all new ones."
        )
    at = key.made_at or "–"  # noqa: RUF001 - a dash
    return text.format(key=key.name, at=at, count=key.records)


def _of_copy(now: RingStatus, said: Translate) -> Iterator[str]:
    if now.copied is None:
        yield said(
            "Whether there is a copy is not known: only those that rgcore keys copy "
            "made are. Without the key ring nothing can be read."
        )
        return
    yield said("Last copied: {at}").format(at=now.copied.at.isoformat())
    if lacks := _uncopied(now):
        yield said(
            "That copy lacks {keys}. Make a new one: rgcore keys copy FILE"
        ).format(keys=", ".join(lacks))


def _of_rights(now: RingStatus, said: Translate) -> Iterator[str]:
    if not now.is_checked:
        yield said(
            "The rights of files are not checked on this system: see to it that only "
            "the account that runs rgcore can read the key ring."
        )
        return
    for one in now.reaches:
        yield _of_reach(one, said)


def _of_reach(one: Reach, said: Translate) -> str:
    if one.problem is None:
        text = said("{path} ({mode}): as it should be.")
    else:
        text = said(_PROBLEMS[one.problem])
    return text.format(path=one.path, mode=one.mode)
