"""The authored voice: a mentor who says what the scenario says, as far as they were listened to.

Deterministic: same scenario, seed and turns, same talk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace

from coach.errors import BadInput
from coach.listening.listener import Reply
from coach.listening.reading import Reading
from coach.mentor.asking import asks_at_once
from coach.mentor.hearing import Heard, handed_back
from coach.mentor.line import Line
from coach.mentor.matching import RECALLED, SAME_QUESTION, SURE, Finder, Found, Standing
from coach.mentor.nearness import Closeness, last_sentence
from coach.mentor.offering import asks_for_offer
from coach.mentor.policy import Fits, decide
from coach.mentor.replies import named_topic
from coach.mentor.scenario import Scenario, Topic
from coach.mentor.script import DEPTHS, Script
from coach.mentor.state import RULES, Before, MentorState, met_again, moved, signs, turned_to_own
from coach.mentor.telling import Say, Teller, again_keys, next_topic
from coach.mentor.wording import ends_in_question, is_greeting, refers_back, words

__all__ = ["Line", "Mentor", "MentorState"]

FitsTurn = Callable[[str, str, Sequence[Reply], Sequence[str]], Sequence[float]]
"""How likely each line makes sense after a turn that answers a line (`Listener.fits`)."""

_MAY_ASK = frozenset(
    {"opening", "answer", "answered", "move", "nod", "unknown", "question", "story"}
)


_TELLS = 5
"""Words from which on a part of a turn tells something."""
_SENTENCES = 6
"""Sentences of a turn that are held, each by itself, against what the mentor waits to hear."""
_WHOLE = 40
"""Words up to which a turn is looked for as a whole: a longer one is near to nothing."""


def _nearness(found: Found) -> float:
    return found.answer_score


class Mentor:
    """One mentor in one talk. `state` moves with every line and is all there is to keep."""

    def __init__(
        self,
        scenario: Scenario,
        closeness: Closeness,
        seed: int = 0,
        state: MentorState | None = None,
        fits: FitsTurn | None = None,
    ) -> None:
        """Begin a talk, or go on from ``state``.

        ``closeness`` and ``fits`` are a listener's: how near in meaning candidates are to a text,
        and how likely each of some lines makes sense after a turn. Without ``fits`` the rules alone
        decide.
        """
        self._fits = fits
        self.scenario = scenario
        self.state = state or MentorState.of(scenario.temper)
        self._seed = seed
        self._script = Script(scenario, seed, self.state.owed)
        self._finder = Finder(scenario, closeness)
        self._wordings = self._finder.wordings

    def at(self, state: MentorState) -> Mentor:
        """The same mentor where the talk stands otherwise; what can be said is laid out once."""
        other = copy(self)
        other.state = state
        if state.owed != self.state.owed:
            other._script = Script(self.scenario, self._seed, state.owed)
        return other

    def opening(self, before: Before | None = None) -> Line:
        """The mentor's first words; to somebody met ``before``, those of a later talk."""
        if before is None:
            asks = "opening" if "?" in self.scenario.opening else None
            say = Say(("opening",), "opening", asks=asks)
            return self._speak(say, "The mentor opens the talk.")
        self.state = met_again(before, self.scenario.temper)
        self._script = Script(self.scenario, self._seed, self.state.owed)
        keys = again_keys(self._script, before, owed=bool(self.state.owed))
        why = "You have met before, so nothing begins anew."
        if self.state.owed:
            why = "You have met before, and your promise is asked after."
        return self._speak(Say(keys, "opening", asks=keys[-1]), why)

    def reply(self, text: str, reading: Reading, context: str, earlier: Sequence[str] = ()) -> Line:
        """What the mentor says to a turn; moves `state`.

        ``context`` is the line the turn was read against (the mentor's last); ``earlier`` what was
        said before it, oldest first.

        Raises:
            coach.errors.BadInput: the mentor has said goodbye already.
        """
        return self.answer(self.hear(text, reading), context, earlier)

    def hear(self, text: str, reading: Reading) -> Heard:
        """What a turn comes to where the talk stands; nothing has moved yet.

        Raises:
            coach.errors.BadInput: the mentor has said goodbye already.
        """
        if self.state.closed:
            raise BadInput("This talk is over: take an earlier turn again or start a new talk.")
        # A talk may go on after its scenario was edited, and the line be gone.
        told = " ".join(self._script.text.get(key, "") for key in self.state.last)
        back = handed_back(reading, text, told)
        asking = self._question_in(text, reading)
        # What a paraphrase of a story is about is known; only its question says where to go next.
        known = back != "none" and (self.state.on_story or not refers_back(asking))
        around = text if not known and len(words(text)) <= _WHOLE else ""
        own = self._wordings.hears(self.state.pending)
        tells = self._telling_parts(text, reading, each=own) if back == "none" else []
        # All at once, since every comparison takes a pass of the encoder.
        whole = text if own or (back != "none" and not self.state.on_story) else ""
        self._wordings.compare([asking, around, last_sentence(text), whole, *tells])
        heard = Heard(
            text=text,
            reading=reading,
            found=self._finder.find(asking, around, self._standing(), at_once=asks_at_once(text)),
            state=self.state,
            handed_back=back,
            greeting=is_greeting(text, self.scenario.mentor.name),
            told=self._told(tells),
            asks_for_offer=bool(reading.question.evidence) and asks_for_offer(told, text, asking),
        )
        heard = replace(heard, answer=self._answer_to_own_question(heard))
        if heard.on_story or heard.handed_back == "none":
            return heard
        # The turn was read against small talk; it may hand back the story told before that.
        return replace(heard, handed_back="partly" if self._recalls(text) else "none")

    def answer(self, heard: Heard, context: str, earlier: Sequence[str] = ()) -> Line:
        """What the mentor says to what they `hear`; the rest as in `reply`."""
        shown = self._remember(heard)
        # Trust first: what a turn earns or costs is felt in the reply to it.
        teller = Teller(self._script, self._finder, replace(heard, state=self.state))
        say, why = decide(teller, self._fits_after(heard.text, context, earlier))
        # A hello, an "I see" that is given back, or a "What do you mean?" leaves the mentor's
        # question standing; and what brought them together is still to be answered after something
        # small was asked.
        stands = say.kind == "nod" or heard.greeting
        stands |= say.kind == "answer" and heard.state.pending == "opening"
        stands |= heard.lost
        line = self._speak(say, why, heard.state.pending if stands else None)
        return line.model_copy(update={"moved": tuple(r.why for r in RULES if r.sign in shown)})

    def current_topic(self) -> Topic | None:
        """The topic the mentor's last line stood at, or the last before it that had one."""
        return self.scenario.known_topic(self.state.current)

    def next_topic(self) -> Topic | None:
        """The topic most naturally asked about next; None where all is told."""
        return next_topic(self._script, self.state)

    def asked_about(self, heard: Heard) -> Topic | None:
        """The topic whose story a question asks for, where it was not told in full yet."""
        topic = named_topic(heard) if heard.asks != "none" else None
        if topic is None or heard.state.told.get(topic, "short") != "short":
            return None
        return self.scenario.topic(topic)

    def lines(self) -> list[str]:
        """Every text that is compared by meaning, for `Listener.prepare`."""
        return self._wordings.texts

    @property
    def heard(self) -> tuple[str, ...]:
        """Titles of the topics the mentor opened up about, in the scenario's order."""
        return tuple(t.title for t in self.scenario.topics if t.id in self.state.told)

    @property
    def unheard(self) -> int:
        """How many topics stayed closed."""
        return len(self.scenario.topics) - len(self.heard)

    def _fits_after(self, text: str, context: str, earlier: Sequence[str]) -> Fits | None:
        """What reads lines against the turn; None where the rules alone decide."""
        fits = self._fits
        return None if fits is None else lambda lines: fits(context, text, lines, earlier)

    @staticmethod
    def _telling_parts(text: str, reading: Reading, *, each: bool) -> list[str]:
        """What a turn tells beside its question, and of a long turn its first and last sentence.

        Each part is words for the encoder to read before the mentor can answer. ``each``: of a long
        turn the first few sentences, any of which may be what the mentor waits for.
        """
        rest = text
        for start, end in sorted(reading.question.evidence, reverse=True):
            rest = rest[:start] + rest[end:]
        sentences = re.split(r"(?<=[.!?])\s+", rest.strip())
        parts = [rest] if len(words(rest)) <= _WHOLE else []
        if each and not parts:
            parts += sentences[:_SENTENCES]
        elif rest == text or not parts:
            parts += [sentences[0], sentences[-1]]
        return [part for part in dict.fromkeys(parts) if len(words(part)) >= _TELLS]

    def _standing(self) -> Standing:
        """Where the talk stands, as far as it says what a turn can mean."""
        state = self.state
        return Standing(state.current, state.told, state.pending, state.offered)

    def _told(self, tells: Sequence[str]) -> str | None:
        """What takes up something the learner told, which asks nothing of the current story."""
        at = Standing(told=self.state.told, answering=self.state.pending)
        near = [self._finder.find(part, at=at) for part in tells]
        best = max((one for one in near if one.about == "answer"), key=_nearness, default=None)
        return best.answer if best and best.answer_score >= SURE else None

    def _answer_to_own_question(self, heard: Heard) -> str | None:
        # Who answers and asks at once is answered first, unless the question opens something.
        if heard.asks == "open" or heard.leans:
            return None
        sort, near = self._wordings.sort_of_answer(self.state.pending, heard.text) or ("", 0.0)
        # "Yes" or "um" says too little to be taken for an answer that is not just that.
        if near < SAME_QUESTION and (heard.nod or heard.unreadable):
            return None
        return sort if self._script.next_of(sort, self.state.said) else None

    def _recalls(self, text: str) -> bool:
        """Whether a turn is near to at least half the key points of the story last told."""
        topic = self.current_topic()
        if topic is None or topic.id not in self.state.told:
            return False
        points = topic.key_points.get(self.state.told[topic.id], [])
        near = [score >= RECALLED for score in self._wordings.near(text, points)]
        return 2 * sum(near) >= len(near) > 0

    @staticmethod
    def _question_in(text: str, reading: Reading) -> str:
        """What to look for: the words that ask; of a long turn that asks nothing, its end."""
        asking = " ".join(text[start:end].strip() for start, end in reading.question.evidence)
        return asking or (text if len(words(text)) <= _WHOLE else last_sentence(text))

    def _remember(self, heard: Heard) -> tuple[str, ...]:
        """Move what the turn, not the reply, changes; the signs it did it by."""
        state = self.state
        # "No." may be all that a question takes.
        idle = (heard.nod and not (heard.answers or heard.takes_offer)) or heard.greeting
        nods = state.nods + 1 if idle else 0
        acted_on = (*heard.helpful, *heard.harmful)
        shown = signs(
            heard.reading, heard.handed_back, acted_on, words=len(words(heard.text)), nods=nods
        )
        promised: tuple[str, ...] = ()
        if "commitment" in heard.helpful:
            spans = heard.reading.move_evidence.get("commitment", ((0, len(heard.text)),))
            promised = tuple(heard.text[start:end].strip() for start, end in spans)
        self.state = moved(state, shown, self.scenario.temper).model_copy(
            update={
                "turn": state.turn + 1,
                "promises": (*state.promises, *promised),
                "nods": nods,
                "unreadable": state.unreadable + 1 if heard.unreadable else 0,
                "slights": state.slights + bool(heard.harmful),
            }
        )
        return shown

    def _speak(self, say: Say, why: str, still_asked: str | None = None) -> Line:
        """Say it, and remember that it was said; ``still_asked``: a question left standing."""
        if any(key.startswith("changes_subject/") for key in say.keys):
            self.state = turned_to_own(self.state)
        told = dict(self.state.told)
        points: list[str] = []
        if say.topic and say.depth:
            told[say.topic] = max(told.get(say.topic, say.depth), say.depth, key=DEPTHS.index)
            points = self.scenario.topic(say.topic).key_points.get(say.depth, [])
        self.state = self.state.model_copy(
            update={
                "told": told,
                "said": (*self.state.said, *say.keys),
                "last": say.keys,
                "current": say.topic or self.state.current,
                "pending": say.asks or self._open_question(say) or still_asked,
                "offered": say.topic if say.offers and say.topic not in told else None,
                "closed": say.closing,
            }
        )
        return Line(
            text=" ".join(self._script.text[key] for key in say.keys),
            topic=say.topic,
            depth=say.depth,
            kind=say.kind,
            rule=why,
            closing=say.closing,
            key_points=tuple(points),
        )

    def _open_question(self, say: Say) -> str | None:
        """The key of a question the line happens to end with, which the learner may answer."""
        asks = say.kind in _MAY_ASK and ends_in_question(self._script.text[say.keys[-1]])
        return say.keys[-1] if asks else None
