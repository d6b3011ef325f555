"""The closed lists of the base: kinds of meetings and talks, forms of care."""

from __future__ import annotations

from typing import Final

from rgcore.domain.ids import Code, Vocabulary
from rgcore.method.contributions import Choice, MeetingKind, Term, Training
from rgcore.method.wording import Wording

_OURS: Final = "default of rgcore"


def _meeting_kinds(*rows: tuple[str, bool, str, str, str]) -> tuple[MeetingKind, ...]:
    return tuple(
        MeetingKind(
            code=Code(f"{Vocabulary.MEETING_KIND}.{word}"),
            regular=regular,
            wording=Wording(nl, en),
            source=source,
        )
        for word, regular, nl, en, source in rows
    )


def _choices(
    of: Vocabulary, source: str, *rows: tuple[str, str, str]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(code=Code(f"{of}.{word}"), wording=Wording(nl, en), source=source)
        for word, nl, en in rows
    )


def _trainings(*rows: tuple[str, str | None, str, str]) -> tuple[Training, ...]:
    return tuple(
        Training(
            code=Code(f"training.{word}"),
            covered_by=Code(theme) if theme else None,
            wording=Wording(nl, en),
            source="[brochure] p. 1-2",
        )
        for word, theme, nl, en in rows
    )


MEETING_KINDS: Final[tuple[MeetingKind, ...]] = _meeting_kinds(
    (
        "kick_off",
        True,
        "startbijeenkomst",
        "kick-off meeting",
        "[book] ch. 8 (heading)",
    ),
    (
        "follow_up",
        True,
        "vervolgbijeenkomst",
        "follow-up meeting",
        "[book] ch. 9 (heading)",
    ),
    (
        "evaluation",
        True,
        "terugblikbijeenkomst",
        "evaluation meeting",
        "[book] ch. 9 (heading: yearly evaluation)",
    ),
    (
        "reorientation",
        True,
        "bijeenkomst over wat er verandert",
        "meeting on what changes",
        "[book] ch. 10 (heading)",
    ),
    ("extra", True, "extra bijeenkomst", "extra meeting", _OURS),
    ("theme", False, "themabijeenkomst", "theme meeting", "[book] ch. 11 (heading)"),
    ("crisis", False, "bijeenkomst in een crisis", "crisis meeting", "[book] 5.7"),
    (
        "handover",
        False,
        "overdrachtsgesprek",
        "handover meeting",
        "[book] ch. 10 (heading: warm handover)",
    ),
)

TRAININGS: Final[tuple[Training, ...]] = _trainings(
    ("psychoeducation", "psychoeducation", "psycho-educatie", "psychoeducation"),
    ("communication", "communication", "communicatietraining", "communication"),
    ("anti_stigma", "destigmatisation", "anti-stigmatraining", "anti-stigma training"),
    ("problem_solving", "problem_solving", "problemen oplossen", "problem solving"),
    (
        "coping_with_stress",
        "coping_with_stress",
        "omgaan met stress",
        "coping with it",
    ),
    ("health", "health_lifestyle", "gezondheid", "health"),
    ("shared_decisions", None, "samen beslissen", "deciding together"),
    ("personal_goals", None, "persoonlijke doelen", "personal goals"),
    ("early_signs", None, "vroege signalen", "early signs"),
)

