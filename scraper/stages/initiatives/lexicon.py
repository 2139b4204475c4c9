"""English words that tell an initiative: head nouns with their families, verbs of creation, words that are never part of a name.

Pure grammar of the language; the names of countries, places and bodies come from the configuration.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of ``text``, which are parted by spaces, as a set: a table that can be read."""
    return frozenset(text.split())


FAMILIES: dict[str, tuple[str, ...]] = {
    "framework": (
        "framework", "arrangement", "agreement", "pact", "compact", "memorandum", "memoranda", "letter", "accord", "protocol", "moc", "mou", "loi",
        "understanding",
    ),
    "body": (
        "mechanism", "secretariat", "body", "group", "committee", "council", "commission", "team", "consortium", "institute", "center", "centre",
        "taskforce", "cell", "unit", "desk", "office", "caucus", "hub", "clearinghouse", "observatory", "panel", "college", "school",
    ),
    "dialogue": (
        "dialogue", "talks", "forum", "conference", "consultation", "consultations", "meeting", "summit", "track", "roundtable", "symposium", "seminar", "assembly",
    ),
    "exercise": ("exercise", "drill"),
    "programme": (
        "initiative", "program", "programme", "plan", "pilot", "project", "fund", "fellowship", "roadmap", "scheme", "academy", "curriculum", "workshop",
        "exchange", "training", "scholarship", "internship", "campaign", "competition", "contest", "mission", "registry", "reserve", "stockpile",
        "advisory", "endowment", "index", "database", "repository", "portal", "service", "commons", "blueprint",
    ),
    "network": ("network", "partnership", "alliance", "coalition"),
    "document": ("principles", "statement", "declaration", "commitment", "spirit", "charter", "pledge", "guidelines", "vision"),
    "system": ("system", "hotline", "channel", "platform", "line", "range", "watch", "testbed", "corridor", "facility", "link"),
    "cooperation": ("cooperation", "coordination", "collaboration", "assistance"),
}  # fmt: skip
"""Head nouns by family; two names of the same content and one family are the same initiative."""

FAMILY = {word: family for family, words in FAMILIES.items() for word in words}
"""The family of a head noun (singular)."""

PLURALS = {f"{word}s": word for word in FAMILY if not word.endswith("s")} | {"bodies": "body", "committees": "committee"}

WEAK = words("cooperation coordination collaboration assistance consultation exchange workshop training alliance agreement")
"""Heads that also name mere activity: they need a label, or the watched parties inside the name."""

MEETINGS = words("meeting summit talks statement dialogue partnership conference consultation consultations forum letter spirit commitment")
"""Heads that say nothing without a word beside them ("Trilateral Meeting")."""

MEETING_ONLY = words("meeting summit talks conference consultation consultations")
"""Heads of formats of meetings, which everybody holds; in somebody's name they need the watched parties beside them."""

SCARCE = words(
    "cell unit desk office caucus hub panel observatory assembly seminar symposium campaign competition contest mission registry reserve stockpile "
    "advisory index database repository portal service commons blueprint guidelines vision line range watch corridor facility accord protocol link "
    "understanding college school"
)
"""Heads that are common words too: the watched parties must stand in the name, or they must bring the thing into being."""

EVENTS = words("consultation consultations exchange workshop")
"""Weak heads that make a name with the watched parties and something of its own before or after ("Trilateral Oceans Exchange")."""

INSTITUTIONS = words(
    "mechanism framework secretariat group body committee council hotline network system fund consortium center centre dialogue "
    "program programme plan pilot forum initiative arrangement pact memorandum platform track fellowship project channel team "
    "registry cell office taskforce unit scholarship roadmap compact roundtable symposium seminar protocol testbed database portal reserve stockpile facility link "
    "college school"
)
"""Heads that make a lower-case phrase with "trilateral" an initiative, if there is content in it."""

LOWER_NEED_CREATION = words(
    "initiative program programme project registry cell office unit roundtable symposium seminar database portal reserve stockpile facility link college school"
)
"""Lower-case heads so common that a verb of creation must govern them."""

