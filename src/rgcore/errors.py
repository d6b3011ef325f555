"""Every error that rgcore raises on purpose, as one tree.

An error has fields first and a sentence second.
It says which rule spoke (`code`), whose fault it is (`fault`) and what to do next.
It never holds a value from a record: only codes, paths, counts and file names.
Each code is an anchor in `docs/reference/errors.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final

DOCS: Final = "docs/reference/errors.md"

Language = str
"""A language tag: `nl` or `en` in rgcore itself; an institution may add more."""


class Fault(StrEnum):
    """Who can mend it."""

    CALLER = "caller"
    INSTITUTION = "institution"
    STORE = "store"
    PLUGIN = "plugin"
    RGCORE = "rgcore"


class Problem:
    """One thing that is wrong with some input: a code and the path where it is.

    Attributes:
        code: What is wrong, such as `input.wrong_type`.
        path: Where, such as `changes[0].goal`; never a value.
        allowed: Names that would have been right, from rgcore's own vocabulary.
        fields: What fills its sentence: names of plugins, versions, hooks and codes.
    """

    __slots__ = ("allowed", "code", "fields", "path")

    def __init__(
        self, code: str, path: str, allowed: Iterable[str] = (), **fields: str
    ) -> None:
        self.code = code
        self.path = path
        self.allowed = tuple(allowed)
        self.fields = fields

    def __eq__(self, other: object) -> bool:
        """Compare by code, path and allowed names."""
        return isinstance(other, Problem) and self._key() == other._key()

    def __hash__(self) -> int:
        """Hash by code, path and allowed names."""
        return hash(self._key())

    def __repr__(self) -> str:
        """Show code and path."""
        return f"Problem({self.code!r}, {self.path!r})"

    def _key(self) -> tuple[object, ...]:
        return self.code, self.path, self.allowed, tuple(sorted(self.fields.items()))

    def sentence(self, language: Language = "en") -> str:
        """Return the problem as one line in `nl` or `en`."""
        texts = PROBLEMS.get(self.code, {"en": self.code, "nl": self.code})
        said = texts.get(language, texts["en"])
        if self.fields:
            said = said.format_map(self.fields)
        line = f"{self.path or '.'}: {said}"
        if self.fields and not self.path:
            # It names what it is about by itself.
            line = said
        if not self.allowed:
            return line
        word = "mogelijk" if language == "nl" else "possible"
        return f"{line} ({word}: {', '.join(self.allowed)})"


PROBLEMS: Final = MappingProxyType(
    {
        "input.not_json": {
            "en": "this is not JSON",
            "nl": "dit is geen JSON",
        },
        "input.not_toml": {
            "en": "this is not TOML",
            "nl": "dit is geen TOML",
        },
        "input.unknown_key": {
            "en": "this key is not known here; remove it or correct its name",
            "nl": "deze sleutel is hier niet bekend; haal hem weg of verbeter de naam",
        },
        "input.missing_key": {
            "en": "this key is required and missing",
            "nl": "deze sleutel is verplicht en ontbreekt",
        },
        "input.wrong_type": {
            "en": "this value does not fit here",
            "nl": "deze waarde past hier niet",
        },
        "input.unknown_type": {
            "en": "there is no change of this type",
            "nl": "er is geen wijziging van dit type",
        },
        "input.not_an_id": {
            "en": (
                "not an id: 1 to 64 letters, digits, dots, dashes or underscores, "
                "beginning with a letter or digit"
            ),
            "nl": (
                "geen id: 1 tot 64 letters, cijfers, punten, streepjes of lage "
                "streepjes, te beginnen met een letter of cijfer"
            ),
        },
        "input.not_a_code": {
            "en": (
                "not a code: 1 to 64 small letters, digits, dots or underscores, "
                "beginning with a letter"
            ),
            "nl": (
                "geen code: 1 tot 64 kleine letters, cijfers, punten of lage "
                "streepjes, te beginnen met een letter"
            ),
        },
        "input.too_long": {
            "en": "longer than is kept here: a text 100,000 characters, a name 200",
            "nl": "langer dan hier past: een tekst 100.000 tekens, een naam 200",
        },
        "input.empty": {
            "en": "this may not be empty",
            "nl": "dit mag niet leeg zijn",
        },
        "input.forbidden_characters": {
            "en": (
                "holds characters that cannot be kept: NUL and other control "
                "characters, half a surrogate pair, or marks that turn the "
                "direction of writing; letters of every script are welcome"
            ),
            "nl": (
                "bevat tekens die niet bewaard kunnen worden: NUL en andere "
                "stuurtekens, een half surrogaatpaar, of tekens die de "
                "schrijfrichting omkeren; letters van elk schrift zijn welkom"
            ),
        },
        "input.words_missing": {
            "en": "a text is named here but its words were not given",
            "nl": "hier wordt een tekst genoemd, maar de woorden ontbreken",
        },
        "input.words_unused": {
            "en": "words were given that no change refers to",
            "nl": "er zijn woorden gegeven waar geen wijziging naar verwijst",
        },
        "input.text_known": {
            "en": "this text id is in use already; give a new text a new id",
            "nl": "dit tekst-id is al in gebruik; geef een nieuwe tekst een nieuw id",
        },
        "input.change_twice": {
            "en": "this change id stands here twice; give each change its own id",
            "nl": "dit wijzigings-id staat er twee keer; geef elke wijziging een id",
        },
        "input.key_twice": {
            "en": "an object in this JSON names a key twice; say each thing once",
            "nl": "een object in deze JSON noemt een sleutel twee keer; eens is genoeg",
        },
        "input.nothing": {
            "en": "nothing to record: give at least one change",
            "nl": "niets vast te leggen: geef minstens één wijziging",
        },
        "input.not_apart": {
            "en": "name a folder for the store, one for the keys, or one for each",
            "nl": "noem een map voor de opslag, een voor de sleutels, of elk een eigen",
        },
        "input.nothing_named": {
            "en": "name at least one of these",
            "nl": "noem er minstens één",
        },
        "input.not_both": {
            "en": "name one of these, not both",
            "nl": "noem er één van, niet allebei",
        },
        "input.not_a_name": {
            "en": (
                "no name for a setting: 1 to 32 small letters and digits, beginning "
                "with a letter; an underscore may join two parts"
            ),
            "nl": (
                "geen naam voor een variant: 1 tot 32 kleine letters en cijfers, te "
                "beginnen met een letter; een laag streepje mag twee delen verbinden"
            ),
        },
        "input.name_taken": {
            "en": "rgcore uses this name itself; choose another",
            "nl": "rgcore gebruikt deze naam zelf; kies een andere",
        },
        "input.unknown_version": {
            "en": "another version of rgcore wrote this; read it with that one",
            "nl": "een andere versie van rgcore schreef dit; lees het met die versie",
        },
        "input.partial": {
            "en": (
                "this is what one reader may see; only a whole export, by an "
                "operator, can be imported"
            ),
            "nl": (
                "dit is wat één lezer mag zien; alleen een hele export, door een "
                "beheerder, kan ingelezen worden"
            ),
        },
        "input.wrong_digest": {
            "en": "the content does not fit the digest: it was damaged or edited",
            "nl": "de inhoud past niet bij de digest: die is beschadigd of bewerkt",
        },
        "input.other_digest": {
            "en": "this is another file than the one whose digest was told",
            "nl": "dit is een ander bestand dan dat waarvan de digest is doorgegeven",
        },
        "input.out_of_order": {
            "en": "entries are numbered 1, 2, 3 and so on, without a gap",
            "nl": "regels zijn genummerd met 1, 2, 3 enzovoort, zonder gat",
        },
        "input.unknown_composition": {
            "en": "the file has no composition of the method with this name",
            "nl": "het bestand heeft geen samenstelling van de methode met deze naam",
        },
        "input.out_of_range": {
            "en": "outside the range that is allowed here",
            "nl": "buiten het bereik dat hier is toegestaan",
        },
        "input.no_citizen_number": {
            "en": "a citizen service number (BSN) is never kept, not even blinded",
            "nl": "een burgerservicenummer (BSN) wordt nooit bewaard, ook niet verhuld",
        },
        "input.no_ring_key": {
            "en": "the key ring has no key of this name",
            "nl": "de sleutelbos heeft geen sleutel met deze naam",
        },
        "config.missing_file": {
            "en": "this file does not exist",
            "nl": "dit bestand bestaat niet",
        },
        "config.unknown_setting": {
            "en": "no setting plugin of this name is installed",
            "nl": "er is geen variant-plugin met deze naam geïnstalleerd",
        },
        "config.unknown_database": {
            "en": "write sqlite:///FILE or postgresql://USER@HOST/DATABASE",
            "nl": "schrijf sqlite:///BESTAND of postgresql://GEBRUIKER@HOST/DATABASE",
        },
        "config.not_apart": {
            "en": "keys lie in a database of their own, apart from the store",
            "nl": "sleutels staan in een eigen database, los van de opslag",
        },
        "input.nobody": {
            "en": "this group has nobody of this id",
            "nl": "in deze groep is niemand met dit id",
        },
        "input.not_to_be_redacted": {
            "en": (
                "no texts to redact: this change is not there, stands here twice, "
                "begins the group, corrects another, or was emptied before"
            ),
            "nl": (
                "geen teksten om weg te halen: deze wijziging is er niet, staat er "
                "twee keer, begint de groep, verbetert een andere, of is al leeggemaakt"
            ),
        },
        "config.unknown_class": {
            "en": "there is no class of what is kept of this name here",
            "nl": "er is hier geen bewaarklasse met deze naam",
        },
        "config.days_of_backups": {
            "en": "say elsewhere how long backups of the key store are kept",
            "nl": "zeg elders hoe lang reservekopieën van de sleutelopslag blijven",
        },
        "config.no_wrapper": {
            "en": (
                "this names nothing that wraps keys ({kind}): MODULE:FACTORY, which "
                "gives something with a name, wrap and unwrap"
            ),
            "nl": (
                "dit noemt niets dat sleutels verpakt ({kind}): MODULE:FACTORY, die "
                "iets geeft met een name, wrap en unwrap"
            ),
        },
        "config.setting_not_enabled": {
            "en": (
                "this configures a setting that is not enabled; enable it, or take "
                "this table away"
            ),
            "nl": (
                "dit stelt een variant in die niet aan staat; zet hem aan, of haal "
                "deze tabel weg"
            ),
        },
        "config.setting_twice": {
            "en": "this setting stands here twice; once is enough",
            "nl": "deze variant staat er twee keer; één keer is genoeg",
        },
        "config.prefers_nothing": {
            "en": "this prefers a setting that is not enabled",
            "nl": "hier krijgt een variant voorrang die niet aan staat",
        },
        "plugin.broken": {
            "en": "the plugin {plugin} is installed and cannot be used; why, follows",
            "nl": (
                "de plugin {plugin} is geïnstalleerd en kan niet gebruikt worden; "
                "de redenen volgen"
            ),
        },
        "plugin.no_manifest": {
            "en": (
                "{by} names a manifest that is not there: the entry point has to be "
                "PACKAGE:rgcore.toml, and the package has to hold that file"
            ),
            "nl": (
                "{by} noemt een manifest dat er niet is: het entry point moet "
                "PAKKET:rgcore.toml zijn, en het pakket moet dat bestand bevatten"
            ),
        },
        "plugin.manifest": {
            "en": "the manifest of {by} does not fit",
            "nl": "het manifest van {by} klopt niet",
        },
        "plugin.other_id": {
            "en": "the manifest of {by} has another id than its entry point",
            "nl": "het manifest van {by} heeft een ander id dan het entry point",
        },
        "plugin.bad_namespace": {
            "en": (
                "{by} claims a namespace that nobody may have: it is rgcore's own, or "
                "holds a dot"
            ),
            "nl": (
                "{by} claimt een namespace die niemand mag hebben: die is van rgcore "
                "zelf, of bevat een punt"
            ),
        },
        "plugin.duplicate": {
            "en": (
                "two distributions bring a plugin of this name: {by}; uninstall one "
                "of them"
            ),
            "nl": (
                "twee distributies brengen een plugin met deze naam mee: {by}; "
                "verwijder er één"
            ),
        },
        "plugin.unreadable": {
            "en": "{by} cannot be looked at ({kind})",
            "nl": "{by} kan niet bekeken worden ({kind})",
        },
        "plugin.other_api": {
            "en": (
                "{by} asks for version {wanted} of the plugin API, and this is "
                "{found}; install versions that fit each other"
            ),
            "nl": (
                "{by} vraagt versie {wanted} van de plugin-API, en dit is {found}; "
                "installeer versies die bij elkaar passen"
            ),
        },
        "plugin.requirement_missing": {
            "en": "{by} needs {wanted}, and that is not installed",
            "nl": "{by} heeft {wanted} nodig, en dat is niet geïnstalleerd",
        },
        "plugin.requirement_unmet": {
            "en": "{by} needs {wanted}, and {found} is installed",
            "nl": "{by} heeft {wanted} nodig, en {found} is geïnstalleerd",
        },
        "plugin.requires": {
            "en": "{by} needs the setting {other} to be enabled too",
            "nl": "{by} heeft nodig dat de variant {other} ook aan staat",
        },
        "plugin.conflicts": {
            "en": "{by} cannot be enabled together with {other}",
            "nl": "{by} kan niet aan staan samen met {other}",
        },
        "plugin.namespace_taken": {
            "en": "two enabled settings claim the namespace {namespace}: {by}",
            "nl": "twee varianten die aan staan claimen de namespace {namespace}: {by}",
        },
        "plugin.not_imported": {
            "en": "{by} cannot be imported ({kind} at {where})",
            "nl": "{by} kan niet geïmporteerd worden ({kind} bij {where})",
        },
        "plugin.no_factory": {
            "en": "{by} has no {factory}, which its manifest names",
            "nl": "{by} heeft geen {factory}, die het manifest noemt",
        },
        "plugin.not_made": {
            "en": "{by} cannot be made ({kind} at {where})",
            "nl": "{by} kan niet gemaakt worden ({kind} bij {where})",
        },
        "plugin.not_a_setting": {
            "en": "what {by} makes is no SettingPlugin",
            "nl": "wat {by} maakt is geen SettingPlugin",
        },
        "plugin.config_not_frozen": {
            "en": "the configuration class of {by} is no frozen attrs class",
            "nl": "de configuratieklasse van {by} is geen bevroren attrs-klasse",
        },
        "plugin.hook_unknown": {
            "en": "{by} has {hook}, and there is no hook of that name",
            "nl": "{by} heeft {hook}, en er is geen hook met die naam",
        },
        "plugin.hook_undeclared": {
            "en": "{by} answers {hook} and does not say so in its manifest",
            "nl": "{by} beantwoordt {hook} en zegt dat niet in het manifest",
        },
        "plugin.hook_not_there": {
            "en": "{by} has {hook} in its manifest and does not answer it",
            "nl": (
                "het manifest van {by} noemt {hook}, en de plugin beantwoordt die niet"
            ),
        },
        "plugin.hook_wrapper": {
            "en": (
                "{by}: a hook may wrap no other, since contributions do not depend on "
                "an order"
            ),
            "nl": (
                "{by}: een hook mag geen andere omhullen, want bijdragen hangen niet "
                "af van een volgorde"
            ),
        },
        "plugin.hook_order": {
            "en": (
                "{by}: a hook may not ask to be first or last, since contributions do "
                "not depend on an order"
            ),
            "nl": (
                "{by}: een hook mag niet vragen om eerst of laatst te zijn, want "
                "bijdragen hangen niet af van een volgorde"
            ),
        },
        "plugin.hook_async": {
            "en": "{by}: a hook is a plain function, never async",
            "nl": "{by}: een hook is een gewone functie, nooit async",
        },
        "plugin.hook_signature": {
            "en": "{by}: a hook takes one argument, called ctx",
            "nl": "{by}: een hook heeft één argument, genaamd ctx",
        },
        "plugin.hook_raised": {
            "en": "{by} raised {kind} at {where}",
            "nl": "{by} gaf {kind} bij {where}",
        },
        "plugin.hook_junk": {
            "en": "{by} returns something that is no contribution of this hook",
            "nl": "{by} geeft iets terug dat geen bijdrage van deze hook is",
        },
        "plugin.part_does_not_fit": {
            "en": (
                "{by}: the contribution {part} has a value that does not fit its "
                "field {field}"
            ),
            "nl": (
                "{by}: de bijdrage {part} heeft een waarde die niet past bij het veld "
                "{field}"
            ),
        },
        "plugin.foreign_namespace": {
            "en": "{by} contributes {part}, which is in no namespace of its own",
            "nl": "{by} draagt {part} bij, in een namespace die niet van de plugin is",
        },
        "plugin.undeclared_replacement": {
            "en": "{by} replaces {part} and does not say so in its manifest (replaces)",
            "nl": "{by} vervangt {part} en zegt dat niet in het manifest (replaces)",
        },
        "plugin.function_unnamed": {
            "en": (
                "{by}: {part} has a function without a name of its own in a module; a "
                "composition names its functions"
            ),
            "nl": (
                "{by}: {part} heeft een functie zonder eigen naam in een module; een "
                "samenstelling noemt haar functies"
            ),
        },
        "plugin.code_twice": {
            "en": "several contribute this code: {by}",
            "nl": "meerdere dragen deze code bij: {by}",
        },
        "plugin.refers_to_nothing": {
            "en": "this refers to {refers_to}, which nobody contributes ({by})",
            "nl": "dit verwijst naar {refers_to}, dat niemand bijdraagt ({by})",
        },
        "plugin.replaces_nothing": {
            "en": "this would replace a part that the base does not have ({by})",
            "nl": "dit zou een onderdeel vervangen dat de basis niet heeft ({by})",
        },
        "plugin.not_replaceable": {
            "en": (
                "this may not be replaced: a setting can only add to law and to the "
                "client's direction ({by})"
            ),
            "nl": (
                "dit mag niet vervangen worden: aan wet en regie van de cliënt kan "
                "een variant alleen toevoegen ({by})"
            ),
        },
        "plugin.replaced_by_another_kind": {
            "en": (
                "what stands in its place has to be the same kind of part under the "
                "same code, and a length of time cannot be switched off ({by})"
            ),
            "nl": (
                "wat ervoor in de plaats komt moet een onderdeel van dezelfde soort "
                "zijn met dezelfde code, en een tijdsduur kan niet uit ({by})"
            ),
        },
        "plugin.replaced_twice": {
            "en": (
                "several settings replace this differently: {by}; say under "
                "[settings.prefer] which one holds"
            ),
            "nl": (
                "meerdere varianten vervangen dit verschillend: {by}; zeg onder "
                "[settings.prefer] welke geldt"
            ),
        },
        "plugin.reworded_twice": {
            "en": (
                "several settings call this differently: {by}; say under "
                "[settings.prefer] which one holds"
            ),
            "nl": (
                "meerdere varianten noemen dit verschillend: {by}; zeg onder "
                "[settings.prefer] welke geldt"
            ),
        },
    }
)


class RgcoreError(Exception):
    """The root of all errors that rgcore raises on purpose.

    Attributes:
        code: Short and stable, an anchor in the reference.
        fault: Who can mend it.
        text: The sentence per language; `{name}` stands for a field.
        fields: What fills the sentence: file names, codes, counts.
    """

    code: ClassVar[str] = "rgcore"
    fault: ClassVar[Fault] = Fault.RGCORE
    text: ClassVar[dict[Language, str]] = {
        "en": "rgcore met something it did not expect.",
        "nl": "rgcore kwam iets tegen dat niet verwacht was.",
    }

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """Return what happened and what to do next, in `nl` or `en`."""
        template = self.text.get(language, self.text["en"])
        return template.format_map({k: str(v) for k, v in self.fields.items()})

    def __str__(self) -> str:
        """Return the English sentence with code and place in the reference."""
        return f"{self.sentence()} [{self.code}]"


class InputError(RgcoreError):
    """Raised when input has the wrong form; lists every problem at once."""

    code = "input"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "The input was not taken; nothing was recorded. {lines}",
        "nl": "De invoer is niet aangenomen; er is niets vastgelegd. {lines}",
    }

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(lines="")

    def sentence(self, language: Language = "en") -> str:
        """Return the sentence with one clause per problem."""
        lines = "; ".join(p.sentence(language) for p in self.problems)
        template = self.text.get(language, self.text["en"])
        return template.format(lines=lines)


class ConfigurationError(InputError):
    """Raised when the institution's TOML file is wrong; lists every problem."""

    code = "config"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": "The configuration cannot be used. {lines}",
        "nl": "De configuratie kan niet gebruikt worden. {lines}",
    }


