"""What the rules of `coach.mentor.policy` look at and what they say.

Each reply is a `Say`, or None where another rule has to speak.
"""

from __future__ import annotations

from dataclasses import replace

from coach.mentor.hearing import Heard
from coach.mentor.matching import KNOWN_CLOSED, SAME_QUESTION
from coach.mentor.state import CONFIDES, OPENS_UP
from coach.mentor.telling import Say, Teller, goodbye

TOLD = 0.58
"""From this nearness on what the learner told is met by the answer the file has to it."""
SAME_AGAIN = 0.7
"""From this nearness on a question is one that has been answered."""
DOUBT = 0.2
"""From this chance on that nothing was handed back, an answer goes without a word of praise."""


def says_goodbye(teller: Teller) -> Say:
    """A goodbye, warm or cool by trust."""
    return goodbye(teller.script, teller.state)


def encouraged(teller: Teller) -> Say | None:
    """A word of encouragement alone, not twice running: that would leave the talk standing."""
    only = all(key.startswith("encouraged/") for key in teller.state.last)
    return None if only else teller.encouraged(None)


def does_not_know(teller: Teller) -> Say | None:
    """What is said where nothing answers: the rest of a story just begun, or that it is unknown."""
    return teller.told() or teller.begun() or teller.passes_over()


def partly(teller: Teller) -> Say | None:
    """That some of it was understood, not twice running."""
    only = all(key.startswith("partly/") for key in teller.state.last)
    return None if only else teller.manners("partly", "encouraged")


def answers_it(teller: Teller) -> Say | None:
    """What the mentor knows of what was asked: a small answer, a story, or a yes to leave."""
    heard = teller.heard
    if known_answer(heard) and (say := teller.answer()):
        return say
    topic = named_topic(heard)
    say = teller.asked(topic, openly=heard.asks == "open") if topic else None
    if say is None and heard.wants_leave:
        return teller.manners("agreed", "answer")
    return say


def landed(teller: Teller) -> Say | None:
    """A word that it landed, and then what was asked beside it, or a deeper part of the story."""
    heard = teller.heard
    current = heard.state.current
    deeper = teller.deeper(current) if current else None
    if heard.asks_for_something:
        say = answers_it(teller)
        if say is None and deeper is not None:
            return teller.first_this(deeper) or teller.encouraged(deeper)
        say = say or teller.passes_over()
        # A word that it landed jars where what landed is in doubt and an answer was wanted.
        return teller.encouraged(say) if heard.reading.reflection.p["none"] < DOUBT else say
    if current is None:
        return encouraged(teller)
    if deeper:
        return teller.encouraged(deeper)
    say = teller.encouraged(teller.asks_back(current))
    return replace(say, why="You said back what you heard, and rightly.") if say else None


def moved(teller: Teller) -> Say | None:
    """The answer to what the turn did, other than ask."""
    heard = teller.heard
    moves = heard.helpful
    if heard.wants_leave or heard.topic not in (None, *teller.state.told):
        # "Shall we start?" wants a yes; and a proposal to talk about something the mentor can
        # tell is best answered by telling it.
        moves = tuple(move for move in moves if move != "topic_proposal")
    return teller.move(moves)


def names_a_topic(heard: Heard) -> bool:
    """Whether a question is near enough to a story to be answered by it."""
    if heard.found.about != "topic":
        return False
    elsewhere = heard.on_story and heard.found.topic != heard.state.current
    if elsewhere and heard.asks_for_something:
        # Asked about the story just told: another one runs over it. In judged talks that fitted
        # once in ten times, so it takes another story's own question.
        return heard.found.topic_score >= SAME_QUESTION
    return heard.asks == "open" or heard.found.topic_score >= KNOWN_CLOSED


def named_topic(heard: Heard) -> str | None:
    """The topic of the story that a question is near enough to."""
    return heard.found.topic if names_a_topic(heard) else None


