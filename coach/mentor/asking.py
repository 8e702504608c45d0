"""What a question asks for, told by its words: a name, a reason, leave, a yes.

Where a mentor has no answer, the sort of question decides how they pass it over; a question for
leave, or whether something was understood rightly, needs no knowledge at all.
"""

from __future__ import annotations

import re
from typing import Literal

from coach.mentor.wording import word_set, words

Sort = Literal[
    "yes_no",
    "choice",
    "who",
    "when_where",
    "how_many",
    "why",
    "how",
    "feeling",
    "verdict",
    "advice",
    "would",
    "what",
]

_AUXILIARY = (
    r"(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|must|may"
    r"|might|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|hadn't|can't"
    r"|couldn't|won't|wouldn't|shouldn't|d'you|d'ye|dyou)"
)
_FEELINGS = (
    r"(?:feel|feels|felt|angry|afraid|scared|feared|frightened|proud|ashamed|sad|hurt|upset|lonely"
    r"|guilty|worried|nervous|happy|sorry|jealous|embarrassed|cross|furious|relieved"
    r"|disappointed|tempted|miss|mind|regret|love|hate|like)"
)
_KINDS: tuple[tuple[Sort, str], ...] = (
    ("choice", r"\w+ or (?!no\b|not|what|something|anything|so\b|else|more|less)(?:\S+ ?){1,8}$"),
    (
        "advice",
        r"(?:should|shall|ought|must|shouldve|should've) (?:i|we)|tips|advice"
        r"|would you (?:advise|suggest|recommend|do)"
        r"|(?:what|how|where) (?:do|can|could|would|should) (?:i|we)"
        # "Do I bring my own tape?", but not "Do I look silly?".
        r"|^(?:do|must|will) (?:i|we)(?! \w+ (?:silly|right|wrong|ok|okay|too|so)\b)",
    ),
    (
        "verdict",
        r"(?:do|did|would|don't|didn't) you (?:think|reckon|agree|believe)|makes? sense"
        r"|what (?:do|would) you (?:think|make|say)|your (?:view|opinion|honest)"
        r"|what did you (?:think|make)|(?:am|was|did|do|have|were) i"
        r"|(?:is|was|isn't|wasn't|are|were) (?:it|that|this|they) (?:too|so) \w+"
        r"|(?:is|was|isn't|wasn't|are|were) (?:it|that|this|they) (?:really |a )?(?:bad|big|dumb"
        r"|enough|fair|good|important|normal|ok|okay|right|selfish|serious|silly|strange|stupid"
        r"|weird|wrong)",
    ),
    ("how_many", r"how (?:many|much|long|often|old|far|big|soon|few|late|early)"),
    ("feeling", rf"^{_AUXILIARY} (?:you |ye |u |he |she |they )?(?:\w+ ){{0,2}}{_FEELINGS}"),
    (
        "feeling",
        r"how (?:did|do|does) (?:\S+ ){1,4}feel|feelings?|(?:hard|difficult|strange) for you",
    ),
    ("would", r"^(?:will|would|could|can|won't|wouldn't|couldn't|can't) you"),
    ("yes_no", rf"^{_AUXILIARY}"),
    ("who", r"which of (?:them|you|us)|(?:what's|whats|what is|what was) \w+ name"),
    ("when_where", r"(?:what|which) (?:time|day|year|date|month)"),
    ("why", r"how come|what (?:for|made)|what's the reason"),
)
"""Read from the top: "How did that feel?" asks for a feeling, not for a way."""
_SORTS = tuple(
    (sort, re.compile(rf"(?:{kind})(?!\w)" if kind.startswith("^") else rf"\b(?:{kind})(?!\w)"))
    for sort, kind in _KINDS
)
_BY_WORD: dict[str, Sort] = {
    **dict.fromkeys(("who", "whose", "whom"), "who"),
    **dict.fromkeys(("when", "where"), "when_where"),
    **dict.fromkeys(("what", "whats", "which", "tell", "describe", "explain"), "what"),
    "why": "why",
    "how": "how",
}
"""Where nothing else tells, the first of these words does: "Were you there when it sank?"."""
_OPENERS = word_set(
    "ah alright and anyway aw but er hey hm no now oh ok okay please really right so sorry then um "
    "well yeah yes"
)