class NotAvailable(RgcoreError):
    """Raised when there is no such group or it is not for this reader.

    The two are one answer on purpose: the difference would tell who is in care.
    """

    code = "access.not_available"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "There is no such group, or it is not yours to see.",
        "nl": "Deze groep is er niet, of is niet voor jou in te zien.",
    }


class NoSociogram(RgcoreError):
    """Raised when a group has no drawing that this reader may see, or not this one."""

    code = "sociogram.none"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "This drawing is not there. A drawing of the client is recorded as "
            "sociogram.draw; then it can be shown."
        ),
        "nl": (
            "Deze tekening is er niet. Een tekening van de cliënt wordt vastgelegd "
            "als sociogram.draw; daarna is zij te zien."
        ),
    }


class ChangeIdReused(RgcoreError):
    """Raised when a change id was recorded before with other content."""

    code = "record.change_id_reused"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "{path}: this change id was recorded before with other content. "
            "Nothing was recorded; give a new change a new id."
        ),
        "nl": (
            "{path}: dit wijzigings-id is eerder vastgelegd met andere inhoud. "
            "Er is niets vastgelegd; geef een nieuwe wijziging een nieuw id."
        ),
    }


class Conflict(RgcoreError):
    """Raised when others touched the same items since the caller looked.

    Only whoever passed `seen` gets it; everybody else is decided afresh.

    Attributes:
        base: The sequence number that the caller had seen.
        theirs: What was recorded since and touches the same items.
        ours: The ids of the caller's changes.
    """

    code = "record.conflict"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "Somebody else recorded something about the same in the meantime "
            "({count}). Nothing was recorded; look again and decide."
        ),
        "nl": (
            "Iemand anders heeft intussen iets over hetzelfde vastgelegd "
            "({count}). Er is niets vastgelegd; kijk opnieuw en beslis."
        ),
    }

    def __init__(
        self, base: int, theirs: Iterable[object], ours: Iterable[str]
    ) -> None:
        self.base = base
        self.theirs = tuple(theirs)
        self.ours = tuple(ours)
        super().__init__(count=len(self.theirs))


