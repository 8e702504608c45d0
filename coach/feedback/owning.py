"""The strength of owning a slip of one's own."""

from __future__ import annotations

import re

from coach.feedback.facts import Facts
from coach.feedback.quotes import quote, sentences
from coach.feedback.rule import Rule, Said

_OWNED = re.compile(
    r"""
    \bi\ (?:really\ |probably\ )?should(?:n['’]?t|\ not)(?:\ have|['’]ve|\ of|\ a)\b
    | \bi\ should(?:\ have|['’]ve|\ of)\ (?:asked|told|said|rung|rang|called|checked|listened
        |waited|written|come|kept|let|given|known|stayed|looked|thought)\b
    | (?<!not\ )(?<!n['’]t\ )\bmy\ (?:fault|mistake)\b
    | (?<!think\ )(?<!said\ )(?<!thought\ )(?<!say\ )(?<!if\ )\bi\ was\ (?:so\ )?
        (?:wrong|rude|unfair|out\ of\ (?:order|line)|too\ (?:quick|harsh|hasty))\b
    | \bi\ got\ (?:it|that|you|him|her|them)\ (?:all\ )?wrong\b
    | \bi(?:['’]ve)?\ made\ (?:a|the)\ mistake\b | \bi\ messed\ (?:(?:it|that|this)\ )?up\b
    | \bi\ let\ (?:you|him|her|them)\ down\b | \bi\ (?:cut|talked)\ (?:across|over)\b
    | \bi\ (?:interrupted|apologi[sz]e)\b
    | \bsorry\ (?:that\ )?(?:for\ (?:what\ )?)?i\ (?:said|did|was|cut|missed|kept|let|forgot|left
        |shouted|snapped|laughed|never|took|made|called|went)\b
    | \bsorry\ for\ (?:saying|shouting|snapping|not)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AGREES = 0.3
"""How likely an honest look at oneself must be beside such words.

By itself the model shows it at 0.85, and in 180 turns of talks missed five of six that were owned.
"""


def _owned_certainty(facts: Facts) -> float:
    return facts.move("own_observation") if _OWNED.search(facts.text) else 0.0


def _owned(facts: Facts) -> Said | None:
    found = _OWNED.search(facts.text)
    if found is None:
        return None
    whole = next((s for s in sentences(facts.text) if s[0] <= found.start() < s[1]), found.span())
    return Said(
        title="A slip, owned",
        words="This says plainly what was not right on your own side. It need not stand between "
        "you any longer.",
        rule="Rule: name your own slip before anybody has to.",
        yours=quote(facts.text, whole),
    )


OWNED_UP = Rule("owned_up", _owned_certainty, _owned, _AGREES)
