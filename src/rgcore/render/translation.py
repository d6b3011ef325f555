"""Fixed texts in the reader's language, by gettext.

The sentences of the method are data beside their rules and are not translated
here. English is the language of the source; Dutch lies in `locale/nl`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pkgutil import get_data
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
    if language == ENGLISH or language not in LANGUAGES:
        return gettext.NullTranslations().gettext
    # By the package's loader, so that it works from a zip file too.
    found = get_data("rgcore.render", f"locale/{language}/LC_MESSAGES/rgcore.mo")
    return gettext.GNUTranslations(BytesIO(found or b"")).gettext