class Busy(RgcoreError):
    """Raised when a group changes faster than a change can be recorded."""

    code = "record.busy"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": "This group is being changed all the time. Try again in a moment.",
        "nl": "Deze groep wordt voortdurend gewijzigd. Probeer het zo weer.",
    }


class GroupExists(RgcoreError):
    """Raised when a group is started under an id that is in use."""

    code = "record.group_exists"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "A group with this id exists already; start it under a new id.",
        "nl": "Er is al een groep met dit id; begin de groep onder een nieuw id.",
    }


class NotForYou(RgcoreError):
    """Raised when an actor asks for a list that is not theirs."""

    code = "access.not_for_you"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "This list is for the people of the team, as directory.toml names them.",
        "nl": "Deze lijst is voor de mensen van het team; zij staan in directory.toml.",
    }


class NotAnOperator(NotForYou):
    """Raised when somebody moves a whole group who is no operator with a reason."""

    code = "access.not_an_operator"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "Only an operator moves whole groups: somebody with the purpose operation "
            "who says why (because). What you may see yourself, you can export."
        ),
        "nl": (
            "Alleen een beheerder verplaatst hele groepen: iemand met doel operation "
            "die zegt waarom (because). Wat je zelf mag zien, kun je wel exporteren."
        ),
    }


