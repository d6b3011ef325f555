"""Tell each kind of happening as one line, from the sentences and their fillings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rgcore.access import TimelineLine
from rgcore.render.fillings import FILLINGS
from rgcore.render.fillings.common import Places
from rgcore.render.marking import Sentences
from rgcore.render.sentences import (
    ASIDES,
    IN_ERROR,
    IN_GENERAL,
    KINDS,
    SENTENCES,
)
from rgcore.render.speech import Speech, capitalised, ended_once, one_line

_PLACE: Final = re.compile(r"\{(\w+)\}")


def tell(speech: Speech, line: TimelineLine) -> str:
    """Return one line of the timeline, in words that people at the table would use.

    Args:
        speech: Says it, in one language to one reader.
        line: The line.
    """
    return capitalised(one_line(" ".join(_sentences(speech, line))))


def _sentences(speech: Speech, line: TimelineLine) -> Iterator[str]:
    type_ = line.fact.partition(":")[0]
    if line.in_error:
        yield _in_general(speech, line, IN_ERROR)
        return
    places = {"client": speech.name(speech.view.group.client)}
    if type_ in FILLINGS:
        places |= FILLINGS[type_](speech, line)
    told = SENTENCES.get(line.fact) or SENTENCES.get(type_, ())
    said = _fullest(speech, told, places)
    if not said:
        yield _in_general(speech, line, IN_GENERAL)
        return
    yield said
    for aside in ASIDES.get(type_, ()):
        yield _fullest(speech, aside, places)


def _fullest(speech: Speech, sentences: Sentences, places: Places) -> str:
    """Return the first sentence that can be filled; an empty string if none can."""
    for sentence in sentences:
        if all(places.get(place) for place in _PLACE.findall(sentence)):
            return ended_once(speech.fixed(sentence).format(**places))
    return ""


def _in_general(speech: Speech, line: TimelineLine, sentence: str) -> str:
    family = line.fact.partition(".")[0]
    what = speech.fixed(KINDS[family]) if family in KINDS else speech.code(family)
    return speech.fixed(sentence).format(what=what)
