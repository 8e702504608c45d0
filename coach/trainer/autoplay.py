"""Scripted listeners play a scenario, so that its author sees whether listening pays.

A good listener hands back what was told and asks openly; a poor one nods and asks for facts; a
rude one advises, belittles and talks of themselves. All are read by the real models and answered
by the real mentor. Same scenario, same models: same talk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from coach.listening.listener import Listener
from coach.mentor.mentor import Line, Mentor
from coach.mentor.scenario import Scenario

Manner = Literal["good", "poor", "rude"]
TURNS = 20
PAYS = 2.0
"""How many times more the good listener must hear than the poor one."""

_POOR = (
    "ok", "Is that so?", "Right.", "Was that long ago?", "I see.", "Did you like it?", "Mhm.",
    "And was it far from here?", "Sure.", "Who was that?", "Nice.", "How many people was that?",
    "Yeah.", "Do you still do that?", "Good.", "Was it expensive?", "Okay then.", "Is it always "
    "like that?", "Hm.", "What year was it?",
)  # fmt: skip
_RUDE = (
    "You should just leave and do something else.", "That doesn't sound like much of a problem.",
    "Anyway, I bought a new car on Saturday.", "You're exaggerating, everybody has that.",
    "What you need to do is write it all down.", "Well, that was your own fault.",
    "I went skiing last week, it was brilliant.", "Honestly, who cares about that now?",
    "You ought to have said no.", "It can't have been that bad.", "My phone is nearly flat.",
    "You should stop worrying and get on with it.", "That's nonsense.", "So, about my holiday.",
    "You'd better learn to use a computer.", "Come on, that's nothing.", "I had it much worse.",
    "You must get a proper system.", "Boring, but fine.", "I'm off to lunch soon, by the way.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Played:
    """One talk: who listened how, what came of it, and what was said (learner, mentor)."""

    manner: Manner
    points: int
    trust: float
    turns: tuple[tuple[str, str], ...]


def play(
    scenario: Scenario, listener: Listener, manner: Manner, *, turns: int = TURNS, seed: int = 0
) -> Played:
    """One scripted talk of at most so many turns."""
    mentor = Mentor(scenario, listener.closeness, seed, fits=listener.fits)
    line = mentor.opening()
    said: list[tuple[str, str]] = []
    earlier: tuple[str, ...] = ()
    for number in range(turns):
        text = _SAYS[manner](mentor, line, number)
        (reading,) = listener.read_rows([line.answered(text)])
        context, line = line.text, mentor.reply(text, reading, line.text, earlier)
        earlier = (context, text)
        said.append((text, line.text))
        if line.closing:
            break
    return Played(manner, _points(mentor), mentor.state.trust, tuple(said))


def _points(mentor: Mentor) -> int:
    """How many key points were told."""
    told = [key.split("/") for key in mentor.state.said if key.startswith("topic/")]
    return sum(
        len(points)
        for _, topic, depth in told
        for name, points in mentor.scenario.topic(topic).key_points.items()
        if name == depth
    )


def _well(mentor: Mentor, line: Line, number: int) -> str:
    del number
    topic = mentor.current_topic()
    if line.depth == "full" and topic is not None:
        return topic.better_paraphrase
    asked = mentor.state.pending or ""
    answered = ""
    if asked.startswith("asks/") and topic is not None and topic.hears:
        answered = topic.hears[0].answers[0].rstrip(" .") + ". "
    ahead = mentor.next_topic()
    if ahead is None:
        return answered or "Thank you for telling me all that. What are you taking from it?"
    return answered + ahead.better_question


def _poorly(mentor: Mentor, line: Line, number: int) -> str:
    del mentor, line
    return _POOR[number % len(_POOR)]


def _rudely(mentor: Mentor, line: Line, number: int) -> str:
    del mentor, line
    return _RUDE[number % len(_RUDE)]


_SAYS: dict[Manner, Callable[[Mentor, Line, int], str]] = {
    "good": _well,
    "poor": _poorly,
    "rude": _rudely,
}


@dataclass(frozen=True, slots=True)
class Paid:
    """What the three listeners heard of one scenario."""

    scenario: Scenario
    good: Played
    poor: Played
    rude: Played

    @property
    def ratio(self) -> float:
        """Key points the good listener heard for each of the poor one's."""
        return self.good.points / max(1, self.poor.points)

    @property
    def holds(self) -> bool:
        """Whether listening pays: far more is heard, and trust ends higher."""
        higher = self.good.trust > max(self.poor.trust, self.rude.trust)
        return self.ratio >= PAYS and higher


def play_all(scenario: Scenario, listener: Listener, *, seed: int = 0) -> Paid:
    """All three listeners in turn."""
    good, poor, rude = (play(scenario, listener, m, seed=seed) for m in ("good", "poor", "rude"))
    return Paid(scenario, good, poor, rude)


def table(played: Iterable[Paid]) -> str:
    """Scenarios as rows: key points heard and trust at the end by each listener."""
    rows = [
        "| scenario | key points heard by good | poor | rude | good : poor "
        "| trust of good, poor, rude | listening |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in played:
        trust = ", ".join(f"{p.trust:.2f}" for p in (one.good, one.poor, one.rude))
        rows.append(
            f"| {one.scenario.id} | {one.good.points} | {one.poor.points} | {one.rude.points} "
            f"| {one.ratio:.1f} | {trust} | {'pays' if one.holds else 'DOES NOT PAY'} |"
        )
    return "\n".join(rows)