class EraserNeeded(NotForYou):
    """Raised when somebody wants to erase who is no operator with a reason."""

    code = "erase.not_an_operator"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "Only an operator erases: somebody with the purpose operation who says why "
            "(because). Nothing was changed."
        ),
        "nl": (
            "Alleen een beheerder wist: iemand met doel operation die zegt waarom "
            "(because). Er is niets gewijzigd."
        ),
    }


class ErasureUnknown(RgcoreError):
    """Raised when there is no request or hold of this id."""

    code = "erase.unknown"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "There is none of this id. rgcore erase list shows which there are.",
        "nl": "Er is er geen met dit id. rgcore erase list laat zien welke er zijn.",
    }


class ErasureNotNow(RgcoreError):
    """Raised when a request or a hold is too far on, or not far enough."""

    code = "erase.not_now"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "This cannot be done now: it is {state}. Nothing was changed; rgcore erase "
            "list shows how it stands."
        ),
        "nl": (
            "Dit kan nu niet: het is {state}. Er is niets gewijzigd; rgcore erase list "
            "laat zien hoe het ervoor staat."
        ),
    }
    states: ClassVar[dict[str, tuple[str, str]]] = {
        "requested": ("gevraagd en nog niet bevestigd", "asked for and not confirmed"),
        "confirmed": ("bevestigd", "confirmed"),
        "withdrawn": ("ingetrokken", "withdrawn"),
        "started": ("begonnen", "being carried out"),
        "done": ("uitgevoerd", "carried out"),
        "changed": ("net door een ander gewijzigd", "just changed by somebody else"),
        "extended": ("al verlengd", "extended already"),
        "late": ("daarvoor te laat", "too late for that"),
        "lifted": ("opgeheven", "lifted"),
    }
    """How each state is said, in Dutch and in English."""

    def sentence(self, language: Language = "en") -> str:
        """Return the sentence with the state in words."""
        dutch, english = self.states[str(self.fields["state"])]
        said = dutch if language == "nl" else english
        return self.text.get(language, self.text["en"]).format(state=said)


