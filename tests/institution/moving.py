"""What tests of export and import share: an operator, and ways to alter a file.

Import it as `from institution.moving import OPERATOR`; `tests` is on the path.
"""

from __future__ import annotations

import copy
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import rgcore
from databases import dumps
from rgcore.domain.actor import OPERATION
from rgcore.domain.ids import Code, GroupId, PersonId
from rgcore.errors import InputError
from rgcore.serial.export import export_digest
from rgcore.store import Kept
from support import Clock, Demo, Ids, make_demo, told

Json = Any
"""Whatever JSON holds."""

Path_ = tuple[str | int, ...]
"""The way to something in JSON: keys and places."""

OPERATOR = rgcore.Actor(PersonId("operator"), OPERATION, because=Code("moves_away"))


def as_sent(content: Json) -> Json:
    """Return a file as it comes out of the JSON that was sent."""
    return json.loads(json.dumps(content, ensure_ascii=False, indent=2))


def resealed(content: Json) -> Json:
    """Return a file whose digest was computed anew, as whoever edits it can."""
    return {**content, "digest": export_digest(content)}


def leaves(value: Json, way: Path_ = ()) -> Iterator[Path_]:
    """Go through the ways to every value that holds no others."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        yield way
    for key, item in inner:
        yield from leaves(item, (*way, key))


def at(content: Json, way: Path_) -> Json:
    """Return what stands in JSON at the end of a way."""
    for step in way:
        content = content[step]
    return content


def altered(content: Json, way: Path_, alter: Callable[[Json], Json]) -> Json:
    """Return JSON in which one value is another."""
    changed = copy.deepcopy(content)
    place = at(changed, way[:-1])
    place[way[-1]] = alter(place[way[-1]])
    return changed


def log_lines(demo: Demo) -> list[tuple[str | None, ...]]:
    """Return lines as another program sees them: only what is committed."""
    with closing(sqlite3.connect(demo.log)) as connection:
        return connection.execute(
            "SELECT event, outcome, reader, purpose, group_id FROM access_line "
            "ORDER BY rowid"
        ).fetchall()


def all_kept(demo: Demo) -> dict[str, str]:
    """Return all that an institution keeps but its access log."""
    found = dumps(demo.folder)
    found.pop("log")
    return found


def refused(demo: Demo, content: Json, marker: str = "", **more: Json) -> Any:  # noqa: ANN401
    """Return the error of an import; make sure that it kept and told nothing."""
    before = all_kept(demo)
    error: rgcore.RgcoreError | None = None
    try:
        demo.institution.import_group(content, OPERATOR, **more)
    except (InputError, rgcore.Refused) as caught:
        error = caught
    assert error is not None
    assert all_kept(demo) == before
    assert not marker or marker not in told(error)
    return error


def taken(demo: Demo, content: Json, **more: Any) -> Any:  # noqa: ANN401
    """Return the answer of an import; afterwards everything is sound."""
    answer = demo.institution.import_group(content, OPERATOR, **more)
    assert demo.institution.verify() == ()
    return answer


def journal(demo: Demo, group: str) -> list[Kept]:
    """Return a journal with its words, as it lies in the store."""
    store = demo.institution._store
    keys = store.keys(GroupId(group))
    assert keys is not None
    return [store.opened(row, keys) for row in store.journal(GroupId(group))]


def third(tmp_path: Path, name: str = "third") -> Demo:
    """Return one more institution, open and empty, some time later."""
    toml = make_demo(tmp_path / name, name)
    clock = Clock(date(2027, 1, 1))
    return Demo(rgcore.open(toml, clock=clock, ids=Ids()), clock, tmp_path / name)