def same_again(heard: Heard) -> bool:
    """Whether what was told is what was asked for, not something else beside it."""
    if heard.found.about == "answer":
        given = any(key.startswith(f"{heard.found.answer}/") for key in heard.state.said)
        return given and heard.found.answer_score >= SAME_AGAIN
    told = heard.found.topic in heard.state.told
    return told and heard.sure and heard.sort in ("what", "how")


def asked(teller: Teller) -> Say | None:
    """What was asked about, or what is next where the question only leans on the last line."""
    heard = teller.heard
    if heard.after_answer and heard.leans:
        more = teller.brings_up if heard.bids_go_on else teller.passes_over
        return teller.answer_again() or more()
    if heard.topic is None:
        return teller.brings_up() if heard.leans else None
    # "What do you mean?" earns no confidence.
    opens = heard.asks == "open" and not (heard.leans and heard.lost)
    openly = opens or "topic_proposal" in heard.helpful
    say = teller.asked(heard.topic, openly=openly)
    return say or (teller.answer() if heard.leans and heard.follows_up else None)


def more_of_it(teller: Teller) -> Say | None:
    """More of the story just told, to a question that stays with it."""
    heard, topic = teller.heard, teller.state.current
    if topic is None or teller.state.trust < (CONFIDES if heard.asks == "open" else OPENS_UP):
        return None
    deeper = teller.deeper(topic)
    return (teller.first_this(deeper) or deeper) if heard.asks_for_something else deeper


def mentioned(teller: Teller) -> Say | None:
    """An untold topic that the turn touched on."""
    topic = teller.heard.found.topic
    openly = "topic_proposal" in teller.heard.helpful
    if topic is None or topic in teller.state.told:
        return None
    say = teller.asked(topic, openly=openly)
    return replace(say, why="") if say else None


def told_already(teller: Teller) -> Say | None:
    """What is said where there is no more of what was asked about."""
    topic = teller.heard.topic
    dry = teller.manners("ran_dry", "dry")
    if topic is None:  # a small answer, given before
        return dry or teller.brings_up()
    # A question back keeps the talk at what was told; that there is no more is said last.
    return teller.asks_back(topic) or dry or teller.brings_up()


def in_other_words(teller: Teller) -> Say | None:
    """What was not followed once more: a story told bare in full, one told in full in short."""
    heard, topic = teller.heard, teller.state.current
    if any(key.startswith("opening") for key in teller.state.last):
        return None  # what brought them together is no slip of the tongue
    if heard.on_story and topic is not None:
        if rest := teller.begun():
            return replace(rest, why="")
        if again := teller.story(topic, "short") or teller.correction():
            return teller.says_again(again)
    if heard.state.pending in heard.state.last:
        return None  # neither is what the mentor asked in earnest
    return teller.manners("meant_little", "answer")


def offered(teller: Teller) -> Say | None:
    """What the mentor offered to tell: the story, or to a bare "ok" the bare answer."""
    heard = teller.heard
    # What was heard stands at the line that offered; by now the mentor may feel otherwise.
    offered = heard.state.offered
    return teller.asked(offered, openly=not heard.nod) if offered else None


def lead(teller: Teller) -> Say | None:
    """Opens a door, or walks through one when doors have been opened before."""
    door = teller.door()
    if any(key.startswith("leads_on/") for key in teller.state.last):
        return teller.brings_up() or door
    return door


def known_answer(heard: Heard) -> bool:
    """Whether a small answer of the file is meant."""
    if heard.found.about != "answer" or heard.leans or heard.seeks_approval:
        # "Is that alright?" of a plan is near to "Are you all right?".
        return False
    if heard.may_be_made_up:
        return False  # "Is that right?" after a recap is near to "Is that true?"
    # "I was scared too" asks nothing about the mentor's fear.
    return heard.asks != "none" or (heard.found.answer_score >= TOLD and not heard.follows_up)


def knows_what_was_told(heard: Heard) -> bool:
    """Whether the learner told something the file has an answer to: their own matter, mostly."""
    return heard.asks == "none" and heard.told is not None and heard.handed_back != "well"