ONLY_ONES = words("secretariat hotline")
"""Heads of which the three have only one: alone they are enough to know it."""

TAKES_ON = words(
    "memorandum framework partnership initiative group dialogue forum arrangement agreement principles declaration statement network "
    "consortium plan program programme roadmap center centre fund mechanism team conference committee cooperation compact pact coalition talks "
    "taskforce body roundtable symposium seminar advisory consultation consultations commitment accord moc mou loi guidelines caucus alliance council "
    "reserve cell office vision exchange workshop registry protocol letter project commission understanding"
)
"""Heads after which "on ..." and "for ..." belong to the name."""

TAKES_OF = words(
    "memorandum letter spirit friends declaration charter statement principles symposium roundtable registry reserve caucus vision"
)
"""Heads after which "of ..." belongs to the name."""

GATHERS = words("summit forum council conference network consortium alliance assembly coalition")
"""Heads after which "of" and those who come together belong to the name ("Summit of Mayors"), but no article and none of the parties."""

TAKES_TO = words("commitment pledge roadmap")
"""Heads after which "to ..." belongs to the name."""

CONNECTORS = words("of in on for to among concerning regarding between and")
DETERMINERS = words("the a an this that these those our their its his her both each any such said another every some no")

LEADING = DETERMINERS | words(
    "annual inaugural new first next second third fourth fifth sixth seventh eighth ninth tenth upcoming today's yesterday's last "
    "under through in at during after before since with by on for of to and while when as although following also joint-led "
    "strengthening enhancing advancing deepening expanding building launching announcing establishing welcoming addressing promoting "
    "renewed reaffirming highlighting outcome outcomes readout summary opening remarks "
    "mr mrs ms dr gen adm"
)
"""Words that may stand capitalised before a name without being part of it."""

TOPIC_STARTS = words("improved enhanced strengthened increased closer expanded continued deepened greater stronger countering combating")
"""First words of a label that names a topic rather than a thing."""

OFFICES = words(
    "ministry department secretary minister agency office bureau command embassy chairman president director spokesperson senate house "
    "congress university bank corporation company base navy army force forces charter convention treaty resolution resolutions act law "
    "national headquarters court parliament assembly republic organization organisation government administration school college club "
    "association chamber foundation society union board police guard airlines times news post herald journal press"
)
"""Words of offices, treaties, companies and papers: a name with one of them needs the watched parties inside it."""

WIDER = words("international multilateral global world regional united bilateral quadrilateral ministerial-level")
"""First words that speak for a body of many."""

CATEGORIES = {
    "exercise": "exercise", "exercises": "exercise", "drill": "exercise", "drills": "exercise", "operation": "exercise", "program": "programme",
    "programs": "programme", "programme": "programme", "programmes": "programme", "initiative": "programme", "initiatives": "programme",
    "project": "programme", "projects": "programme", "fellowship": "programme", "network": "network",
}  # fmt: skip
"""Lower-case words that introduce or follow a name without a head noun of its own."""

EVALUATIVE = words(
    "new newly durable robust strong stronger comprehensive shared common broad broader close closer effective important historic solid firm first "
    "existing current future annual regular inaugural second third unprecedented enhanced strengthened key vital various several multiple further "
    "additional successful renewed concrete formal sustainable resilient stable own ambitious proper single wider major two three four full"
)
"""Adjectives that praise or count and give a thing no name."""