_IN_HASTE = """
    ye:you ya:you u:you yous:you yez:you yer:your ur:your whit:what wat:what wot:what dae:do
    wis:was wes:was hoo:how wha:who wheer:where wud:would cud:could shud:should wil:will r:are
    y:why thats:that's ah:i im:i'm didnae:didn't didna:didn't didnt:didn't dinna:don't
    dinnae:don't dont:don't wisnae:wasn't wasnae:wasn't wasnt:wasn't cannae:can't canna:can't
    cant:can't wernt:weren't wont:won't wouldnt:wouldn't couldnt:couldn't isnt:isn't
"""
_PLAIN = dict(pair.split(":") for pair in _IN_HASTE.split())
"""Words of dialect and haste that decide what a question asks for."""

_CHECKS = re.compile(
    r"\b(?:is|was) (?:that|it|this) (?:it|right|correct|what you (?:mean|meant|said)|about right"
    r"|the (?:whole|half|lot|gist|size) o(?:f it)?(?: it)?|how it (?:is|was)"
    r"|the plan|all|so)$|\b(?:have|did|do) i (?:got|get|understood|understand|heard|hear) "
    r"(?:you|that|it|this)\b|\b(?:have|did) i (?:left|leave|missed?|forgot(?:ten)?) (?:out )?"
    r"(?:anything|something)\b|\bcorrect$"
    # "Are you all right?" and "Did I do it right?" ask for more than a yes.
    r"|^(?!.*\bdid i (?!hear|understand|get|read|catch)).*(?<!all )\bright$"
    r"|\b(?:i'm|am i) right or (?:no|not|wrong)$"
    r"|^(?:so )?is that (?:why|where|how|when|what|because)\b"
    r"|\bthat's what (?:you're|you are|your|you) (?:sayin|tellin|meanin|mean|meant|say)g?(?: me)?$"
    r"|\bisn't (?:it|that so)$|\byes$|\bso (?:that's|thats) (?:it|the plan)\b|\bnot so$"
)

_LEAVE = re.compile(
    r"\b(?:(?:can|could|may|shall|should) (?:i|we)\b"
    r"(?! (?:know|understand|have (?:\w+ed|been|done|gone|known|put|said|seen|told)"
    r"|do (?:about|to|when|if)"
    r"|(?:ask|tell)(?: you)? (?:how|what|why|who|when|where|which|if|about)))"
    r"|(?:is|would|will) (?:that|it|this) (?:be )?(?:ok|okay|fine|alright|all right|possible|do"
    r"|suit|work|any use|(?:good |soon )?enough)\b|(?:does|do|will|would) (?:that|it|this|my \w+) "
    r"(?:suit|work|do|help)\b|(?:is|are) (?:it|that|we) still on\b"
    r"|(?:do|would|d'you|dyou|did) (?:you )?(?:mind if|fancy|like (?:to|me to|a|an|some)"
    r"|want (?:to|me to|a|an|some|any|the|another|one|it|more)|come|join|accept|agree)\b"
    r"|could you be (?:about|around|free|on|there)\b"
    r"|(?:will|would|can|could) you (?:please )?(?:help|show|teach|watch|come|join|sit|walk|go|have"
    r"|let|give|read|look|meet|take|keep|write|sign|wait|agree|do (?:it|that) with)\b"
    r"|(?:what if|how about|what about) (?:i|we)\b|(?:is|was) that a yes$|agreed$|deal$"
    r"|that ok(?:ay)?$)"
)
_OPEN = re.compile(
    r"^(?:so |and |but |then |ok |okay )*(?:what|why|who|how|when|where|which)\b(?! (?:if|about) )"
)


