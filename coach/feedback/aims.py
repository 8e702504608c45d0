"""What a question is for where it is for more than to learn something: patterns of its words."""

from __future__ import annotations

_SOFTLY = r"(?: (?:please|just|maybe|perhaps|possibly|also|then|not))*"
# "Can I catch it?" and "Could I have known?" ask no leave, and "Can I ask who?" asks more.
LEAVE = (
    rf"(?:(?:may|can|could) i(?={_SOFTLY} (?:ask(?! (?:you )?(?:wh\w+|how|if)\b)|tell|say|show|see"
    r"|take|bring|come|sit|stand|stay|borrow|nick|use|try|read|ring|phone|write|send|put|start"
    r"|begin|propose|suggest|offer|help|join|look|go (?:over|first|with)|talk|watch|share|keep"
    r"|add|quote|work with|have (?:an?|the|one|some|that|this))\b)"
    r"|would you mind\b(?! (?:it|that|him|her|them)\b)|do you mind if\b"
    r"|(?:is it|would it be) (?:ok|okay|all ?right|fine|possible) (?:if|for me|to)\b"
    r"|would (?:that|this) be (?:ok|okay|all ?right|fine)\b)"
)
OFFERS = (
    r"(?:(?:do|would) you (?:want|like) me to\b"
    rf"|(?:also,? )?i{_SOFTLY} (?:could|can){_SOFTLY} (?:show|teach|help|lend|bring|send|read)"
    r" (?:you|u)\b"
    r"|would (?:that|it|this) be (?:of )?(?:any|some) (?:use|help|good)\b"
    r"|would (?:that|it|this) help(?: you)?(?= if (?:i|we)\b|\W*\?))"
)
PROPOSES = (
    r"(?:shall (?:i|we)\b|why (?:don['’]?t|do not) we\b"
    r"|(?:can|could) we(?= (?:talk|look|go|meet|sit|start|begin|try|walk|agree|speak|ask)\b)"
    r"|why (?:don['’]?t|do not) you(?= (?:just|try|ask|go|ring|call|get|put|use|start|write|send"
    r"|bring|speak to|talk to)\b)|how about (?:we|if|\w+ing)\b)"
)
# "Would you lend me that, if you were me?" asks nobody for it.
FAVOUR = (
    r"(?:(?:can|could) i(?= ask you to\b)"
    rf"|(?:can|could|will|would) you(?={_SOFTLY} (?:show|send|give|lend|teach|help|read|watch|let"
    r"|remind|pass|play|talk|take|look|check|repeat|ring|introduce|bring|write)\b"
    r"(?: [\w'’]+){0,5}? (?:me|us|my|our)\b)"
    r"(?![^?]*\b(?:if you (?:were|had)|an? (?:example|idea|sense))\b))"
)
IDEA = r"have you (?:ever )?(?:thought (?:of|about)|considered)(?= (?:just )?\w+ing\b)"
ADVISES = rf"(?:why (?:don['’]?t|do not) you\b|have you (?:ever )?tried\b|{IDEA})"
# "How could you bear it?" wonders, "What were you thinking when it cracked?" wants to know.
BLAMES = (
    r"(?:why (?:on earth|the hell|the heck) (?:would|did|do|are|were|have|didn['’]?t|don['’]?t)"
    r" you\b"
    r"|(?:how (?:could|can)|why would) you (?:just|even think|do (?:that|this) to"
    r"|be so (?:careless|stupid|cruel|blind|selfish|thoughtless|mean|lazy|dumb))\b"
    r"|how (?:is|was) (?:that|this|it) (?:even |at all )?(?:fair|ok|okay|acceptable"
    r"|my (?:fault|problem))\b"
    r"|what (?:gives|gave) you the right\b"
    r"|what(?:['’]?s| is) (?:wrong with you|your problem)\b|who do you think you are\b)"
)
"""Reproaches that have only the form of a question."""
THINKING = r"what were you (?:even )?thinking(?=\W*$)"
"""One too where it is the whole question: not after "when he drove off"."""

TAKEN = (
    r"(?:(?:so|and|then),? (?:what )?(?:you(?:['’]?re| are)|ur) (?:saying|telling me)"
    r"|(?<!what )(?<!what do )(?:so |do )?you mean that"
    r"|if i(?:['’]?ve| have)? (?:understood|understand)\b"
    r"(?!(?: (?:it|that|this|you))?\W+(?:i|will|can|shall)\b))"
)
"""Words that go before what was understood, which they check where it is asked."""

LEAD_IN = r"what do (?:you|u) (?:think|reckon|say)"
"""Leads up to a question, and asks for nothing that could be told without it."""
