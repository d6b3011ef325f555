"""What the codes of answers, channels, stages and offers are called.

A word that two lists share is told by a key of its own, such as `progress.partly`.
Each row is a code, its Dutch and its English words.
"""

from __future__ import annotations

from typing import Final

Row = tuple[str, str, str]

_ANSWERS: Final[tuple[Row, ...]] = (
    # How far somebody says a goal is reached: a voice, and never a mark.
    ("level.much_less", "veel minder dan gehoopt", "much less than hoped for"),
    ("level.less", "een beetje minder dan gehoopt", "a little less than hoped for"),
    ("level.as_hoped", "zoals gehoopt", "as hoped for"),
    ("level.more", "een beetje meer dan gehoopt", "a little more than hoped for"),
    ("level.much_more", "veel meer dan gehoopt", "much more than hoped for"),
    ("answered.not_applicable", "dat past hier niet", "that does not fit here"),
    ("answered.unknown", "dat weet ik nu niet", "I do not know now"),
    ("answered.refused", "dat zeg ik liever niet", "I would rather not say"),
    # How an agreement goes, and how it comes to its end.
    ("progress.worked", "het lukte", "it worked"),
    ("progress.partly", "een deel lukte", "part of it worked"),
    ("progress.not_this_time", "deze keer niet", "not this time"),
    ("closing.done", "gedaan", "done"),
    ("closing.no_longer_needed", "niet meer nodig", "no longer needed"),
    ("closing.let_go", "losgelaten", "let go"),
    # Whether the client looks after children.
    ("looks_after.yes", "ja", "yes"),
    ("looks_after.no", "nee", "no"),
    ("looks_after.unknown", "dat is nog niet bekend", "that is not known yet"),
    ("looks_after.refused", "liever geen antwoord", "rather no answer"),
    # A place, looked at beforehand.
    ("yes_no.yes", "ja", "yes"),
    ("yes_no.no", "nee", "no"),
    ("yes_no.unknown", "nog niet bekend", "not known yet"),
    ("quiet.yes", "het is er rustig", "it is quiet there"),
    ("quiet.no", "het is er druk", "it is busy there"),
    ("quiet.unknown", "rustig of niet: nog niet bekend", "quiet: not known yet"),
    ("private.yes", "niemand luistert mee", "nobody listens in"),
    ("private.no", "anderen kunnen meeluisteren", "others could listen in"),
    ("private.unknown", "meeluisteren: nog niet bekend", "listening in: not known yet"),
    ("safe.yes", "veilig voor iedereen", "safe for everybody"),
    ("safe.no", "niet voor iedereen veilig", "not safe for everybody"),
    ("safe.unknown", "veilig of niet: nog niet bekend", "safe: not known yet"),
)

_BETWEEN_PEOPLE: Final[tuple[Row, ...]] = (
    # What could be noticed between people at a meeting; a trait of nobody.
    ("climate.positive_remarks", "waardering", "appreciation"),
    ("climate.warmth", "warmte", "warmth"),
    ("climate.over_involvement", "veel zorg om elkaar", "much worry for one another"),
    ("climate.criticism", "kritiek op elkaar", "criticism of one another"),
    ("climate.hostility", "harde woorden", "hard words"),
    ("noticed.yes", "gemerkt", "noticed"),
    ("noticed.no", "niet gemerkt", "not noticed"),
    ("noticed.not_said", "niet benoemd", "not named"),
    ("chairing.formal", "voorzitter", "chair"),
    ("chairing.informal", "informele voorzitter", "informal chair"),
    # For what a name is used, and what stands in a drawing.
    ("name_use.chosen", "zelf gekozen", "chosen"),
    ("name_use.legal", "voor de wet", "in law"),
    ("figure_kind.person", "mens", "person"),
    ("figure_kind.animal", "dier", "animal"),
    ("figure_kind.place", "plek", "place"),
    ("figure_kind.activity", "bezigheid", "activity"),
    ("wish.closer", "graag dichterbij", "closer, please"),
    ("wish.stay", "goed zo", "fine as it is"),
    ("wish.further", "liever verder weg", "rather further away"),
    ("wish.not_said", "niet gezegd", "not said"),
)

