"""What of somebody lies where: what an erasure takes away, what it leaves, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from attrs import frozen

from rgcore.domain.ids import Code
from rgcore.institution.erasing_answers import Part, Place
from rgcore.store.access_log import Line
from rgcore.store.erasing import Lying

_EXPORTS: Final = frozenset({"export", "export_whole"})


@frozen(kw_only=True)
class Found:
    """What an inventory is made from.

    Attributes:
        whole: Whether the whole group goes.
        lying: What there is.
        lines: The lines of the access log about the group.
        anchored: How many anchors of the group there are; `None` without a file.
        final_on: The day from which no backup has what went, if that is known.
        redacted: How many sealed texts are redacted; `None` if it is about a person
            or a group.
    """

    whole: bool
    lying: Lying
    lines: tuple[Line, ...]
    anchored: int | None
    final_on: date | None
    redacted: int | None = None


def inventory(found: Found) -> tuple[Place, ...]:
    """Return what goes and what stays, place by place.

    Args:
        found: What there is.
    """
    places = (make(found) for make in _PLACES)
    return tuple(place for place in places if place.goes or place.stays)


def _database(found: Found) -> Place:
    if found.redacted is not None:
        return _redacted(found, found.redacted)
    lying = found.lying
    goes = [
        _part("leaves_of_document", lying.in_document),
        _part("leaves_of_journal", lying.in_journal),
    ]
    stays = [_part("journal_headers", lying.rows, "chain")]
    if found.whole:
        goes += [
            _part("skeletons", lying.entries),
            _part("index", lying.index),
            _part("numbers", len(lying.numbers), names=lying.numbers),
            _part("outbox", len(lying.waiting), names=lying.waiting),
        ]
    else:
        stays += [
            _part("skeleton", None, "shape_of_the_group"),
            _part("words_of_others", None, "redacted_by_hand"),
        ]
    stays.append(_part("request", None, "accountability"))
    return _place("database", goes, stays)


def _redacted(found: Found, count: int) -> Place:
    goes = [_part("redacted_texts", count)]
    stays = [
        _part("journal_headers", found.lying.rows, "chain"),
        _part("skeleton", None, "shape_of_the_group"),
        _part("request", None, "accountability"),
    ]
    return _place("database", goes, stays)


def _database_backups(found: Found) -> Place:
    why = "opens_with_old_keys_only"
    if found.redacted is not None:
        why = "opens_with_todays_keys"
    return _place(
        "database_backups", (), [_part("copies", None, why, until=found.final_on)]
    )


def _key_store(found: Found) -> Place:
    if found.redacted is not None:
        return _place("key_store", (), [_part("keys", None, "needed_for_the_rest")])
    kept = "chain_key" if found.whole else "keys_of_others"
    why = "chain" if found.whole else "not_asked_for"
    return _place(
        "key_store", [_part("keys", found.lying.keys)], [_part(kept, None, why)]
    )


def _key_store_backups(found: Found) -> Place:
    if found.redacted is not None:
        return _place("key_store_backups", (), ())
    copies = _part("copies", None, "until_they_expire", until=found.final_on)
    return _place("key_store_backups", (), [copies])


def _exports(found: Found) -> Place:
    made = [
        one for one in found.lines if one.event in _EXPORTS and one.outcome == "shown"
    ]
    return _place(
        "exports",
        (),
        [
            _part("files", len(made), "out_of_reach"),
            _part("prints", None, "out_of_reach"),
        ],
    )


def _record_systems(found: Found) -> Place:
    names = tuple(sorted({*found.lying.numbers, *found.lying.waiting}))
    return _place(
        "record_systems", (), [_part("copies", None, "not_ours", names=names)]
    )


def _access_log(found: Found) -> Place:
    return _place(
        "access_log", (), [_part("lines", len(found.lines), "term_of_the_log")]
    )


def _anchors(found: Found) -> Place:
    if found.anchored is None:
        return _place("anchors", (), ())
    return _place("anchors", (), [_part("anchors", found.anchored, "chain")])


_PLACES: Final[tuple[Callable[[Found], Place], ...]] = (
    _database,
    _database_backups,
    _key_store,
    _key_store_backups,
    _exports,
    _record_systems,
    _access_log,
    _anchors,
)


def _place(store: str, goes: Iterable[Part], stays: Iterable[Part]) -> Place:
    return Place(
        store=Code(store), goes=tuple(_there(goes)), stays=tuple(_there(stays))
    )


def _there(parts: Iterable[Part]) -> Iterator[Part]:
    """Leave out what was counted and is not there."""
    return (part for part in parts if part.count != 0)


def _part(
    what: str,
    count: int | None,
    why: str | None = None,
    *,
    until: date | None = None,
    names: tuple[str, ...] = (),
) -> Part:
    return Part(
        what=Code(what),
        count=count,
        why=Code(why) if why else None,
        until=until,
        names=names,
    )
