"""Words without which a mentor does not answer a move.

The reading may be sure of a move and still be wrong; a reply to an invitation nobody made jars
more than none. So each move that the mentor answers must be borne out by the turn's own words.
"""

from __future__ import annotations

import re

from coach.mentor.wording import words

_WORDS: dict[str, tuple[str, ...]] = {
    "appreciation": (
        r"thank\w*|thanx|thx|ta|cheers|grateful|appreciate\w*|kind of you|good of you",
        r"means a lot|help(?:ed|s) me",
    ),
    "commitment": (
        r"i'll|ill|i will|we'll|i'm going to|im going to|i am going to|gonna|promise|i shall",
        r"you have my word|count on me|let me",
    ),
    "follow_through": (r"i|we|i've|ive|we've",),
    "confidentiality": (
        r"between (?:us|you and me|ourselves)|confiden\w+|secret|private|safe with me|not a word",
        r"(?:won't|wont|not|never) (?:tell|repeat|pass|say|mention|breathe)|goes no further",
        r"tell (?:no one|nobody|anyone|anybody)|keep (?:it|that|this)|no one (?:will|needs)",
        r"stays? (?:here|with me|in|between)|nobody (?:will|needs)",
    ),
    "insight_applied": (
        r"you(?:'d|'ve)? (?:said|told|suggested|mentioned|showed|taught)|what you said",
        r"your (?:advice|idea|tip|line|rule|trick|way|words|suggestion|method)|last time|like you",
        r"as you|(?:i|we|i've|we've) (?:tried|used|did it)",
    ),
    "casual_invite": (
        r"coffee|tea|cuppa|brew|pint|drink|lunch|dinner|breakfast|supper|beer|cake|bite|eat|walk",
        r"stroll|join (?:me|us)|come (?:along|with|over|round)|fancy|pub|caf[eé]|canteen|weekend",
        r"invite|game|match",
    ),
    "feedback_request": (
        r"feedback|honest(?:ly)?|blunt|be frank|how (?:did|do|am|was) i|how i|how it came across",
        r"think of (?:me|my)|see in me|did i (?:do|get)|do (?:better|wrong|differently)|improve",
        r"(?:go|went|did) wrong|have done|come across|came across|where (?:did|do) i|mark me",
        r"critici\w+",
    ),
    "guidance_preference": (
        r"prefer|rather|it helps (?:me )?(?:if|when)|i like (?:it )?(?:if|when|to)|i work best",
        r"be (?:blunt|straight|gentle|direct|honest)|don't (?:spare|soften|tell me)|straight",
        r"i learn|plainly|one (?:thing )?at a time|slowly|examples?|in writing|hints?|let me",
    ),
    "perspective_seeking": (
        r"see (?:it|this|that|us)|look(?:s|ed)? (?:like )?(?:from|to you|through)|perspective",
        r"your (?:view|eyes|side|age|generation|time|day|country|angle)|different(?:ly)?|as a",
        r"other side|(?:people|someone) (?:like|of|from)",
    ),
    "mutual_benefit": (
        r"what do you get|get out of|in return|help you|for you|both of us|swap|trade|exchange",
        r"(?:teach|show|offer|give) you|each other|what's in it",
    ),
    "topic_proposal": (
        r"(?:talk|tell me|hear|speak) (?:about|of)",
        r"(?:start|begin) with|go through|look at|let's|lets|(?:like|want) to|discuss",
        r"come to|back to|questions?|(?:could|can|shall) we|today",
    ),
}
_WITNESSES = {move: re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)") for move, parts in _WORDS.items()}


def borne_out(move: str, text: str) -> bool:
    """Whether a turn has words in it that can make a move; moves not listed need none."""
    pattern = _WITNESSES.get(move)
    return pattern is None or pattern.search(" ".join(words(text))) is not None
