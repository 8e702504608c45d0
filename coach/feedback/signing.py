"""How often a trainer would sign praise: of a kind, so sure, and borne out by the words shown.

A model may be sure of a move in which a trainer sees nothing worth a word, and praise may rest on
words that do not show it. Readers judged 2,550 remarks that could have been made of turns of talks
which no weights had seen (``data/labelled/cards/judged.jsonl``): signed, odd or wrong. `SIGNED` is
fitted to two thirds of them (``python -m coach.training.signing`` prints it), and
``coach eval signed`` measures on the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from coach.feedback.card import Remark
from coach.feedback.facts import Facts
from coach.feedback.rule import Rule
from coach.listening.reading import MOVES, PRESENT

ENOUGH = 0.65
"""Praise is given where a trainer would sign it so often."""

Line = tuple[float, float, float]
"""Log odds of being signed: what stands for the kind, times log odds of the rule's certainty, and
times log odds that the words shown carry it by themselves."""

SIGNED: Mapping[str, Line] = {
    "acknowledgment": (-0.58, 1.09, 0.08),
    "appreciation": (-0.69, 0.1, 0.39),
    "casual_invite": (-1.05, 0.66, 0.02),
    "clarifying": (-0.45, 0.15, 0.52),
    "commitment": (-0.06, 0.08, 0.6),
    "confidentiality": (-0.27, 0.42, 0.0),
    "feedback_request": (-0.87, 0.22, 0.34),
    "follow_through": (-0.76, 0.08, 0.78),
    "guidance_preference": (-0.98, 0.29, 0.19),
    "insight_applied": (-1.01, 0.5, 0.43),
    "knowledge_share": (0.02, 0.41, 0.03),
    "mutual_benefit": (-0.85, 0.47, 0.0),
    "own_observation": (-0.01, 0.74, 0.24),
    "paraphrase_faithful": (-0.66, 0.41, 0.1),
    "paraphrase_true": (-0.75, 0.65, 0.18),
    "perspective_seeking": (-1.09, 0.16, 0.55),
    "question_open": (-1.11, 0.69, 0.0),
    "question_open_uptake": (-0.62, 0.43, 0.11),
    "reflection_complex": (-1.53, 0.37, 0.47),
    "topic_proposal": (-1.03, 0.04, 0.34),
}

MARKS = {
    "paraphrase_faithful": "reflects",
    "paraphrase_true": "reflects",
    "reflection_complex": "complex",
    "question_open_uptake": "open",
    "question_open": "open",
    "clarifying": "clarifying",
} | {move: move for move in MOVES}
"""The mark that the words of a remark have to show, of kinds that rest on one."""
_SUREST = 0.99
"""No probability counts for more, nor for less than the rest to 1."""


def first_signed(rules: Sequence[Rule], facts: Facts) -> Remark | None:
    """The remark of the first rule that a trainer would sign often enough."""
    for rule in rules:
        certainty = rule.certainty(facts)
        if certainty < least(rule):
            continue
        remark = rule.remark(facts)
        if remark is not None and signed(remark, certainty, facts) >= ENOUGH:
            return remark
    return None


def least(rule: Rule) -> float:
    """From which certainty on praise of a kind is weighed at all."""
    return PRESENT if rule.skill in SIGNED else rule.at_least


def signed(remark: Remark, certainty: float, facts: Facts) -> float:
    """How often a trainer would sign praise; 1.0 for kinds whose rule alone decides."""
    return chance(remark.skill, *evidence(remark, certainty, facts))


def chance(skill: str, sure: float, carried: float) -> float:
    """The same by log odds, as `evidence` gives them."""
    line = SIGNED.get(skill)
    if line is None:
        return 1.0
    kind, by_certainty, by_words = line
    return 1.0 / (1.0 + math.exp(-(kind + by_certainty * sure + by_words * carried)))


def evidence(remark: Remark, certainty: float, facts: Facts) -> tuple[float, float]:
    """Log odds of a rule's certainty, and of the words shown bearing it out by themselves."""
    mark = MARKS.get(remark.skill)
    carried = certainty
    if mark is not None and remark.yours is not None:
        alone = facts.carried(remark.yours.span, mark)
        carried = certainty if alone is None else alone
    return _log_odds(certainty), _log_odds(carried)


def _log_odds(p: float) -> float:
    p = min(max(p, 1.0 - _SUREST), _SUREST)
    return math.log(p / (1.0 - p))
