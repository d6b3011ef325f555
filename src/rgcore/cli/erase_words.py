"""How erasing is told: what goes and what stays, place by place, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import attrs

from rgcore.institution.erasing_reasons import Reason
from rgcore.render.translation import Translate
from rgcore.store.erasing_register import Act, Erasure, Hold


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


PLACES: Final[Mapping[str, str]] = {
    "database": _("Database"),
    "database_backups": _("Backups of the database"),
    "key_store": _("Key store"),
    "key_store_backups": _("Backups of the key store"),
    "exports": _("Exports and prints"),
    "record_systems": _("Record systems"),
    "access_log": _("Access log"),
    "anchors": _("File with anchors"),
}
PARTS: Final[Mapping[str, str]] = {
    "leaves_of_document": _("sealed texts in the document"),
    "leaves_of_journal": _("sealed texts in the journal"),
    "redacted_texts": _("sealed texts of the changes that were named"),
    "skeletons": _("sealed entries of the journal, and the document"),
    "index": _("the row in the teams' list"),
    "numbers": _("kinds of numbers of other systems that lead to the group"),
    "outbox": _("record systems for which something waits to be sent"),
    "journal_headers": _("rows of the journal: ids, types, times and digests"),
    "skeleton": _("ids, codes, dates, numbers and answers to choose from"),
    "words_of_others": _("words of others that speak of this person"),
    "request": _("the request and its report: ids, codes and dates"),
    "keys": _("keys"),
    "keys_of_others": _("the keys of others"),
    "chain_key": _("the key that checks the chain of the journal"),
    "copies": _("copies"),
    "files": _("files that were exported"),
    "prints": _("what was printed, sent or shown elsewhere"),
    "lines": _("lines: who looked or did something, when and why"),
    "anchors": _("lines: ids, numbers and digests of last rows"),
}
WHYS: Final[Mapping[str, str]] = {
    "chain": _("without them nobody can check that nothing else was altered"),
    "shape_of_the_group": _("the group keeps its shape, without the words"),
    "redacted_by_hand": _("somebody has to read them: rgcore erase redact"),
    "accountability": _("so that it can be told what was done"),
    "opens_with_old_keys_only": _("they open with an old copy of the key store alone"),
    "not_asked_for": _("they were not asked for"),
    "needed_for_the_rest": _("the other texts of these people need them"),
    "opens_with_todays_keys": _("they open with the keys of today until they expire"),
    "until_they_expire": _("until the last of them expires"),
    "out_of_reach": _("rgcore does not reach them: ask whoever has them"),
    "not_ours": _("they are not rgcore's: ask whoever keeps them"),
    "term_of_the_log": _("the log has a term of its own, and holds no words"),
}
UNKNOWN: Final = _(
    "Final once the last backup of the database from before has expired; rgcore is not "
    "told when that is (store_backup_days)."
)
STATES: Final[Mapping[str, str]] = {
    "requested": _("asked for; somebody else has to confirm it"),
    "confirmed": _("confirmed"),
    "withdrawn": _("withdrawn"),
    "started": _("being carried out"),
    "done": _("carried out"),
}


def place_lines(
    places: Iterable[Mapping[str, Any]], said: Translate, *, done: bool
) -> Iterator[str]:
    """Go through what goes and what stays, place by place.

    Args:
        places: As plain data, as the report keeps them.
        said: Translates.
        done: Whether it was carried out.
    """
    goes, stays = said("gone") if done else said("goes"), said("stays")
    for place in places:
        yield f"{said(PLACES[place['store']])}:"
        for part in place["goes"]:
            yield f"  – {goes}: {_part(part, said)}"  # noqa: RUF001 - a dash
        for part in place["stays"]:
            yield f"  · {stays}: {_part(part, said)}; {_why(part, said)}"


def _part(part: Mapping[str, Any], said: Translate) -> str:
    text = said(PARTS[part["what"]])
    if part["count"] is not None:
        text = f"{text} ({part['count']})"
    names = ", ".join(part.get("names", ()))
    return f"{text}: {names}" if names else text


def _why(part: Mapping[str, Any], said: Translate) -> str:
    text = said(WHYS[part["why"]])
    return f"{text} ({part['until']})" if part["until"] else text


def is_late(erasure: Erasure, on: date) -> bool:
    """Tell whether whoever asked should have been answered by a day.

    Args:
        erasure: The request.
        on: The day.
    """
    return erasure.state not in {"done", "withdrawn"} and on > erasure.answer_by


def erasure_lines(
    erasure: Erasure, said: Translate, on: date | None = None
) -> Iterator[str]:
    """Go through how a request stands.

    Args:
        erasure: The request.
        said: Translates.
        on: The day; whether an answer is late is not said without one.
    """
    head = said("{id}: {whom}, group {group} – {state}.")  # noqa: RUF001 - a dash
    whom = erasure.person or said("the whole group")
    if erasure.entries:
        whom = said("texts of {count} changes").format(count=len(erasure.entries))
    state = said(STATES[erasure.state])
    yield head.format(id=erasure.id, whom=whom, group=erasure.group, state=state)
    if erasure.state == "done":
        final = said("Final from {date}: then no backup has it any more.")
        if erasure.final_on is None:
            final = said(UNKNOWN)
        yield "  " + final.format(date=erasure.final_on)
    elif erasure.state != "withdrawn":
        earliest = said("Not before {grace}; tell whoever asked by {answer}.")
        filled = {"grace": erasure.grace_until, "answer": erasure.answer_by}
        yield "  " + earliest.format(**filled)
    if on is not None and is_late(erasure, on):
        yield "  ! " + said("The day by which to answer has passed.")


def final_line(on: date, final_on: date | None, said: Translate) -> str:
    """Return from when an erasure is final.

    Args:
        on: The day on which it is carried out.
        final_on: That day; `None` if it is not known.
        said: Translates.
    """
    if final_on is None:
        return said(UNKNOWN)
    text = said("If it is carried out on {date}, it is final from {final}.")
    return text.format(date=on, final=final_on)


def hold_line(hold: Hold, said: Translate) -> str:
    """Return how a hold stands.

    Args:
        hold: The hold.
        said: Translates.
    """
    until = said("lifted") if hold.lifted else hold.until or said("until it is lifted")
    whom = hold.person or said("the whole group")
    text = said("{id}: hold on {whom}, group {group}: {kind}, by {by}; {until}.")
    return text.format(
        id=hold.id,
        whom=whom,
        group=hold.group,
        kind=hold.kind,
        by=hold.made.by,
        until=until,
    )


def reason_lines(reasons: Iterable[Reason], language: str) -> Iterator[str]:
    """Go through what stands in the way.

    Args:
        reasons: All of it.
        language: `nl` or `en`.
    """
    for reason in reasons:
        yield f"  ! {reason.sentence(language)} [{reason.code}]"


def reasons_data(reasons: Iterable[Reason], language: str) -> list[dict[str, Any]]:
    """Return what stands in the way as plain data.

    Args:
        reasons: All of it.
        language: `nl` or `en`.
    """
    return [
        {
            "code": one.code,
            "until": _plain(one.until),
            "sentence": one.sentence(language),
        }
        for one in reasons
    ]


def data_of(item: Erasure | Hold) -> dict[str, Any]:
    """Return a request or a hold as plain data.

    Args:
        item: Which one.
    """
    hidden = {"report", "people"}
    fields = (one.name for one in attrs.fields(type(item)))
    data = {name: _plain(getattr(item, name)) for name in fields if name not in hidden}
    return data | ({"state": item.state} if isinstance(item, Erasure) else {})


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, Act):
        return {"by": value.by, "because": value.because, "at": value.at.isoformat()}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