class SamePersonTwice(RgcoreError):
    """Raised when whoever asked for an erasure wants to confirm it too."""

    code = "erase.same_person"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "Whoever asked for an erasure does not confirm it as well. Another "
            "operator has to: rgcore erase confirm {id}."
        ),
        "nl": (
            "Wie om wissen vroeg, bevestigt het niet ook. Een andere beheerder moet "
            "dat doen: rgcore erase confirm {id}."
        ),
    }


class GroupErased(RgcoreError):
    """Raised when an operator wants something of a group that was erased."""

    code = "erase.erased"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "This group was erased: of what was said, nothing is left. Its report says "
            "what stayed and why: rgcore erase list."
        ),
        "nl": (
            "Deze groep is gewist: van wat gezegd is, is niets over. Het verslag zegt "
            "wat bleef en waarom: rgcore erase list."
        ),
    }


class KeyRingMissing(RgcoreError):
    """Raised when the file with the key ring is not there."""

    code = "keys.missing"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key ring {file} is not there. Without it nothing can be read. "
            "Put it back from the place where the institution keeps a copy."
        ),
        "nl": (
            "De sleutelbos {file} ontbreekt. Zonder sleutelbos is niets te lezen. "
            "Zet hem terug vanaf de plek waar de instelling een kopie bewaart."
        ),
    }