CHOICES: Final[tuple[Choice, ...]] = (
    *_choices(
        Vocabulary.TALK_KIND,
        "[book] app. 9 (headings: three lists)",
        ("family", "familie", "family"),
        ("other_relative", "andere naaste", "other relative"),
        ("professional", "professional", "professional"),
    ),
    *_choices(
        Vocabulary.MEETING_FORM,
        _OURS,
        ("at_home", "thuis", "at home"),
        ("elsewhere", "op een andere plek", "somewhere else"),
        ("video", "via een videogesprek", "by video"),
        ("phone", "telefonisch", "by phone"),
        ("mixed", "deels samen, deels op afstand", "partly together, partly remote"),
    ),
    *_choices(
        Vocabulary.CANCELLED,
        _OURS,
        ("client_not_well", "het gaat nu niet goed genoeg", "not well enough now"),
        ("client_wish", "de cliënt wil het nu niet", "the client would rather not"),
        ("member_away", "iemand kan niet", "somebody cannot come"),
        ("holiday", "vakantie", "holiday"),
        ("no_place", "geen goede plek", "no good place"),
        ("other", "iets anders", "something else"),
    ),
    *_choices(
        Vocabulary.AT_TENSION,
        "[book] 9.7.1 (heading); the list is ours",
        ("pause", "even pauze", "a break"),
        ("separate_talk", "apart met iemand gepraat", "talked with somebody apart"),
        ("round", "iedereen om de beurt", "everybody in turn"),
        ("named_it", "benoemd wat er gebeurde", "said what was happening"),
        ("back_to_agenda", "terug naar de agenda", "back to the agenda"),
        ("stopped", "de bijeenkomst gestopt", "ended the meeting"),
    ),
    *_choices(
        Vocabulary.CARE_FORM,
        "[book] 1.4.1-1.4.4 (headings); the rest is ours",
        ("fact", "FACT", "FACT"),
        ("iht", "intensieve thuisbehandeling (IHT)", "intensive home treatment (IHT)"),
        ("hic", "opname op een HIC", "stay on a HIC ward"),
        ("art", "ART", "ART"),
        ("outpatient", "poliklinische zorg", "outpatient care"),
        ("basic_ggz", "generalistische basis-ggz", "basic mental health care"),
        ("gp", "huisarts", "general practitioner"),
        ("gp_with_nurse", "huisarts met POH-GGZ", "GP with practice nurse"),
        ("neighbourhood_team", "wijkteam", "neighbourhood team"),
        ("addiction_care", "verslavingszorg", "addiction care"),
        ("youth_care", "jeugdhulp", "youth care"),
        ("disability_care", "gehandicaptenzorg", "disability care"),
        ("housing", "begeleid wonen", "supported housing"),
    ),
    *_choices(
        Vocabulary.MANDATE,
        "[law] book 1 of the civil code, articles not checked; the list is ours",
        ("mentor", "mentor", "mentor"),
        ("curator", "curator", "guardian appointed by the court"),
        ("administrator", "bewindvoerder", "administrator"),
        ("authorised", "gemachtigde", "authorised person"),
        ("parent", "ouder met gezag", "parent with authority"),
        ("guardian", "voogd", "guardian"),
    ),
    *_choices(
        Vocabulary.REMIT,
        _OURS,
        ("care", "zorg en ondersteuning", "care and support"),
        ("money", "geldzaken", "money"),
    ),
    *_choices(
        Vocabulary.FRAME,
        "[law] Wvggz and Wzd, articles not checked; the list is ours",
        ("voluntary", "vrijwillig", "voluntary"),
        ("crisis_measure", "crisismaatregel", "crisis measure"),
        ("care_authorisation", "zorgmachtiging", "care authorisation"),
        ("wzd", "Wzd", "Wzd"),
        ("judicial", "strafrechtelijk kader", "judicial frame"),
        ("supervision_order", "ondertoezichtstelling", "supervision order"),
    ),
)

COME_BACK: Final[tuple[Term, ...]] = tuple(
    Term(code=Code(f"come_back.{what}"), wording=Wording(nl, en), source=_OURS)
    for what, nl, en in (
        ("ask_again", "nog eens vragen", "asking once more"),
        ("talk", "vertellen wat er met het gesprek is gedaan", "what came of the talk"),
        ("part", "wie leidt of schrijft", "who leads or writes"),
        (
            "sign",
            "een vroeg signaal dat is aangeboden",
            "an early sign that was offered",
        ),
        ("request", "een vraag om een thema", "a theme that was asked for"),
        ("offer", "een aanbod op het gewenste moment", "an offer at the wished moment"),
        ("points", "punten die bleven liggen", "points that were not reached"),
        ("step", "een stap naar minder zorg", "a step to less care"),
        ("promise", "een toezegging die afloopt", "a promise that runs out"),
        ("aftercare", "horen hoe het gaat", "hearing how things are"),
        ("children", "nog eens vragen naar kinderen", "asking about children again"),
    )
)
"""What people wanted to come back to, as a rule names it."""
