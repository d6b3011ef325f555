"""`rgcore erase run`: carry out what is confirmed, for each day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from rgcore.cli.erase_words import (
    data_of,
    erasure_lines,
    place_lines,
    reason_lines,
    reasons_data,
)
from rgcore.cli.files import new_file, write_new
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language, operator
from rgcore.institution.erasing_answers import Ran
from rgcore.institution.erasing_running import report_of
from rgcore.render.translation import Translate, translator
from rgcore.store.erasing_register import Erasure


def run(options: argparse.Namespace) -> int:
    """Carry out, print the report of each, and exit with 1 if anything is held up."""
    file, chosen = new_file(options.report), language(options)
    with institution(options) as opened:
        ran = opened.erasing.run(operator(options))
    text = as_json(_data(ran, chosen))
    if file is not None and (ran.done or ran.again or ran.swept):
        write_new(file, text + "\n")
    print(text if options.as_json else "\n".join(_lines(ran, chosen)))
    return 1 if ran.held or ran.failed else 0


def report_data(erasure: Erasure) -> dict[str, Any]:
    """Return a request that was carried out with what went and what stayed.

    Args:
        erasure: The request.
    """
    return {**data_of(erasure), "stores": report_of(erasure)}


def report_lines(erasure: Erasure, said: Translate) -> Iterator[str]:
    """Go through the report of a request that was carried out.

    Args:
        erasure: The request.
        said: Translates.
    """
    yield from erasure_lines(erasure, said)
    yield from place_lines(report_of(erasure), said, done=erasure.state == "done")


def _data(ran: Ran, chosen: str) -> dict[str, Any]:
    return {
        "done": [report_data(one) for one in ran.done],
        "again": [report_data(one) for one in ran.again],
        "swept": list(ran.swept),
        "held": [
            {**data_of(one.erasure), "reasons": reasons_data(one.reasons, chosen)}
            for one in ran.held
        ],
        "failed": [{"group": one.group, "code": one.code} for one in ran.failed],
    }


def _lines(ran: Ran, chosen: str) -> Iterator[str]:
    said = translator(chosen)
    for erasure in ran.done:
        yield from report_lines(erasure, said)
    for erasure in ran.again:
        yield said("Something had come back, and was erased again:")
        yield from erasure_lines(erasure, said)
    for group in ran.swept:
        text = said("Something of the erased group {group} had come back; it is gone.")
        yield text.format(group=group)
    for held in ran.held:
        yield from erasure_lines(held.erasure, said)
        yield from reason_lines(held.reasons, chosen)
    for failed in ran.failed:
        text = said("Group {group} could not be looked at [{code}]: run rgcore verify.")
        yield text.format(group=failed.group, code=failed.code)
    done = len(ran.done) + len(ran.again) + len(ran.swept)
    text = said("Carried out: {done}. Held up: {held}. Not looked at: {failed}.")
    yield text.format(done=done, held=len(ran.held), failed=len(ran.failed))
