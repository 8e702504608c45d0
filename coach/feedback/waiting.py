"""What waits for the learner: the mentor's own question, and the time a mentor asked for."""

from __future__ import annotations

import re

from coach.feedback.facts import Facts
from coach.feedback.quotes import sentences, word_count
from coach.feedback.rule import Rule, Said

_BESIDE = 3
"""Words beside a question that are no answer yet."""
_FEW, _SOME = 8, 14
"""Words up to which a turn leaves the time that was asked for: of any kind, and patient ones."""

INVITES_A_QUESTION = re.compile(
    r"\b(?:ask(?:ed|ing)?|questions?|want(?:ed)? (?:to )?(?:know|hear|talk|from|of)"
    r"|brought me|what (?:did|do|can|would|will) (?:you|i|we) (?:want|like|need|do for|talk|begin"
    r"|start)|where (?:shall|do|would|should) (?:we|you|i)|(?:start|begin) with|curious|go on"
    r"|fire away"
    r")\b[^.!?]*\?\W*$",
    re.IGNORECASE,
)
"""The end of a line to which a question is an answer."""
# "They ask it of everyone" and "The bank let me think" bid nobody.
_BIDS = (
    r"(?:(?:^\W*(?:and\s+)?|[,;:.!?–—]\s*|\s-\s|\b(?:so|but|then|now|well|please|just|next time|ok"
    r"|okay|oh|ah|yes|no|aye|right|wait|sorry|h?m+|u[hm]+|er+m?|och|ach|ooh"
    r"|you(?:['’]ll (?:have|need) to| have to| must)"
    r"|(?:can|could|will|would) you(?: please| just)?)\s+)"
    r"(?:(?:do|maybe|perhaps|by all means)\s+"
    r"|(?:(?:that|it|this)(?:['’]?s| is) )?(?:an? )?(?:good|great|hard|tough|fair|big|tricky|nice"
    r"|difficult) (?:question|one|point)\s+)?)"
)
"""Where whoever hears it is told or asked to do what follows."""
BIDDEN = re.compile(
    rf"(?:{_BIDS}|\b(?:you(?: (?:can|could|may|might|should|(?:want|wanted|came) to)|['’]d)"
    r"(?: always| just| better| maybe| perhaps)?|free to|welcome to"
    r"|(?<!do )you(?:['’]ve| have)(?: got)? (?:every|a|the|all the) right to"
    r"|(?<!if )(?<!when )i(?: (?:really |do )?(?:want|need)|(?:['’]?d| would) (?:really )?(?:like"
    r"|love|prefer)) you to|(?:any|more) questions?|why (?:(?:don['’]?t|do not) you(?: just)?|not)"
    r"|if (?:you(?:['’]ve| have)(?: got)?|there(?:['’]?s| is| are)) (?:[\w'’]+ ){0,4}questions?"
    r"|if (?:you(?:['’]re| are) )?(?:in doubt|not sure|unsure|stuck|curious))\s+"
    r"|(?:^|[.!?]\s+)(?:(?:(?:so|just|please|well|then|ok|okay|now|here|right),?\s+){0,2}(?:be|bring"
    r"|call|choose|come|draw|drop|find|get|give|go|grab|have|hold|keep|leave|listen|look|make|measure"
    r"|open|pick|pop|pour|pull|put|read|relax|ring|settle|sit|stand|start|stay|stop|take|taste|think"
    r"|try|wait|walk|watch)\b[^.!?]{0,200}\s)?and\s+)"
    r"ask (?:it|me|away|on|now|outright|anything|whatever)\b(?! to\b)",
    re.IGNORECASE,
)
"""Tells whoever hears it to ask."""
_OF_WHAT_WAS = re.compile(
    r"\b(?:did|have|had|were) you\b|\bwhat(?:['’]s| has| is)? happened\b|\byou (?:did|were|had)\b"
    r"|\bhow was (?:it|that)\b|\bwent through your\b",
    re.IGNORECASE,
)
"""A question that only the learner can answer, and can."""
_ASKS_ELSE = re.compile(
    r"^\W*(?:(?:and|but|so|or|then|well|ok|okay|oh|sorry),? )*(?:what|how|why|who|when|where|which"
    r"|(?:is|was|did|does|do|are|were|have|has|will) (?:you|he|she|it|they|that|this|there|your|the"
    r"|\w+ (?:right|true|allowed)))\b",
    re.IGNORECASE,
)
_ASKS_FOR_TIME = re.compile(
    rf"{_BIDS}(?:give me (?:a|one|half a)(?: wee)? (?:moment|minute|second|sec)"
    r"|let me (?:just |actually )?(?:think(?! so\b)|consider))\b"
    r"|\b(?:i['’]?(?:d| would) like to answer that properly|i need (?:a (?:moment|minute)"
    r"|to think(?! (?:of|about)\b(?! (?:it|that|this|what|how|(?:an?|my|the) (?:answer|example)"
    r"|(?:your|the) question)\b)))"
    r"|i['’]m thinking (?:it|that|this) over|has to simmer|wants a good (?:sentence|answer)"
    r"|hold on a (?:moment|minute|second)|that needs (?:a moment|thinking|some thought)"
    r"|bear with me)\b",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\b(?:(?:i|i['’]?ll|i can|happy to) wait|meanwhile|in the meantime|no (?:rush|hurry|worries)"
    r"|take (?:your|all the) time|all day|(?:sit|be) here|let it (?:stay|stand|simmer)"
    r"|i['’]?ll (?:just )?(?:sit|be|have|turn|get|put|pour|make)|while you|brew|quiet)\b",
    re.IGNORECASE,
)


def _unanswered_certainty(facts: Facts) -> float:
    asked = sentences(facts.context)
    if not facts.context_asks or not asked or facts.greeting:
        return 0.0
    last = facts.context[asked[-1][0] : asked[-1][1]]
    if INVITES_A_QUESTION.search(last) or not _OF_WHAT_WAS.search(last):
        return 0.0
    # What is not clear has to be asked first; an offer or a guess put as a question may answer.
    if facts.reading.question.flag_p.get("clarifying", 0.0) >= 0.4 or facts.reading.reflects:
        return 0.0
    if not _ASKS_ELSE.match(facts.asked):
        return 0.0
    return facts.asks if word_count(facts.beside_questions) <= _BESIDE else 0.0


def _unanswered(facts: Facts) -> Said:
    asked = sentences(facts.context)
    return Said(
        title="Their question waits",
        words="They asked you something, and the turn asks something else. An answer first, "
        "however short, and your question after it keep the talk going both ways.",
        rule="Rule: answer, then ask.",
        yours=facts.yours_asking(),
        theirs=facts.theirs_sentence(asked[-1]),
    )


def asks_for_time(line: str) -> bool:
    """Whether a line ends in asking for a moment: who says "Let me think. Three." has answered."""
    said = sentences(line)
    return bool(said) and _ASKS_FOR_TIME.search(line[slice(*said[-1])]) is not None


def _hurried_certainty(facts: Facts) -> float:
    if not asks_for_time(facts.context) or _PATIENT.search(facts.text) or facts.greeting:
        return 0.0
    return 1.0 if facts.words > _FEW else 0.0


def _hurried(facts: Facts) -> Said:
    return Said(
        title="Leave them the moment",
        words="They asked for time to think, and the turn goes on. A word or two, or none, would "
        "let the answer come.",
        rule="Rule: who is thinking is not helped along.",
        yours=facts.yours([]),
        theirs=facts.theirs_sentence(sentences(facts.context)[-1]),
    )


def _left_certainty(facts: Facts) -> float:
    patient = _PATIENT.search(facts.text) is not None
    if not asks_for_time(facts.context) or facts.harmful or (facts.asks >= 0.4 and not patient):
        return 0.0
    most = _SOME if patient else _FEW
    return 1.0 if facts.words <= most else 0.0


def _left(facts: Facts) -> Said:
    return Said(
        title="Time, given",
        words="They asked for a moment, and they get it.",
        rule="Rule: a pause belongs to the one who thinks.",
        yours=facts.yours([]),
        theirs=facts.theirs_sentence(sentences(facts.context)[-1]),
    )


UNANSWERED = Rule("question_unanswered", _unanswered_certainty, _unanswered)
HURRIED = Rule("hurried", _hurried_certainty, _hurried)
TIME_GIVEN = Rule("time_given", _left_certainty, _left)
