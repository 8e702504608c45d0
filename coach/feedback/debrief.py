"""The debrief: a talk looked back on in words, after the learner's own rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.feedback.card import Quote, Remark
from coach.feedback.debrief_model import Debrief, Figures, Moment, ReadTurn
from coach.feedback.facts import Facts
from coach.feedback.figures import talk_figures
from coach.feedback.lines import TOO_BARE, weightiest
from coach.feedback.practise import practise_next
from coach.feedback.quotes import has_words, quote, sentences
from coach.feedback.strengths import STRENGTHS
from coach.feedback.tries import TRIES
from coach.listening.reading import Span

ENOUGH = 3
"""Judged turns from which on a talk can be looked back on."""
_MOMENTS = 2

_PRAISED = [rule.skill for rule in STRENGTHS]
# A nod, a thank-you, or what may not be true throughout is a moment of the talk only where nothing
# else was praised in it.
_SLIGHT = ("acknowledgment", "appreciation", "said_back")
_WORTH = [skill for skill in _PRAISED if skill not in _SLIGHT]
_MISSES = [rule.skill for rule in TRIES]


def write_debrief(
    turns: Sequence[ReadTurn],
    *,
    opening: str,
    heard: Sequence[str],
    unheard: int,
    own_rating: int | None,
) -> Debrief:
    """Look back on a talk. Same arguments, same debrief.

    Args:
        turns: the talk's turns in order, one attempt each.
        opening: the mentor's first words.
        heard: what the mentor opened up about.
        unheard: how many topics stayed closed.
        own_rating: the learner's own, 1 to 5, or None.

    Returns:
        The debrief; ``judged`` false where fewer than `ENOUGH` turns could be judged.
    """
    figures = talk_figures(turns)
    if figures.judged < ENOUGH:
        return Debrief(
            judged=False,
            reason=_too_short(figures.judged),
            opening=_first_words(figures.judged, own_rating, opening),
            heard=tuple(heard),
            unheard=unheard,
            figures=figures,
        )
    judged = [turn for turn in turns if turn.card.judged]
    worked = _praised(judged, _WORTH) or _praised(judged, _PRAISED)
    missed = _best(judged, _MISSES, lambda turn: turn.card.try_next)
    words, skill = practise_next(judged)
    return Debrief(
        judged=True,
        opening=f"{_first_words(figures.judged, own_rating, opening)} {_what_was_done(figures)}",
        worked=tuple(_moment(turn, remark, _answered(turn)) for turn, remark in worked),
        missed=tuple(
            _moment(turn, remark, _to_take_up(turn), wording)
            for (turn, remark), wording in zip(missed, _wordings(missed), strict=True)
        ),
        practise_next=words,
        practise_skill=skill,
        heard=tuple(heard),
        unheard=unheard,
        figures=figures,
    )


def _first_words(judged: int, own_rating: int | None, opening: str) -> str:
    if not judged:
        return "The talk ended before there was a turn to look back on."
    began = quote(opening, _last(opening))
    turns = "one turn" if judged == 1 else f"{judged} turns"
    since = f", from “{began.text}” on" if began else ""
    if own_rating is None:
        return f"Looking back on {turns}{since}."
    return (
        f"You gave your listening {own_rating} of 5. Beside that, here is a look back on "
        f"{turns}{since}."
    )


def _what_was_done(figures: Figures) -> str:
    """What the turns did, for better or worse, so that a talk without moments tells of it too."""
    openly = round((figures.open_share or 0.0) * figures.questions)
    asked = "You asked nothing"
    if figures.questions:
        asked = f"You asked in {figures.questions} of them, openly in {openly or 'none'},"
    back = f"something back in {figures.reflections}" if figures.reflections else "nothing back"
    return f"{asked} and said {back}."


def _too_short(judged: int) -> str:
    had = {0: "none", 1: "one"}.get(judged, str(judged))
    return (
        f"A look back needs {ENOUGH} turns that can be judged, and this talk has {had}. What was "
        "said is kept, and a longer talk will tell more."
    )


def _wordings(missed: Sequence[tuple[ReadTurn, Remark]]) -> list[str | None]:
    """The remarks' own examples, none of them twice; what a card did not say is not made up."""
    found: list[str | None] = []
    for _, remark in missed:
        found.append(remark.example if remark.example not in found else None)
    return found


def _praised(turns: Sequence[ReadTurn], skills: Sequence[str]) -> list[tuple[ReadTurn, Remark]]:
    return _best(turns, skills, lambda turn: turn.card.strength)


def _best(
    turns: Sequence[ReadTurn], order: Sequence[str], remark_of: Callable[[ReadTurn], Remark | None]
) -> list[tuple[ReadTurn, Remark]]:
    """The two remarks that matter most, of different skills where there are such, as told."""
    ranked = sorted(
        (
            (order.index(remark.skill), turn, remark)
            for turn in turns
            if (remark := remark_of(turn)) is not None and remark.skill in order
        ),
        key=lambda found: (found[0], -found[1].reading.uptake, found[1].number),
    )
    # A second moment of the same kind teaches less than one of another kind.
    kinds = [
        found
        for at, found in enumerate(ranked)
        if all(found[0] != other[0] for other in ranked[:at])
    ]
    rest = [found for found in ranked if found not in kinds]
    best = [*kinds, *rest][:_MOMENTS]
    return [(turn, remark) for _, turn, remark in sorted(best, key=lambda found: found[1].number)]


def _answered(turn: ReadTurn) -> Quote | None:
    """What the turn most likely answered: the mentor's last sentence, if it says something."""
    full = [(a, b) for a, b in sentences(turn.context) if has_words(turn.context[a:b], TOO_BARE)]
    return quote(turn.context, full[-1] if full else _last(turn.context))


def _to_take_up(turn: ReadTurn) -> Quote | None:
    """What most asked to be taken up."""
    return weightiest(turn.context) or quote(turn.context, (0, len(turn.context)))


def _last(text: str) -> Span | None:
    return next(reversed(sentences(text)), None)


def _moment(
    turn: ReadTurn, remark: Remark, theirs: Quote | None, better: str | None = None
) -> Moment:
    """A moment as told; ``theirs`` stands where the remark quotes nothing of the mentor's."""
    facts = Facts(turn.context, turn.text, turn.reading)
    theirs = remark.theirs or theirs
    yours = remark.yours or facts.yours([])
    return Moment(
        turn=turn.number,
        theirs=theirs.text if theirs else "",
        yours=yours.text if yours else "",
        why=remark.words,
        better=better,
    )
