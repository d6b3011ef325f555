"""What fills the page of errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from parts.markdown import Lines, anchored, flat, heading, summary, table
from rgcore.errors import PROBLEMS, RgcoreError
from rgcore.method import Method, Wording
from rgcore.store.faults import FAULTS


def _exceptions(method: Method) -> Lines:
    del method
    return flat(_exception(e) for e in sorted(_errors(), key=lambda e: e.code))


def _errors() -> set[type[RgcoreError]]:
    """Return every error there is."""
    # Some are defined where they are raised.
    import_module("rgcore.institution")
    found = {RgcoreError}
    waiting = [RgcoreError]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(below)
    return {e for e in found if e.__module__.startswith("rgcore.")}


def _exception(error: type[RgcoreError]) -> Iterator[str]:
    yield from heading(error.code)
    yield f"`{error.__module__}.{error.__name__}` · fault: `{error.fault}`"
    yield from ("", summary(error), "")
    yield from _sentences(error.text)


def _sentences(text: dict[str, str]) -> Iterator[str]:
    yield from (f"- en: {text['en'].strip()}", f"- nl: {text['nl'].strip()}", "")


def _problems(method: Method) -> Lines:
    del method
    return _sentences_of(PROBLEMS)


def _findings(method: Method) -> Lines:
    return _sentences_of({t.code: _by_language(t.wording) for t in method.texts})


def _faults(method: Method) -> Lines:
    del method
    return _sentences_of(FAULTS)


def _sentences_of(texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    rows = ((anchored(c), t["en"], t["nl"]) for c, t in sorted(texts.items()))
    return table(("code", "English", "Dutch"), rows)


def _by_language(wording: Wording) -> dict[str, str]:
    return {"en": wording.en, "nl": wording.nl}


PARTS = {
    "exceptions": _exceptions,
    "problems": _problems,
    "findings": _findings,
    "faults": _faults,
}
