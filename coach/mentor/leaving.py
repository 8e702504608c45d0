"""Goodbyes told by their words: how people leave a talk.

Meaning is a poor guide: thanks and days to come are nearer to a scenario's goodbyes than "must
dash" is, and a talk ended by mistake is the worst of answers.
"""

from __future__ import annotations

import re

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)"
_MUST = (
    r"(?:\b(?:i|we)|^(?:(?:ok|okay|right|so|well|anyway|sorry|and|but|now|oh|really) ?\b)*)"
    r"(?:(?:'?ve|'?ll|'?m (?:going to|gonna)| will| shall)?(?: (?:really|do|just))*"
    r" ?\b(?:(?:have|need|got|ought) to|gotta|must|should(?: really)?)"
    r"|(?:'?d| really| had)* ?\bbetter(?: really)?)"
)
"""Of oneself; with nobody named only where that begins what is said ("Ok, gotta go.")."""
_RIDE = r"(?:bus|train|tram|taxi|lift|ferry|boat|flight|plane)"
_AWAY = (
    r"(?:go|run|dash|rush|fly|leave|be off|be going|head (?:off|back|home|out)|make a move"
    rf"|(?:get|go) back|get (?:going|off|home|my (?:coat|jacket|bag|things|{_RIDE}))"
    rf"|catch (?:my|the|a)(?: \w+)? {_RIDE})"
)
_DONE = (
    r"(?=$| (?:now|then|home|soon|so|but|sorry|today|tonight|for (?:now|today)|thank\w*|cheers"
    r"|bye|goodbye|see (?:you|ya)|speak|talk|i|i'?m|it'?s|to (?:work|bed|my desk|a meeting))\b)"
)
"""What may follow: whoever has to "go and" or "leave early on Fridays" is still there."""
_MUST_GO = re.compile(rf"{_MUST} {_AWAY}\b{_DONE}")
_WEIGHED = re.compile(
    r"\b(?:(?:if|whether|when|why|feels?|says?|said|told me|thinks|thought|\w+n't think)(?: that)?"
    rf"|think(?= \w+ should)(?!.* (?:now|then)$)) {_MUST}"
)
"""Going that is only spoken of ("My boss says I must go.")."""
_LEAVES = re.compile(
    r"(?<!say )(?<!said )(?<!saying )\b(?:goodbye|bye|byebye|cheerio|farewell|ciao|ta ra)"
    r"(?=$| (?:then|now|bye|and|for now|till|until|see)\b)"
    r"|^(?:\w+ ){0,3}good ?night\b"
    r"|^(?:\w+ ){0,2}see you at\b"
    rf"|\bsee (?:you|ya|u)(?=$| (?:all|then|soon|later|around|again|there|next|on|{_DAY})\b)"
    rf"|\b(?:speak|talk) (?:to you )?(?:soon|later|again (?:soon|next|on|{_DAY}))\b"
    r"|\b(?:i'?ll|i will|let me|i should|i'?d better) (?:let you (?:get (?:on|back|going)"
    r"|(?:go|be)(?=$| (?:now|then)\b))|leave you (?:to (?:it|your)|be|in peace|with))\b"
    r"|\b(?:won'?t|shouldn'?t|mustn'?t) keep you\b(?! up)"
    r"|\b(?:leave|call|finish|end|stop|wrap) (?:(?:it|this|there|here|things|up|the talk|at that"
    r"|a day) )+(?:for )?(?:today|tonight|now|this evening)\b"
    r"|\b(?:i'?ll|i will|let'?s|we (?:can|should)) (?:leave it|finish|end|have to stop|stop)"
    r" (?:there|here|at that)(?=$| (?:for|then|now|i)\b)"
    r"|\b(?:i'?m|i am|im) off(?=$| (?:now|then|home|to bed|to work|to my)\b)"
    r"|\b(?:i'?ll|i will) (?:head|be) (?:off|home|back|going)(?=$| (?:now|then|home|so)\b)"
    r"|\btime (?:for me )?to go(?=$| (?:for|now|home)\b)"
    rf"|\buntil (?:next|then|{_DAY})(?=$| (?:time|week|then)\b)"
)
_ROUNDS_OFF = re.compile(
    r"\bhave a (?:good|nice|lovely|great|safe) (?:day|one|evening|night|weekend|afternoon|week"
    r"|shift|trip|journey)\b|\btake care(?=$| (?:of yourself|now|then|you|and)\b)"
    r"|\b(?:thanks|thank (?:you|u)|thx|cheers)(?: \w+){0,3} for (?:your time|everything|today"
    r"|tonight|(?:the|this|our) (?:talk|chat|conversation)|hearing me|listening|having me)\b"
    r"|\b(?:that'?s|that is) (?:all|everything|it) (?:from me|i wanted|for (?:today|now|me))\b"
    r"|\b(?:was|been) (?:so |really )?(?:good|nice|lovely|great|a pleasure)"
    r" (?:to talk|talking|to meet|meeting|to see|seeing)\b"
)


def takes_leave(text: str) -> bool:
    """Whether a turn ends by leaving ("I must dash. Thank you!", "See you on Friday then.")."""
    return any(_LEAVES.search(_words(said)) or _must_go(said) for said in _ending(text))


def rounds_off(text: str) -> bool:
    """Whether a turn ends in what is said on leaving, and at other times ("Thanks for today.")."""
    return any(_ROUNDS_OFF.search(_words(said)) for said in _ending(text))


def _must_go(sentence: str) -> bool:
    """Whether somebody has to go, and no more: after "I have to go" a comma ends what is said."""
    parts = (
        _WEIGHED.sub("", _words(part)) for part in re.split(r"[,;:\u2013\u2014]| - ", sentence)
    )
    return any(map(_MUST_GO.search, parts))


def _ending(text: str) -> list[str]:
    """The last two sentences, in small letters; questions leave nobody."""
    sentences = re.split(r"(?<=[.?!])\s+", text.replace("\u2019", "'").lower().strip())[-2:]
    return [one for one in sentences if not one.endswith("?")]


def _words(text: str) -> str:
    """Without marks."""
    return re.sub(r"[^\w' ]", "", text).strip()
