"""Words that announce a recap, or put one up to be put right."""

from __future__ import annotations

import re

from coach.feedback.aims import TAKEN

ANNOUNCED = re.compile(
    r"\blet me (?:say|go over|repeat|check)\b[^.?!:]*\b(?:back|got|heard|understood)\b"
    r"|\blet me see if i(?:['’]ve| have)\b[^.?!:]*\b(?:got|right|straight)\b",
    re.IGNORECASE,
)
_PUT_UP = re.compile(
    r"\b(?:(?:if|have) i(?:['’]ve| have)? (?:got|understood|heard|read|get|understand)"
    r"(?: (?:it|that|this|you|them|all))* (?:right|correctly|wrong)"
    r"|did i (?:understand|hear)(?: (?:it|that|this|you))* (?:right|correctly|wrong)"
    r"|is (?:that|this) (?:about )?(?:right|correct)|right so far"
    r"|is (?:that|this) (?:(?:about )?it|how it was|what you (?:mean|meant|said))(?=\W*\?)"
    r"|(?:have i followed(?: (?:you|it|that))?|am i (?:near|close|far off|right)(?: it)?)(?=\W*\?)"
    r"|tell me (?:if|where) i(?:['’](?:m|ve)| am| have) (?:wrong|got)\b[^.?!]*)\b",
    re.IGNORECASE,
)
TAKEN_FOR = re.compile(rf"\b{TAKEN}(?=[^.!?]{{0,200}}\?)", re.IGNORECASE)


def put_up_for_checking(text: str) -> re.Match[str] | None:
    """The words that put what was understood up for checking; None where there are none."""
    return ANNOUNCED.search(text) or _PUT_UP.search(text) or TAKEN_FOR.search(text)
