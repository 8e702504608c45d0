"""Events as lines of text: what a screen reader reads out or a pipe passes on.

Every line says who speaks. Nothing wraps, so that a terminal or a reader can.
"""

from __future__ import annotations

from collections.abc import Iterator

from coach.feedback import words
from coach.feedback.card import Card, QuestionNote, Remark
from coach.feedback.debrief_model import Debrief, Figures, Moment
from coach.mentor.scenario import Scenario
from coach.practice.typed import shown

COACH = "Coach: "


def line(text: str) -> str:
    """Anybody's words on one line, safe for a terminal."""
    return " / ".join(part for part in shown(text).replace("\t", " ").split("\n") if part.strip())


def briefing_lines(scenario: Scenario) -> Iterator[str]:
    """Who you will meet, who you are, what you want."""
    mentor = scenario.mentor
    yield f"Scenario: {line(scenario.title)} ({scenario.difficulty}, {scenario.minutes} minutes)"
    yield f"Mentor: {line(mentor.name)}, {line(mentor.role)}. {line(mentor.about)}"
    yield f"Where: {line(scenario.setting)}"
    yield f"Your part: {line(scenario.learner_role)}"
    yield f"Your goal: {line(scenario.goal)}"


def card_lines(card: Card, mentor: str, *, numbers: bool = False) -> Iterator[str]:
    """A whole card; each line begins with "Coach:" or with what the quote is."""
    if not card.judged:
        yield f"{COACH}{words.NOT_JUDGED}: {line(words.reason(card))}"
        return
    if card.strength is not None:
        yield from _remark(words.WORKED, card.strength, mentor)
    if card.try_next is not None:
        yield from _remark(words.TO_TRY, card.try_next, mentor)
    if card.strength is None and card.try_next is None:
        yield f"{COACH}{words.PLAIN}"
    if card.question is not None and card.question.kind != "none":
        yield f"{COACH}Question: {_question(card.question)}"
    for point in card.points:
        became = words.point_words(point.status, point.sure)
        yield f"{COACH}Key point {became}: {line(point.told_of(mentor))}"
    for quote in card.added:
        yield f"{COACH}Added: {_quoted(quote.text)}"
    for quote in card.copied:
        yield f"{COACH}Copied: {_quoted(quote.text)}"
    if card.depth:
        yield f"{COACH}Depth: {line(card.depth)}"
    if card.moves:
        moves = ", ".join(move.replace("_", " ") for move in card.moves)
        yield f"{COACH}{words.ALSO_SEEN}: {moves}"
    if numbers and card.score is not None:
        yield f"{COACH}Paraphrase: {card.score} of 100"


def _remark(label: str, remark: Remark, mentor: str) -> Iterator[str]:
    yield f"{COACH}{label}: {line(remark.title)}. {line(remark.words)}"
    if remark.yours is not None:
        yield f"  You said: {_quoted(remark.yours.text)}"
    if remark.theirs is not None:
        yield f"  {mentor} said: {_quoted(remark.theirs.text)}"
    if remark.example:
        yield f"  {words.EXAMPLE}: {_quoted(remark.example)}"
    yield f"  Why: {line(words.why(remark))}"


def _question(note: QuestionNote) -> str:
    asked = words.question_words(note)
    return f"{asked}. {line(note.why)}" if note.why else asked


def _quoted(text: str) -> str:
    return f'"{line(text).strip()}"'


def debrief_lines(debrief: Debrief, mentor: str, *, numbers: bool = False) -> Iterator[str]:
    """The talk looked back on, in words; figures where they are wanted."""
    yield f"{COACH}Debrief. {line(debrief.opening)}"
    if not debrief.judged:
        yield f"{COACH}Not enough to judge: {line(debrief.reason or 'the talk was too short')}"
    for moment in debrief.worked:
        yield from _moment("Worked", moment, mentor)
    for moment in debrief.missed:
        yield from _moment("A missed opening", moment, mentor)
    if debrief.practise_next:
        yield f"{COACH}Practise next: {line(debrief.practise_next)}"
    if debrief.heard:
        yield f"{COACH}{mentor} opened up about: {'; '.join(map(line, debrief.heard))}."
    if debrief.unheard:
        topics = "topic" if debrief.unheard == 1 else "topics"
        yield f"{COACH}Still closed: {debrief.unheard} {topics}."
    if numbers:
        yield from figure_lines(debrief.figures)


def _moment(label: str, moment: Moment, mentor: str) -> Iterator[str]:
    yield f"{COACH}{label}, turn {moment.turn}: {line(moment.why)}"
    yield f"  {mentor} said: {_quoted(moment.theirs)}"
    yield f"  You said: {_quoted(moment.yours)}"
    if moment.better:
        yield f"  A wording to try: {_quoted(moment.better)}"


def figure_lines(figures: Figures) -> Iterator[str]:
    """The talk in numbers, with what they mean."""
    yield f"{COACH}Turns: {figures.turns}, of which {figures.judged} could be judged."
    ratio = figures.reflections_to_questions
    yield (
        f"{COACH}Reflections to questions: {figures.reflections} to {figures.questions}"
        + (f", that is {ratio:.1f} to 1" if ratio is not None else "")
        + " (1 to 1 is called fair, 2 to 1 good)."
    )
    if figures.open_share is not None:
        yield f"{COACH}Open questions: {figures.open_share:.0%} of the questions."
    if figures.talk_share is not None:
        yield f"{COACH}Your share of the words: {figures.talk_share:.0%}."
    if figures.uptake:
        pairs = zip(figures.uptake_turns, figures.uptake, strict=True)
        told = ", ".join(f"turn {turn} {value:.2f}" for turn, value in pairs)
        yield f"{COACH}Uptake, 0 to 1, turn by turn: {told}."
    yield f"{COACH}{line(figures.note)}"
