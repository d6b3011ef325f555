"""How wide words will be, and where a line ends; no font is there to be asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from attrs import frozen

_NARROW: Final = frozenset("iIjlft.,:;!|'()[] ")
_BROAD: Final = frozenset("mwMWQO@%&—…")
_JOINER: Final = "\u200d"
_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAGS: Final = range(0x1F1E6, 0x1F200)
_AFTER_HYPHEN: Final = re.compile(r"(?<=[-/])(?=\w)")
_ISOLATE: Final = "\u2068"
_END: Final = "\u2069"
_CONSONANTS: Final = frozenset("bcdfghjklmnpqrstvwxz")
_VOWELS: Final = frozenset("aeiouy")
_BACK: Final = 4
"""How many letters a cut may move back to where a syllable may begin."""
_STRONG: Final = {"L": False, "R": True, "AL": True}


@frozen
class Lettering:
    """Words as lines.

    Attributes:
        lines: The lines.
        whole: Whether all words are there; if not, the last line ends in an ellipsis.
        turned: Whether they are written from the right.
    """

    lines: tuple[str, ...]
    whole: bool = True
    turned: bool = False


def width(said: str, size: float) -> float:
    """Return how wide words may become in a usual sans-serif, rather too much.

    Args:
        said: The words.
        size: The size of the letters.
    """
    return sum(_ems(sign) for sign in said) * size


def turned(said: str) -> bool:
    """Tell whether words begin from the right, by their first letter."""
    kinds = (unicodedata.bidirectional(sign) for sign in said)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), False)


def wrapped(said: str, size: float, room: float, most: int | None = None) -> Lettering:
    """Return words as lines that fit.

    Args:
        said: The words; line ends among them are kept as spaces.
        size: The size of the letters.
        room: How wide a line may be.
        most: How many lines there may be.
    """
    lines = list(_lines(said, size, room))
    whole = most is None or len(lines) <= most
    if most is not None and not whole:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], size, room)]
    return Lettering(tuple(_isolated(lines)), whole, turned(said))


def longest_word(said: str, size: float) -> float:
    """Return how wide the widest word is, which should rather not be cut."""
    return max((width(word, size) for word in said.split()), default=0.0)


def evened(lettering: Lettering, size: float) -> Lettering:
    """Return the same lines, with no short word alone if another can join it."""
    lines = list(lettering.lines)
    for number in range(len(lines) - 1, 0, -1):
        before, _, last = lines[number - 1].rpartition(" ")
        joined = f"{last} {lines[number]}"
        # What ends in a hyphen, or is kept apart, has its place.
        fixed = last.endswith(("-", "/", _END)) or _ISOLATE in joined
        if before and not fixed and width(joined, size) <= width(before, size):
            lines[number - 1 : number + 1] = [before, joined]
    return Lettering(tuple(lines), lettering.whole, lettering.turned)


def _shortened(line: str, size: float, room: float) -> str:
    clusters = _clusters(line)
    while clusters and width("".join(clusters) + "…", size) > room:
        clusters.pop()
    return "".join(clusters) + "…"


def _isolated(lines: list[str]) -> Iterator[str]:
    """Let words that are kept apart from those around them be so on each line."""
    still = 0
    for line in lines:
        opened = _ISOLATE * still + line
        still = max(opened.count(_ISOLATE) - opened.count(_END), 0)
        yield opened + _END * still


def _lines(said: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in said.split():
        between = " " if line else ""
        for part in _AFTER_HYPHEN.split(word):
            if line and width(line + between + part, size) > room:
                yield line
                line, between = "", ""
            *full, rest = _pieces(part, size, room)
            if full:
                yield line + between + full[0]
                yield from full[1:]
                line, between = "", ""
            line, between = line + between + rest, ""
    if line:
        yield line


def _pieces(word: str, size: float, room: float) -> list[str]:
    """Cut a word that is longer than a line; a hyphen where letters know one."""
    if width(word, size) <= room:
        return [word]
    pieces, hyphen = [""], "-" if word.isascii() and word.isalpha() else ""
    for cluster in _clusters(word):
        if pieces[-1] and width(pieces[-1] + cluster + hyphen, size) > room:
            cut = _syllable(pieces[-1] + cluster) if hyphen else len(pieces[-1])
            pieces[-1:] = [pieces[-1][:cut] + hyphen, pieces[-1][cut:]]
        pieces[-1] += cluster
    return pieces


def _syllable(letters: str) -> int:
    """Return where to cut, before the last letter or a few letters back.

    A syllable begins with a consonant before a vowel, more often than not.
    """
    end = len(letters) - 1
    for cut in range(end, max(end - _BACK, 1), -1):
        begins = letters[cut : cut + 2].lower()
        if begins[0] in _CONSONANTS and begins[1:] in _VOWELS:
            return cut
    return end


def _clusters(said: str) -> list[str]:
    """Return the signs that a reader sees: an accent stays on its letter."""
    found: list[str] = []
    for sign in said:
        if found and _joins(found[-1], sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _joins(before: str, sign: str) -> bool:
    if before.endswith(_JOINER) or not _is_seen(sign) or ord(sign) in _TONES:
        return True
    halves = len(before) == 1 and ord(before) in _FLAGS
    return halves and ord(sign) in _FLAGS


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Mn", "Me", "Mc", "Cf"}


def _ems(sign: str) -> float:
    if not _is_seen(sign):
        return 0.0
    if sign in _NARROW:
        return 0.36
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1.3 if unicodedata.category(sign) == "So" else 1.0
    if sign in _BROAD:
        return 0.93
    return 0.72 if sign.isupper() or ord(sign) > _LATIN_ENDS else 0.6


_LATIN_ENDS: Final = 0x24F
"""What comes after is other scripts, of which some are as wide as capitals."""
