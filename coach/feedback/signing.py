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
from coach.listening.odds import log_odds
from coach.listening.reading import MOVES, PRESENT

ENOUGH = 0.65
"""Praise is given where a trainer would sign it so often."""

Line = tuple[float, float, float]
"""Log odds of being signed: what stands for the kind, times log odds of the rule's certainty, and
times log odds that the words shown carry it by themselves."""

SIGNED: Mapping[str, Line] = {
    "acknowledgment": (-0.79, 1.03, 0.05),
    "appreciation": (-0.38, 0.13, 0.28),
    "casual_invite": (-1.02, 0.9, 0.0),
    "clarifying": (-0.46, 0.24, 0.37),
    "commitment": (-0.04, 0.05, 0.57),
    "confidentiality": (-0.32, 0.3, 0.24),
    "feedback_request": (-1.02, 0.31, 0.28),
    "follow_through": (-0.75, 0.26, 0.69),
    "guidance_preference": (-0.76, 0.11, 0.33),
    "insight_applied": (-0.87, 0.45, 0.28),
    "knowledge_share": (-0.39, 0.75, 0.3),
    "mutual_benefit": (-0.87, 0.34, 0.0),
    "own_observation": (0.21, 0.67, 0.53),
    "paraphrase_faithful": (-0.66, 0.44, 0.01),
    "paraphrase_true": (-0.85, 0.6, 0.1),
    "perspective_seeking": (-0.94, 0.13, 0.48),
    "question_open": (-0.98, 0.45, 0.16),
    "question_open_uptake": (-0.62, 0.36, 0.17),
    "reflection_complex": (-1.24, 0.18, 0.49),
    "topic_proposal": (-0.84, 0.0, 0.35),
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
    return log_odds(certainty), log_odds(carried)
