"""Questions that ask somebody to tell: what they lived through, saw or made of it, and no fact.

Only such a question is praised for nothing but being open.
"""

from __future__ import annotations

import re

_BY_WHAT = (
    r"what(?:['’]?s| ha[sd])? (?:happened|it like|going on for)\b",
    r"what(?:['’]?s| ha[sd])? (?:made|makes?|helped|helps|kept|keeps|got|gets|drew|brought|stopped"
    r"|stops|held|holds|surprised|worried|worries|scared|scares|frightened|frightens|hurts?)"
    r" (?:you|him|her|them)\b",
    r"what (?:do|did|would|have|had|were) you (?:see|think|make|hope|notice|remember|learn|do|feel"
    r"|find|seen|hear|felt|believe)\b",
    r"what (?:did|does|do|has|have) (?:that|it|this|those|they|he|she)"
    r" (?:(?:do|done|mean|say|said) (?:to|for)|teach|taught|give|given|cost|tell|told) you\b",
    r"what(?:['’]?s(?: been)?| (?:is|was|were|are|ha[sd] been)) (?:the|your)"
    r" (?:best|worst|(?:hard|tough|scari|sadd|proud|happi|bigg|strang|funni|easi|sweet|nic)e?st)"
    r" (?:part|thing|bit|moment|day|year|lesson|memory)s?\b(?! to do\b)",
    r"what ma(?:de|kes?) [^?]{1,80}\b(?:for|to) (?:you|him|her|them)\b",
    r"what\b[^?]{0,60}\b(?:stayed|stuck|stays|sticks) with (?:you|him|her)\b",
    r"what (?:was |is )?(?:went|going) (?:through|on in) (?:your|his|her|their) (?:mind|head)\b",
)
_BY_HOW = (
    r"(?:what|how)\b[^?]{0,200}\b(?:was|is|were|are|felt?|feel|sound|look)\b[^?]{0,200}"
    r"\b(?:like|feel|for you|to you)\b",
    r"how (?:did|do|does|have|had|has|was|were|are|is) (?:you|he|she|they|it|that|things|your)\b",
)
_BIDDING = (
    r"(?:tell|talk|walk|take) me (?:a (?:bit|little) )?(?:more|about|what|how|through|back)\b",
    r"say (?:a (?:bit|little) )?more\b",
    r"to hear (?:about|more|how|what)\b",
)
_TELLS_OF = re.compile(rf"\b(?:{'|'.join((*_BY_WHAT, *_BY_HOW, *_BIDDING))})", re.IGNORECASE)


def asks_to_tell(question: str) -> bool:
    """Whether it asks what somebody lived through, saw or made of it, and not for some fact."""
    return _TELLS_OF.search(question) is not None
