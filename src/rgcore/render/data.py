"""What a reader may see, as plain data for JSON."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

import attrs

from rgcore.access import Explanation, TimelineLine, View
from rgcore.domain.findings import Finding, Prompt
from rgcore.domain.text import ERASED, PersonName, Text
from rgcore.method import Method, snapshot
from rgcore.render.speech import Speech, Voice
from rgcore.render.telling import tell


def view_data(view: View) -> dict[str, Any]:
    """Return a view with its words in their places."""
    phase = view.phase()
    return {
        "group": _plain(view.group, view),
        "on": view.on.isoformat(),
        "reader": view.reader,
        "log_id": view.log_id,
        "phase": phase.code if phase else None,
        "staff": dict(view.staff),
    }


def prompt_data(prompt: Prompt, speech: Speech) -> dict[str, Any]:
    """Return a prompt with its sentence."""
    return {
        "since": prompt.since.isoformat(),
        "until": prompt.until.isoformat() if prompt.until else None,
        **finding_data(prompt.finding, speech),
    }


def finding_data(finding: Finding, voice: Voice) -> dict[str, Any]:
    """Return a finding with its sentence."""
    return {**_plain(finding, None), "sentence": voice.finding(finding)}


def line_data(line: TimelineLine, speech: Speech) -> dict[str, Any]:
    """Return a line of the timeline with its sentence."""
    return {**_plain(line, None), "sentence": tell(speech, line)}


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation."""
    return {**_plain(explanation, None)}


def method_data(method: Method) -> dict[str, Any]:
    """Return a method without its functions."""
    return {"digest": method.digest, **snapshot(method)}


def _plain(value: Any, view: View | None) -> Any:
    if isinstance(value, Text) and view is not None:
        return _said(value, view)
    if isinstance(value, tuple | frozenset):
        return [_plain(item, view) for item in value]
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return {f.name: _plain(getattr(value, f.name), view) for f in fields}
    return value


def _said(text: Text, view: View) -> dict[str, Any]:
    said = view.said(text)
    about = {"id": text.id, "subject": text.subject}
    if said is ERASED:
        return {**about, "erased": True}
    if isinstance(said, PersonName):
        return {**about, "name": _plain(said, None)}
    if isinstance(said, date):
        return {**about, "date": said.isoformat()}
    return {**about, "said": said}
