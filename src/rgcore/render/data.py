"""What a reader may see, as plain data for JSON."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from rgcore.access import Explanation, TimelineLine, View
from rgcore.domain.findings import Finding, Prompt
from rgcore.method import Method, snapshot
from rgcore.render.speech import Speech, Voice
from rgcore.render.telling import tell
from rgcore.render.translation import DUTCH, translator
from rgcore.serial.documents import (
    EXPORT_FORMAT,
    Notice,
    PartialExport,
    Seen,
    printed,
)


def view_data(view: View) -> dict[str, Any]:
    """Return a view with its words in their places."""
    return {**printed(_seen(view), view.words)}


def partial_data(view: View) -> dict[str, Any]:
    """Return a view as a file for its reader, which says that it is no whole group.

    What happened is numbered anew: gaps would tell how much is left out.
    """
    own = tuple(
        evolve(happened, seq=number)
        for number, happened in enumerate(view.group.happenings, start=1)
    )
    seen = _seen(evolve(view, group=evolve(view.group, seq=len(own), happenings=own)))
    notice = Notice(en=PARTIAL, nl=translator(DUTCH)(PARTIAL))
    partial = PartialExport(
        rgcore_export=EXPORT_FORMAT, kind="partial", notice=notice, seen=seen
    )
    return {**printed(partial, view.words)}


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


PARTIAL: Final = _(
    "This is what one reader may see of a group on one day. It is not the whole "
    "group and cannot be imported."
)


def _seen(view: View) -> Seen:
    phase = view.phase()
    return Seen(
        group=view.group,
        on=view.on,
        reader=view.reader,
        log_id=view.log_id,
        phase=phase.code if phase else None,
        staff=dict(view.staff),
    )


def prompt_data(prompt: Prompt, speech: Speech) -> dict[str, Any]:
    """Return a prompt with its sentence."""
    return {
        "since": prompt.since.isoformat(),
        "until": prompt.until.isoformat() if prompt.until else None,
        **finding_data(prompt.finding, speech),
    }


def finding_data(finding: Finding, voice: Voice) -> dict[str, Any]:
    """Return a finding with its sentence."""
    return {**printed(finding), "sentence": voice.finding(finding)}


def line_data(line: TimelineLine, speech: Speech) -> dict[str, Any]:
    """Return a line of the timeline with its sentence."""
    return {**printed(line), "sentence": tell(speech, line)}


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation."""
    return {**printed(explanation)}


def method_data(method: Method) -> dict[str, Any]:
    """Return a method without its functions."""
    return {"digest": method.digest, **snapshot(method)}
