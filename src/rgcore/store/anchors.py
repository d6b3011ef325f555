"""Anchors: how far each journal went, noted outside the database.

A database can be put back to an earlier day as a whole, and nothing inside it tells.
An anchor is the link of a journal's last row, in a file that lies elsewhere and is
only ever appended to: one line of JSON each, ids, digests and dates only.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Annotated, Final

import msgspec
from attrs import field, frozen

from rgcore.domain.ids import GroupId
from rgcore.errors import AnchorsDamaged, AnchorsUnavailable
from rgcore.store.faults import Fault

if sys.platform != "win32":
    import fcntl

_OWNER_ONLY: Final = 0o600
_TORN: Final = b"#torn\n"
"""What a line that was not finished is closed with: it was never an anchor."""
_NAMED: Final = 10
"""How many damaged lines an error names."""


@frozen(kw_only=True)
class Anchor:
    """The last row of a group's journal at some time.

    Attributes:
        institution: Whose group.
        group: Which group.
        seq: The row's place in the journal.
        position: Its place among all entries of the institution.
        link: Its link in the chain, in hexadecimal.
        at: When it was anchored, in UTC.
    """

    institution: str
    group: GroupId
    seq: int
    position: int
    link: str
    at: Annotated[datetime, msgspec.Meta(tz=True)]


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Anchor).decode


def _line(anchor: Anchor) -> bytes:
    """Return an anchor as a line; its check tells damage to the file from a forgery."""
    body = _encode(anchor)
    check = hashlib.sha256(body).hexdigest()[:16]
    return body[:-1] + f',"check":"{check}"}}\n'.encode()


def _anchor(line: bytes) -> Anchor | None:
    """Return the anchor on a line; `None` if it is not as it was written."""
    try:
        anchor = _decode(line)
    except (msgspec.MsgspecError, ValueError):
        return None
    return anchor if _line(anchor) == line else None


@frozen
class Anchors:
    """The anchors of an institution.

    Attributes:
        by_group: Those of each group, as they were made.
    """

    by_group: Mapping[GroupId, Sequence[Anchor]] = field(factory=dict)

    def of(self, group: GroupId) -> Sequence[Anchor]:
        """Return a group's anchors.

        Args:
            group: The group.
        """
        return self.by_group.get(group, ())

    def end(self, group: GroupId) -> int:
        """Return the last row of a group that is anchored; 0 if none is.

        Args:
            group: The group.
        """
        return max((anchor.seq for anchor in self.of(group)), default=0)

    def last_of(self, groups: Iterable[GroupId]) -> datetime | None:
        """Return when one of these groups was last anchored; `None` if none was.

        Args:
            groups: The groups.
        """
        return max((a.at for group in groups for a in self.of(group)), default=None)

    def faults(self, group: GroupId, links: Mapping[int, object]) -> Iterator[Fault]:
        """Go through the rows of a group that are not as they were anchored.

        Args:
            group: The group.
            links: The link of each row of its journal, as it lies in the database.
        """
        for seq in range(1, self.end(group) + 1):
            if seq not in links:
                yield Fault(group=group, code="anchored_row_missing", seq=seq)
        there = [anchor for anchor in self.of(group) if anchor.seq in links]
        for seq in sorted({a.seq for a in there if not _is(links[a.seq], a)}):
            yield Fault(group=group, code="anchored_row_differs", seq=seq)


@frozen
class AnchorFile:
    """The file with an institution's anchors.

    Attributes:
        path: Where it lies. Its folder has to be there: if it is on another medium
            that is not mounted, no new file shall take its place.
        institution: Whose anchors; lines of others are left alone.
    """

    path: Path
    institution: str

    def read(self) -> Anchors:
        """Return all anchors; none if there is no file yet.

        Raises:
            AnchorsDamaged: Lines are not as they were written.
            AnchorsUnavailable: The file could not be read.
        """
        found: dict[GroupId, list[Anchor]] = {}
        damaged: list[int] = []
        for number, line in self._lines():
            anchor = _anchor(line)
            if anchor is None:
                damaged.append(number)
            elif anchor.institution == self.institution:
                found.setdefault(anchor.group, []).append(anchor)
        if damaged:
            raise AnchorsDamaged(file=self.path, lines=_numbers(damaged))
        return Anchors(found)

    def add(self, wanted: Iterable[Anchor]) -> list[Anchor]:
        """Append anchors, on the disk before it returns; return those that were new.

        Of two programs that anchor at the same time, the second adds what the first
        did not.

        Args:
            wanted: The anchors.

        Raises:
            AnchorsDamaged: Lines are not as they were written; nothing was added.
            AnchorsUnavailable: The file could not be written. The lines that were
                written whole are anchors all the same.
        """
        with self._locked() as stream:
            known = self.read()
            new = [anchor for anchor in wanted if anchor.seq > known.end(anchor.group)]
            _append(stream, b"".join(_line(anchor) for anchor in new))
        return new

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Go through the lines that were finished, with their numbers."""
        with self._guarded():
            # Missing within a folder that is there: nothing was anchored yet.
            if not self.path.exists() and self.path.parent.is_dir():
                return
            with self.path.open("rb") as stream:
                for number, line in enumerate(stream, 1):
                    if line.endswith(b"\n") and not line.endswith(_TORN):
                        yield number, line

    @contextmanager
    def _locked(self) -> Iterator[FileIO]:
        with self._guarded():
            new = not self.path.exists()
            with FileIO(self.path, "ab+", opener=_owner_only) as stream:
                _lock(stream)
                if new:
                    _settle(self.path.parent)
                yield stream

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            kind = type(error).__name__
        else:
            return
        raise AnchorsUnavailable(file=self.path, kind=kind) from None


def _is(link: object, anchor: Anchor) -> bool:
    return isinstance(link, bytes) and link.hex() == anchor.link


def _numbers(lines: Sequence[int]) -> str:
    more = ("…",) if len(lines) > _NAMED else ()
    return ", ".join((*map(str, lines[:_NAMED]), *more))


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


def _lock(stream: FileIO) -> None:
    """Let one program write at a time; it ends when the file is closed.

    Where there are no such locks (Windows, some shares), each run still writes
    all its lines at once.
    """
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX)


def _append(stream: FileIO, lines: bytes) -> None:
    if not lines:
        return
    if stream.seek(0, os.SEEK_END):
        stream.seek(-1, os.SEEK_END)
        # What a crash or a full disk left unfinished stays: the medium may be one
        # from which nothing can be taken.
        lines = lines if stream.read(1) == b"\n" else _TORN + lines
    if stream.write(lines) != len(lines):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Let the name of a new file outlast a power cut, where a folder can be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