_CONTACT: Final[tuple[Row, ...]] = (
    ("channel.in_person", "in een gesprek", "in person"),
    ("channel.phone", "per telefoon", "by phone"),
    ("channel.whatsapp", "via WhatsApp", "by WhatsApp"),
    ("channel.signal", "via Signal", "by Signal"),
    ("channel.sms", "per sms", "by text message"),
    ("channel.email", "per e-mail", "by e-mail"),
    ("channel.letter", "per brief", "by letter"),
    ("channel.video", "via een videogesprek", "by video call"),
    ("own_item.letter", "een brief", "a letter"),
    ("own_item.photo", "een foto", "a photo"),
    ("own_item.audio", "een geluidsopname", "a sound recording"),
    ("own_item.drawing", "een tekening", "a drawing"),
    ("own_item.song", "een lied", "a song"),
    ("own_item.poem", "een gedicht", "a poem"),
    ("own_item.about_me", "wat ik over mezelf wil vertellen", "what to know about me"),
)

_CARE: Final[tuple[Row, ...]] = (
    # Stages of a signalling plan.
    ("stage.1", "De eerste tekenen", "The first signs"),
    ("stage.2", "Het wordt moeilijker", "It gets harder"),
    ("stage.3", "Het gaat niet goed", "It does not go well"),
    ("stage.4", "Crisis", "Crisis"),
    # Where a group goes.
    ("way.home", "naar huis", "home"),
    ("way.other_institution", "naar een andere instelling", "to another institution"),
    ("way.frozen", "bewaard zoals het is", "kept as it is"),
    # Offers from elsewhere.
    ("family_psychoeducation", "psycho-educatie voor familie", "family education"),
    ("partner_support_group", "groep voor partners", "group for partners"),
    ("job_coaching", "hulp bij het vinden van werk", "help with finding work"),
    ("debt_counselling", "hulp bij schulden", "help with debts"),
)

_AT_THE_TABLE: Final[tuple[Row, ...]] = (
    # Points of an agenda.
    ("opening_round", "rondje: hoe gaat het", "a round: how are you"),
    ("celebration", "iets om te vieren", "something to celebrate"),
    ("signalling_plan", "signaleringsplan", "signalling plan"),
    ("crisis_card", "crisiskaart", "crisis card"),
    ("themes", "thema's", "themes"),
    ("frequency", "hoe vaak we bij elkaar komen", "how often we meet"),
    # What an item of a group is called that has no words or day of its own.
    ("item.house_rules", "de huisregels", "the house rules"),
    ("item.signalling_plan", "het signaleringsplan", "the signalling plan"),
    ("item.crisis_card", "de crisiskaart", "the crisis card"),
    ("item.scale_down_plan", "de stappen naar minder zorg", "the steps to less care"),
    ("item.decision", "wat besloten is", "what was decided"),
    ("item.choice", "wie wat leest", "who reads what"),
)

_RIGHTS: Final[tuple[Row, ...]] = (
    # On which legal ground somebody has what they have.
    ("care_agreement", "een behandelovereenkomst", "a care agreement"),
    ("legal_task", "een wettelijke taak", "a legal task"),
    ("consent", "toestemming volgens de AVG", "consent in the sense of the AVG"),
    ("wmo", "de Wmo", "the Wmo"),
    ("youth_act", "de Jeugdwet", "the Youth Act"),
    # For what something is shown.
    ("treatment", "behandeling", "treatment"),
    ("benefits", "een uitkering of voorziening", "benefits or provisions"),
    ("purpose.handover", "een overdracht", "a handover"),
)

