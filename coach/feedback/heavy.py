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

_HOW_MANY = r"(?:both|either|all|any|one|two|three|half|most|none)"
_WHOSE = r"(?:the|my|his|her|their|our|your|that|this|those|these)"
_LIKE = (
    r"(?:(?!(?:the|my|his|her|their|our|your|that|this|those|these|him|them|in|on|at|from|with|by|for"
    r"|to|of|and|but|or|because|when|a|an|one|last|time)\b)[\w'’]+ ){0,2}"
).replace(" ", r"\ ")
_KEPT = r"""(?:it|files?|folders?|documents?|docs?|spreadsheets?|sheets?|tables?|work|money|cash
    |time|drafts?|changes|edits?|games?|progress|data|photos?|pictures?|images?|videos?|recordings?
    |films?|e-?mails?|mails?|messages?|texts?|numbers?|contacts?|settings|pages?|links?|reports?|copy|copies
    |versions?|backups?|scores?|receipts?|energy|power|fuel|water|electricity|space|memory|costs?
    |rooms?|seats?|places?|deals?|sales?|accounts?|projects?|slides?|notes?|templates?|code|scripts?
    |programs?|articles?|essays?|letters?|lists?|forms?|passwords?|logs?|results?|tabs?|books?|songs?
    |cakes?|soup|sauce|dough|bread|food|dinner|leftovers|plants?|hedge|phones?|batter(?:y|ies)|laptops?
    |computers?|wages?|salary|tips?|pennies|penny|pounds?|deposit|budget|effort|trouble|day|trip)"""
"""What is saved without anybody's life hanging on it."""
_WEIGHS = re.compile(
    rf"""
    (?<!nobody\ )(?<!no\ one\ )(?<!have\ )(?<!nearly\ )(?<!\bi\ )\bdied\b
    | (?<!after\ the\ )(?<!before\ the\ )(?<!since\ the\ )\bfuneral\b
    | \b(?:graveside|hospice|stillborn|miscarr\w+|suicide|cancer|dementia)\b
    | \b(?:is|was|he['’]s|she['’]s)\ dead\b(?!\ \w+) | \bkilled\ (?:him|her|them|herself|himself)\b
    | \bi\ (?:\w+\ )?(?:cried|wept|sobbed|broke\ down)\b | \bin\ tears\b
    | \bi(?:['’]?m|\ am|\ was|\ felt)\ (?:so\ |very\ )?(?:ashamed|humiliated)\b(?!\ to\b)
    | \b(?:feel|felt)\ (?:so\ )?guilty\b | \bit\ was\ my\ fault\b
    | \bi\ (?:never|didn['’]t|did\ not|couldn['’]t|could\ not)\ (?:\w+\ )?(?:forg[ai]ve\ myself
        |dare|stop\ (?:him|her|it|them)|say\ (?:goodbye|sorry)
        |save\ (?!(?:{_HOW_MANY}\ )?(?:of\ )?(?:{_WHOSE}\ )?{_LIKE}{_KEPT}\b)
        (?:{_HOW_MANY}(?:(?!\ \w)|\ of\ (?:them|us|you)\b|\ \w)
        |(?:him|her|them|us|you|(?:any|every)(?:one|body))\b
            (?!\ (?:(?:any|some|much|an?)\ )?{_LIKE}{_KEPT}\b
            |\ the\ (?:bother|cost|effort|hassle|journey|trip|trouble)\b)
        |(?-i:[A-Z])\w|(?:{_HOW_MANY}\ )?(?:of\ )?{_WHOSE}\ \w))
    | \bi(?:['’]ve|\ have)?\ (?:never|not)\ told\ (?:\w+\ )?(?:anyone|anybody|a\ soul|that|this
        |her|him)\b
    | \band\ now\ you\W*$
    | \bi\ let\ (?:him|her|them)\ (?:down\b|die\b
        |go\b(?=\W*$|,|\ (?:alone|under|back|in\b(?!\ front)|on\ (?:his|her|their)\ own|without
            |(?:down|up)\b(?!\ (?:to\ (?!the\ (?!next|top))|by\b|in\ price\b|a\ (?:grade|level)\b))
            |out\b(?!\ (?:for|early|to\ (?:play|lunch|dinner|eat|tea))\b)
            |into\b(?!\ (?:(?:\w+\ )?details?|it|that|the\ (?:figures|numbers|reasons))\b)
            |that\ (?:night|evening|morning|afternoon|day|time|winter|summer)
            |and\ (?:he|she|they))\b)
        |walk\b(?=\W*$|,|\ (?:away|out|off|into|home|alone|down|on\b(?!\ stage)|onto|back|ahead
            |to\b(?!\ (?:work|lunch|the\ (?:front|board|desk|shops?|whiteboard))\b)
            |that\ (?:night|evening|morning|afternoon|day|time))\b)
        |(?:take|carry)\ (?:it|that|all|him|her|them|the\ (?:blame|fall|can|guilt|risk|weight))\b)
    | \bi\ lied\b | \bi\ said\ nothing\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THING = r"""(?:it|projector|(?:head|micro)?phones?|mobile|radio|batter(?:y|ies)|generator|freezer
    |fridge|oven|boiler|heat(?:er|ing)|pump|engine|motor|machine|car|van|lorry|truck|bus|tractor
    |zamboni|laptop|computer|tablet|printer|screen|camera|servers?|system|network|web(?:site)?|wi-?fi
    |internet|connection|signal|sound|noise|mic|line|power|torch|lights?|lamp|fire|clock|watch|wind
    |storm|rain|yeast|hedge|plants?|tree|grass|talk|conversation|joke|idea|plan|project|deal|market
    |cash|show)"""
_AT = r"""(?:in|inside|on|from|at|by|with|under|near|behind|beside|to|into|off|driving|drove|riding
    |fixing|mending|repairing
    |(?<!half\ )(?<!most\ )(?<!some\ )(?<!all\ )(?<!one\ )(?<!two\ )(?<!both\ )(?<!none\ )of)"""
_ANY = r"(?:the|an?|my|his|her|their|our|your|its|that|this|those|these)"
_SORT = (
    rf"(?:{_ANY}\ )?(?:(?!(?:{_ANY}|when|while|as|and|but|or|so|because|before|after|which)"
    r"\b)[\w'’]+\ ){0,2}?"
)
_OF_THINGS = re.compile(
    rf"""
    (?P<led>(?<=[\w'’]\ ){_AT}\ {_SORT})?
    \b{_THING}(?:\ {_AT}\ {_SORT}(?:{_THING}|house|kitchen|hall|room|office|shop|flat|barn|shed|town
        |village|street|desk|wall|stage))?
    (?:['’]s|['’]d)?\ (?:(?:just|then|had|has|is|was|were|all|both|been|suddenly|also|nearly)\ )*
    (?:died|dead)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stops, and nobody mourns; led by a preposition it only says where somebody was."""
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
    return _WEIGHS.search(_mourned(said)) is not None


def _mourned(said: str) -> str:
    return _OF_THINGS.sub(lambda found: found[0] if found["led"] else "", said)


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
