"""The strengths of owning a slip of one's own, and of an honest word about oneself."""

from __future__ import annotations

import re

from coach.feedback.card import Quote
from coach.feedback.facts import Facts
from coach.feedback.lines import statements
from coach.feedback.quotes import quote
from coach.feedback.rule import Rule, Said

_OWNED = re.compile(
    r"""
    \bi\ (?:really\ |probably\ )?should(?:n['’]?t|\ not)(?:\ have|['’]ve|\ of|\ a)\b
    | \bi\ should(?:\ have|['’]ve|\ of)\ (?:asked|told|said|rung|rang|called|checked|listened
        |waited|written|come|kept|let|given|known|stayed|looked|thought)\b
    | (?<!not\ )(?<!n['’]t\ )\bmy\ (?:fault|mistake)\b
    | \bi\ was\ (?:so\ )?
        (?:wrong|rude|unfair|out\ of\ (?:order|line)|too\ (?:quick|harsh|hasty))\b
    | \bi\ got\ (?:it|that|you|him|her|them)\ (?:all\ )?wrong\b
    | \bi\ (?:had|got|put)\ (?:it|that|them|those|these|the\ two)
        \ (?:\w+\ )?(?:(?:the\ )?wrong\ way\ (?:a?round|about)|back\ to\ front|mixed\ up)\b
    | \bi\ jumped\ (?:straight\ |right\ )?in\b | \bi(?:['’]ve)?\ mixed\ (?:\w+\ ){0,3}?up\b
    | \bi\ (?:gave|sent|rang|put|wrote|used|took|picked|paid|booked|read)\ (?:\w+\ ){0,6}?
        (?:wrong\ \w|meant\ for\b)
    | \bi(?:['’]ve)?\ made\ (?:a|the)\ mistake\b | \bi\ messed\ (?:(?:it|that|this)\ )?up\b
    | \bi\ let\ (?:you|him|her|them)\ down\b | \bi\ (?:cut|talked)\ (?:across|over)\b
    | \bi\ (?:interrupted|apologi[sz]e|changed\ the\ subject|went\ off\ on\ one)\b
    | \b(?:that|it)\ came\ out\ (?:as|all\ wrong|wrong|rude|badly|harsh)\b(?!\ for\b)
    | \bsorry\ (?:that\ )?(?:for\ (?:what\ )?)?i\ (?:said|did|was|cut|missed|kept|let|forgot|left
        |shouted|snapped|laughed|never|took|made|called|went)\b
    | \bsorry\ for\ (?:saying|shouting|snapping|not)\b
    | \b(?:stupid|silly|daft|thoughtless|careless|clumsy|unkind|rude|lazy|wrong)\ of\ me\b
    | ^\W*(?:and\ |but\ )?it\ was\ me\b(?!\ (?:who|that|you)\b)
    | \bi\ (?:skipped|forgot)\b | \bthat\ was\ me\ \w+ing\b
    | \bi\ said\ (?:\w+\ ){1,4}?just\ now\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AGREES = 0.3
"""How likely an honest look at oneself must be beside such words.

By itself the model shows it at 0.85, and in 180 turns of talks missed five of six that were owned.
"""
_SORRY = re.compile(
    r"\bi(?:['’]?m| am) (?:so |very |really )?sorry\b"
    r"|,? sorry(?:\W*$|, (?:you|it|that|he|she|they)\b)"
    r"|^\W*sorry,? (?:i|that was me)\b",
    re.IGNORECASE,
)
"""Says so for themselves: beside a slip that is named no second sign is needed."""
_BARED = re.compile(
    r"""
    \bi(?:['’]?m|\ am|\ was|['’]?ve\ been|\ felt|\ feel
        |\ got(?!\ (?:an?(?!\ (?:bit|little|lot)\b)|the|some|his|her|their|your|my|this|that|him
        |them|you|two|more)\b))\ (?!not\b|never\b)(?:\w+\ ){0,2}?
        (?:scared|frightened|afraid\ of|(?<!m\ )afraid\ to
        |afraid\ to(?!\ (?:(?:say|report)\b(?!\ (?:any\w*|what|why|more|out\ loud)\b)
            |tell\ (?:(?:all|both)\ of\ )?(?:you|everyone|everybody)\b
            (?!\W*$|\ (?:any\w*|what|why|how|who|about|more|the\ truth)\b)))
        |ashamed|nervous|angry|furious|jealous|embarrassed
        |terrified|worried(?!\ (?:about|for)\ (?:you|him|her|them)\b)|lonely|homesick|useless
        |out\ of\ my\ depth|rubbish\ at
        |no\ (?:good|use)\ (?:at|with)|bad\ at)\b
    | ^\W*(?:(?:honestly|truthfully|well|oh|um|erm|i['’]?m|a|an|bit|little|lot|still|really|very|so
        |pretty|quite|just|and|but|or|tired|sad|sick|fine|ok|okay|mostly|mainly)\W+){0,7}
        (?:scared|frightened|ashamed|nervous|angry|furious|embarrassed|terrified|worried|lonely
        |homesick|useless)(?=\W*$|,|\ (?:and|but|about\ it|of\ it|if\ i)\b)
    | \bi\ (?:have\ not|haven['’]?t|had\ not|hadn['’]?t|didn['’]?t|hardly|barely)\ (?:really\ )?
        sle(?:pt|ep)\b
    | \bi\ (?:can['’]?t|cannot|can\ not|couldn['’]?t)\ (?:sleep\b(?!\ (?:in|on)\b)|stop\ thinking)
    | \bi\ keep\ (?:going\ over|thinking\ about|replaying)\b | \bi\ (?:lie|lay)\ awake\b
    | \bi\ (?:panicked|bottled\ it|chickened\ out|pretended|lied|put\ it\ off)\b
    | \bi\ froze\b(?:
        (?=\ (?:an?|the|that|this|those|some|most|half|two|three|six)\ (?:(?:the|an?)\ )?
            (?:(?:next|very|same|few|good|long|short|brief|little)\ )?
            (?:moment|second|minute|instant|hour|day|night|morning|afternoon|evening|week|time
            |while)s?\b)
        |(?=\ a\ (?:lot|bit|little)(?:\W*$|[,;:]|\ (?:when|as|at|in|on|and|but|there|then|too|bit
            |longer|because|before|after|inside|every|each|that|with|by|under|myself)\b))
        |(?!\ (?:it|them|him|her|my|your|our|their|some|an?|two|three|six|half|most
            |all\ (?:of\ )?(?:the|my)|(?:the|that|this|those)(?!\ (?:whole|first|last|other)\b))
            \b))
    | ^(?:(?!\byour?\b).)*\b(?:was|were|is|it['’]s)\ (?:\w+\ )?(?:a|just|only)\ (?:pure\ |wild\ )?
        guess\b
    | \bi\ (?:do\ not|don['’]?t|didn['’]?t|did\ not|wouldn['’]?t)\ know\ how\ to\b(?!\ thank)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What is not easily said of oneself: fear, shame, anger, a guess. It needs no second sign."""
_OF_OTHERS = re.compile(
    r"""
    (?P<kept>\bi['’]?(?:d|ve)?\ (?:(?:have|had|just|always|even|also|then|should|could
        |would)\ ){0,2}(?:said|told|thought|asked)\b
    |\b(?:when|whenever|once|after|before|until|while|time)\ (?:[\w'’]+\ ){1,4}?
        (?:asks?|asked|(?:says?|said|tells?|told|thought)\b
        (?!\ (?:(?:me|us|him|her|them|you)\ )?(?:that\ )?
            (?:i(?:['’]?m|\ was|\ am)|(?:it|this|that)(?:['’]?s|\ was|\ is)\ my)\b))\b
    |\bwhat\ (?:[\w'’]+\ ){1,3}?(?:asks?|asked|(?:says?|said|tells?|told|thought)\b
        (?=(?:\ [\w'’]+){0,3}?\ (?:ma[dk]es?|gets?|got|helps?|helped|lets?|shows?|showed|taught)
            \ me\b))\b)
    | \bi(?:['’]?ve|\ have)?\ (?:never|didn['’]?t|did\ not|haven['’]?t|have\ not)
        \ (?:even\ |once\ |actually\ )?(?:sa(?:y|id)|think|thought)\ (?:that\ )?
        (?:i(?:['’]?m|\ was|\ am)(?!\ (?:\w+\ )?sorry\b)|it\ was\ my)\b[^,;:.!?…–—]*
    | \b(?:if|whether)\ i\b
    | \b(?P<says>said|says|told|tells|asked|asks|reckons|claim(?:s|ed)
        |(?:thought|thinks)(?!\ (?:about|of|over)\ (?:it|that|this)\b)
        |(?:you|they|people|who|be|been|keeps?|kept|are|were|is|was)\ (?:\w+\ )?
            (?:say|tell|think(?!(?:ing)?\ (?:about|of|over)\ (?:it|that|this)\b)|ask|reckon|claim)
            (?:ing)?
        |(?:\w+n['’]?t|not|never|not\ that\ i)\ (?:say|think|believe)(?:ing)?)\b
        (?:(?!\ [-–—]\ |\ (?:and|but|so|because|cos)\b(?!\ that\b))[^,;:.!?…–—])*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What others say or think of one, or what is only supposed."""
_UNDONE = re.compile(
    r"\bi(?:['’]ve| have)? (?:didn['’]?t|did not|haven['’]?t|have not|never)"
    r" (?:even |once |actually )?(?:do|done|did|write|written|read|ring|rung|rang|call(?:ed)?"
    r"|ask(?:ed)?|check(?:ed)?|tell|told|sa(?:y|id)|finish(?:ed)?|open(?:ed)?|start(?:ed)?"
    r"|look(?:ed)?|dared?|underst(?:and|ood)|listen(?:ed)?|noticed?)\b"
    r"(?! anything (?:wrong|to|yet)\b)",
    re.IGNORECASE,
)
"""What was left undone, which may be told of as well to put others in the wrong."""


def _owned_certainty(facts: Facts) -> float:
    said = _sentence_with(_OWNED, facts)
    if said is None:
        return 0.0
    sorry = _SORRY.search(facts.text) or _SORRY.search(said.text)
    return 1.0 if sorry else facts.move("own_observation")


def _owned(facts: Facts) -> Said | None:
    yours = _sentence_with(_OWNED, facts)
    if yours is None:
        return None
    return Said(
        title="A slip, owned",
        words="This says plainly what was not right on your own side. It need not stand between "
        "you any longer.",
        rule="Rule: name your own slip before anybody has to.",
        yours=yours,
    )


def _bared_certainty(facts: Facts) -> float:
    if _sentence_with(_BARED, facts):
        return 1.0
    return facts.move("own_observation") if _sentence_with(_UNDONE, facts) else 0.0


def _bared(facts: Facts) -> Said | None:
    yours = _sentence_with(_BARED, facts) or _sentence_with(_UNDONE, facts)
    if yours is None:
        return None
    return Said(
        title="An honest word",
        words="This says openly how it is, or was, with you. Who hears that finds it easier to be "
        "open too.",
        rule="Rule: say what is hard to say of yourself; it is mostly answered in kind.",
        yours=yours,
    )


def _sentence_with(pattern: re.Pattern[str], facts: Facts) -> Quote | None:
    """The fullest sentence that does not ask with such words said of oneself."""
    spans = [
        span
        for span in statements(facts.text)
        if pattern.search(_of_oneself(facts.text[slice(*span)]))
    ]
    return quote(facts.text, max(spans, key=lambda span: span[1] - span[0])) if spans else None


def _of_oneself(said: str) -> str:
    return _OF_OTHERS.sub(lambda found: found["kept"] or found["says"] or "", said)


OWNED_UP = Rule("owned_up", _owned_certainty, _owned, _AGREES)
HONEST = Rule("honest_word", _bared_certainty, _bared, _AGREES)
