"""Print results and errors, as sentences or as JSON."""

from __future__ import annotations

import json
from typing import Any

from rgcore.domain.findings import Decision, Finding, Refused
from rgcore.errors import InputError, Problem, RgcoreError
from rgcore.method import Method, compose
from rgcore.render.data import finding_data
from rgcore.render.speech import Voice
from rgcore.render.translation import translator


def as_json(data: object) -> str:
    """Return data as JSON that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def error_text(
    error: RgcoreError, language: str, *, as_json: bool, method: Method | None = None
) -> str:
    """Return an error for a terminal.

    Args:
        error: The error.
        language: `nl` or `en`.
        as_json: Whether a program will read it.
        method: The method that a refusal comes from; the base if it is not known.
    """
    voice = Voice(method or compose(), language)
    if as_json:
        return json.dumps(error_data(error, voice), ensure_ascii=False, indent=2)
    return "\n".join(_error_lines(error, voice))


def decision_data(decision: Decision, voice: Voice) -> dict[str, Any]:
    """Return a decision with the sentence of each reason."""
    return {
        "allowed": decision.allowed,
        "blocking": [finding_data(f, voice) for f in decision.blocking],
        "warnings": [finding_data(f, voice) for f in decision.warnings],
    }


def problem_data(problem: Problem, language: str) -> dict[str, Any]:
    """Return one thing that is wrong, with its sentence."""
    return {
        "code": problem.code,
        "path": problem.path,
        "sentence": problem.sentence(language),
        "allowed": list(problem.allowed),
    }


def problem_line(problem: Problem, language: str) -> str:
    """Return one thing that is wrong as a line, with its code."""
    return f"{problem.sentence(language)} [{problem.code}]"


def error_data(error: RgcoreError, voice: Voice) -> dict[str, Any]:
    """Return an error for programs."""
    language = voice.language
    data: dict[str, Any] = {
        "code": error.code,
        "fault": error.fault.value,
        "sentence": error.sentence(language),
    }
    if isinstance(error, InputError):
        data["problems"] = [problem_data(p, language) for p in error.problems]
    if isinstance(error, Refused):
        data["decision"] = decision_data(error.decision, voice)
    if error.code == "erase.refused":
        data["reasons"] = _reasons_data(error, language)
    if type(error) is RgcoreError:
        data |= error.fields
    return {"error": data}


def _reasons_data(error: RgcoreError, language: str) -> list[dict[str, Any]]:
    # What knows them opens databases: not for every command.
    from rgcore.cli.erase_words import reasons_data
    from rgcore.institution.erasing_reasons import ErasureRefused

    return (
        reasons_data(error.reasons, language)
        if isinstance(error, ErasureRefused)
        else []
    )


def _error_lines(error: RgcoreError, voice: Voice) -> list[str]:
    if isinstance(error, InputError):
        return _input_lines(error, voice.language)
    if isinstance(error, Refused):
        return _refused_lines(error, voice)
    lines = [f"rgcore: {error.sentence(voice.language)} [{error.code}]"]
    if type(error) is RgcoreError:
        # Nobody foresaw this one: only kind and place can be told.
        lines += [f"  · {name}: {value}" for name, value in error.fields.items()]
    return lines


def _input_lines(error: InputError, language: str) -> list[str]:
    template = error.text.get(language, error.text["en"])
    first = template.format(lines="").strip()
    lines = [f"  · {problem_line(p, language)}" for p in error.problems]
    return [f"rgcore: {first} [{error.code}]", *lines]


def _refused_lines(error: Refused, voice: Voice) -> list[str]:
    said = translator(voice.language)
    first = said("This was not recorded.")
    lines = [f"rgcore: {first} [{error.code}]"]
    lines += [f"  · {_reason(f, voice)}" for f in error.decision.blocking]
    if error.decision.overridable:
        hint = said("To go on all the same, give a reason: --override {code}=REASON")
        lines += [hint.format(code=f.code) for f in _once(error.decision.overridable)]
    return lines


def _reason(finding: Finding, voice: Voice) -> str:
    return f"{voice.finding(finding)} [{finding.code}]"


def _once(findings: tuple[Finding, ...]) -> list[Finding]:
    return list({finding.code: finding for finding in findings}.values())
