"""What the mentor makes of a turn, before deciding what to say to it.

The reading says how the turn listened; here it is set beside where the talk stands: whether a
story was handed back, whether "and then?" leans on it, whether a question waits for an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.listening.felt_heard import feels_heard
from coach.listening.reading import HARMFUL_MOVES, PRESENT, Paraphrase, Reading
from coach.mentor.asking import (
    Sort,
    asks_leave,
    bids_go_on,
    checks,
    corrects,
    is_lost,
    seeks_approval,
    sort_of_question,
)
from coach.mentor.leaving import rounds_off, takes_leave
from coach.mentor.matching import GOODBYE, IN_CURRENT, PLAIN_GOODBYE, REMARK, SAME_QUESTION, Found
from coach.mentor.matching import SURE as FOUND_SURE
from coach.mentor.state import HandedBack, MentorState
from coach.mentor.witness import borne_out
from coach.mentor.wording import (
    is_nod,
    is_short_answer,
    leans_on_what_was_said,
    looks_like_words,
    takes_offer,
    words,
)

SURE = 0.6
"""What is less certain than this is neither held against the learner nor confirmed to them."""

OWN_MATTERS = frozenset({"own_observation", "feedback_request", "follow_through"})
"""What a learner came to say of their own work is not held to change the subject."""

_TAKEN = 0.7
"""A move less certain than this gets no answer of its own: a wrong one jars more than none."""
_TAKEN_TO_HEART = 0.75
"""The same for harmful moves."""
_HIJACKED = 0.9
"""And for a change of subject: in judged talks whoever was told off for one at less than this had
told something of their own that belonged there."""
_ASKING_MOVES = frozenset(
    {
        "casual_invite",
        "feedback_request",
        "guidance_preference",
        "mutual_benefit",
        "perspective_seeking",
        "topic_proposal",
    }
)
"""Moves that are made by asking."""

_TURNED = 0.85
"""A mentor puts right only what was so surely turned round."""
_TRUE, _MAY_BE_TRUE, _MOST = 0.55, 0.3, 0.75
"""How faithful what comes back must be: of a turn that goes over so much of the points, and of one
that takes up less. Faithfulness was learned where every fourth attempt turns something round; in
talks three points of 1,455 are. Of 211 reversals that were written to be found 28 in a hundred pass
so, of 616 turns that leave the teller heard 76."""
_SURELY = 0.1
"""Up to this chance that nothing is handed back, something is, whatever became of the points. Of
300 turns of talks 6 are so and keep no point, 5 of them rightly."""
_SOMETHING = 5
"""Words that say something, whatever it is."""

_EVASIONS = ("unknown/", "does_not_know/")
_NOTHING = ("murmurs/", "answered/", *_EVASIONS)
"""Lines that give nothing to go on, by how their keys begin."""

_A_TAG = 6
"""Words of a question that names nothing of what it checks."""
_CLAIM = 8
"""From so many words on a reflection says more than what somebody may have felt."""


def _kept(paraphrase: Paraphrase) -> int:
    return sum(point.status == "covered" and point.p >= SURE for point in paraphrase.key_points)


def handed_back(reading: Reading, text: str, told: str) -> HandedBack:
    """How faithfully a turn hands back what the mentor told in their last line."""
    # "I meant the time you were wrong" goes back to a question, not to the story.
    if not (reading.judged and reading.reflects) or corrects(text):
        return "none"
    result = reading.paraphrase
    if result is None:
        return "partly"
    twisted = [point.p for point in result.key_points if point.status == "distorted"]
    if max(twisted, default=0.0) >= _TURNED:
        return "wrongly"
    kept = _kept(result)
    # What may be turned round, or made up, is neither put right nor confided in.
    enough = _TRUE if result.coverage >= _MOST else _MAY_BE_TRUE
    true = not twisted and result.faithfulness >= enough and (kept or not result.added)
    if true and feels_heard(reading, text, told) >= PRESENT:
        return "well"
    if reading.reflection.kind == "complex":
        # A feeling named in a few words is no invention, though it stands in no key point.
        named = len(words(text)) < _CLAIM and (kept or reading.uptake >= 0.5)
        return "well" if named else "partly"
    if kept:
        return "partly"
    # Sure only where nothing else can explain it: not a question, not a passing remark.
    invented = bool(result.added) and reading.question.kind == "none"
    if invented and len(words(text)) >= 6:
        return "wrongly"
    # The gist of a story may keep no point as it was said.
    return "partly" if reading.reflection.p["none"] <= _SURELY else "none"


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn as the mentor heard it. ``asks``: none, open or closed."""

    text: str
    reading: Reading
    found: Found
    state: MentorState
    handed_back: HandedBack
    greeting: bool
    answer: str | None = None
    """Name of the lines that take up this sort of answer to the mentor's, if it is known."""

    told: str | None = None
    """Name of the lines that take up what the learner told, beside a question or without one."""

    asks_for_offer: bool = False
    """Asks for what the line it answers offered to tell."""

    @property
    def asks(self) -> str:
        """The kind of question; a turn too short to judge may still ask for more."""
        if self.reading.question.kind == "none" and self.leans:
            return "open"
        return self.reading.question.kind

    @property
    def nod(self) -> bool:
        """Nothing but a sign of attention."""
        return is_nod(self.text)

    @property
    def after_nothing(self) -> bool:
        """Whether the line the turn answers gave nothing to go on: a nod to a nod leads nowhere."""
        return all(key.startswith(_NOTHING) for key in self.state.last)

    @property
    def after_evasion(self) -> bool:
        """Whether the line the turn answers left a question unanswered."""
        return any(key.startswith(_EVASIONS) for key in self.state.last)

    @property
    def answers(self) -> bool:
        """Something that can be an answer to the question the mentor asked."""
        if self.state.pending is None or self.greeting or self.unreadable:
            return False
        if self.nod:
            # After a line that opened a door, "ok" walks through it.
            door = any(key.startswith("leads_on/") for key in self.state.last)
            return is_short_answer(self.text) and not door
        return self.asks == "none"

    @property
    def leans(self) -> bool:
        """A follow-up with no subject of its own, and no topic's question word for word."""
        leans = leans_on_what_was_said(self.text) or self.bids_go_on
        return leans and (self._nearest < SAME_QUESTION or self.follows_up)

    @property
    def follows_up(self) -> bool:
        """Asks what is asked after any story ("How old were you then?")."""
        return self.found.about == "answer" and (self.found.answer or "").startswith(
            ("follow/", "confided/")
        )

    @property
    def takes_offer(self) -> bool:
        """Says yes, or asks for it, where the line it answers offered to tell something."""
        if self.state.offered is None:
            return False
        return self.asks_for_offer or takes_offer(self.text)

    @property
    def bids_go_on(self) -> bool:
        """Bids the mentor go on, and asks nothing beside it."""
        return self.reading.question.kind == "none" and bids_go_on(self.text)

    @property
    def lost(self) -> bool:
        """Says that they did not follow."""
        return is_lost(self.text)

    @property
    def corrects(self) -> bool:
        """Says that something else was asked than the mentor answered, where they answered."""
        began = any(key.startswith(("opening", "again/")) for key in self.state.last)
        return not began and corrects(self.text)

    @property
    def seeks_approval(self) -> bool:
        """Asks of what they said only whether it will do."""
        return self.asks != "none" and seeks_approval(self.text)

    @property
    def unreadable(self) -> bool:
        """Not judged, and no plain sign of what it could be."""
        if self.reading.judged or self.nod or self.leans or self.greeting:
            return False
        if self.answer or self.takes_offer:
            return False
        return len(words(self.text)) > 1 or not looks_like_words(self.text)

    @property
    def goodbye(self) -> bool:
        """Takes leave in so many words, and asks nothing; or is nearer to a farewell than to all.

        What merely sounds like one ends no talk in which nothing was told yet.
        """
        kind, score = self.reading.question.kind, self.found.farewell_score
        if kind == "none" and takes_leave(self.text):
            return True
        if score <= self._nearest or kind == "open":
            return False
        rounded = kind == "none" and bool(self.state.told) and rounds_off(self.text)
        return score >= (GOODBYE if rounded else PLAIN_GOODBYE)

    @property
    def harmful(self) -> tuple[str, ...]:
        """Harmful moves present, unless the turn listened or asked well all the same."""
        if self.handed_back == "well" or (self.asks == "open" and self.found.about):
            return ()
        moves, present = self.reading.moves, self.reading.present()
        # Who asks, answers what they were asked or speaks of their own work changes no subject.
        own = not OWN_MATTERS.isdisjoint(present)
        excused = {"topic_hijack"} if own or self.state.pending or self.asks != "none" else set()
        if self.corrects:
            excused.add("dismissal")
        return tuple(
            m
            for m in present
            if m in HARMFUL_MOVES
            and m not in excused
            and moves[m] >= (_HIJACKED if m == "topic_hijack" else _TAKEN_TO_HEART)
        )

    @property
    def helpful(self) -> tuple[str, ...]:
        """Helpful moves that are sure, the surest first; thanks, which go with anything, last."""
        moves = self.reading.moves
        present = [
            move
            for move in self.reading.present()
            if move not in HARMFUL_MOVES and moves[move] >= _TAKEN and borne_out(move, self.text)
        ]
        return tuple(sorted(present, key=lambda move: (move == "appreciation", -moves[move])))

    @property
    def topic(self) -> str | None:
        """The topic the turn is about: the one found, or the current one where it leans on it."""
        if self.leans:
            return self.state.current
        if self.found.about == "topic":
            return self.found.topic
        stays = self.found.current_score >= IN_CURRENT and self.reading.uptake >= 0.5
        return self.state.current if stays and self.found.about is None else None

    @property
    def listened(self) -> bool:
        """Handed something back, asked openly, or did something kind: no reason to be short."""
        return self.handed_back in {"well", "partly"} or self.asks == "open" or bool(self.helpful)

    @property
    def after_answer(self) -> bool:
        """Whether the line the turn answers ended in a small answer, which belongs to no topic."""
        return any(key.startswith("answer/") for key in self.state.last[-1:])

    @property
    def names_something(self) -> bool:
        """Asks about what the mentor can tell, or thanks and names an untold topic in passing.

        Then the answer comes first: a thank-you must not swallow the question beside it.
        """
        if self.asks != "none":
            # "Could we have a coffee on Friday?" is a question about coffee to nobody.
            return self.sure or (self.topic is not None and not self.asks_by_move)
        courtesies = set(self.helpful) <= {"appreciation", "acknowledgment", "topic_proposal"}
        return courtesies and self.names_untold

    @property
    def asks_by_move(self) -> bool:
        """The question is the move: an invitation, a request for feedback."""
        return self.asks != "none" and not _ASKING_MOVES.isdisjoint(self.helpful)

    @property
    def sort(self) -> Sort:
        """What the turn's question asks for."""
        asks = self.reading.question
        # Of a turn that asks twice the sort is that of its last question, the kind of the openest.
        last = max((end for _, end in asks.evidence), default=0) > self.text.rstrip().rfind("?")
        return sort_of_question(self.text, openly=asks.kind == "open" and last)

    @property
    def wants_leave(self) -> bool:
        """Asks for leave, help or agreement: a yes is all it takes."""
        return self.asks != "none" and (asks_leave(self.text) or self.seeks_approval)

    @property
    def wants_a_check(self) -> bool:
        """Asks whether they got it right."""
        return self.asks != "none" and checks(self.text)

    @property
    def put_up_for_a_check(self) -> bool:
        """Said something, and asks whether it is right."""
        return self.wants_a_check and len(words(self.text)) >= _CLAIM

    @property
    def may_be_made_up(self) -> bool:
        """Puts up for a yes what may come from nowhere, so that none is given outright."""
        if not self.put_up_for_a_check or self.handed_back in {"well", "partly"}:
            return False
        # "Is that right?" is near to "Is that true?", whatever was said before it.
        asks = sum(len(words(self.text[a:b])) for a, b in self.reading.question.evidence)
        return asks <= _A_TAG or not self.sure

    @property
    def asks_for_something(self) -> bool:
        """A real question with a subject of its own, which a story told unasked leaves standing."""
        return self.asks != "none" and not (self.leans or self.wants_a_check)

    @property
    def says_something(self) -> bool:
        """More than a nod or a hello."""
        return len(words(self.text)) >= _SOMETHING and not (self.nod or self.greeting)

    @property
    def names_untold(self) -> bool:
        """Whether the turn plainly speaks of something the mentor has not told yet."""
        return self.found.topic_score >= REMARK and self.found.topic not in self.state.told

    @property
    def on_story(self) -> bool:
        """Whether the line the turn answers told a topic, or put one right."""
        return self.state.on_story

    @property
    def sure(self) -> bool:
        """What is asked about is known beyond doubt."""
        return self._nearest >= FOUND_SURE

    @property
    def _nearest(self) -> float:
        return max(self.found.topic_score, self.found.answer_score)
