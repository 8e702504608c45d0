"""Words that make or frame a question, as data for `coach.listening.question_grammar`.

All are lower case with straight apostrophes, split as spaCy splits them ("did", "n't").
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


WH_WORDS = _set(
    "what how why who whom whose when where which whats hows wheres whos whens wat wot wut whit"
)
OPEN_WH = _set("what how why whats hows wat wot wut whit")
SUBJECT_WH = _set("what who which whose wat wot wut whit")
"""Those that can be the subject: "what happened"."""

AUXILIARIES = _set(
    "do does did is are am was were have has had can could will would shall should may might must "
    "'s 're 'd s ai ca wo sha"
)
DO_FORMS = _set("do does did")
NEGATIONS = _set("n't not nt never")
SUBJECT_PRONOUNS = _set(
    "i you he she it we they that this these those there one anyone anybody someone somebody "
    "everyone everybody anything something everything nobody nothing u ya ye yous youse y'all"
)
PRONOUNS = SUBJECT_PRONOUNS | _set("me him her us them my your his our their")
FINITE = _set("'s 're 'm 've 'll are is was were")

NO_QUESTION_BEFORE = _set("so neither nor as than only never rarely")
"""Inversion after these answers or compares: "so do I", "nor was he", "as did she"."""

RUN_ON_SUBJECTS = _set("you u ye that it they we this there he she")
RUN_ON_VERBS = _set("do did does are were have would could can will is was should")

OPENERS = _set(
    "so and but or well ok okay oh ah right yeah yes yep no nope hmm hm mm mhm um uh er also now "
    "just like actually sorry please then anyway alright really honestly thanks cool great sure "
    "wow gosh hey hi hello maybe perhaps first second third secondly lastly finally quickly "
    "still yet because cos cause good look listen say exactly true fair again"
)
"""What may stand before a question in its clause without making it part of something else."""

CLOSED_NOUNS = _set(
    "time day date year month week weekday hour number age name names surname size percentage "
    "percent proportion price cost budget salary grade mark score address email title deadline "
    "floor colour color city town country school university team department brand version "
    "position rank level postcode"
)
"""Asked for with "what", these make a closed question: a name, a date or a number answers it."""

DEGREES = _set(
    "many much long often old far big tall soon late early large high low fast quickly likely "
    "sure confident recently frequently close wide deep heavy regularly"
)
"""Asked for with "how", these do the same."""

TIMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday tomorrow today tonight next noon "
    "lunch coffee mornings evenings weekly"
)
"""After "how about" these propose a time or a meeting."""

WHERE_VIEW = _set("see feel stand fall fit leave hope start begin draw want")
"""Verbs that make "where" ask for a view instead of a place."""
