"""`rgcore erase list` and `report`: how requests and holds stand."""

from __future__ import annotations

import argparse

from rgcore.cli.erase_run import report_data, report_lines
from rgcore.cli.erase_words import data_of, erasure_lines, hold_line, is_late
from rgcore.cli.files import new_file, write_new
from rgcore.cli.report import as_json
from rgcore.cli.session import institution, language
from rgcore.errors import ErasureUnknown
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Print what there is, or one report."""
    if options.erase_command == "report":
        return _report(options)
    with institution(options) as opened:
        requests, holds = opened.erasing.requests(), opened.erasing.holds()
        today = opened.today()
    if options.as_json:
        data = {
            "requests": [
                {**data_of(one), "late": is_late(one, today)} for one in requests
            ],
            "holds": [data_of(one) for one in holds],
        }
        print(as_json(data))
        return 0
    said = translator(language(options))
    for erasure in requests:
        print("\n".join(erasure_lines(erasure, said, today)))
    for hold in holds:
        print(hold_line(hold, said))
    if not requests and not holds:
        print(said("There are no requests and no holds."))
    return 0


def _report(options: argparse.Namespace) -> int:
    file = new_file(options.report)
    with institution(options) as opened:
        found = [one for one in opened.erasing.requests() if one.id == options.id]
    if not found:
        raise ErasureUnknown
    text = as_json(report_data(found[0]))
    if file is not None:
        write_new(file, text + "\n")
    said = translator(language(options))
    print(text if options.as_json else "\n".join(report_lines(found[0], said)))
    return 0
