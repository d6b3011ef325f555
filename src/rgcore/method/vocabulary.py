"""What codes are called, and the sentences of findings that are no rules."""

from __future__ import annotations

from typing import Final

from rgcore.domain.ids import Code
from rgcore.method.contributions import Term, Texts
from rgcore.method.wording import Wording
from rgcore.method.words import WORDS

_OURS: Final = "rgcore"


def _terms(*rows: tuple[str, str, str]) -> tuple[Term, ...]:
    return tuple(
        Term(code=Code(code), wording=Wording(nl, en), source=_OURS)
        for code, nl, en in rows
    )


def _texts(*rows: tuple[str, str, str]) -> tuple[Texts, ...]:
    return tuple(
        Texts(code=Code(code), wording=Wording(nl, en)) for code, nl, en in rows
    )


TERMS: Final[tuple[Term, ...]] = _terms(
    # How people are asked and kept in touch with.
    ("in_person", "in een gesprek", "in person"),
    ("phone", "per telefoon", "by phone"),
    ("whatsapp", "via WhatsApp", "by WhatsApp"),
    ("letter", "brief", "letter"),
    # How a group was explained and what it was called.
    ("leaflet", "folder", "leaflet"),
    ("film", "filmpje", "film"),
    ("resource_group", "resourcegroep", "resource group"),
    ("working_group", "samenwerkingsgroep", "working group"),
    ("support_group", "steungroep", "support group"),
    # With what a sociogram was drawn.
    ("paper", "papier", "paper"),
    ("toy_figures", "poppetjes", "toy figures"),
    ("phone_contacts", "contacten in de telefoon", "phone contacts"),
    # Points of an agenda.
    ("introductions", "kennismaken", "introductions"),
    ("method", "werkwijze", "way of working"),
    ("confidentiality", "wat onder ons blijft", "what stays between us"),
    ("communication_channel", "hoe we contact houden", "how we keep in touch"),
    ("goals", "doelen", "goals"),
    ("roles", "wie heeft welke rol", "who has which role"),
    ("actions", "wie doet wat", "who does what"),
    ("next_date", "volgende keer", "next time"),
    ("opening", "opening", "opening"),
    ("minutes", "vorige keer", "last time"),
    ("successes", "wat goed ging", "what went well"),
    ("composition", "wie zit er in de groep", "who is in the group"),
    ("own", "eigen punt", "own point"),
    # Presence.
    ("present", "aanwezig", "present"),
    ("excused", "afgemeld", "sent their regrets"),
    ("absent", "niet gekomen", "did not come"),
    ("not_recorded", "niet genoteerd", "not noted"),
    # Goals.
    ("short", "korte termijn", "short term"),
    ("long", "lange termijn", "long term"),
    ("wished", "gewenst", "wished for"),
    ("agreed", "afgesproken", "agreed"),
    ("resting", "rust even", "resting for now"),
    ("ended", "afgesloten", "closed"),
    ("not_said", "niet besproken", "not discussed"),
    ("on_track", "gaat goed", "going well"),
    ("partly", "deels gelukt", "worked in part"),
    ("not_yet", "nog niet", "not yet"),
    ("reached", "bereikt", "reached"),
    # Offers from elsewhere.
    ("relatives_group", "naastengroep", "group for relatives"),
    # What comes after less care, and what may be lacking before it.
    ("gp", "huisarts", "general practitioner"),
    ("gp_with_nurse", "huisarts met POH-GGZ", "GP with practice nurse"),
    ("basic_ggz", "generalistische basis-ggz", "basic mental health care"),
    ("none", "geen zorg", "no care"),
    ("less_often", "minder vaak contact", "contact less often"),
    (
        "scale_up_agreement",
        "een afspraak over hoe hulp terugkomt",
        "an agreement on how help returns",
    ),
    ("receiver", "iemand die het overneemt, bij naam", "somebody who takes over"),
    # Looking back.
    ("yearly", "jaarlijkse terugblik", "yearly evaluation"),
    # Why somebody types for somebody else, or passes a rule.
    ("at_the_table", "samen aan tafel", "together at the table"),
    ("from_paper", "van papier", "from paper"),
    ("client_asked", "op verzoek van de cliënt", "at the client's request"),
    ("member_asked", "op verzoek van het lid", "at the member's request"),
    ("urgent", "kon niet wachten", "could not wait"),
    *WORDS,
)

