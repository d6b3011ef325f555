"""What can be found wrong with what is kept, and how it is said."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from attrs import frozen

from rgcore.domain.ids import GroupId
from rgcore.errors import Language

FAULTS: Final = MappingProxyType(
    {
        "no_keys": {
            "nl": "de sleutelopslag heeft geen sleutels voor deze groep",
            "en": "the key store has no keys for this group",
        },
        "keys_behind": {
            "nl": "de sleutelopslag is ouder dan deze groep: er ontbreken sleutels",
            "en": "the key store is older than this group: keys are missing",
        },
        "keys_altered": {
            "nl": "de sleutels van deze groep zijn gewijzigd of horen hier niet",
            "en": "the keys of this group were altered or do not belong here",
        },
        "row_missing": {
            "nl": "deze regel van het journaal ontbreekt",
            "en": "this row of the journal is missing",
        },
        "row_altered": {
            "nl": "deze regel van het journaal is gewijzigd of hoort hier niet",
            "en": "this row of the journal was altered or does not belong here",
        },
        "leaf_altered": {
            "nl": "een tekst bij deze regel is gewijzigd of weggehaald",
            "en": "a text of this row was altered or taken away",
        },
        "leaf_not_emptied": {
            "nl": "een tekst die voorgoed was weggehaald, staat er weer",
            "en": "a text that was emptied for good is there again",
        },
        "row_behind_document": {
            "nl": "deze regel staat achter het einde dat het document kent",
            "en": "this row stands behind the end that the document knows",
        },
        "document_missing": {
            "nl": "de groep heeft een journaal en geen document",
            "en": "the group has a journal and no document",
        },
        "document_altered": {
            "nl": "het document is gewijzigd of hoort hier niet",
            "en": "the document was altered or does not belong here",
        },
        "document_differs": {
            "nl": "het document is niet wat het journaal oplevert",
            "en": "the document is not what the journal adds up to",
        },
        "index_differs": {
            "nl": "de regel in de index klopt niet met de groep",
            "en": "the row in the index does not fit the group",
        },
        "not_erased": {
            "nl": (
                "van deze groep, die gewist is, is nog iets over: draai rgcore erase "
                "run"
            ),
            "en": (
                "something is left of this group, which was erased: run rgcore erase "
                "run"
            ),
        },
        "anchored_row_missing": {
            "nl": "deze regel van het journaal ontbreekt; een anker kent hem",
            "en": "this row of the journal is missing; an anchor knows it",
        },
        "anchored_row_differs": {
            "nl": "deze regel is niet de regel die verankerd is",
            "en": "this row is not the one that was anchored",
        },
        "anchored_group_missing": {
            "nl": "deze groep is verankerd en staat nergens in de opslag",
            "en": "this group was anchored and stands nowhere in the store",
        },
    }
)


@frozen(kw_only=True)
class Fault:
    """Something that is not as it was recorded.

    Attributes:
        group: The group.
        code: What is wrong.
        seq: The row of the journal; `None` for document and index.
    """

    group: GroupId
    code: str
    seq: int | None = None

    def sentence(self, language: Language = "en") -> str:
        """Return the fault as one line in `nl` or `en`."""
        texts = FAULTS[self.code]
        said = texts.get(language, texts["en"])
        word = "regel" if language == "nl" else "row"
        row = f", {word} {self.seq}" if self.seq is not None else ""
        return f"{self.group}{row}: {said}"
