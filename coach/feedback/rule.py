"""What a rule is: when it holds, how sure that is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.feedback.asking import SURE
from coach.feedback.card import Quote, Remark
from coach.feedback.facts import Facts


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table of rules; a table's order is the rules' priority.

    ``certainty`` is how sure the rule's condition is, 0 where it does not hold; the rule is
    asserted from ``at_least`` on. ``says`` writes the remark, or None where the words that
    would show the reason cannot be quoted: a mark without a visible reason is not made.
    """

    skill: str
    certainty: Callable[[Facts], float]
    says: Callable[[Facts], Said | None]
    at_least: float = SURE

    def remark(self, facts: Facts) -> Remark | None:
        """What the rule says of a turn; None where no words would show the reason."""
        said = self.says(facts)
        if said is None or said.yours is None:
            return None
        return Remark(
            skill=self.skill,
            title=said.title,
            words=said.words,
            rule=said.rule,
            yours=said.yours,
            theirs=said.theirs,
            example=said.example,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A remark but for its skill."""

    title: str
    words: str
    rule: str
    yours: Quote | None
    theirs: Quote | None = None
    example: str | None = None


def first_remark(rules: Sequence[Rule], facts: Facts) -> Remark | None:
    """The remark of the first rule that holds, is sure enough and can show its reason."""
    for rule in rules:
        if rule.certainty(facts) < rule.at_least:
            continue
        remark = rule.remark(facts)
        if remark is not None:
            return remark
    return None
