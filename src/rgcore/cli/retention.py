"""`rgcore retention`: which groups have passed their term. Nothing goes by it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rgcore.cli.report import as_json
from rgcore.cli.session import day, institution, language
from rgcore.domain.dates import Period
from rgcore.institution.retention import Passed
from rgcore.institution.retention_terms import Keeping, RetentionClass
from rgcore.render.translation import Translate, translator


def run(options: argparse.Namespace) -> int:
    """Print what has passed its term, and by which terms."""
    chosen = language(options)
    with institution(options) as opened:
        on = day(options.on, opened.today(), "--on")
        found, keeping = opened.retention(on), opened.keeping
    if options.as_json:
        print(as_json(_data(on, found, keeping, chosen)))
    else:
        print("\n".join(_lines(on, found, keeping, chosen)))
    return 0


def _data(
    on: date, found: Sequence[Passed], keeping: Keeping, chosen: str
) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "passed": [
            {
                "group": one.group,
                "class": one.term.code,
                "term": _length(one.term.term),
                "last_change": one.last_change.isoformat(),
                "since": one.since.isoformat(),
                "source": one.term.source,
                "owner": one.term.owner,
                "on_hold": one.on_hold,
            }
            for one in found
        ],
        "terms": [_term_data(one, chosen) for one in keeping.classes.values()],
    }


def _term_data(term: RetentionClass, chosen: str) -> dict[str, Any]:
    return {
        "class": term.code,
        "what": term.wording.said_in(chosen),
        "organisation": term.organisation,
        "law": term.law,
        "term": _length(term.term),
        "source": term.source,
        "owner": term.owner,
        "checked": term.checked.isoformat() if term.checked else None,
    }


def _lines(
    on: date, found: Sequence[Passed], keeping: Keeping, chosen: str
) -> Iterator[str]:
    said = translator(chosen)
    yield said("Terms, each with whoever answers for it:")
    for term in keeping.classes.values():
        yield f"  {_term_line(term, chosen, said)}"
    head = said("Past their term on {date}: {count}. Nothing was erased.")
    yield head.format(date=on, count=len(found))
    line = said("{group}: {code} since {since} (last change {last}); {owner}")
    for one in found:
        filled = {"code": one.term.code, "owner": one.term.owner}
        dates = {"since": one.since, "last": one.last_change}
        text = line.format(group=one.group, **filled, **dates)
        yield f"{text} – {said('on hold')}" if one.on_hold else text  # noqa: RUF001


def _term_line(term: RetentionClass, chosen: str, said: Translate) -> str:
    checked = said("nobody has looked this up yet")
    if term.checked is not None:
        checked = said("looked up on {date}").format(date=term.checked)
    what, length = term.wording.said_in(chosen), _said_length(term.term, said)
    return f"{term.code}: {what} – {length}; {term.owner}. {term.source} ({checked})"  # noqa: RUF001


def _length(term: Period) -> dict[str, int]:
    return {"months": term.months, "days": term.days}


def _said_length(term: Period, said: Translate) -> str:
    if term.days:
        return said("{count} days").format(count=term.days)
    years, months = divmod(term.months, 12)
    if months:
        return said("{count} months").format(count=term.months)
    return said("{count} years").format(count=years)
