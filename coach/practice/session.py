"""One talk from the mentor's first words to the debrief, as typed events.

The session is headless and synchronous: it answers every call with events and keeps every turn in
its store before anything is scored. What the store could not give back concerns the turn to come
alone: the hints given for it and the turn it would replace. The mentor is rebuilt for every turn
from the state kept with the turn before, so a turn taken again and a talk resumed go on exactly as
they would have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, cached_property

from coach.errors import BadInput, CoachError
from coach.feedback.card import Card
from coach.feedback.debrief import write_debrief
from coach.feedback.debrief_model import ReadTurn
from coach.feedback.rules import write_card
from coach.listening.listener import Listener
from coach.listening.reading import Reading
from coach.mentor.line import Line
from coach.mentor.mentor import Mentor
from coach.mentor.scenario import Scenario, Topic
from coach.mentor.voices import Speaker, Spoken, Voice
from coach.practice.events import (
    Event,
    HintGiven,
    MentorSpeaking,
    RatingAsked,
    TalkPaused,
    TurnFailed,
    TurnReopened,
)
from coach.practice.hints import hint_words
from coach.practice.past import met_before
from coach.practice.store import Store, TalkHead, TurnRecord
from coach.practice.telling import (
    card_ready,
    looked_back,
    mentor_said,
    talk_started,
    told_again,
    turn_answered,
    turn_compared,
    turn_read,
    turn_taken,
)
from coach.practice.track import Track
from coach.practice.typed import kept, kept_turn
from coach.practice.wordings import better_paraphrase, better_question

RATING_QUESTION = "Before any feedback: how well did you listen in this talk?"
RATING_CHOICES = (
    "1  hardly at all",
    "2  now and then",
    "3  about half the time",
    "4  most of the time",
    "5  nearly all the time",
)


_LATELY = 3
"""Turns before the last that a voice is told."""


class Session:
    """One talk: takes turns, answers them, gives feedback.

    One thread at a time. A turn is on record when `take_turn` returns; the events that follow
    are worked out as they are asked for, so a screen can show the learner's words at once.
    """

    def __init__(
        self,
        head: TalkHead,
        scenario: Scenario,
        listener: Listener,
        store: Store,
        *,
        hint_level: int = 2,
        resumed: bool = False,
        voice: Voice | None = None,
    ) -> None:
        """A talk that the store holds; made by `start` and `resume`."""
        self._speaker = Speaker(voice, listener, scenario) if voice is not None else None
        self.scenario = scenario
        self._listener = listener
        self._store = store
        self._hint_level = max(0, min(3, hint_level))
        self._resumed = resumed
        self._track = Track(head, store.turns(head.id))
        self._hints: list[str] = []

    @classmethod
    def start(  # noqa: PLR0913 - a talk's options, each by name
        cls,
        scenario: Scenario,
        listener: Listener,
        store: Store,
        *,
        learner: str = "",
        seed: int = 0,
        notes: str = "",
        hint_level: int = 2,
        anew: bool = False,
        voice: Voice | None = None,
    ) -> Session:
        """Begin a talk and keep it. Same scenario, seed, words and past: the same talk.

        Args:
            scenario: who is talked to and about what.
            listener: reads the turns.
            store: keeps the talk.
            learner: a name for the records; may be empty.
            seed: what the mentor's variety is drawn from.
            notes: what the learner wrote at the briefing.
            hint_level: how far hints may go, 0 (none) to 3 (a wording).
            anew: meet as strangers, whatever talks are on record.
            voice: words what the mentor says; the authored lines where None.

        Raises:
            coach.errors.StorageError: the talk cannot be kept.
        """
        mentor = Mentor(scenario, listener.closeness, seed, fits=listener.fits)
        line = mentor.opening(None if anew else met_before(store, scenario.id, kept(learner)))
        head = store.begin_talk(
            scenario=scenario.id,
            title=scenario.title,
            mentor=scenario.mentor.name,
            learner=kept(learner),
            seed=seed,
            opening=line.model_dump(mode="json"),
            opening_state=mentor.state.model_dump(mode="json"),
            notes=kept(notes),
        )
        return cls(head, scenario, listener, store, hint_level=hint_level, voice=voice)

    @classmethod
    def resume(
        cls,
        talk_id: int,
        scenario: Scenario,
        listener: Listener,
        store: Store,
        *,
        hint_level: int = 2,
        voice: Voice | None = None,
    ) -> Session:
        """Take up a talk where it was left; `opening` then tells it again from the start.

        Raises:
            BadInput: there is no such talk, or it was held with another scenario.
            coach.errors.StorageError: the records cannot be read.
        """
        head = store.talk(talk_id)
        if head.scenario != scenario.id:
            raise BadInput(
                f"Talk {talk_id} was held with the scenario '{head.scenario}', not "
                f"'{scenario.id}'; resume it with its own scenario."
            )
        return cls(
            head, scenario, listener, store, hint_level=hint_level, resumed=True, voice=voice
        )

    @property
    def talk(self) -> TalkHead:
        """What this talk is about, as last kept."""
        return self._track.head

    @property
    def turns(self) -> list[TurnRecord]:
        """The current branch's turns that were read and answered, first to last."""
        return self._track.answered

    @property
    def unread(self) -> TurnRecord | None:
        """The turn the talk stands at, where it is kept but was not read and answered yet."""
        return self._track.unread

    @property
    def over(self) -> bool:
        """Whether the mentor said goodbye or the talk was finished."""
        return self.talk.ended is not None or self._track.line_after(self._track.parent).closing

    @property
    def draft(self) -> str:
        """The line that was being typed when the talk was last left."""
        draft = self._store.draft(self.talk.id)
        sent = self._track.branch[-1:]
        # Killed between keeping a turn and clearing the draft: that line was sent already.
        return "" if sent and sent[0].text == draft else draft

    def opening(self) -> Iterator[Event]:
        """The talk's start; after `resume` everything said since, so that a screen can redraw."""
        voice = self._speaker.name if self._speaker is not None else ""
        yield talk_started(self.talk, self.scenario, resumed=self._resumed, voice=voice)
        yield mentor_said(0, self._track.line_after(None), self.talk.opening_state)
        for turn in self._track.branch:
            yield from told_again(turn)
        yield from looked_back(self.talk)
        parent = self._track.parent
        self._prepare([*self._mentor(parent).lines(), self._track.line_after(parent).text])

    def take_turn(self, text: str) -> Iterator[Event]:
        """Keep the learner's words, then read and answer them.

        The words are on record when this returns; iterating does the reading. Where the
        listener fails the last event is `TurnFailed`, and `read_again` tries once more. A new
        turn taken instead of reading a kept one again takes that one's place.

        Raises:
            BadInput: nothing was typed, or the talk is over; nothing was kept then.
            coach.errors.StorageError: the words cannot be kept.
        """
        clean = kept_turn(text)
        if self.over:
            raise BadInput("This talk is over: take an earlier turn again, or finish it.")
        parent = self._track.parent
        record = self._store.add_turn(
            self.talk.id,
            parent=parent,
            number=self._track.number_after(parent),
            context=self._track.line_after(parent).text,
            text=clean,
            hints=tuple(self._hints),
        )
        self._track.took(record)
        self._hints = []
        # The turn is safe by now; a draft that cannot be cleared is no reason to fail it.
        with suppress(CoachError):
            self._store.save_draft(self.talk.id, "")
        return self._taken(record)

    def read_again(self) -> Iterator[Event]:
        """Read and answer the turn that is kept but unread; nothing where there is none."""
        record = self.unread
        if record is not None:
            yield from self._answer(record)

    def reopen(self, number: int) -> Iterator[Event]:
        """Open an earlier turn: the next `take_turn` replaces it and the talk goes on from there.

        Raises:
            BadInput: the talk was finished, or has no such turn.
        """
        if self.talk.ended is not None:
            raise BadInput("This talk is finished: start a new one to try its turns again.")
        path = self._track.branch
        if not 1 <= number <= len(path):
            raise BadInput(
                f"There is no turn {number} here: turns 1 to {len(path)} can be taken again."
                if path
                else "There is no turn to take again yet."
            )
        turn = self._track.reopened = path[number - 1]
        self._hints = []
        return iter([TurnReopened(turn=number, context=turn.context, text=turn.text)])

    def cancel_reopen(self) -> None:
        """Leave the talk as it was before `reopen`."""
        self._track.reopened = None
        self._hints = []

    def hint(self) -> Iterator[Event]:
        """A hint for the turn to come, going further at each call; none at hint level 0."""
        if self._hint_level == 0 or self.over:
            return
        level = min(len(self._hints) + 1, self._hint_level)
        parent = self._track.parent
        mentor = self._mentor(parent)
        line = self._track.line_after(parent)
        name = self.scenario.mentor.name
        words = hint_words(level, line, mentor.current_topic(), mentor.next_topic(), name)
        if len(self._hints) < level:
            self._hints.append(words)
        yield HintGiven(level=level, text=words)

    def save_draft(self, text: str) -> None:
        """Keep the line that is being typed, so that a kill loses little of it."""
        self._store.save_draft(self.talk.id, kept(text))

    def pause(self) -> Iterator[Event]:
        """Leave the talk for later."""
        yield TalkPaused(talk=self.talk.id)

    def finish(self) -> Iterator[Event]:
        """End the talk and ask for the learner's own rating, before any of ours."""
        self._track.reopened = None
        if self.talk.ended is None:
            self._track.head = self._store.end_talk(self.talk.id)
        yield RatingAsked(question=RATING_QUESTION, choices=RATING_CHOICES)

    def debrief(self, own_rating: int | None, own_words: str) -> Iterator[Event]:
        """Look back on the talk and keep what was seen. Ends the talk if `finish` has not.

        Args:
            own_rating: the learner's own, 1 to 5, or None.
            own_words: the learner's one sentence; may be empty.

        Raises:
            BadInput: the rating is not one of those asked for.
        """
        if own_rating is not None and not 1 <= own_rating <= len(RATING_CHOICES):
            raise BadInput(f"A rating is a number from 1 to {len(RATING_CHOICES)}.")
        self._track.reopened = None
        turns = self.turns
        mentor = self._mentor(turns[-1].id if turns else None)
        debrief = write_debrief(
            [told for turn in turns if (told := self._read_turn(turn)) is not None],
            opening=self._track.line_after(None).text,
            heard=mentor.heard,
            unheard=mentor.unheard,
            own_rating=own_rating,
        )
        self._track.head = self._store.end_talk(
            self.talk.id, own_rating=own_rating, own_words=kept(own_words), debrief=debrief
        )
        yield from looked_back(self.talk)

    def _taken(self, record: TurnRecord) -> Iterator[Event]:
        yield turn_taken(record)
        yield from self._answer(record)

    def _answer(self, record: TurnRecord) -> Iterator[Event]:
        """Read a kept turn, answer it, keep both, tell.

        The card does not wait for what the mentor makes of the turn and finds to say. Where
        finding or keeping that fails the turn stands unread, and `read_again` tells the same card
        again.
        """
        try:
            line = self._track.line_after(record.parent)
            (reading,) = self._listener.read_rows([line.answered(record.text)])
            yield turn_read(record, reading)
            mentor = self._mentor(record.parent)
            ahead = mentor.next_topic()
            hear = cache(lambda: mentor.hear(record.text, reading))
            card = self._card(record, reading, lambda: mentor.asked_about(hear()), ahead)
            yield card_ready(record, card)
            yield from turn_compared(self._track.try_before(record), record, card)
            before = self._track.turn(record.parent)
            earlier = (before.context, before.text) if before is not None else ()
            reply = mentor.answer(hear(), record.context, earlier)
            for said in self._voiced(record, reply):
                if isinstance(said, Spoken):
                    yield MentorSpeaking(turn=record.number, text=said.text)
                else:
                    reply = said
            done = self._store.complete_turn(
                record.id,
                reading=reading,
                card=card,
                reply=reply.model_dump(mode="json"),
                state=mentor.state.model_dump(mode="json"),
            )
        except CoachError as problem:
            yield TurnFailed(turn=record.number, message=str(problem))
            return
        self._track.completed(done)
        yield from turn_answered(done)
        # After all that is shown, so that none of it waits for work on the turn to come.
        self._prepare([self._track.line_after(done.id).text])

    def _voiced(self, record: TurnRecord, reply: Line) -> Iterator[Spoken | Line]:
        """The reply in the words of the voice, if there is one and it keeps to its part."""
        if self._speaker is None:
            return
        path = self._track.branch[:-1][-_LATELY:]
        lately = tuple((turn.text, self._track.line_after(turn.id).text) for turn in path)
        yield from self._speaker.say(reply, record.text, lately)

    def _card(
        self,
        record: TurnRecord,
        reading: Reading,
        asked: Callable[[], Topic | None],
        ahead: Topic | None,
    ) -> Card:
        """The feedback on a turn."""
        line = self._track.line_after(record.parent)
        before = self._track.turn(record.parent)
        return write_card(
            record.context,
            record.text,
            reading,
            find_question=lambda: better_question(self.scenario, line, asked, reading, ahead),
            better_paraphrase=better_paraphrase(self.scenario, line),
            previous=before.reading if before is not None else None,
            confided=line.depth == "confidence",
        )

    def _read_turn(self, turn: TurnRecord) -> ReadTurn | None:
        """A turn as the debrief sees it."""
        if turn.reading is None or turn.card is None:
            return None
        return ReadTurn(
            number=turn.number,
            context=turn.context,
            text=turn.text,
            reading=turn.reading,
            card=turn.card,
            reply=self._track.line_after(turn.id).text,
        )

    def _mentor(self, turn_id: int | None) -> Mentor:
        """The mentor as they were after answering a turn; None: after the opening."""
        return self._cast.at(self._track.state_after(turn_id))

    @cached_property
    def _cast(self) -> Mentor:
        """The mentor as they enter, with all that can be said laid out."""
        listener = self._listener
        return Mentor(self.scenario, listener.closeness, self.talk.seed, fits=listener.fits)

    def _prepare(self, texts: list[str]) -> None:
        # Only a head start: a listener that fails here will say so at the next turn.
        with suppress(CoachError):
            self._listener.prepare(texts)