_LOST = re.compile(
    r"\bwhat (?:do|did|does) (?:you|that|this|it) mean(?: by (?:that|it|this))?$"
    r"|\bwhat(?:'s|s) (?:that|this) mean$"
    r"|\b(?:say|explain|repeat) (?:that|it|this)(?: \w+){0,2} again\b|\b(?:come again|pardon)$"
    r"|\b(?:can|could|would) you (?:repeat|explain) (?:that|it|this)$|\byou(?:'ve|ve)? lost me\b"
    r"|\bi (?:don't|didn't|couldn't|do not|did not) (?:quite |really )?"
    r"(?:understand|follow|catch (?:that|it|you)|get (?:that|it|you))$"
)
_THREAD_LOST = re.compile(
    r"\b(?:you(?:'ve|ve| have)? (?:\w+ ){0,2}?lost me|i(?:'ve|ve| have)? (?:\w+ ){0,2}?lost you)"
    r"(?= (?:a (?:bit|little)|there|here|now|at|on|again|somewhere|completely|entirely)\b|$)"
    r"|\b(?:not|don't|do not) (?:quite |really )?(?:sure (?:that )?i )?"
    r"(?:quite |really )?follow(?: you)?(?: there)?$"
    r"|\bnot sure i (?:understand|get (?:it|that|you))$"
)
"""Says so of what was said last, whatever is asked after it."""
_APPROVES = re.compile(
    r"^(?:(?:and|so|or|but|then|yes|ok|okay|right|well) )*(?:(?:is|would|will|does|do) "
    r"(?:that|it|this) (?:be |sound |seem |look )?(?:good|ok|okay|fine|fair|alright|all right"
    r"|enough|reasonable|acceptable|too much)(?: (?:for|with|by) (?:you|now|us))?(?: then)?|deal"
    r"|agreed|sounds? (?:good|ok|okay|fair))$"
)
_TAGS = word_set("yes yeah aye ok okay alright") | {"all right"}
"""One of these alone at the end of a proposal asks for a yes."""
_GO_ON = re.compile(
    r"^(?:(?:and|but|so|now|please|ok|okay|well|yes|no|then|sorry|oh) )*(?:do )?(?:go on"
    r"|on you go|carry on|keep going|i'm (?:listening|all ears)|what were you saying"
    r"|you were saying|let's hear it|lets hear it)\b(?! \w+ing\b)"
)
_CORRECTS = re.compile(
    r"(?<!than )(?<!thought )(?<!what )\bi meant\b(?! (?:it|no|well|every|to|business)\b)"
    r"|^(?:(?:no|sorry|nah) )+i mean\b"
    r"|\b(?:that|it|this)(?:'s| is| was) (?:not|never) (?:quite |really |exactly )?what i "
    r"(?:asked|mean|said|was asking|am asking|wanted to know)\b"
    r"|\b(?:that|it|this) (?:wasn't|isn't|ain't) (?:quite |really |exactly )?what i "
    r"(?:asked|mean|said|was asking|am asking|wanted to know)\b"
    r"|\bi (?:wasn't|was not) (?:really )?asking "
    r"(?:you|if|whether|about|that|what|who|when|how|why)\b"
    # "I didn't ask about that at home" tells a story of one's own.
    r"|\bi (?:didn't|did not) (?:really )?ask "
    r"(?:you|(?:if|whether|about|what|who|when|how|why) you(?:r|rs|'re)?)\b"
    r"|^(?:(?:no|but|well|sorry) )*i (?:didn't|did not) (?:really )?ask (?:about )?(?:that|this)$"
    r"|\bi (?:was|am) (?:actually |really )?asking (?:you )?(?:if|whether|about|what|who|when|how"
    r"|why)\b|\bmy question was\b|\byou (?:misunderstood|misheard|mistook)(?: me)?\b"
    r"|\byou(?:'ve| have)? (?:got|took|taken) me wrong(?:ly)?\b"
)
"""Tells a mentor that something else was asked."""
_CONTRASTS = re.compile(
    r"\bi (?:didn't|did not) ask (?:\S+ ){1,6}i (?:meant\b(?! (?:for|him|her|them)\b)"
    r"|asked (?:you )?(?:about|what|if|whether|why|when|where|how|who|which)\b)"
)
"""Does so in two steps ("I didn't ask about the weather. I asked what I do on watch.")."""
_ASKED_NO_SUCH = re.compile(
    r"^(?:(?:no|but|well|sorry|oh|hey|wait|ok|\.) )*i (?:didn't|did not) (?:really )?ask "
    r"(?:why|when|who|how|where|what(?: [\w']+){0,2}"
    r"|about (?:(?:the|a|his|her|their|any)(?: [\w']+){1,2}|[\w']+))(?<! then)(?<! before)"
    r"(?:$| \.(?! (?:i|we|it|he|she|they|that|there|nobody|my|and|but|because)\b))"
)
"""Does so with nothing told before or after ("I didn't ask why."; not "He left. I didn't ask.")."""
_THING = r"(?:something|(?:a|one|an?other|this)(?: \w+)?(?: \w+)? (?:question|thing))"
"""What leave is begged to ask: "something", "one more thing", "a personal question"."""
_ASKS_FIRST = re.compile(
    rf"\b(?:can|could|may|might) i (?:just )?ask(?: you)?(?: {_THING}(?: \w+)?)?[,.:;?! -]+",
    re.IGNORECASE,
)
_BEGS_LEAVE = re.compile(
    rf"\bask(?:ed)?(?: you)? (?:{_THING}|about (?:yourself|you)\b)"
    r"|\bask(?:ed)?\b.*\b(?:personal|private)\b|\b(?:personal|private)\b.*\bask(?:ed)?\b"
    r"|\b(?:personal|private) question\b|\bi got (?:\w+ )*(?:personal|private)\b"
    r"|\bif i asked\b|\bmay i ask\?",
    re.IGNORECASE,
)
_PUTS_IT = re.compile(rf"(?:{_AUXILIARY}|what|why|who|how|when|where|which)\b", re.IGNORECASE)
_FILLERS = word_set("lol haha ha tbh sorry though tho please sir boss mate")
_FEW = 8
"""Words of a part of a turn that does nothing but say one such thing."""


