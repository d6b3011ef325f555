"""Fixed texts in the reader's language, by gettext.

The sentences of the method are data beside their rules and are not translated
here. English is the language of the source; Dutch lies in `locale/nl`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

DUTCH: Final = "nl"
ENGLISH: Final = "en"
LANGUAGES: Final = (DUTCH, ENGLISH)

Translate = Callable[[str], str]


@lru_cache(maxsize=8)
def translator(language: str) -> Translate:
    """Return what turns an English fixed text into one of a language.

    Args:
        language: `nl` or `en`; any other language reads English.
    """
    folder = Path(__file__).parent / "locale"
    found = gettext.translation(
        "rgcore", localedir=folder, languages=[language], fallback=True
    )
    return found.gettext
