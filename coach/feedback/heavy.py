"""What weighs in the mentor's line, and the chance to stay with it that went by.

Found by its words, without models: a death, guilt, tears, what was told to nobody before. They are
words that weigh wherever they stand: widows and dates of death are an insurer's daily bread. What
the mentor tells in confidence weighs whatever its words.
"""

from __future__ import annotations

import re

from coach.feedback.card import Quote
from coach.feedback.facts import Facts
from coach.feedback.lines import statements
from coach.feedback.quotes import quote, stems, word_count
from coach.feedback.rule import Rule, Said

_SILENT, _MAYBE = 0.85, 0.4
_BUILDS = 0.4
_BARE, _A_FEW = 3, 6
"""Words that can be quoted by themselves; words up to which a turn is a nod, for another rule."""

_WEIGHS = re.compile(
    r"""
    (?<!nobody\ )(?<!no\ one\ )(?<!have\ )(?<!nearly\ )(?<!\bi\ )\bdied\b
    | \b(?:funeral|graveside|hospice|stillborn|miscarr\w+|suicide|cancer|dementia)\b
    | \b(?:is|was|he['’]s|she['’]s)\ dead\b(?!\ \w+) | \bkilled\ (?:him|her|them|herself|himself)\b
    | \bi\ (?:\w+\ )?(?:cried|wept|sobbed|broke\ down)\b | \bin\ tears\b
    | \bi(?:['’]?m|\ am|\ was|\ felt)\ (?:so\ |very\ )?(?:ashamed|humiliated)\b(?!\ to\b)
    | \b(?:feel|felt)\ (?:so\ )?guilty\b | \bit\ was\ my\ fault\b
    | \bi\ (?:never|didn['’]t|did\ not|couldn['’]t|could\ not)\ (?:\w+\ )?(?:forg[ai]ve\ myself
        |dare|stop\ (?:him|her|it|them)|say\ (?:goodbye|sorry)
        |save\ (?:him|her|them|any(?:one|body)|(?-i:[A-Z])\w+|(?:the|my|his|her|their|our)
        \ (?:\w+\ )?(?:man|woman|boy|girl|bab(?:y|ies)|child(?:ren)?|kids?|lads?|brother|sister
        |mother|mum|father|dad|wife|husband|son|daughter|friend|patient|dogs?|cat|horse|cows?
        |cal(?:f|ves)|lambs?|leg|hand|marriage|farm|house)))\b
    | \bi(?:['’]ve|\ have)?\ (?:never|not)\ told\ (?:\w+\ )?(?:anyone|anybody|a\ soul|that|this
        |her|him)\b
    | \band\ now\ you\W*$
    | \bi\ let\ (?:him|her|them)\ (?:down\b|die\b
        |go\b(?=\W*$|,|\ (?:alone|under|back|down\ there|in\b(?!\ front)|on\ (?:his|her|their)\ own
        |without|and\ (?:he|she|they))\b)
        |walk\b(?=\W*$|,|\ (?:away|out|off|into|home|alone)\b)
        |(?:take|carry)\ (?:it|that|all|him|her|them|the\ (?:blame|fall|can|guilt|risk|weight))\b)
    | \bi\ lied\b | \bi\ said\ nothing\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_THINGS = re.compile(
    r"""
    \b(?:it|projector|(?:head|micro)?phones?|mobile|radio|batter(?:y|ies)|generator|freezer|fridge|oven
        |boiler|heat(?:er|ing)|pump|engine|motor|machine|car|van|lorry|truck|bus|tractor|zamboni
        |laptop|computer|tablet|printer|screen|camera|servers?|system|network|web(?:site)?|wi-?fi
        |internet|connection|signal|sound|mic|line|power|torch|lights?|lamp|fire|clock|watch|wind
        |sea|storm|rain|yeast|hedge|plants?|tree|grass|talk|conversation|joke|idea|plan|project|deal
        |room|place|town|street|market|cash|act|show)
    (?:['’]s|['’]d)?\ (?:(?:just|then|had|has|is|was|were|all|both|been|suddenly|also|nearly)\ )*
    (?:died|dead)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stops, and nobody mourns."""
_STAYS = re.compile(
    r"""
    \b(?:sorry|hard|heavy|awful|terrible|horrible|rough|brutal|sad|cruel|unfair|painful|tough
        |lonely|god|jesus|christ|jeez|gosh|wow|no\ way|oh|ach|och|aw|poor|brave|hug|heart|feel|felt
        |must\ have|sounds?|thank|thanks|ta|appreciate|trust\w*|telling\ me|told\ me|imagine
        |understand|cried|cry)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_THEM = re.compile(
    r"\b(?:he|she|him|her|his|hers|they|them|their|theirs|you had|you were)\b", re.IGNORECASE
)


def heaviest(line: str) -> Quote | None:
    """The last statement of a line with something in it that weighs; None without one."""
    found = [(a, b) for a, b in statements(line) if _weighs(line[a:b])]
    return quote(line, found[-1]) if found else None


def _weighs(said: str) -> bool:
    return _WEIGHS.search(_OF_THINGS.sub("", said)) is not None


def _what_weighs(facts: Facts) -> Quote | None:
    """The words that weigh; of what was told in confidence the last, where none stands out."""
    last = facts.their_statements[-1:] if facts.confided else ()
    return heaviest(facts.context) or (quote(facts.context, last[0]) if last else None)


def _passed_over(facts: Facts) -> float:
    """How sure it is that the turn leaves what weighs without a word.

    A word of fellow feeling, thanks, a word of theirs or of the person they spoke of stays with it.
    """
    heavy = _what_weighs(facts)
    if heavy is None or word_count(heavy.text) < _BARE or facts.words <= _A_FEW:
        return 0.0
    if facts.context_asks or facts.greeting or facts.reading.reflects:
        return 0.0
    if _STAYS.search(facts.text) or _OF_THEM.search(facts.text):
        return 0.0
    # A lone word of a long confidence may come up by chance.
    shared = stems(facts.context if facts.confided else heavy.text) & stems(facts.text)
    if len(shared) > facts.confided:
        return 0.0
    # After a confidence without such words a question about it stays with it.
    builds = heaviest(facts.context) is None and facts.reading.uptake >= _BUILDS
    return 0.0 if builds or _taken_in(facts) else facts.silent


def _taken_in(facts: Facts) -> bool:
    """Whether something of a turn may take in what was said; "Right." alone does not."""
    nod = facts.yours_moving("acknowledgment")
    nods = nod is not None and word_count(nod.text) >= _BARE
    return facts.move("appreciation") >= _MAYBE or (nods and facts.move("acknowledgment") >= _MAYBE)


def _stay(facts: Facts) -> Said:
    return Said(
        title="Stay with what weighs",
        words="These words of theirs were not easy to say, and the turn goes on without them. A "
        "few words to them first, and then the rest, show that they were heard.",
        rule="Rule: what was hard to say is taken up before anything else.",
        yours=facts.yours([]),
        theirs=_what_weighs(facts),
        example=facts.better_paraphrase,
    )


HEAVY = Rule("heavy", _passed_over, _stay, _SILENT)
