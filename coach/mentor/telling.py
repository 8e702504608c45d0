"""How the mentor's lines are put together from what is still unsaid.

Each method gives a `Say`, or None where the lines for it have run dry; `coach.mentor.policy`
decides which is asked. Nothing here makes up a word: a line is one or two of the scenario's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coach.listening.listener import Reply
from coach.mentor.hearing import Heard
from coach.mentor.line import LineKind
from coach.mentor.matching import Finder
from coach.mentor.nearness import TO_A_LINE, as_reply, part_of
from coach.mentor.scenario import Depth, Topic
from coach.mentor.script import Script, story_key
from coach.mentor.state import CONFIDES, CURIOUS, GUARDED, OPENS_UP, Before, MentorState
from coach.mentor.wording import ends_in_question, words


@dataclass(frozen=True, slots=True)
class Say:
    """Lines to say one after the other, by key.

    ``asks`` is the key of the question it leaves open; ``why``, where it is given, says more
    closely than the rule why this was said. ``joins``: the first line takes up one half of the turn
    and the others the other half, and each might be left out.
    """

    keys: tuple[str, ...]
    kind: LineKind
    topic: str | None = None
    depth: Depth | None = None
    asks: str | None = None
    closing: bool = False
    why: str = ""
    joins: bool = False

    @property
    def offers(self) -> bool:
        """Whether it names a topic without telling of it: a door, or a line that leads to one."""
        return self.depth is None and self.kind in ("answered", "lead")

    @property
    def halves(self) -> tuple[Say, ...]:
        """What takes up the one half of a turn and what the other; nothing where it is one."""
        if not self.joins:
            return ()
        return (
            replace(self, keys=self.keys[:1], joins=False),
            replace(self, keys=self.keys[1:], joins=False),
        )


def next_untold(script: Script, state: MentorState) -> Topic | None:
    """The untold topic most naturally come to next.

    The one a door was opened to; else one whose ``needs`` are told if there is any: those that
    need the current topic first, then the next in the author's order.
    """
    topics = script.scenario.topics
    current = script.scenario.known_topic(state.current)
    if current is not None and current.id not in state.told:
        return current
    untold = [topic for topic in topics if topic.id not in state.told]
    ready = [topic for topic in untold if all(need in state.told for need in topic.needs)]
    at = next((i for i, topic in enumerate(topics) if topic.id == state.current), -1)

    def order(topic: Topic) -> tuple[bool, int]:
        return state.current not in topic.needs, (topics.index(topic) - at - 1) % len(topics)

    return min(ready or untold, key=order, default=None)


def next_topic(script: Script, state: MentorState) -> Topic | None:
    """The topic most naturally asked about: the current one while only its bare answer is told."""
    current = script.scenario.known_topic(state.current)
    if current is not None and state.told.get(current.id) == "short":
        return current
    return next_untold(script, state)


_TAKES_A_YES = frozenset({"yes_no", "would"})
_CLOSED_TAKES_A_YES = frozenset({"verdict", "feeling", "advice"})
"""Sorts of question to which a plain yes may be all that is wanted; the second where closed."""
_ANSWERS = frozenset({"answer", "answered", "move", "story", "unknown"})
"""Kinds of line that a word on what was misheard may stand before; but not before one that opens
with another such word:"""
_OPENING_WORDS = frozenset({"encouraged", "first_this", "says_again", "changes_subject"})
_TAKES_UP = "You answered the mentor, and they take up what you said."
_BARE = ("murmurs/", "answered/", "acknowledged/")
"""Lines that show no more than that something was heard, by how their keys begin."""
_MUCH = 12
"""Words of a turn that tells something."""
_OF_EACH = 2
"""Lines of one list that are weighed against others."""

_LONG = 30
"""Days after which the time that passed is mentioned."""


def again_keys(script: Script, before: Before, *, owed: bool) -> tuple[str, ...]:
    """The first words of a later talk, a promise asked after last."""
    keys = ["again/after_long"] if before.days > _LONG else []
    scenario = script.scenario.again
    keys.append(f"again/opening/{(before.met - 1) % len(scenario.opening)}")
    if owed:
        keys.append(f"again/asks_after/{(before.met - 1) % len(scenario.asks_after)}")
    return tuple(keys)


def goodbye(script: Script, state: MentorState) -> Say:
    """A goodbye, the warmer the more trust; the nearest one unsaid."""
    keys = script.all_of("closing")
    wanted = min(len(keys) - 1, int((1 - state.trust) * len(keys)))
    order = sorted(range(len(keys)), key=lambda i: (abs(i - wanted), i))
    unsaid = [keys[i] for i in order if script.unsaid(keys[i], state.said)]
    return Say(((unsaid or [keys[wanted]])[0],), "closing", closing=True)


class Teller:
    """What can be said to one turn, given what has been said."""

    def __init__(self, script: Script, finder: Finder, heard: Heard) -> None:
        self.script = script
        self._finder = finder
        self.heard = heard
        self.state = heard.state
        self._said = heard.state.said

    def manners(self, name: str, kind: LineKind) -> Say | None:
        """The next line of a list of small talk."""
        key = self.script.next_of(name, self._said)
        return Say((key,), kind) if key else None

    def door(self) -> Say | None:
        """The next line that leads on, passing over those to topics told already."""
        keys = self.script.all_of("leads_on")
        others = [key for key in keys if key not in self.script.doors]
        pointed = self._finder.topics_of([self.script.text[key] for key in others])
        topics = {**self.script.doors, **dict(zip(others, pointed, strict=True))}
        for key in keys:
            if self.script.unsaid(key, self._said) and topics[key] not in self.state.told:
                return Say((key,), "lead", topics[key])
        return None

    def story(self, topic_id: str, depth: Depth) -> Say | None:
        """A topic at one depth, if that has not been told."""
        key = story_key(topic_id, depth)
        if not self.script.unsaid(key, self._said):
            return None
        return Say((key,), "story", topic_id, depth)

    def asked(self, topic_id: str, *, openly: bool) -> Say | None:
        """What a question about a topic brings out, by what is told and how far trust goes."""
        told = self.state.told.get(topic_id)
        guarded = self.state.trust < GUARDED
        say, why = None, ""
        if told is None and openly and not guarded:
            say, why = self.story(topic_id, "full"), "An open question opened the story."
        elif told is None:
            why = "A closed question got the bare answer."
            if openly:
                why = "Trust is low, so even an open question got the bare answer."
            say = self.story(topic_id, "short")
        elif told == "short" and not guarded:
            say, why = self.story(topic_id, "full"), "You asked on, so the story came."
        elif told == "full" and openly and self.state.trust >= OPENS_UP:
            say = self.story(topic_id, "confidence")
            why = "Trust has grown, and a question that stayed with the story opened more of it."
        return replace(say, why=why) if say else None

    def deeper(self, topic_id: str) -> Say | None:
        """The next depth of a topic, after the learner handed back the one before."""
        told = self.state.told.get(topic_id)
        if told == "short":
            return self.story(topic_id, "full")
        if told == "full" and self.state.trust >= CONFIDES:
            return self.story(topic_id, "confidence")
        return None

    def encouraged(self, then: Say | None) -> Say | None:
        """A word that it landed, then what follows from it; either alone where one is missing."""
        key = self.script.next_of("encouraged", self._said)
        if key is None:
            return then
        if then is None:
            return Say((key,), "encouraged", self.state.current)
        return replace(then, keys=(key, *then.keys))

    def correction(self) -> Say | None:
        """The right thing again in other words, for the topic that was misheard."""
        topic_id = self.state.current
        key = self.script.next_of(f"correction/{topic_id}", self._said)
        return Say((key,), "correction", topic_id) if key else None

    def answer(self) -> Say | None:
        """A small thing the scenario knows, beside a story or outside of all."""
        name = self.heard.found.answer or ""
        say = self._small(name)
        if say is None or not name.startswith(("detail/", "follow/", "confided/")):
            return say
        return replace(say, topic=name.split("/")[1])

    def _small(self, name: str) -> Say | None:
        """The next line of a small answer, or of what takes up an answer to the mentor's line."""
        key = self.script.next_of(name, self._said)
        if key is None or self._offers_what_is_told(name):
            return None
        if name.startswith(TO_A_LINE):
            return Say((key,), "answered", self.script.leads_to[name], why=_TAKES_UP)
        return Say((key,), "answer")

    def _offers_what_is_told(self, name: str) -> bool:
        """Whether what takes up an answer ends with "ask me about it" of a story told already."""
        return self.state.told.get(self.script.leads_to.get(name) or "", "short") != "short"

    def others(self) -> Iterator[Say]:
        """What else could be said: small answers near to the turn, and small talk that fits many.

        Neither praise nor another story: those are given by rule, or they would be given away, and
        who does not listen would hear as much as who does.
        """
        near = () if self.heard.may_be_made_up else self.heard.found.near
        for name in near:
            if self._offers_what_is_told(name):
                continue
            kind, _, rest = name.partition("/")
            topic = None if kind == "answer" else rest.split("/")[0]
            taken: LineKind = "answer"
            if name.startswith(TO_A_LINE):
                topic, taken = self.script.leads_to[name], "answered"
            for key in self.script.unsaid_of(name, self._said)[:_OF_EACH]:
                yield Say((key,), taken, topic)
        small: tuple[tuple[str, LineKind], ...]
        if self.heard.may_be_made_up:
            small = (("partly", "encouraged"),)
        elif self.heard.asks != "none":
            # Of what one says without an answer one may fit where another denies what was told.
            for key in self.script.unsaid_of(f"unknown/{self.heard.sort}", self._said):
                yield Say((key,), "unknown")
            small = (("does_not_know", "unknown"),)
            closed = self.heard.asks == "closed" and self.heard.sort in _CLOSED_TAKES_A_YES
            if closed or self.heard.sort in _TAKES_A_YES:
                small += (("agreed", "answer"),)
        else:
            small = (("answered", "answered"), ("murmurs", "nod"), ("acknowledged", "nod"))
        for name, line_kind in small:
            for key in self.script.unsaid_of(name, self._said)[:_OF_EACH]:
                yield Say((key,), line_kind)

    def reply(self, say: Say) -> Reply:
        """What would be said, with what is known of it."""
        text = " ".join(self.script.text[key] for key in say.keys)
        part = next(filter(None, map(part_of, reversed(say.keys))), "")
        return as_reply(text, part, self.heard.found.parts)

    def told(self) -> Say | None:
        """What takes up something the learner told, beside a question or without one."""
        return self._small(self.heard.told or "")

    def after_told(self, say: Say | None) -> Say | None:
        """A line with what takes up the rest of the turn before it, unless that asks back.

        What answers the mentor's own line is whole by itself: of 8 such lines of first turns with a
        small answer or a story after them none fitted, of 12 with another of their kind 9.
        """
        told = self.told()
        if say is None or told is None or told.keys[0] in say.keys:
            return say
        if told.kind == "answered" != say.kind:
            return say
        asks_back = ends_in_question(self.script.text[told.keys[0]])
        return say if asks_back else replace(say, keys=(*told.keys, *say.keys), joins=True)

    def begun(self) -> Say | None:
        """The whole of a story that only its bare answer was told of."""
        topic_id = self.state.current
        if topic_id is None or self.state.told.get(topic_id) != "short":
            return None
        if self.state.trust < GUARDED:
            return None
        say = self.story(topic_id, "full")
        why = "You asked on, and nothing else answers it, so the story came."
        return replace(say, why=why) if say else None

    def passes_over(self) -> Say | None:
        """What is said to a question that nothing here answers, by what it asks for."""
        return self.manners(f"unknown/{self.heard.sort}", "unknown") or self.manners(
            "does_not_know", "unknown"
        )

    def first_this(self, then: Say | None) -> Say | None:
        """The story that listening earned, where the question beside it goes unanswered."""
        key = self.script.next_of("first_this", self._said)
        return replace(then, keys=(key, *then.keys)) if key and then else None

    def says_again(self, again: Say) -> Say:
        """What was said already, in other words, announced as such where there are words for it."""
        key = self.script.next_of("says_again", self._said)
        return replace(again, keys=(key, *again.keys)) if key else again

    def owns_up(self, say: Say) -> Say:
        """A line after a word that the turn before was taken wrongly, where the learner says so."""
        opens = say.keys[0].partition("/")[0] in _OPENING_WORDS
        if not self.heard.corrects or opens or say.kind not in _ANSWERS:
            return say
        key = self.script.next_of("misheard", self._said)
        return replace(say, keys=(key, *say.keys), joins=False) if key else say

    def answer_again(self) -> Say | None:
        """More of the small answer just given."""
        name = self.state.last[-1].rpartition("/")[0] if self.state.last else ""
        key = self.script.next_of(name, self._said)
        return Say((key,), "answer") if key else None

    def move(self, moves: tuple[str, ...]) -> Say | None:
        """The reply to the first of these moves that has one left."""
        for move in moves:
            key = self.script.next_of(f"reply/{move}", self._said)
            if key:
                return Say((key,), "move")
        return None

    def took_up(self) -> Say | None:
        """What the mentor makes of an answer to their line, of a sort they know."""
        say = self._small(self.heard.answer or "")
        return replace(say, why="") if say else None

    def asks_back(self, topic_id: str | None) -> Say | None:
        """The mentor's own question on a topic; none where they are not curious."""
        key = f"asks/{topic_id}"
        if self.state.interest < CURIOUS or not self.script.unsaid(key, self._said):
            return None
        return Say((key,), "question", topic_id, asks=key)

    def asks_on(self, say: Say) -> Say:
        """What only shows that much was heard, with the mentor's question on the story after it.

        Of 28 such lines of judged talks 10 fitted, and 14 with the question.
        """
        bare = all(key.startswith(_BARE) for key in say.keys)
        bare &= not ends_in_question(self.script.text[say.keys[-1]])
        much = self.heard.asks == "none" and len(words(self.heard.text)) >= _MUCH
        told = self.state.current if self.state.current in self.state.told else None
        question = self.asks_back(told) if bare and much else None
        if question is None:
            return say
        return replace(say, keys=(*say.keys, *question.keys), asks=question.asks)

    def brings_up(self) -> Say | None:
        """A topic of the mentor's own choosing: its bare answer, and a question if it has one."""
        topic = next_untold(self.script, self.state)
        if topic is None:
            return None
        first = self.story(topic.id, "short")
        question = self.asks_back(topic.id)
        if first is None or question is None:
            return first
        return Say((*first.keys, *question.keys), "lead", topic.id, "short", question.asks)

    def turns_away(self) -> Say | None:
        """Leaves a subject be and brings up one of the mentor's own choosing."""
        key = self.script.next_of("changes_subject", self._said)
        then = self.brings_up()
        return replace(then, keys=(key, *then.keys)) if key and then else None

    def left_over(self) -> Say | None:
        """A story begun and not told. Confidences are not given away."""
        for topic_id, depth in self.state.told.items():
            if depth == "short" and (say := self.story(topic_id, "full")):
                return say
        return None