CREATION = (
    r"announc\w+|launch\w*|establish\w*|creat(?:e[sd]?|ing|ion)|set(?:ting)? up|form(?:ed|ing|ation of)?|institut(?:ed?|ing)|found(?:ed|ing)|"
    r"sign(?:ed|ing|s)?|activat\w+|inaugurat\w+|finali[sz]\w+|develop(?:ing|ment of|ed)?|build(?:ing)?|initiat\w+|conven(?:e|ing)|introduc\w+|"
    r"endors\w+|bring(?:ing)? into \w+|brought into \w+|merg(?:e[ds]?|ing)|(?:release|issuance|publication|entry into \w+) of|"
    r"approv\w+|draw(?:ing)? up|draft\w*|to open|opened|opening of|will open|prepar(?:e[ds]?|ing|ations for)|publish\w*|push(?:ing)? ahead with|"
    r"operationali[sz]\w+|unveil\w*|propos\w+|stud(?:y|ied|ying)|invit(?:e|ed|ing)|stand(?:ing)? up|stood up|conclud\w+|adopt\w*|start\w*|hold|pilot\w*|plans? (?:to|for)|"
    r"put(?:ting)? in place|"
    r"co-?fund\w*|terms of reference (?:for|of)|constitut(?:e[sd]?|ing)|entrust\w*|options? for|talk of|idea of|concept (?:of|for)|trial run (?:of|for)|"
    r"bless(?:ed|ing)|ratif\w+|(?:roll|rolled|rolling|hammer|hammered|map|mapped|flesh|fleshed|spell|spelled) out|bring(?:ing)? forward|brought forward|usher\w* in"
)
"""Verbs (and their nouns) by which a thing comes into being."""

AFTER_CREATION = (
    r"(?:,? (?:through|under|by|with|in|within) which [^,.;]{1,40}? (?:will|would|can|intend to|plan to)\b|"
    r"(?:,? which| that|,)? (?:(?:they|we|the \w+)? ?(?:intend|plan|agreed|decided|will|are) to (?:launch|establish|create|begin|start|conclude|sign|open)|"
    r"(?:launched|piloted|established|created|inaugurated|signed|set up) (?:in|on|by|last|this|earlier)\b|"
    r"to be (?:launched|built|hosted|housed|tested|established|created|set up|formed|signed|inaugurated|convened|concluded|opened)|(?:was|were|is|are|has been|had been|will be) (?:\w+ly )?(?:launched|established|created|set up|formed|activated|signed|"
    r"inaugurated|announced|unveiled|convened|stood up|operational)|(?:kicked off|got under ?way|debut(?:s|ed)|began|opened|started)|went online|came into|entered into|(?:will|should|would) (?:begin|start|open|meet|follow)\b))"
)

HEADLINE_VERBS = words(
    "hold holds held agree agrees agreed confirm confirms confirmed launch launches launched sign signs signed discuss discusses discussed meet meets met "
    "vow vows vowed kick kicks begin begins start starts conduct conducts conducted stage stages condemn condemns reaffirm reaffirms strengthen strengthens "
    "reconfirm reconfirms boost boosts announce announces announced establish establishes host hosts hosted convene convenes stress stresses affirm affirms welcome welcomes seek "
    "seeks plan plans eye eyes warn warns urge urges deepen deepens expand expands pledge pledges release releases issue issues attend attends attended joins "
    "join says say said is are was were will to resume resumes complete completes completed carry carries mark marks fosters foster reiterate reiterates"
)
"""Verbs that stand capitalised in a headline, before or after a name."""

PEOPLE = words(
    "advisors advisers leaders ministers chiefs secretaries officials envoys representatives governments spokesperson spokespersons joint press"
)
"""Those who issue a statement: "Ministers Statement" is what a text is."""

PAPER = words("memorandum memoranda letter cooperation understanding intent agreement arrangement")
"""Words of papers, which say nothing of what was agreed on."""

MONTHS = words(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec"
)

CARDINALS = words("one two three four five six seven eight nine ten eleven twelve fifteen twenty seventy")

TEXT_KINDS = (
    "joint statement", "press statement", "leaders' statement", "leaders statement", "press release", "fact sheet", "news release", "media note",
    "press conference", "joint press", "press briefing", "statement by", "statement from",
)  # fmt: skip
"""What a text is, not what it is about."""

ORDINALS = {
    "inaugural": "1", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9",
    "tenth": "10", "eleventh": "11", "twelfth": "12",
}  # fmt: skip


def head_of(word: str) -> str:
    """Return the head noun (singular, lower case) that ``word`` is, or ``""``."""
    low = word.lower()
    return low if low in FAMILY else PLURALS.get(low, "")
