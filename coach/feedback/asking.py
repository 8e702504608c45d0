"""What decided a question's type, said in words, and the learner's own question put openly.

The type is the reading's; this only finds the words that show it. Where none are found nothing is
said of it, and no reason is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from coach.feedback.aims import BLAMES, FAVOUR, IDEA, LEAVE, OFFERS, PROPOSES, TAKEN, THINKING
from coach.feedback.card import QuestionNote
from coach.feedback.quotes import quotes, sentence_of, sentences
from coach.listening.reading import Question, Span

SURE = 0.6
"""From this probability on a mark is asserted; below it is hedged or left out."""

# A pasted book is looked at no further than this: questions, and characters of each.
MOST, FAR = 20, 400

VERB = (
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|will|would|shall|should|may|might"
    r"|must|ought)(?:n['’]t)?"
)
# Where a question may begin: at its first word, after a pause or after a joining word.
JOINS = r"(?:and|but|so|or|then|well|ok|okay)"
_AT = (
    rf"(?:^\s*|[,;:.–—]\s*|(?<!\w)-\s*|-\s+|\b{JOINS}\s+"
    r"|^\W*(?:ha|haha|oh|ah|lol|sorry|wait|hey|hm+)\s+)"
)
# "When they ask me, what do I say?" asks for no date.
FACT = (
    rf"(?:who|whom|whose|(?:when|where)(?: exactly| else)?(?= {VERB}\b|\W*\?)|which"
    r"|how (?:many|much|long|old|often|far|big|soon)|what (?:time|year|day|date|age))"
)
# "Mr. Hill" and "3.40" end no sentence.
NO_TITLE = r"(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bmrs)"
WITHIN = rf"(?:[^.!?]|(?!{NO_TITLE})\.|\.(?=\d))"
"""A character of a sentence other than its end."""
INVITES = (
    r"(?<!\bto )(?<!not )(?<!n['’]t )(?<!['’]d )(?<!would )(?<!will )"
    r"\b(?:tell me|talk me through|walk me through|take me (?:back|through)|go on"
    r"|say (?:a bit |a little )?more|help me (?:understand|see)"
    r"|describe|explain"
    r"|i(?:['’]d| would) (?:love|like) to (?:hear|know|understand)|i(?:['’]m| am) curious"
    r"|i want to (?:hear|know|understand) (?:about|what|how|why)|i (?:do )?wonder)\b"
)
_CHECKS = (
    r"(?:^|[,.;–—-]\s*)(?P<w>(?:is|was|have i got) that (?:right|it|so|fair|true|what happened)"
    r"|is it (?:so|correct)|right|correct|am i right)\s*\?"
)


class _Sign(NamedTuple):
    """Words that show something, as the named group or the whole match, and what they show.

    ``answer``: what would answer a question that shows them.
    """

    pattern: re.Pattern[str]
    why: str
    answer: str = "yes_no"


def _sign(pattern: str, why: str, answer: str = "yes_no") -> _Sign:
    return _Sign(re.compile(pattern, re.IGNORECASE), why, answer)


# "You have been here, what, thirty years?" and "What? No." ask for nothing by that word.
_OPENLY = r"(?:what\b(?![,?]| if\b)|(?:how|why)\b(?!,))"
_THEY = r"(?:i|you|u|he|she|it|they|we|that|this|there)\b"
# "I'll tell you how it went" asks nothing by that word.
_OUTRIGHT = rf"\b(?P<w>{_OPENLY})(?=['’]?s\b| {VERB} {_THEY}|[^?]{{0,200}}\?)"
_OPEN_SIGNS = (
    _sign(rf"{_AT}(?P<w>{_OPENLY})", "“{}” leaves the answer to them."),
    _sign(INVITES, "“{}” asks for an account, told their way."),
    _sign(r"\bwhat if\b", "“{}” puts an idea of your own to them."),
    _sign(_OUTRIGHT, "“{}” leaves the answer to them."),
)
# "When he drove off, what were you thinking?" and "Tell me, what were you thinking?" want to know.
_WANTS_TO_KNOW = (
    rf"(?:\b(?:when|while|after|before|during|at the time|(?:in|at) that (?:moment|point|time)"
    r"|that (?:night|day|morning|evening|afternoon)|as (?:soon|i|you|he|she|it|they|we|the|your|my)"
    r"|(?:what|how) (?:did|was|happened)|wonder|curious|remember|recall|know|(?:can|may) i)\b"
    rf"|{INVITES})"
)
_BLAMES = _sign(
    rf"\b{BLAMES}|(?:^|(?!{WITHIN})[.!?](?=\s))(?:(?!{_WANTS_TO_KNOW}){WITHIN}){{0,200}}?"
    rf"\b(?P<w>{THINKING})",
    "“{}” is easily heard as blame.",
)
_PROPOSES = _sign(rf"{_AT}(?P<w>{PROPOSES})", "“{}” proposes something.")
_TO_PICK_FROM = "“{}” gives answers to pick from."
_YES_OR_NO = "“{}” can be answered with a yes or a no."
_CHECKS_IT = "“{}” checks, and a yes or a no answers it."
# "Everybody who wrote back?" and "before I say who I am?" ask nothing by that word.
# Nor do "You stayed, which surprised them?" and "Your brother, who came back, he kept it?".
_RELATES = (
    r"(?!(?<=, )(?:which (?:\w+ed|made|makes|meant|means|took|left|came|went|got|kept|felt|hurt|put"
    r"|gave|set)\b|(?:who|which (?:is|was|are|were))\b(?!['’])[^,?]{0,200}, "
    r"(?:(?:i|you|he|she|it|they|we)(?! or)|is|was|were|has|had|did|does)\b))"
)
# "So, which hurt?", "Of the two, which hurt?" and "In the end, who hurt, you think?" do ask.
_AFTER = (
    rf"(?:^|[.!?,;:–—]\s*)(?:(?:{JOINS},?\s+){{0,3}}(?:{JOINS}|in the end|sorry"
    r"|of (?:the|those|all|these|them)\b[^,.!?]{0,60}"
    r"|there (?:are|were) (?:two|three|four|five|several)"
    r"(?: of (?:them|those|these))?),\s+"
    rf"|(?:{JOINS},?\s+){{0,3}}(?!(?!(?:in|at|on|after|before|during|since|until|by)\b)[^,.!?]{{0,80}}\b"
    r"(?:the|an?|your|my|his|her|its|our|their|this|that|these|those|one|some|every)"
    r"(?: [\w'’-]+){1,3},)[^,.!?]{1,80},\s+(?=who\b))"
)
_ASKING = rf"{_RELATES}(?:who|whom|whose|what|wot|how|why|which)(?:['’]?s)?\b"
# "A year or more" and "ten or later" give nothing to pick from, and "sooner or later" might.
_OR = (
    r"(?<!more )\b(?P<w>or)\b(?! (?:so|not|something|less|what(?=\W*\?)|thereabouts"
    r"|(?<!, or )(?:two|three|twice)|any(?:thing|body|one|more)?"
    r"|(?<!er or )(?<!less or )(?<!now or )(?<!then or )"
    r"(?:more|longer|later|earlier|older|fewer|over)\b"
    r"(?=\W*(?:[?,]|$)| (?:before|until|to|for|in|at)\b))\b)"
)
_ASKING_WORD = (
    rf"(?:{_AT}|\b(?:to|for|with|of|by|about|from|on|in|at|than)\s+"
    r"(?!who (?:you|he|she|they|it)\b))"
    rf"(?P<w>{_ASKING})|\b(?P<end>{_ASKING})(?:,? (?:please|then|though|exactly|sorry"
    r"|sir|miss|chef|mate|love|pal))?\s*\?"
)
# A yes or a no is the honest answer to these, and nothing to hold against them.
_FOR_A_YES = (
    _sign(_CHECKS, _CHECKS_IT),
    _sign(rf"{_AT}(?P<w>{TAKEN})", _CHECKS_IT),
    _sign(rf"{_AT}(?P<w>{IDEA})", "“{}” puts an idea to them."),
    _sign(rf"{_AT}(?P<w>{FAVOUR})", "“{}” asks a favour."),
    _sign(rf"{_AT}(?P<w>{LEAVE})", "“{}” asks leave, and a yes or a no will do."),
    _sign(rf"{_AT}(?P<w>{OFFERS})", "“{}” offers something, and a yes or a no will do."),
    _PROPOSES,
)
_CLOSED_SIGNS = (
    # "Did you, when you were new?" asks for no date.
    _sign(rf"^\W*(?:{JOINS},?\s+)*(?P<w>{VERB} \w+)\b(?![^?]{{0,200}}\bor\b)", _YES_OR_NO),
    _sign(
        rf"(?:{_AT}{_RELATES}|{_AFTER})(?P<w>{FACT})\b|\b(?P<end>{FACT})\s*\?",
        "“{}” asks for one fact.",
        "fact",
    ),
    _sign(rf"\b{VERB} \w+\b[^?]{{0,200}}?{_OR}(?!\W*$)", _TO_PICK_FROM, "choice"),
    _sign(rf"{_AT}(?P<w>{VERB} \w+)\b", _YES_OR_NO),
    _sign(
        rf"{_AT}(?P<w>what (?:did|had|have|would) you)\b(?! mean\b)",
        "“{}” can be answered in a word or two, or at length.",
        "words",
    ),
    _sign(_ASKING_WORD, "“{}” asks here for something a word or two can answer.", "words"),
    # "It was you?" puts no verb first.
    _sign(
        rf"\b(?!do (?:it|that|this)\b)(?<!\bit )(?<!\bthat )(?<!\bthis )"
        rf"{VERB} (?:you|he|she|it|they|we|i)\b",
        _YES_OR_NO,
    ),
    _sign(rf"{_OR}[^?]{{0,200}}\?", _TO_PICK_FROM, "choice"),
    _sign(
        r"(?P<w>[^\s,.;]+)[\s.…]*\?",
        "Only the question mark after “{}” asks, and a yes or a no answers it.",
        "words",
    ),
)
_ASKED = re.compile(
    rf"{_AT}(?:{_OPENLY}|{FACT}|{VERB} {_THEY})|^\W*(?:{JOINS},?\s+)*{VERB} \w"
    rf"|\b(?:what|how|why|who|where|when|which)(?:['’]?s| {VERB} {_THEY})|{INVITES}",
    re.IGNORECASE,
)
_FLAG_SIGNS = {
    "leading": _sign(
        r"\b(?:(?:do|did|would|is|are|was|were|should|could|have|has|had)n['’]t"
        r" (?:you|it|that|they|we|he|she)\b(?: (?:think|agree|feel|say))?|surely\b|obviously\b"
        r"|have you (?:ever )?(?:tried|thought (?:of|about)|considered)\b|you must\b|right\s*\?)",
        "“{}” leans towards one answer.",
    ),
    "clarifying": _sign(
        r"\b(?:what do(?:es)? (?:you|that|it) mean|what did you mean|when you say|mean by"
        r"|meaning)\b",
        "“{}” asks what was meant.",
    ),
}
_FLAG_WORDS = {
    "leading": "It leans towards one answer.",
    "multiple": "More than one question stands in the turn.",
    "clarifying": "It asks what was meant.",
    "self_answered": "The turn goes on to answer it.",
}

_HARD = (
    r"(?:hard|difficult|tough|easy|scary|frightening|stressful|strange|fun|nice|awful"
    r"|painful|exciting|lonely|rough|intense)"
)
_FELT = (
    r"(?:scared|nervous|afraid|worried|angry|upset|proud|relieved|sad|happy|lonely|ashamed|anxious"
    r"|surprised|disappointed|frightened|stressed|embarrassed|hurt)"
)
# Only wordings that ask for the same thing with the answer left free, and add nothing to it.
_FOUND = (
    r"(?P<what>(?!(?:to|that|how|what|when|while|where|why|if|whether|as|because|me|us|him|them) "
    r"|\w+sel(?:f|ves)\b)(?:(?! (?:or|if) )[^,?])+?)"
)
_OPENED = tuple(
    (re.compile(rf"(?:and |so |but )?{pattern}\s*\?", re.IGNORECASE), wording)
    for pattern, wording in (
        (rf"did you (?:like|enjoy|mind) {_FOUND}", "How did you find {what}?"),
        (rf"do you (?:like|enjoy|mind) {_FOUND}", "How do you find {what}?"),
        (rf"was (?:it|that|this) {_HARD}(?: for you)?", "What was that like for you?"),
        (rf"is (?:it|that|this) {_HARD}(?: for you)?", "What is that like for you?"),
        (rf"(?:were you|did you feel) {_FELT}", "What was that like for you?"),
        (
            r"did (?:it|that|this) (?:bother|hurt|upset|scare|frighten|worry|annoy|shake) you",
            "What was that like for you?",
        ),
        (
            r"(?:(?:was it|has it been) worth it|(?:do|did) you regret (?:it|that))",
            "How do you look back on it?",
        ),
        (
            r"did (?P<what>it|that|this|the [\w ]{1,40}?) go (?:well|badly|ok|okay|all right)",
            "How did {what} go?",
        ),
        (
            r"are you (?:happy|unhappy|satisfied|pleased|comfortable) with (?P<what>[^,?]+?)",
            "How do you feel about {what}?",
        ),
        (
            r"(?:do|would) you have any (?P<what>advice|thoughts|ideas|suggestions)"
            r"(?P<rest>| for me| (?:on|about) [^,?]+?)",
            "What {what} do you have{rest}?",
        ),
    )
)
# Only what somebody could have done: "Why weren't you told?", "Why didn't you sleep?", "Why didn't
# you give up?" blame nobody.
_MAY_I = r"\b(?:can|could|may|might) i (?:just )?"
_SOMETHING = r"\b(?: you)?(?: (?:something|one thing|this)(?: first)?)?"
_TO_ASK = re.compile(rf"{_MAY_I}ask{_SOMETHING}", re.IGNORECASE)
# "Can I say what I'd get out of it?" asks nothing after its first words.
_PREFACE = re.compile(
    rf"{_MAY_I}(?:ask|(?:tell|say)(?! (?:you )?(?:wh\w+|how)\b)){_SOMETHING}", re.IGNORECASE
)
_TO_DO = re.compile(
    r"\b(?:what|how|where|when|who|which)\b[^?]{0,200}?(?:\b(?:do|should|shall|can|could|must|will|would)"
    r"|['’]ll) (?:i|we)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"(?P<asked>\b(?:wh(?:at|y|o|en|ere|ich)|how)\b[^?]{0,200})"
    r"(?:[?,]\s*(?:is|was|are|were) (?:it|that|this|they|she|he)\b[^?]{0,200}"
    r"|,\s*(?:that (?:he|she|they|it|you)|(?:do|did|does|has|have) (?:they|you|he|she|it)"
    r"|(?:he|she|they|it) (?:will|won['’]t|would|wants?))\b[^?]{0,200}"
    r"|,\s*(?:maybe|perhaps) [^?,]+"
    r"|, (?:an?|some|just|only) [^,?]+)\?",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(
    r"\bwhy (?:(?P<then>did|had)|have|wo)(?:n?['’]?t you| you (?:not|never))\b"
    r"(?! (?:\w+ly |even )?(?:like|want|know|mind|get|sleep|understand|feel|need|see|hear"
    r"|enjoy|believe|agree|notice|reali[sz]e|remember|been|got|love|expect|recogni[sz]e|manage"
    r"|give (?:up|in)|pack|quit|leave|walk|stop|panic|lose|cry|fall|break)\b)",
    re.IGNORECASE,
)


def question_note(text: str, question: Question) -> QuestionNote | None:
    """The card's word on the turn's question; None where it asks nothing."""
    if question.kind == "none":
        return None
    spans = spans_asking(text, question)
    is_open = question.kind == "open"
    signs = (_PROPOSES, *_OPEN_SIGNS) if is_open else (*_FOR_A_YES, *_CLOSED_SIGNS)
    # The models may show "what were you thinking?" alone, and not "when he drove off" before it.
    whole = [one for one in sentences(text) if any(a < one[1] and one[0] < b for a, b in spans)]
    decided = _first_sign(text, whole, (_BLAMES,)) or _first_sign(text, spans, signs)
    if decided is None:
        return None  # of 33 such notes in 840 turns of talks readers did not sign 17
    words, why = quotes(text, [decided[0]]), decided[1]
    if question.p.get(question.kind, 0.0) < SURE:
        why = f"Perhaps {question.kind}, though the words do not settle it. {why}"
    for flag in question.flags:
        more = _first_sign(text, spans, (_FLAG_SIGNS[flag],)) if flag in _FLAG_SIGNS else None
        if more is not None and more[0] != decided[0]:
            words, why = (*words, *quotes(text, [more[0]])), f"{why} {more[1]}"
        else:
            why = f"{why} {_FLAG_WORDS[flag]}"
    return QuestionNote(kind=question.kind, flags=question.flags, words=words, why=why)


def spans_asking(text: str, question: Question) -> list[Span]:
    """Where a turn asks: from where the models show it to the next pause of that sentence."""
    return [
        (max(span[0], part[0]), part[1])
        for span in question.evidence[:MOST]
        if (part := sentence_of(text, span))
    ]


def opened(question: str) -> str | None:
    """The learner's own question put openly, where that is safe; None where it is not.

    Nothing is added: the wording asks for the same thing and leaves the answer free.
    """
    asked = question.strip()
    for pattern, wording in _OPENED:
        match = pattern.fullmatch(asked)
        if match:
            return wording.format(**match.groupdict())
    return None


def asks_openly(question: str) -> bool:
    """Whether its words show that it is open: "Haan and nahin?" and "To what?" do not."""
    return any(sign.pattern.search(question) for sign in _OPEN_SIGNS)


def asks_outright(text: str) -> bool:
    """Whether its words show that it asks: "I promise to tell you how it went" does not."""
    return "?" in text or _ASKED.search(text) is not None


def aims_elsewhere(question: str) -> bool:
    """Whether it proposes something or blames, and asks only by its form."""
    return any(sign.pattern.search(question) for sign in (_BLAMES, _PROPOSES))


def asks_for_a_yes(question: str) -> bool:
    """Whether it checks, offers or proposes something, or asks for leave or a favour."""
    return any(sign.pattern.search(question) for sign in _FOR_A_YES)


def asks_to_ask(question: str) -> bool:
    """Whether it only asks whether a question may come."""
    return _TO_ASK.search(question) is not None


def asks_what_to_do(question: str) -> bool:
    """Whether the asker wants to be told what to do."""
    return _TO_DO.search(question) is not None


def guessed_at(text: str, question: Span) -> bool:
    """Whether a guess follows a question of a text in its sentence: "How was it, did it hurt?"."""
    start, end = question
    near = text[: start + FAR]
    ends = (last for first, last in sentences(near) if first < end)
    return guesses(near[start : max(ends, default=end)])


def guesses(text: str) -> bool:
    """Whether a question has a guess at its answer put after it: "What does she need, a list?"."""
    return _GUESS.search(text) is not None


def without_guesses(text: str) -> str:
    """The text with each question as it was before the guess at its answer."""
    return _GUESS.sub(r"\g<asked>?", text)


def asks_why_not(question: str) -> bool:
    """Whether it asks somebody to account for what they did not do."""
    return _WHY_NOT.search(question) is not None


def held_back(question: str) -> str:
    """The same asked without blame."""
    match = _WHY_NOT.search(question)
    return "What held you back?" if match and match["then"] else "What holds you back?"


def answered_by(question: str) -> str:
    """What would answer a closed question: ``yes_no``, ``fact``, ``choice`` or ``words``."""
    signs = (*_FOR_A_YES, *_CLOSED_SIGNS)
    return next((sign.answer for sign in signs if sign.pattern.search(question[:FAR])), "words")


def flagged_at(text: str, flag: str) -> Span | None:
    """The sentence with a question mark whose words show a flag, if any does."""
    sign = _FLAG_SIGNS[flag].pattern
    return next((s for s in marked(text) if sign.search(text[s[0] : s[1]][-FAR:])), None)


def marked(text: str) -> list[Span]:
    """The sentences that end in a question mark."""
    return [(a, b) for a, b in sentences(text) if text[a:b].rstrip().endswith("?")][:MOST]


def _first_sign(
    text: str, spans: Sequence[Span], signs: Sequence[_Sign]
) -> tuple[Span, str] | None:
    """Where the strongest sign stands in the spans, and what it shows."""
    # "Can I ask you something, who may you tell?" asks what comes after, if anything does; the last
    # sign, which any question shows, is nothing of the kind.
    without_preface = _PREFACE.sub(lambda preface: " " * len(preface[0]), text)
    for searched, among in ((without_preface, signs[:-1] or signs), (text, signs)):
        for sign in among:
            for start, end in spans:
                match = sign.pattern.search(searched[start : min(end, start + FAR)])
                if match:
                    group = match.lastgroup or 0
                    span = (start + match.start(group), start + match.end(group))
                    return span, sign.why.format(text[span[0] : span[1]])
    return None
