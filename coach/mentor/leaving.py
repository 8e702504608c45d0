"""Goodbyes told by their words: how people leave a talk.

Meaning is a poor guide: thanks and days to come are nearer to a scenario's goodbyes than "must
dash" is, and a talk ended by mistake is the worst of answers.
"""

from __future__ import annotations

import re

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)"
_SURELY = r"(?:really|probably|honestly)"
_MUST = (
    r"(?:\b(?:i|we)|^(?:(?:ok|okay|right|so|well|anyway|sorry|and|but|now|oh|really|hey|lol|yeah"
    r"|yes|(?:thanks|thank you|thx|cheers)(?: so much| a lot| very much)?) ?\b){0,6})"
    r"(?:(?:'?ve|'?ll|(?:'?m| am) (?:going to|gonna)| will| shall)?"
    rf"(?: (?:{_SURELY}|do|just)){{0,3}}"
    r" ?\b(?:(?:have|need|(?:have )?got|ought) to|gotta"
    rf"|(?:must|should)(?: {_SURELY})?)"
    rf"|(?:'?d| {_SURELY}| had){{0,3}} ?\bbetter(?: really)?)"
)
"""Of oneself; with nobody named only where that begins what is said ("Ok, gotta go.")."""
_RIDE = r"(?:bus|train|tram|taxi|lift|ferry|boat|flight|plane)"
_AWAY = (
    r"(?:go|run|dash|rush|fly|leave|be off|be going|head (?:off|back|home|out)|make a move"
    rf"|(?:get|go) back|get (?:going|off|home|my (?:coat|jacket|bag|things|{_RIDE}))"
    rf"|catch (?:my|the|a)(?: [\w']+){{0,2}} {_RIDE})"
)
_ERRAND = (
    rf"(?:to |and )?(?:(?:catch|get) (?:my|the|a)(?: [\w']+){{0,2}} {_RIDE}"
    r"|(?:pick up|get|fetch|collect) (?:my|our|the) (?:\w+ )?(?:kids?|child|children|sons?"
    r"|daughters?|boys?|girls?|wife|husband|partner|mum|mom|dad|friend|car|coat|jacket|bag|things"
    r")(?=$| (?:up|now|soon|at|from|in|so|then|today)\b))"
)
"""What is done on the way out; "go pick up the pieces" is not."""
_SHORTLY = (
    r"in (?:about )?(?:a (?:few |couple of )?|an |(?:two|three|five|ten|fifteen|twenty|\d+) ?)"
    r"(?:min(?:ute)?s?|sec(?:ond)?s?|moment|bit)"
)
_DONE = (
    rf"(?=$| (?:{_ERRAND}|{_SHORTLY}|right now|you now)\b"
    # "I have to leave because he drinks" takes leave of nobody in the talk.
    r"|(?<!leave) (?:because|cos|as (?:my|the|i|i'?m|i'?ve|it'?s|we))\b"
    r"| (?:now|then|home|soon|so|but|sorry|today|tonight|for (?:now|today)|thank\w*|cheers"
    r"|tbh|lol|bye|goodbye|see (?:you|ya)|speak|talk|i|i'?m|it'?s"
    r"|to (?:work|bed|my desk|a meeting))\b)"
)
"""What may follow: whoever has to "go and" or "leave early on Fridays" is still there."""
_MUST_GO = re.compile(rf"{_MUST} {_AWAY}\b{_DONE}")
_WEIGHED = re.compile(
    r"\b(?:(?:if|whether|when|why|feels?|says?|said|told(?: (?!you)\w+)?|thinks|thought"
    r"|\w+n't think)(?: that)?"
    rf"|think(?= \w+ should)(?!.* (?:now|then)$)) {_MUST}"
)
"""Going that is only spoken of ("My boss says I must go.")."""
_OFTEN = re.compile(
    r"\b(?:every|each) (?:\w+ )?(?:day|morning|afternoon|evening|night|week|weekend|month|year"
    r"|time)\b|\busually$"
)
"""Going that is told of as a habit ("I have to go get my kids from school every day.")."""
_LEAVES = re.compile(
    r"(?<!say )(?<!said )(?<!saying )\b(?:goodbye|bye|byebye|cheerio|farewell|ciao|ta ra)"
    r"(?=$| (?:then|now|bye|and|for now|till|until|see)\b)"
    r"|^(?:\w+ ){0,3}good ?night\b"
    r"|^(?:\w+ ){0,2}see you at\b"
    rf"|\bsee (?:you|ya|u)(?=$| (?:all|then|soon|later|around|again|there|next|on|{_DAY})\b)"
    rf"|\b(?:speak|talk) (?:to you )?(?:soon|later|again (?:soon|next|on|{_DAY}))\b"
    r"|\b(?:i'?ll|i will|let me|i should|i'?d better) (?:let you (?:get (?:on|back|going"
    r"|some (?:rest|sleep|air|food|lunch|dinner|tea|peace|work done)"
    r"|your (?:rest|sleep|lunch|dinner|tea|train|bus|coat|things)|to (?:work|bed|sleep|it"
    r"|your (?:bed|desk|work|day|meeting|shift))\b)"
    r"|finish up(?=$| (?:now|then|here|there|for)\b)"
    r"|(?:go|be)(?=$| (?:now|then)\b)|go and (?!on|tell|say|explain|finish))"
    r"|leave you (?:to (?:it|your)|be|in peace|with))\b"
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
    found = ((part, _MUST_GO.search(part)) for part in parts)
    return any(must and not _OFTEN.search(part, must.end()) for part, must in found)


def _ending(text: str) -> list[str]:
    """The last two sentences, in small letters; questions leave nobody."""
    sentences = re.split(r"(?<=[.?!])\s+", text.replace("\u2019", "'").lower().strip())[-2:]
    return [one for one in sentences if not one.endswith("?")]


def _words(text: str) -> str:
    """Without marks, a space between two words."""
    return " ".join(re.sub(r"[^\w'\s]", "", text).split())