TEXTS: Final[tuple[Texts, ...]] = _texts(
    (
        "structure.same_team",
        "Dit team heeft de groep al ({path}).",
        "This team keeps the group already ({path}).",
    ),
    (
        "structure.id_in_use",
        "Dit id is al in gebruik in deze groep ({path}).",
        "This id is in use in this group already ({path}).",
    ),
    (
        "structure.id_twice",
        "Dit id staat twee keer in één wijziging ({path}).",
        "This id stands twice in one change ({path}).",
    ),
    (
        "structure.unknown_item",
        "Deze groep heeft niets met dit id ({path}).",
        "This group has nothing with this id ({path}).",
    ),
    (
        "structure.unknown_person",
        "Deze groep kent niemand met dit id ({path}).",
        "This group knows nobody with this id ({path}).",
    ),
    (
        "structure.group_started",
        "Deze groep is al begonnen ({path}).",
        "This group has begun already ({path}).",
    ),
    (
        "structure.not_started",
        "Een groep begint met group.start ({path}).",
        "A group begins with group.start ({path}).",
    ),
    (
        "structure.other_group",
        "Deze wijziging begint een groep met een ander id ({path}).",
        "This change starts a group with another id ({path}).",
    ),
    (
        "structure.only_by_import",
        "Een groep van elders komt binnen met rgcore import ({path}).",
        "A group from elsewhere comes in by rgcore import ({path}).",
    ),
    (
        "structure.only_by_erasing",
        "Teksten worden weggehaald met rgcore erase redact ({path}).",
        "Texts are redacted by rgcore erase redact ({path}).",
    ),
    (
        "structure.text_known",
        "Dit tekst-id staat al bij een eerdere wijziging ({path}).",
        "An earlier change has a text with this id ({path}).",
    ),
    (
        "structure.client_is_staff",
        "De cliënt is geen medewerker uit de gids ({path}).",
        "The client is nobody from the staff directory ({path}).",
    ),
    (
        "structure.in_the_future",
        "Dit kan niet in de toekomst gebeurd zijn ({path}).",
        "This cannot have happened in the future ({path}).",
    ),
    (
        "structure.before_the_group",
        "Dit ligt vóór het begin van deze groep ({path}).",
        "This lies before the beginning of this group ({path}).",
    ),
    (
        "structure.not_in_the_team",
        "De ondersteuner werkt volgens de gids niet in dit team ({path}).",
        "By the directory, the supporter does not work in this team ({path}).",
    ),
    (
        "structure.in_the_past",
        "Deze dag ligt vóór de dag waarop dit werd gezegd ({path}).",
        "This day lies before the day on which this was said ({path}).",
    ),
    (
        "structure.ends_before_it_begins",
        "Dit eindigt voordat het begint ({path}).",
        "This ends before it begins ({path}).",
    ),
    (
        "structure.before_it_was_held",
        (
            "Dit ligt vóór de dag waarop het gehouden werd; kies die dag of een "
            "latere ({path})."
        ),
        (
            "This lies before the day on which it was held: choose that day or a "
            "later one ({path})."
        ),
    ),
    (
        "structure.empty",
        "Noem er hier minstens één ({path}).",
        "Name at least one here ({path}).",
    ),
    (
        "structure.one_of_two",
        "Geef precies één van de twee mogelijkheden ({path}).",
        "Give exactly one of the two possibilities ({path}).",
    ),
    (
        "structure.is_the_client",
        "Dit kan de cliënt zelf niet zijn ({path}).",
        "This cannot be the client ({path}).",
    ),
    (
        "structure.other_subject",
        (
            "Deze tekst is van of over iemand anders; noem die persoon als "
            "subject ({path})."
        ),
        "This text is by or about somebody else: name them as its subject ({path}).",
    ),
    (
        "structure.unknown_code",
        (
            "De methode van deze groep kent deze code niet; rgcore method show noemt "
            "de bekende ({path})."
        ),
        (
            "The method of this group does not know this code; rgcore method show "
            "lists those it knows ({path})."
        ),
    ),
    (
        "structure.no_such_ring",
        "Een ring is 1, 2 of 3 ({path}).",
        "A ring is 1, 2 or 3 ({path}).",
    ),
    (
        "structure.no_such_length",
        "Een bijeenkomst duurt 1 tot 1440 minuten ({path}).",
        "A meeting takes 1 to 1440 minutes ({path}).",
    ),
    (
        "structure.not_a_member",
        "Deze persoon is nu geen lid ({path}).",
        "This person is not a member now ({path}).",
    ),
    (
        "structure.role_not_held",
        "Deze persoon heeft deze rol nu niet ({path}).",
        "This person does not hold this role now ({path}).",
    ),
    (
        "structure.nomination_withdrawn",
        "Deze nominatie is ingetrokken; nomineer opnieuw ({path}).",
        "This nomination was taken back; nominate again ({path}).",
    ),
    (
        "structure.already_accepted",
        "Deze persoon heeft al ja gezegd ({path}).",
        "This person said yes already ({path}).",
    ),
    (
        "structure.already_a_member",
        "Deze persoon zit al in de groep ({path}).",
        "This person is in the group already ({path}).",
    ),
    (
        "structure.role_held_already",
        "Deze persoon heeft deze rol al ({path}).",
        "This person holds this role already ({path}).",
    ),
    (
        "structure.shared_already",
        "Dit is al gedeeld met de groep ({path}).",
        "This was shared with the group already ({path}).",
    ),
    (
        "structure.before_it_was_made",
        "Dit ligt vóór de dag waarop het bewaard werd ({path}).",
        "This lies before the day on which it was kept ({path}).",
    ),
    (
        "structure.held_already",
        "Deze bijeenkomst is al gehouden ({path}).",
        "This meeting was held already ({path}).",
    ),
    (
        "structure.kind_of_unplanned",
        "Noem de soort alleen bij een bijeenkomst die niet gepland was ({path}).",
        "Name the kind only of a meeting that was not planned ({path}).",
    ),
    (
        "structure.named_twice",
        "Deze persoon staat er twee keer ({path}).",
        "This person is named twice ({path}).",
    ),
    (
        "structure.of_another_meeting",
        "Dit punt hoort bij een andere bijeenkomst ({path}).",
        "This point belongs to another meeting ({path}).",
    ),
    (
        "structure.not_agreed_yet",
        "Dit doel is nog niet met de groep afgesproken ({path}).",
        "The group has not agreed on this goal yet ({path}).",
    ),
    (
        "structure.not_in_the_directory",
        "De gids kent geen medewerker met dit id ({path}).",
        "The directory knows no member of staff with this id ({path}).",
    ),
    (
        "structure.only_by_merging",
        "Dit vult rgcore zelf in als twee mensen één blijken; laat het weg ({path}).",
        (
            "rgcore fills this in when two people turn out to be one: leave it out "
            "({path})."
        ),
    ),
    (
        "structure.same_person",
        "Dit zijn niet twee mensen maar één en hetzelfde id ({path}).",
        "These are not two people but one and the same id ({path}).",
    ),
    (
        "structure.is_staff",
        "Een medewerker uit de gids wordt met niemand samengevoegd ({path}).",
        "Somebody of the staff directory is merged with nobody ({path}).",
    ),
    (
        "structure.unknown_entry",
        "Deze groep heeft geen wijziging met dit id ({path}).",
        "This group has no change with this id ({path}).",
    ),
    (
        "structure.entry_twice",
        "Deze wijziging staat er twee keer ({path}).",
        "This change is named twice ({path}).",
    ),
    (
        "structure.cannot_be_marked",
        (
            "Het begin van een groep en een correctie zelf blijven staan; draai een "
            "correctie terug met entry.undo_in_error ({path})."
        ),
        (
            "The start of a group and a correction itself stay; undo a correction "
            "with entry.undo_in_error ({path})."
        ),
    ),
    (
        "structure.marked_already",
        "Dit is al aangemerkt als per vergissing vastgelegd ({path}).",
        "This is marked as entered in error already ({path}).",
    ),
    (
        "structure.not_marked",
        "Dit is niet aangemerkt als per vergissing vastgelegd ({path}).",
        "This is not marked as entered in error ({path}).",
    ),
    (
        "structure.emptied_already",
        "De teksten hiervan zijn voorgoed weggehaald ({path}).",
        "The texts of this were emptied for good ({path}).",
    ),
    (
        "structure.several_deciders",
        (
            "Deze wijzigingen zijn van verschillende mensen; corrigeer ze per persoon "
            "({path})."
        ),
        "These changes are different people's own: correct them one by one ({path}).",
    ),
    (
        "structure.others_build_on_it",
        (
            "Wijziging {change} bouwt hierop voort en past dan niet meer; neem die "
            "eerst of tegelijk mee ({path})."
        ),
        (
            "The change {change} builds on this and would no longer fit: correct that "
            "one first, or together with this one ({path})."
        ),
    ),
    (
        "structure.no_longer_fits",
        "Wijziging {change} past niet meer in de groep zoals die nu is ({path}).",
        "The change {change} no longer fits the group as it is now ({path}).",
    ),
    (
        "structure.has_died",
        (
            "Deze persoon was toen overleden; kies een eerdere dag of iemand anders "
            "({path})."
        ),
        (
            "This person had died by then: choose an earlier day or somebody else "
            "({path})."
        ),
    ),
    (
        "structure.died_already",
        (
            "Van deze persoon staat al vast dat die is overleden; draai dat eerst "
            "terug met entry.mark_in_error als de dag niet klopt ({path})."
        ),
        (
            "It is on record already that this person died: if the day is wrong, "
            "take it back first with entry.mark_in_error ({path})."
        ),
    ),
    (
        "structure.no_person",
        (
            "Deze figuur staat niet voor iemand die je kunt vragen; kies een figuur "
            "van een levend mens of laat dit weg ({path})."
        ),
        (
            "This figure does not stand for somebody who can be asked: choose a "
            "figure of a living person, or leave this out ({path})."
        ),
    ),
    (
        "structure.pseudonym",
        (
            "De cliënt noemt hier bewust geen echte naam; laat de verwijzing naar "
            "een persoon weg ({path})."
        ),
        (
            "The client gives no real name here on purpose: leave out the link to a "
            "person ({path})."
        ),
    ),
    (
        "structure.somebody_else",
        (
            "Deze figuur staat voor iemand anders; kies de figuur van deze persoon "
            "of laat dit weg ({path})."
        ),
        (
            "This figure stands for somebody else: choose this person's figure, or "
            "leave it out ({path})."
        ),
    ),
    (
        "structure.no_label",
        "Geef deze figuur een naam of een woord ({path}).",
        "Give this figure a name or a word ({path}).",
    ),
    (
        "structure.no_such_angle",
        "Een plek op de ring is 0 tot en met 359 graden ({path}).",
        "A place on the ring is 0 to 359 degrees ({path}).",
    ),
    (
        "structure.of_another_drawing",
        (
            "Deze figuur staat niet in deze tekening; verbind alleen figuren die "
            "erin staan ({path})."
        ),
        "This figure is not in this drawing: tie only figures that are ({path}).",
    ),
    (
        "structure.tied_to_itself",
        "Verbind twee verschillende figuren ({path}).",
        "Tie two different figures ({path}).",
    ),
    (
        "structure.not_the_nominee",
        (
            "Alleen de cliënt of wie gevraagd wordt, kan liever wachten; noem een "
            "van die twee ({path})."
        ),
        "Only the client or the nominee can rather wait: name one of them ({path}).",
    ),
    (
        "structure.rests_already",
        (
            "Deze persoon doet het al een tijd rustig aan; laat die eerst terugkomen "
            "met member.return ({path})."
        ),
        (
            "This person has stepped back already: record their return with "
            "member.return first ({path})."
        ),
    ),
    (
        "structure.not_resting",
        "Deze persoon doet op die dag gewoon mee ({path}).",
        "This person takes part as usual on that day ({path}).",
    ),
    (
        "structure.involved_already",
        "Deze persoon is al betrokken; geef een rol met role.assign ({path}).",
        "This person is involved already: give a role with role.assign ({path}).",
    ),
    (
        "structure.only_while_involved",
        (
            "Wie maar één keer meedoet, krijgt hier geen organisatie; laat die of once "
            "weg ({path})."
        ),
        (
            "Whoever takes part only once has no organisation here: leave it out, or "
            "once ({path})."
        ),
    ),
    (
        "structure.not_involved",
        (
            "Deze persoon is op die dag niet betrokken; wie lid is, vertrekt met "
            "member.leave ({path})."
        ),
        (
            "This person is not involved on that day: a member leaves with "
            "member.leave ({path})."
        ),
    ),
    (
        "structure.name_in_directory",
        "De naam van een medewerker staat in de gids; pas die daar aan ({path}).",
        "The directory holds the names of staff: change it there ({path}).",
    ),
    (
        "structure.over_already",
        "Dit is al afgerond ({path}).",
        "This is over already ({path}).",
    ),
    (
        "structure.two_years_apart",
        (
            "De 18e verjaardag is precies twee jaar na de 16e; wie op 29 februari "
            "geboren is, viert die op 1 maart in een jaar zonder die dag ({path})."
        ),
        (
            "The 18th birthday is two years after the 16th to the day: 29 February "
            "becomes 1 March in a year without it ({path})."
        ),
    ),
    (
        "structure.not_an_owner",
        "Alleen wie een afspraak uitvoert, zegt er ja of liever niet op ({path}).",
        "Only somebody whose agreement it is says yes or rather not to it ({path}).",
    ),
    (
        "structure.before_it_was_agreed",
        (
            "Dit ligt vóór de dag waarop het werd afgesproken; kies die dag of een "
            "latere ({path})."
        ),
        (
            "This lies before the day on which it was agreed: choose that day or a "
            "later one ({path})."
        ),
    ),
    (
        "structure.closed_already",
        "Deze afspraak is afgesloten; maak een nieuwe ({path}).",
        "This agreement is closed: make a new one ({path}).",
    ),
    (
        "structure.not_minuted",
        (
            "Wat niet opgeschreven mag worden, krijgt geen woorden en geen keuzes; "
            "laat die weg ({path})."
        ),
        (
            "What may not be written down has no words and no options: leave them "
            "out ({path})."
        ),
    ),
    (
        "structure.no_such_level",
        "Kies een getal van -2 tot en met 2 ({path}).",
        "Choose a number from -2 to 2 ({path}).",
    ),
    (
        "structure.no_such_stage",
        "Een fase is 1, 2, 3 of 4 ({path}).",
        "A stage is 1, 2, 3 or 4 ({path}).",
    ),
    (
        "structure.no_such_rhythm",
        "Kies 1 tot 366 dagen van de ene bijeenkomst tot de volgende ({path}).",
        "Choose 1 to 366 days from one meeting to the next ({path}).",
    ),
    (
        "structure.other_respondent",
        (
            "Dat gesprek was met iemand anders; kies een gesprek met deze persoon of "
            "laat dit weg ({path})."
        ),
        (
            "That talk was with somebody else: choose a talk with this person, or "
            "leave it out ({path})."
        ),
    ),
    (
        "structure.cancelled_already",
        (
            "Deze bijeenkomst gaat niet door; plan hem opnieuw door een dag te "
            "kiezen ({path})."
        ),
        "This meeting was cancelled: plan it anew by choosing a day ({path}).",
    ),
    (
        "structure.not_held_yet",
        (
            "Deze bijeenkomst is er nog niet geweest; leg eerst vast dat hij er was "
            "({path})."
        ),
        "This meeting has not been held yet: record first that it was ({path}).",
    ),
    (
        "structure.signed_already",
        "Deze persoon heeft al ja gezegd op dit verslag ({path}).",
        "This person has said yes to these minutes already ({path}).",
    ),
    (
        "structure.factor_twice",
        "Dit staat er twee keer; noem het één keer ({path}).",
        "This stands here twice: name it once ({path}).",
    ),
    (
        "structure.of_this_meeting",
        (
            "Dit punt is van deze bijeenkomst zelf; noem een punt van een eerdere "
            "({path})."
        ),
        (
            "This point is of this meeting itself: name one of an earlier meeting "
            "({path})."
        ),
    ),
    (
        "structure.held_elsewhere",
        (
            "Dit aanbod is ergens anders en geen bijeenkomst van de groep; kies een "
            "eigen thema ({path})."
        ),
        (
            "This offer is held elsewhere and is no meeting of the group: choose a "
            "theme of its own ({path})."
        ),
    ),
    (
        "structure.paused_already",
        (
            "De groep rust al op die dag; laat hem eerst verdergaan met group.resume "
            "({path})."
        ),
        (
            "The group rests on that day already: let it go on with group.resume "
            "first ({path})."
        ),
    ),
    (
        "structure.not_paused",
        "De groep rust niet op die dag ({path}).",
        "The group does not rest on that day ({path}).",
    ),
    (
        "structure.gone_already",
        (
            "De groep is op die dag al ergens anders; haal hem eerst terug met "
            "group.come_back ({path})."
        ),
        (
            "The group is elsewhere on that day already: bring it back with "
            "group.come_back first ({path})."
        ),
    ),
    (
        "structure.not_gone",
        "De groep is hier; er valt niets terug te halen ({path}).",
        "The group is here: there is nothing to bring back ({path}).",
    ),
    (
        "structure.no_namespace",
        (
            "Begin met de namespace van de variant en een punt, zoals in "
            "recovery_college.course ({path})."
        ),
        (
            "Begin with the namespace of the setting and a dot, as in "
            "recovery_college.course ({path})."
        ),
    ),
    (
        "structure.below_one",
        "Kies een getal van 1 of hoger ({path}).",
        "Choose a number of 1 or more ({path}).",
    ),
    (
        "structure.said_twice",
        "Deze naam staat er twee keer; noem hem één keer ({path}).",
        "This name stands here twice: give it once ({path}).",
    ),
    (
        "structure.one_thing",
        (
            "Geef hier precies één ding: een code, een dag, een getal, een tekst, of "
            "een mens, een doel, een bijeenkomst of een afspraak van de groep ({path})."
        ),
        (
            "Give exactly one thing here: a code, a day, a number, a text, or a "
            "person, a goal, a meeting or an agreement of the group ({path})."
        ),
    ),
    (
        "structure.unknown_kind",
        (
            "Geen variant die hier aan staat kent deze soort; rgcore method show noemt "
            "de soorten die er zijn ({path})."
        ),
        (
            "No setting that is enabled here declares this kind: rgcore method show "
            "lists the kinds there are ({path})."
        ),
    ),
    (
        "structure.other_schema",
        "De variant heeft hier een andere versie van deze velden ({path}).",
        "The setting has another version of these fields here ({path}).",
    ),
    (
        "structure.other_whose",
        (
            "Zeg van wie dit is zoals de variant dat vraagt: van de cliënt, van "
            "iemand, of van niemand in het bijzonder ({path})."
        ),
        (
            "Say whose this is as the setting asks it: the client's, somebody's, or "
            "nobody's in particular ({path})."
        ),
    ),
    (
        "structure.unknown_field",
        (
            "Deze soort heeft geen veld met deze naam; rgcore method show noemt de "
            "velden ({path})."
        ),
        (
            "This kind has no field of this name: rgcore method show lists its fields "
            "({path})."
        ),
    ),
    (
        "structure.other_field",
        "Vul in dit veld in wat hier genoemd staat, en niets anders ({path}).",
        "Give in this field what is named here, and nothing else ({path}).",
    ),
    (
        "structure.field_missing",
        (
            "Deze soort heeft nog een veld dat erbij hoort; rgcore method show noemt "
            "de velden ({path})."
        ),
        (
            "This kind has one more field that belongs with it: rgcore method show "
            "lists its fields ({path})."
        ),
    ),
    (
        "structure.adopted_already",
        "De groep werkt al met deze versie van de methode ({path}).",
        "The group goes by this version of the method already ({path}).",
    ),
    (
        "structure.other_composition",
        "Dit is niet de methode van nu; kijk eerst hoe die verschilt ({path}).",
        "This is not the method as it is now: look first at how that differs ({path}).",
    ),
    (
        "structure.other_differences",
        "De methode van nu verschilt op een andere manier; kijk opnieuw ({path}).",
        "The method as it is now differs in another way: look anew ({path}).",
    ),
    (
        "structure.not_readable",
        (
            "Dit heeft zijn eigen lezers; de cliënt kiest hier iets anders om te "
            "laten zien ({path})."
        ),
        (
            "This has readers of its own: choose something else of the client's to "
            "show ({path})."
        ),
    ),
    (
        "structure.one_receiver",
        ("Noem precies één ontvanger: een mens, een rol of een organisatie ({path})."),
        "Name exactly one receiver: a person, a role or an organisation ({path}).",
    ),
    (
        "structure.withdrawn",
        "De cliënt heeft deze toestemming al ingetrokken ({path}).",
        "The client has withdrawn this permission already ({path}).",
    ),
    (
        "structure.told_already",
        "De ontvanger weet al dat dit voorbij is ({path}).",
        "The receiver knows already that this is over ({path}).",
    ),
    (
        "structure.too_long",
        "Dit is langer dan hier kan; kies een eerdere dag ({path}).",
        "This is longer than it can be here; choose an earlier day ({path}).",
    ),
    (
        "structure.still_runs",
        (
            "Deze toestemming loopt dan nog; kies de dag waarop die voorbij is of een "
            "latere ({path})."
        ),
        (
            "This permission still runs on that day: choose the day on which it is "
            "over or a later one ({path})."
        ),
    ),
    (
        "structure.not_staff",
        (
            "Alleen een medewerker uit de gids opent een groep in een noodsituatie "
            "({path})."
        ),
        (
            "Only somebody of the staff directory opens a group in an emergency "
            "({path})."
        ),
    ),
    (
        "structure.review_missing",
        (
            "De cliënt leest dit pas later; kies een dag daarvóór waarop iemand kijkt "
            "of het eerder kan ({path})."
        ),
        (
            "The client reads of this only later: choose a day before that on which "
            "somebody looks whether it can be sooner ({path})."
        ),
    ),
    (
        "fault.rule",
        (
            "De regel “{rule}” kon niet worden nagekeken. Vraag de beheerder om "
            "ernaar te kijken."
        ),
        (
            "The rule “{rule}” could not be looked at. Ask whoever runs rgcore here "
            "to look into it."
        ),
    ),
    (
        "access.not_yours",
        "Dit is niet aan jou.",
        "This is not yours to do.",
    ),
    (
        "access.not_the_client",
        (
            "Dit beslist de cliënt. Leg vast namens wie (on_behalf_of) en waarom jij "
            "typt (because)."
        ),
        (
            "This is the client's decision. Say on whose behalf (on_behalf_of) and why "
            "you type (because)."
        ),
    ),
    (
        "access.not_that_person",
        (
            "Dit is aan iemand anders zelf. Leg vast namens wie (on_behalf_of) en "
            "waarom jij typt (because)."
        ),
        (
            "This is somebody's own. Say on whose behalf (on_behalf_of) and why you "
            "type (because)."
        ),
    ),
    (
        "access.reason_missing",
        "Wie voor een ander typt, geeft een reden, zoals at_the_table.",
        "Whoever types for somebody else gives a reason, such as at_the_table.",
    ),
)