class KeyRingOpenToOthers(RgcoreError):
    """Raised when others than the owner may read the file with the key ring."""

    code = "keys.open_to_others"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "Others on this machine can read the key ring {file}. "
            "Take their rights away: chmod 600 {file}"
        ),
        "nl": (
            "Anderen op deze machine kunnen de sleutelbos {file} lezen. "
            "Neem hun rechten weg: chmod 600 {file}"
        ),
    }


class KeyRingUnreadable(RgcoreError):
    """Raised when the file is there but holds no key ring."""

    code = "keys.unreadable"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": "The file {file} is not a key ring of rgcore, or it is damaged.",
        "nl": "Het bestand {file} is geen sleutelbos van rgcore, of is beschadigd.",
    }


class KeyRingWrong(RgcoreError):
    """Raised when the key ring does not open this key store."""

    code = "keys.wrong"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key ring {file} does not belong to this key store. "
            "Use the key ring that was made together with the store."
        ),
        "nl": (
            "De sleutelbos {file} hoort niet bij deze sleutelopslag. "
            "Gebruik de sleutelbos die samen met de opslag is gemaakt."
        ),
    }


class KeyRingNotWritten(RgcoreError):
    """Raised when the file with the key ring cannot be replaced by a new one."""

    code = "keys.not_written"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key ring {file} could not be written anew ({kind}). It opens all "
            "that it opened before. Check disk and rights, then try again."
        ),
        "nl": (
            "De sleutelbos {file} kon niet opnieuw geschreven worden ({kind}). Hij "
            "opent alles wat hij al opende. Controleer schijf en rechten en probeer "
            "het opnieuw."
        ),
    }


class KeyRingWrapped(RgcoreError):
    """Raised when another service than the configured one wrapped the key ring."""

    code = "keys.wrapped"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The keys in the key ring {file} are wrapped by {wrapper}, and this was "
            "opened without it. Name it in rgcore.toml: wrapper, under [keys]."
        ),
        "nl": (
            "De sleutels in de sleutelbos {file} zijn verpakt door {wrapper}, en dit "
            "is zonder geopend. Noem het in rgcore.toml: wrapper, onder [keys]."
        ),
    }


class KeyRingPlain(RgcoreError):
    """Raised when a wrapper is configured and the key ring is not wrapped by it."""

    code = "keys.not_wrapped"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The keys should be wrapped by {wrapper}, and in the key ring {file} they "
            "stand in the clear. Run rgcore keys wrap, or take the wrapper out of "
            "rgcore.toml."
        ),
        "nl": (
            "De sleutels horen verpakt te zijn door {wrapper}, en in de sleutelbos "
            "{file} staan ze open en bloot. Draai rgcore keys wrap, of haal de "
            "wrapper uit rgcore.toml."
        ),
    }


