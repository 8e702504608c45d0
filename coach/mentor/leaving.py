"""Goodbyes told by their words: how people leave a talk.

Meaning is a poor guide: thanks and days to come are nearer to a scenario's goodbyes than "must
dash" is, and a talk ended by mistake is the worst of answers.
"""

from __future__ import annotations

import re

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)"
_MUST = (
    r"(?:(?<!'d )(?<!\bid )(?<!would )(?<!you )(?:(?:have|need|got|ought) to|gotta|must"
    r"|should(?: really)?)|(?<!you )(?<!you'd )(?<!youd )better(?: really)?)"
)
_AWAY = (
    r"(?:go|run|dash|rush|fly|leave|be off|be going|head (?:off|back|home|out)|make a move"
    r"|get (?:going|off|back|home|my \w+)|catch (?:my|the|a) \w+)"
)
_TO_DO = (
    r"(?! (?:and|to (?!work|bed|my desk)|into|for|through|over"
    r"|back (?:and|up|to (?:him|her|them|it|you))"
    r"|of|on|with|in|out|him|her|there|where|up|down|round|it|wrong|a|the|first)\b)"
)
"""What follows where somebody has to go and do something, and not to leave."""
_LEAVES = re.compile(
    r"(?<!say )(?<!said )(?<!saying )\b(?:goodbye|bye|byebye|cheerio|farewell|ciao|ta ra)"
    r"(?=$| (?:then|now|bye|and|for now|till|until|see)\b)"
    r"|^(?:\w+ ){0,3}good ?night\b"
    r"|^(?:\w+ ){0,2}see you at\b"
    rf"|\bsee (?:you|ya|u)(?=$| (?:all|then|soon|later|around|again|there|next|on|{_DAY})\b)"
    rf"|\b(?:speak|talk) (?:to you )?(?:soon|later|again (?:soon|next|on|{_DAY}))\b"
    rf"|\b{_MUST} {_AWAY}\b{_TO_DO}"
    r"|\b(?:i'?ll|i will|let me|i should|i'?d better) (?:let you (?:get|go|be|finish)"
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
    return any(_LEAVES.search(said) for said in _ending(text))


def rounds_off(text: str) -> bool:
    """Whether a turn ends in what is said on leaving, and at other times ("Thanks for today.")."""
    return any(_ROUNDS_OFF.search(said) for said in _ending(text))


def _ending(text: str) -> list[str]:
    """The last two sentences, in small letters without marks; questions leave nobody."""
    sentences = re.split(r"(?<=[.?!])\s+", text.replace("\u2019", "'").lower().strip())[-2:]
    return [re.sub(r"[^\w' ]", "", one).strip() for one in sentences if not one.endswith("?")]
