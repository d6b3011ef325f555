"""`rgcore export`: a group as a file, whole or as one reader may see it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from attrs import evolve

from rgcore.cli.files import new_file, write_new
from rgcore.cli.report import as_json
from rgcore.cli.session import actor, institution, language
from rgcore.domain.actor import OPERATION
from rgcore.render.translation import Translate, translator


def run(options: argparse.Namespace) -> int:
    """Write what was asked for; nothing is overwritten."""
    said = translator(language(options))
    file = new_file(options.out)
    content = _content(options)
    text = as_json(content)
    if file is None:
        print(text)
    else:
        write_new(file, text + "\n")
        _tell(file, content, said, as_data=options.as_json)
    if options.whole:
        _warn(content, said)
    return 0


def _content(options: argparse.Namespace) -> dict[str, Any]:
    with institution(options) as opened:
        who = actor(options, opened)
        if not options.whole:
            return opened.export_view(options.group, who)
        if options.purpose is None:
            who = evolve(who, purpose=OPERATION)
        return opened.export(options.group, who)


def _tell(
    file: Path, content: dict[str, Any], said: Translate, *, as_data: bool
) -> None:
    if as_data:
        digest = content.get("digest")
        print(as_json({"file": str(file), "kind": content["kind"], "digest": digest}))
    else:
        print(said("Written: {file}").format(file=file))


def _warn(content: dict[str, Any], said: Translate) -> None:
    """Say on standard error what the file is, so that it stays out of the file."""
    lines = (
        said("Digest: {digest}").format(digest=content["digest"]),
        said(
            "This holds everything that was recorded, unsealed. Whoever has it can "
            "read all of it, and no erasure reaches it: send it sealed, and remove it."
        ),
        said("Tell the digest by another way; rgcore import --digest compares it."),
    )
    print("\n".join(lines), file=sys.stderr)
