"""What a question asks for, told by its words: a name, a reason, leave, a yes.

Where a mentor has no answer, the sort of question decides how they pass it over; a question for
leave, or whether something was understood rightly, needs no knowledge at all.
"""

from __future__ import annotations

import re
from typing import Literal

from coach.mentor.wording import words

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
    "what",
]

_WORDS: tuple[tuple[Sort, tuple[str, ...]], ...] = (
    (
        "choice",
        (r"\w+ or (?!no\b|not|what|something|anything|so\b|else|more|less)(?:\S+ ?){1,8}$",),
    ),
    (
        "advice",
        (
            r"(?:should|shall|ought|must|shouldve|should've) (?:i|we)|tips|advice",
            r"would you (?:advise|suggest|recommend|do)",
            r"(?:what|how|where) (?:do|can|could|would|should) (?:i|we)",
        ),
    ),
    (
        "verdict",
        (
            r"(?:do|did|would|don't|didn't) you (?:think|reckon|agree|believe)|makes? sense",
            r"what (?:do|would) you (?:think|make|say)|your (?:view|opinion|honest)",
            r"what did you (?:think|make)",
            r"(?:am|was|did|do|have|were) i",
            r"(?:is|was|isn't|wasn't|are|were) (?:it|that|this|they) (?:really |so |a |too )?(?:bad"
            r"|big|dumb|enough|fair|good|important|normal|ok|okay|right|serious|silly|strange"
            r"|stupid|weird|wrong)",
        ),
    ),
    ("how_many", (r"how (?:many|much|long|often|old|far|big|soon|few|late|early)",)),
    (
        "feeling",
        (
            r"feel|feels|felt|feeling|angry|afraid|scared|frightened|proud|ashamed|sad|hurt|upset",
            r"lonely|guilty|worried|nervous|happy|sorry|jealous|embarrassed|cross|furious",
            r"relieved|disappointed|tempted|(?:hard|like|difficult|strange) for you",
            r"(?:do|did|don't) you (?:ever |still )?(?:miss|mind|regret|love|hate|like)",
        ),
    ),
    ("who", (r"who|whose|whom|who's|which (?:one|of)|(?:what's|whats|what is|what was) \w+ name",)),
    ("when_where", (r"when|where|where's|(?:what|which) (?:time|day|year|date|month)",)),
    ("why", (r"why|how come|what (?:for|made)|what's the reason",)),
    ("how", (r"how",)),
    ("what", (r"what|what's|whats|which|tell me|describe|explain",)),
)
"""Read from the top: "How did that feel?" asks for a feeling, not for a way."""
_SORTS = tuple((sort, re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)")) for sort, parts in _WORDS)

_CHECKS = re.compile(
    r"\b(?:is|was) (?:that|it|this) (?:it|right|correct|what you (?:mean|meant|said)|about right"
    r"|the plan|all|so)$|\b(?:have|did|do) i (?:got|get|understood|understand|heard|hear) "
    r"(?:you|that|it|this)\b|\b(?:have|did) i (?:left|leave|missed?|forgot(?:ten)?) (?:out )?"
    r"(?:anything|something)\b|(?:^|\b)(?:that|am i|is it|all|got it) right$|\bright$|\bcorrect$"
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
    r"|(?:do|would|d'you|dyou|did) (?:you )?(?:mind if|fancy|want (?:to|me to|a|an|some|any)"
    r"|like (?:to|me to|a|an|some)|come|join|accept|agree)\b"
    r"|(?:will|would|can|could) you (?:please )?(?:help|show|teach|watch|come|join|sit|walk|go|have"
    r"|let|give|read|look|meet|take|keep|write|sign|wait|agree|be there|do (?:it|that) with)\b"
    r"|(?:what if|how about|what about) (?:i|we)\b|(?:is|was) that a yes$|yes or no$|agreed$|deal$"
    r"|that ok(?:ay)?$)"
)
_OPEN = re.compile(
    r"^(?:so |and |but |then |ok |okay )*(?:what|why|who|how|when|where|which)\b(?! (?:if|about) )"
)


def _parts(text: str) -> list[list[str]]:
    """The words of each sentence up to the last question mark."""
    before = text.rstrip().rpartition("?")[0] or text
    parts = [words(part) for part in re.split(r"[.!?;\n]", before)]
    return [part for part in parts if part] or [[]]


def asked(text: str) -> str:
    """The last question of a text as bare words."""
    parts = _parts(text)
    # "Did I do wrong? The tea?" asks with its first words.
    return " ".join(next((part for part in reversed(parts) if len(part) > 2), parts[-1]))


def sort_of_question(text: str) -> Sort:
    """What the last question of a text asks for."""
    question = asked(text)
    for sort, pattern in _SORTS:
        if pattern.search(question):
            return sort
    return "yes_no"


def checks(text: str) -> bool:
    """Whether a turn asks if it got something right ("Is that it?", "Have I got that right?")."""
    return "?" in text and _CHECKS.search(" ".join(_parts(text)[-1])) is not None


def asks_leave(text: str) -> bool:
    """Whether a turn asks for leave, help or agreement ("Shall we?", "Will you come with me?")."""
    question = asked(text)
    if sort_of_question(text) == "choice" or _OPEN.match(question) is not None:
        return False
    return _LEAVE.search(question) is not None
