"""Write the pages of the reference that follow from the code.

`python docs/generate.py` writes them; with `--check` it only says which of them
are not what the code gives now, and exits with 1 if there is one. Prose lies in
`docs/templates`, with marks that `docs/parts` fills.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from parts import (
    changes,
    commands,
    conformance,
    errors,
    institution,
    method as methods,
    python,
    settings,
)
from parts.markdown import Lines

from rgcore.method import Method, compose

HERE: Final = Path(__file__).parent
MADE: Final = "<!-- Made by docs/generate.py from the code; do not edit it here. -->"

PAGES: Final[Mapping[str, Mapping[str, Callable[[Method], Lines]]]] = {
    "errors.md": errors.PARTS,
    "changes.md": changes.PARTS,
    "method.md": methods.PARTS,
    "cli.md": commands.PARTS,
    "python-api.md": python.PARTS,
    "hooks.md": settings.HOOK_PARTS,
    "contexts.md": settings.CONTEXT_PARTS,
    "contributions.md": settings.CONTRIBUTION_PARTS,
    "manifest.md": settings.MANIFEST_PARTS,
    "conformance.md": conformance.PARTS,
    "institution/index.md": institution.INDEX_PARTS,
    "institution/gegevens.md": institution.DATA_PARTS,
    "institution/dpia.md": institution.ASSESSMENT_PARTS,
    "institution/verwerkingsregister.md": institution.REGISTER_PARTS,
    "institution/informatie-clienten.md": institution.CLIENT_PARTS,
    "institution/informatie-naasten.md": institution.RELATIVE_PARTS,
}
"""Each page with what fills the marks of its template; those of the reference alone
are named without their folder."""


def page(name: str, method: Method) -> str:
    """Return a page: its template, with every mark filled.

    Args:
        name: The page's file.
        method: The method to tell of.
    """
    text = (HERE / "templates" / name).read_text(encoding="utf-8")
    for mark, part in PAGES[name].items():
        filled = "\n".join(part(method)).rstrip()
        text = text.replace(f"<!-- {mark} -->", filled)
    return f"{MADE}\n\n{text}"


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    check = parser.parse_args().check
    stale = [name for name in PAGES if not _is_fresh(name)]
    if not check:
        for name in stale:
            _path(name).write_text(page(name, compose()), encoding="utf-8")
    told = "is stale: run python docs/generate.py" if check else "was written"
    sys.stderr.writelines(f"{name} {told}\n" for name in stale)
    return 1 if check and stale else 0


def _is_fresh(name: str) -> bool:
    path = _path(name)
    text = page(name, compose())
    return path.exists() and path.read_text(encoding="utf-8") == text


def _path(name: str) -> Path:
    return HERE / (name if "/" in name else f"reference/{name}")


if __name__ == "__main__":
    sys.exit(main())