_KINDS: Final[tuple[Row, ...]] = (
    # What can be shown as a whole.
    ("kind.aftercare", "de momenten na de zorg", "the moments after care"),
    ("kind.agenda_item", "de agenda's", "the agendas"),
    ("kind.agreement", "de werkafspraken", "the work agreements"),
    ("kind.child_check", "de vraag over kinderen", "the question about children"),
    ("kind.choice", "wie wat leest", "who reads what"),
    ("kind.climate", "de sfeer bij bijeenkomsten", "the mood at meetings"),
    ("kind.crisis_card", "de crisiskaart", "the crisis card"),
    ("kind.decision", "wat besloten is", "what was decided"),
    ("kind.departure", "waar de groep naartoe gaat", "where the group goes"),
    ("kind.emergency", "wie de groep in nood opende", "who opened it in an emergency"),
    ("kind.episode", "welke zorg er is", "which care there is"),
    ("kind.evaluation", "het samen terugkijken", "looking back together"),
    ("kind.exemption", "wat niet hoeft", "what need not be done"),
    ("kind.figure", "de figuren in een tekening", "the figures of a drawing"),
    ("kind.frame", "het juridisch kader", "the legal frame"),
    ("kind.goal", "de doelen", "the goals"),
    ("kind.handover", "de overdrachten", "the handovers"),
    ("kind.hosting", "wie de groep bewaart", "who keeps the group"),
    ("kind.house_rules", "de huisregels", "the house rules"),
    ("kind.intake", "de intake", "the intake"),
    ("kind.interview", "de verdiepingsgesprekken", "the deepening talks"),
    ("kind.judgement", "de oordelen over een beslissing", "judgements on a decision"),
    ("kind.mandate", "wie namens de cliënt optreedt", "who acts for the client"),
    ("kind.meeting", "de bijeenkomsten", "the meetings"),
    ("kind.minutes", "de verslagen", "the minutes"),
    ("kind.name", "de namen", "the names"),
    ("kind.nomination", "wie er gevraagd wordt", "who is asked"),
    ("kind.offer", "het aanbod", "the offers"),
    ("kind.own_item", "wat iemand zelf bewaart", "what somebody keeps"),
    ("kind.own_note", "wat een variant bewaart", "what a setting keeps"),
    ("kind.pause", "wanneer de groep rust", "when the group rests"),
    ("kind.permission", "wat aan wie te zien is", "what is shown to whom"),
    ("kind.place_check", "de plekken", "the places"),
    ("kind.relation", "wie wat van elkaar is", "who is what to whom"),
    ("kind.reorientation", "wat er mag veranderen", "what may change"),
    ("kind.rest", "wie het rustig aan doet", "who takes it slowly"),
    ("kind.return_of_care", "de zorg die terugkwam", "the care that came back"),
    ("kind.scale_down", "de zorg die minder werd", "the care that became less"),
    ("kind.scale_down_plan", "de stappen naar minder zorg", "the steps to less care"),
    ("kind.scale_down_step", "de stappen naar minder zorg", "the steps to less care"),
    ("kind.scale_up", "hoe hulp terugkomt", "how help returns"),
    ("kind.sign", "de vroege signalen", "the early signs"),
    ("kind.signalling_plan", "het signaleringsplan", "the signalling plan"),
    ("kind.sociogram", "de sociogrammen", "the sociograms"),
    ("kind.statement", "wat mensen toevoegden", "what people added"),
    ("kind.success", "wat goed ging", "what went well"),
    ("kind.thanks", "de bedankjes", "the thank-yous"),
    ("kind.theme_request", "de wensen voor een thema", "the wishes for a theme"),
    ("kind.triad_talk", "de gesprekken samen", "the talks together"),
)

WORDS: Final[tuple[Row, ...]] = (
    *_ANSWERS,
    *_BETWEEN_PEOPLE,
    *_CONTACT,
    *_CARE,
    *_AT_THE_TABLE,
    *_RIGHTS,
    *_KINDS,
)
"""Every row, each with a code that nothing else in the base has."""
