"""What the mentor says to what: one page of rules, read from the top, first that can speak.

Each rule's sentence goes out with the line, so that nobody has to guess why it was said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.mentor.hearing import Heard
from coach.mentor.matching import KNOWN_CLOSED, REMARK
from coach.mentor.state import BORED, CONFIDES, OPENS_UP, SHORT_TEMPERED, WALKS_OUT
from coach.mentor.telling import Say, Teller, goodbye

TOLD = 0.58
"""From this nearness on what the learner told is met by the answer the file has to it."""
SAME_AGAIN = 0.7
"""From this nearness on a question is one that has been answered."""
DOUBT = 0.2
"""From this chance on that nothing was handed back, an answer goes without a word of praise."""
STAYS = 0.6
"""From this uptake on a question stays with what was just told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``why`` in plain English; ``says`` gives a line where ``when`` holds, or None to pass."""

    why: str
    when: Callable[[Heard], bool]
    says: Callable[[Teller], Say | None]


def _goodbye(teller: Teller) -> Say:
    return goodbye(teller.script, teller.state)


def _encouraged(teller: Teller) -> Say | None:
    """A word of encouragement alone, not twice running: that would leave the talk standing."""
    only = all(key.startswith("encouraged/") for key in teller.state.last)
    return None if only else teller.encouraged(None)


def _partly(teller: Teller) -> Say | None:
    only = all(key.startswith("partly/") for key in teller.state.last)
    return None if only else teller.manners("partly", "encouraged")


def _answers_it(teller: Teller) -> Say | None:
    """What the mentor knows of what was asked: a small answer, a story, or a yes to leave."""
    heard = teller.heard
    if _known_answer(heard) and (say := teller.answer()):
        return say
    topic = heard.found.topic if _names_a_topic(heard) else None
    say = teller.asked(topic, openly=heard.asks == "open") if topic else None
    if say is None and heard.wants_leave:
        return teller.manners("agreed", "answer")
    return say


def _landed(teller: Teller) -> Say | None:
    """A word that it landed, and then what was asked beside it, or a deeper part of the story."""
    heard = teller.heard
    current = heard.state.current
    deeper = teller.deeper(current) if current else None
    if heard.asks_for_something:
        say = _answers_it(teller)
        if say is None and deeper is not None:
            return teller.first_this(deeper) or teller.encouraged(deeper)
        say = say or teller.passes_over()
        # A word that it landed jars where what landed is in doubt and an answer was wanted.
        return teller.encouraged(say) if heard.reading.reflection.p["none"] < DOUBT else say
    if current is None:
        return _encouraged(teller)
    if deeper:
        return teller.encouraged(deeper)
    say = teller.encouraged(teller.asks_back(current))
    return replace(say, why="The learner handed it back accurately.") if say else None


def _moved(teller: Teller) -> Say | None:
    heard = teller.heard
    moves = heard.helpful
    if heard.wants_leave or heard.topic not in (None, *teller.state.told):
        # "Shall we start?" wants a yes; and a proposal to talk about something the mentor can
        # tell is best answered by telling it.
        moves = tuple(move for move in moves if move != "topic_proposal")
    return teller.move(moves)


def _names_a_topic(heard: Heard) -> bool:
    """Whether a question is near enough to a story to be answered by it."""
    if heard.found.about != "topic":
        return False
    elsewhere = heard.on_story and heard.found.topic != heard.state.current
    if elsewhere and heard.asks_for_something:
        # Asked about the story just told: another one would run over it.
        return heard.sure
    return heard.asks == "open" or heard.found.topic_score >= KNOWN_CLOSED


def _same_again(heard: Heard) -> bool:
    """Whether what was told is what was asked for, not something else beside it."""
    if heard.found.about == "answer":
        return heard.found.answer_score >= SAME_AGAIN
    return heard.sure and heard.sort in ("what", "how")


def _asked(teller: Teller) -> Say | None:
    heard = teller.heard
    if heard.after_answer and heard.leans:
        return teller.answer_again() or teller.passes_over()
    if heard.topic is None:
        return teller.brings_up() if heard.leans else None
    return teller.asked(
        heard.topic, openly=heard.asks == "open" or "topic_proposal" in heard.helpful
    )


def _more_of_it(teller: Teller) -> Say | None:
    """More of the story just told, to a question that stays with it."""
    heard, topic = teller.heard, teller.state.current
    if topic is None or teller.state.trust < (CONFIDES if heard.asks == "open" else OPENS_UP):
        return None
    deeper = teller.deeper(topic)
    return (teller.first_this(deeper) or deeper) if heard.asks_for_something else deeper


def _mentioned(teller: Teller) -> Say | None:
    topic = teller.heard.found.topic
    openly = "topic_proposal" in teller.heard.helpful
    if topic is None or topic in teller.state.told:
        return None
    say = teller.asked(topic, openly=openly)
    return replace(say, why="") if say else None


def _told_already(teller: Teller) -> Say | None:
    topic = teller.heard.topic
    dry = teller.manners("ran_dry", "dry")
    if topic is None:  # a small answer, given before
        return dry or teller.brings_up()
    # A question back keeps the talk at what was told; that there is no more is said last.
    return teller.asks_back(topic) or dry or teller.brings_up()


def _lead(teller: Teller) -> Say | None:
    """Opens a door, or walks through one when doors have been opened before."""
    door = teller.door()
    if any(key.startswith("leads_on/") for key in teller.state.last):
        return teller.brings_up() or door
    return door


def _known_answer(heard: Heard) -> bool:
    if heard.found.about != "answer" or heard.leans:
        return False
    return heard.asks != "none" or heard.found.answer_score >= TOLD


def _knows_what_was_told(heard: Heard) -> bool:
    """Whether the learner told something the file has an answer to: their own matter, mostly."""
    return heard.asks == "none" and heard.told is not None and heard.handed_back != "well"


RULES: tuple[Rule, ...] = (
    Rule(
        "The learner said goodbye, so the talk ends: warmly if they listened, coolly if not.",
        lambda heard: heard.goodbye,
        _goodbye,
    ),
    Rule(
        "What was typed could not be read, so the mentor says so.",
        lambda heard: heard.unreadable and heard.state.unreadable <= 3,
        lambda teller: teller.manners("not_understood", "unreadable"),
    ),
    Rule(
        "The mentor was slighted once too often and ends the talk.",
        lambda heard: (
            bool(heard.harmful) and heard.state.slights >= 4 and heard.state.trust < WALKS_OUT
        ),
        _goodbye,
    ),
    Rule(
        "Advice nobody asked for, a change of subject or a brush-off is answered as such.",
        lambda heard: bool(heard.harmful),
        lambda teller: teller.move(teller.heard.harmful),
    ),
    Rule(
        "The learner told something that the mentor has an answer to.",
        _knows_what_was_told,
        Teller.told,
    ),
    Rule(
        "The mentor was misheard and puts it right.",
        lambda heard: heard.handed_back == "wrongly" and heard.on_story,
        Teller.correction,
    ),
    Rule(
        "The learner handed it back accurately, so the mentor goes deeper.",
        lambda heard: heard.handed_back == "well",
        _landed,
    ),
    Rule(
        "Patience has run low, so there is a word and a silence.",
        lambda heard: (
            heard.state.patience < SHORT_TEMPERED
            and heard.asks == "none"
            and not heard.listened
            and not any(key.startswith("quiet/") for key in heard.state.last)
        ),
        lambda teller: teller.manners("quiet", "quiet"),
    ),
    Rule(
        "The learner answered the mentor's question, and its substance is taken up.",
        lambda heard: heard.answer is not None and not (_known_answer(heard) and heard.sure),
        Teller.took_up,
    ),
    Rule(
        "The learner asked whether they got it right, and some of it they did.",
        lambda heard: heard.wants_a_check and heard.handed_back == "partly",
        _partly,
    ),
    Rule(
        "The learner asked something small that the mentor knows.",
        _known_answer,
        lambda teller: teller.after_told(teller.answer()),
    ),
    Rule(
        "The turn made a move of its own, and the mentor answers that.",
        lambda heard: (
            bool(heard.helpful)
            and (heard.asks == "none" or heard.asks_by_move)
            and not heard.names_something
        ),
        _moved,
    ),
    Rule(
        "The learner asked about something the mentor can tell.",
        lambda heard: heard.asks != "none" and (heard.leans or _names_a_topic(heard)),
        lambda teller: teller.after_told(_asked(teller)),
    ),
    Rule(
        "The learner asked for leave or a yes, and the mentor gives it.",
        lambda heard: heard.wants_leave or heard.wants_a_check,
        lambda teller: teller.after_told(teller.manners("agreed", "answer")),
    ),
    Rule(
        "The question stayed with the story, so more of it comes.",
        lambda heard: heard.asks != "none" and heard.on_story and heard.reading.uptake >= STAYS,
        _more_of_it,
    ),
    Rule(
        "What was asked about has been told, so the mentor turns to what is next to it.",
        lambda heard: (
            heard.asks != "none"
            and (heard.topic or heard.found.about) is not None
            and (heard.leans or _same_again(heard))
        ),
        _told_already,
    ),
    Rule(
        "Part of it was handed back: the mentor says so and leaves the floor to the learner.",
        lambda heard: heard.handed_back == "partly" and not heard.asks_for_something,
        _partly,
    ),
    Rule(
        "The mentor does not know, so they take up what was told, or pass the question over.",
        lambda heard: heard.asks != "none",
        lambda teller: teller.told() or teller.passes_over(),
    ),
    Rule(
        "The learner answered the mentor's question.",
        lambda heard: (
            heard.answers
            and not (heard.helpful and heard.names_something)
            and not heard.names_untold
        ),
        lambda teller: teller.manners("answered", "answered"),
    ),
    Rule(
        "The talk has left what interests the mentor, so they turn to something of their own.",
        lambda heard: heard.state.interest < BORED and heard.asks == "none",
        Teller.turns_away,
    ),
    Rule(
        "The learner touched on something the mentor knows about, so it is mentioned.",
        lambda heard: heard.asks == "none" and heard.found.topic_score >= REMARK,
        _mentioned,
    ),
    Rule(
        "A nod gets a small push that leaves the floor to the learner.",
        lambda heard: heard.nod and (heard.state.nods <= 2 or heard.on_story),
        lambda teller: teller.manners("acknowledged", "nod"),
    ),
    Rule(
        "The learner remarked on a story, so the mentor asks for theirs.",
        lambda heard: heard.reading.judged and heard.on_story,
        lambda teller: teller.asks_back(teller.state.current),
    ),
    Rule(
        "The learner said something of their own, and the floor is handed back to them.",
        lambda heard: heard.reading.judged and heard.asks == "none" and heard.says_something,
        lambda teller: teller.manners("answered", "answered"),
    ),
    Rule(
        "The learner gave little to go on, so the mentor opens a door.",
        lambda heard: True,
        _lead,
    ),
    Rule(
        "Small talk has run dry, so the mentor tells what is left.",
        lambda heard: True,
        lambda teller: teller.brings_up() or teller.left_over(),
    ),
    Rule(
        "Everything has been told.",
        lambda heard: not any(key.startswith("ran_dry/") for key in heard.state.last),
        lambda teller: teller.manners("ran_dry", "dry"),
    ),
    Rule(
        "Everything has been told and said, so the mentor draws the talk to a close.",
        lambda heard: True,
        _goodbye,
    ),
)


def decide(teller: Teller) -> tuple[Say, str]:
    """The line of the first rule that holds and has something unsaid, with the rule's words."""
    for rule in RULES:
        if rule.when(teller.heard):
            say = rule.says(teller)
            if say is not None:
                return say, say.why or rule.why
    raise AssertionError("the last rule always speaks")