class KeyWrapperFailed(RgcoreError):
    """Raised when what wraps the ring's keys does not do its work."""

    code = "keys.wrapper_failed"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "{wrapper} did not wrap or unwrap the key {key} of the key ring {file} "
            "({kind}). Nothing was changed. Check that the service can be reached and "
            "still has its own key, then try again."
        ),
        "nl": (
            "{wrapper} heeft de sleutel {key} van de sleutelbos {file} niet verpakt "
            "of uitgepakt ({kind}). Er is niets gewijzigd. Controleer of de dienst "
            "bereikbaar is en zijn eigen sleutel nog heeft, en probeer het opnieuw."
        ),
    }


class RingKeyInUse(RgcoreError):
    """Raised when a key of the ring should go that still wraps something."""

    code = "keys.in_use"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key {key} is still in use: {count} records are wrapped by it, or it "
            "is the newest. It was kept. Run rgcore keys rotate or rgcore keys rewrap "
            "first."
        ),
        "nl": (
            "De sleutel {key} is nog in gebruik: {count} regels zijn ermee verpakt, "
            "of het is de nieuwste. Hij is gebleven. Draai eerst rgcore keys rotate "
            "of rgcore keys rewrap."
        ),
    }


class RingKeyInBackups(RgcoreError):
    """Raised when a key of the ring should go that backups may need."""

    code = "keys.in_backups"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "Nothing is wrapped by the key {key} any more, but backups of the key "
            "store from before need it: without it they cannot be read. It was kept. "
            "When the last of them has expired, say so: --backups-expired"
        ),
        "nl": (
            "Met de sleutel {key} is niets meer verpakt, maar reservekopieën van de "
            "sleutelopslag van daarvoor hebben hem nodig: zonder zijn die niet te "
            "lezen. Hij is gebleven. Is de laatste daarvan verlopen, zeg het dan: "
            "--backups-expired"
        ),
    }


class KeysForgotten(RgcoreError):
    """Raised when the key store lacks keys of a group that the database has."""

    code = "keys.no_record"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key store has no keys for this group or for somebody in it: they "
            "were forgotten, or the key store is older than the database. Run "
            "rgcore verify."
        ),
        "nl": (
            "De sleutelopslag heeft geen sleutels voor deze groep of voor iemand "
            "erin: ze zijn vergeten, of de sleutelopslag is ouder dan de database. "
            "Draai rgcore verify."
        ),
    }


class NoStore(RgcoreError):
    """Raised when there is no store of rgcore at the place that is configured."""

    code = "store.none"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "There is no store of rgcore in {file}. Put it back from its backup, or "
            "make a new institution with rgcore init."
        ),
        "nl": (
            "In {file} staat geen opslag van rgcore. Zet de reservekopie terug, of "
            "maak een nieuwe instelling met rgcore init."
        ),
    }


class StoreExists(RgcoreError):
    """Raised when a new store would overwrite what is there."""

    code = "store.exists"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "{file} is there already and was left as it is. Choose another place.",
        "nl": "{file} bestaat al en is niet aangeraakt. Kies een andere plek.",
    }


class InstitutionExists(RgcoreError):
    """Raised when a new institution has the id of one that a database knows."""

    code = "store.institution_exists"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The database {file} knows an institution of this id already. Nothing was "
            "touched: choose another id, or open that one by its own configuration."
        ),
        "nl": (
            "De database {file} kent al een instelling met dit id. Er is niets "
            "aangeraakt: kies een ander id, of open die instelling met haar eigen "
            "configuratie."
        ),
    }


class StoreTooNew(RgcoreError):
    """Raised when a newer rgcore wrote the store."""

    code = "store.too_new"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The store {file} was written by a newer rgcore (format {found}). "
            "This rgcore knows format {known}: install the newer one."
        ),
        "nl": (
            "De opslag {file} is geschreven door een nieuwere rgcore "
            "(formaat {found}). Deze rgcore kent formaat {known}: "
            "installeer de nieuwere."
        ),
    }


class StoreTooOld(RgcoreError):
    """Raised when somebody records in a store that was not upgraded yet."""

    code = "store.too_old"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The store {file} has format {found}; this rgcore writes format {known}. "
            "It can be read; to record, make a backup and run rgcore db upgrade."
        ),
        "nl": (
            "De opslag {file} heeft formaat {found}; deze rgcore schrijft formaat "
            "{known}. Lezen kan; maak om vast te leggen een reservekopie en draai "
            "rgcore db upgrade."
        ),
    }


class DriverMissing(RgcoreError):
    """Raised when a PostgreSQL database is configured and its driver not installed."""

    code = "store.driver_missing"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "{file} is a PostgreSQL database and its driver is not installed. "
            "Run: pip install 'rgcore[postgresql]'"
        ),
        "nl": (
            "{file} is een PostgreSQL-database en de driver daarvoor ontbreekt. "
            "Draai: pip install 'rgcore[postgresql]'"
        ),
    }


class HandleTaken(RgcoreError):
    """Raised when a number that should lead to a group leads to another one."""

    code = "handle.taken"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "This number leads to another group already. Nothing was changed: check "
            "the number, or take it from the other group first."
        ),
        "nl": (
            "Dit nummer hoort al bij een andere groep. Er is niets gewijzigd: "
            "controleer het nummer, of haal het eerst bij de andere groep weg."
        ),
    }