def _parts(text: str) -> list[list[str]]:
    """The words of each sentence up to the last question mark."""
    before = text.rstrip().rpartition("?")[0] or text
    parts = [_plain_words(part) for part in re.split(r"[.!?;\n]", before)]
    return [part for part in parts if part] or [[]]


def _plain_words(text: str) -> list[str]:
    """The words of a text, those of dialect and haste in plain spelling."""
    return [_PLAIN.get(word, word) for word in words(text)]


def _all_parts(text: str) -> list[list[str]]:
    """The words of each piece between marks, commas among them."""
    parts = [_plain_words(part) for part in re.split(r"[.,!?;\n]", text)]
    return [part for part in parts if part]


def asked(text: str) -> str:
    """The last question of a text as bare words."""
    parts = _parts(text)
    # "Did I do wrong? The tea?" asks with its first words.
    return " ".join(next((part for part in reversed(parts) if len(part) > 2), parts[-1]))


def sort_of_question(text: str, *, openly: bool = False) -> Sort:
    """What the last question of a text asks for; ``openly``: it was read as an open one.

    "And the other half?" has no word that tells, and asks for a yes only where it is closed.
    """
    said = asked(text).split()
    while said and said[0] in _OPENERS:
        said = said[1:]
    question = " ".join(said)
    for sort, pattern in _SORTS:
        if pattern.search(question):
            return sort
    by_word = (_BY_WORD.get(word.partition("'")[0]) for word in said)
    return next(filter(None, by_word), "what" if openly else "yes_no")


def checks(text: str) -> bool:
    """Whether a turn asks if it got something right ("Is that it?", "Have I got that right?")."""
    return "?" in text and _CHECKS.search(" ".join(_parts(text)[-1])) is not None


def is_lost(text: str) -> bool:
    """Whether a turn ends by saying that its writer did not follow ("What do you mean?")."""
    parts = [[word for word in part if word not in _FILLERS] for part in _all_parts(text)]
    ends = [" ".join(part) for part in parts[-2:] if len(part) <= _FEW]
    return any(_LOST.search(end) or _THREAD_LOST.search(end) for end in ends)


def corrects(text: str) -> bool:
    """Whether a turn says that it was taken wrongly ("That's not what I asked. I meant you.").

    Who lost the thread and asks something was, too ("Sorry, you've lost me. What essay?").
    """
    parts = [_plain_words(part) for part in re.split(r"[.!?;\n]", text)]
    if any(_CORRECTS.search(" ".join(part)) for part in parts):
        return True
    before = [" ".join(part) for part in _all_parts(text.rpartition("?")[0])]
    if any(_THREAD_LOST.search(part) for part in before[:-1]):
        return True
    if _ASKED_NO_SUCH.match(" . ".join(" ".join(part) for part in parts if part)):
        return True
    return _CONTRASTS.search(" ".join(_plain_words(text))) is not None


def seeks_approval(text: str) -> bool:
    """Whether all that a turn asks is whether what it says will do ("..., is that alright?")."""
    parts = _all_parts(text)
    asks = text.rstrip().endswith("?")
    tagged = asks and len(parts) > 1 and " ".join(parts[-1]) in _TAGS
    return tagged or (bool(parts) and _APPROVES.search(" ".join(parts[-1])) is not None)


def bids_go_on(text: str) -> bool:
    """Whether a turn ends by bidding the other go on ("Sorry. Go on, I'm listening.")."""
    parts = _all_parts(text)
    return any(len(part) <= _FEW and _GO_ON.search(" ".join(part)) for part in parts[-2:])


def begs_leave_to_ask(wording: str) -> bool:
    """Whether a question asks for nothing but leave to ask one ("Can I ask you something?")."""
    return _BEGS_LEAVE.search(wording) is not None


def asks_at_once(text: str) -> bool:
    """Whether a turn begs leave to ask and, without waiting for it, asks."""
    begs = _ASKS_FIRST.search(text)
    if begs is None:
        return False
    rest = text[begs.end() :].strip()
    return "?" in rest[:-1] or _PUTS_IT.match(rest) is not None


def asks_leave(text: str) -> bool:
    """Whether a turn asks for leave, help or agreement ("Shall we?", "Will you come with me?")."""
    question = asked(text)
    if sort_of_question(text) == "choice" or _OPEN.match(question) is not None:
        return False
    return _LEAVE.search(question) is not None