class KeyStoreBehind(RgcoreError):
    """Raised when the key store is older than what was sealed with its keys."""

    code = "keys.behind"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key store is older than this group: keys that were made since are "
            "not in it. Nothing was shown or changed. Put the newest backup of the "
            "key store back; if there is none, run rgcore repair GROUP "
            "--without-lost-keys."
        ),
        "nl": (
            "De sleutelopslag is ouder dan deze groep: sleutels van daarna staan er "
            "niet in. Er is niets getoond of gewijzigd. Zet de nieuwste reservekopie "
            "van de sleutelopslag terug; is die er niet, draai dan rgcore repair "
            "GROEP --without-lost-keys."
        ),
    }


class StoreOfAnother(RgcoreError):
    """Raised when a configuration is opened that another institution wrote."""

    code = "store.other_institution"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": "The store {file} holds no institution with the id of this file.",
        "nl": "De opslag {file} bevat geen instelling met het id uit dit bestand.",
    }


class StoreUnavailable(RgcoreError):
    """Raised when the database does not do its work: locked, full, gone."""

    code = "store.unavailable"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The store {file} could not be used ({kind}). Check disk, rights, locks "
            "and server, then send the same again: nothing is recorded twice."
        ),
        "nl": (
            "De opslag {file} kon niet gebruikt worden ({kind}). Controleer schijf, "
            "rechten, vergrendeling en server en stuur hetzelfde opnieuw: er wordt "
            "niets twee keer vastgelegd."
        ),
    }


class OpenedElsewhere(RgcoreError):
    """Raised when an institution is used in a process forked after it was opened."""

    code = "store.opened_elsewhere"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The store {file} was opened in another process, before this one was "
            "forked from it. Nothing was done; open the institution anew in each "
            "process."
        ),
        "nl": (
            "De opslag {file} is geopend in een ander proces, voordat dit daarvan "
            "werd afgesplitst. Er is niets gedaan; open de instelling opnieuw in elk "
            "proces."
        ),
    }


class StoreDamaged(RgcoreError):
    """Raised when what was sealed does not open: it was altered or mixed up."""

    code = "store.damaged"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "A sealed {what} of this group does not open: it was altered, or it "
            "belongs elsewhere. Nothing was shown. Run rgcore verify."
        ),
        "nl": (
            "Een verzegelde {what} van deze groep gaat niet open: gewijzigd, of "
            "van elders. Er is niets getoond. Draai rgcore verify."
        ),
    }


class KeyRingBehind(StoreDamaged):
    """Raised when the key ring lacks the key by which something is wrapped."""

    code = "keys.ring_behind"
    fault = Fault.INSTITUTION
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The key ring {file} lacks the key {key}, which this key store needs: it "
            "is an older copy or belongs to another store, or that key was retired. "
            "Nothing was shown or changed. Put a copy of the key ring in its place "
            "that has the key."
        ),
        "nl": (
            "De sleutelbos {file} mist de sleutel {key}, die deze sleutelopslag nodig "
            "heeft: het is een oudere kopie of hoort bij een andere opslag, of de "
            "sleutel is weggehaald. Er is niets getoond of gewijzigd. Zet er een kopie "
            "van de sleutelbos neer die de sleutel heeft."
        ),
    }


class JournalDamaged(RgcoreError):
    """Raised when there is no sound journal to make a document from."""

    code = "store.journal_damaged"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The journal of this group is not sound ({count} faults), so nothing was "
            "made from it. Run rgcore verify, and put back a backup."
        ),
        "nl": (
            "Het journaal van deze groep is niet gaaf ({count} fouten); daarom is er "
            "niets van gemaakt. Draai rgcore verify en zet een reservekopie terug."
        ),
    }


class AnchorsDamaged(RgcoreError):
    """Raised when lines of the file with anchors are not as they were written."""

    code = "anchors.damaged"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The file with anchors {file} is damaged (line {lines}), so nothing was "
            "checked against it or added to it. Put back a copy of it."
        ),
        "nl": (
            "Het bestand met ankers {file} is beschadigd (regel {lines}); daarom is "
            "er niets mee vergeleken of bij gezet. Zet een kopie ervan terug."
        ),
    }


class AnchorsUnavailable(RgcoreError):
    """Raised when the file with anchors cannot be read or written."""

    code = "anchors.unavailable"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The file with anchors {file} could not be used ({kind}). Check that its "
            "folder is there, and disk and rights, then try again."
        ),
        "nl": (
            "Het bestand met ankers {file} kon niet gebruikt worden ({kind}). "
            "Controleer of de map er is, en schijf en rechten, en probeer het opnieuw."
        ),
    }


class LogUnavailable(RgcoreError):
    """Raised when the access log cannot be written: then nothing is shown."""

    code = "log.unavailable"
    fault = Fault.STORE
    text: ClassVar[dict[Language, str]] = {
        "en": (
            "The access log {file} could not be written ({kind}), so nothing was "
            "shown. Check disk, rights and locks, then try again."
        ),
        "nl": (
            "Het toegangslogboek {file} kon niet geschreven worden ({kind}); "
            "daarom is er niets getoond. Controleer schijf, rechten en "
            "vergrendeling en probeer het opnieuw."
        ),
    }
