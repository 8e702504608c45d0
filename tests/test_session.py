from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import BadInput, MissingPart, StorageError
from coach.listening.overlap import content_words
from coach.mentor.state import MentorState
from coach.practice.events import (
    CardReady,
    DebriefReady,
    HintGiven,
    MentorSaid,
    RatingAsked,
    TalkPaused,
    TalkStarted,
    TurnCompared,
    TurnFailed,
    TurnRead,
    TurnReopened,
    TurnTaken,
)
from coach.practice.memory import MemoryStore
from coach.practice.session import RATING_CHOICES, Session
from coach.practice.typed import kept, kept_turn, shown
from tests.builders import a_scenario
from tests.fakes import FakeListener

KILN = "What happened to the kiln?"
GLAZE = "How did you learn to mix glaze?"
BACK = "So you lost four hundred tiles, and the customer waited after you told her."


def a_session(**options) -> Session:
    listener = options.pop("listener", None) or FakeListener()
    store = options.pop("store", None) or MemoryStore()
    return Session.start(a_scenario(), listener, store, **options)


def names(events) -> list[str]:
    return [event.event for event in events]


def of_kind(events, kind):
    return [event for event in events if isinstance(event, kind)]


def said(session) -> list[str]:
    return [event.text for event in of_kind(session.opening(), MentorSaid)]


def test_a_talk_begins_with_the_mentor():
    listener = FakeListener()
    session = a_session(learner="Kim", notes="ask about glaze", seed=3, listener=listener)
    started, opened = session.opening()
    assert isinstance(started, TalkStarted) and not started.resumed
    assert (started.mentor, started.seed, started.scenario) == ("Ines", 3, "tile-maker")
    assert (opened.turn, opened.text) == (0, a_scenario().opening)
    assert (opened.topic, opened.closing) == (None, False)
    assert (session.talk.learner, session.talk.notes) == ("Kim", "ask about glaze")
    assert KILN in listener.prepared and opened.text in listener.prepared


def test_a_turn_is_taken_read_answered_and_gets_a_card():
    session = a_session()
    events = list(session.take_turn(KILN))
    assert names(events) == ["turn_taken", "turn_read", "card", "mentor_said"]
    read = events[1]
    assert (read.context, read.text) == (a_scenario().opening, KILN)
    assert read.reading == FakeListener().read(read.context, read.text)
    assert "four hundred tiles" in events[3].text
    assert [turn.text for turn in session.turns] == [KILN]
    assert session.turns[0].card == events[2].card


def test_the_context_of_a_turn_is_the_mentors_line_before():
    listener = FakeListener()
    session = a_session(listener=listener)
    said = of_kind(session.take_turn(KILN), MentorSaid)[0]
    list(session.take_turn(BACK))
    assert listener.asked == [(a_scenario().opening, KILN), (said.text, BACK)]
    assert said.text in listener.prepared


def test_a_turn_is_kept_before_it_is_read():
    store = MemoryStore()
    session = a_session(store=store)
    session.take_turn(KILN)
    (kept_record,) = store.turns(session.talk.id)
    assert (kept_record.text, kept_record.reading) == (KILN, None)
    assert session.unread == kept_record and session.turns == []


def test_a_failing_listener_loses_nothing():
    listener = FakeListener(error=MissingPart("The models are gone; start the coach again."))
    session = a_session(listener=listener)
    taken, failed = session.take_turn(KILN)
    assert isinstance(failed, TurnFailed) and "start the coach again" in failed.message
    assert session.unread is not None and not session.over
    listener.error = None
    assert names(session.read_again()) == ["turn_read", "card", "mentor_said"]
    assert session.unread is None and len(session.turns) == 1
    assert list(session.read_again()) == []


def test_the_card_does_not_wait_for_the_reply_and_comes_again_the_same():
    class Speechless(FakeListener):
        def fits(self, context, text, replies, earlier=()):
            if self.error is not None:
                raise self.error
            return super().fits(context, text, replies, earlier)

        def read(self, context, text):
            return FakeListener().read(context, text)

    listener = Speechless(error=MissingPart("gone"))
    session = a_session(listener=listener)
    events = list(session.take_turn("Is it cold in here?"))
    assert names(events) == ["turn_taken", "turn_read", "card", "problem"]
    assert session.unread is not None
    listener.error = None
    again = list(session.read_again())
    assert names(again) == ["turn_read", "card", "mentor_said"]
    assert of_kind(again, CardReady) == of_kind(events, CardReady)


def test_the_card_does_not_wait_for_what_the_mentor_makes_of_a_turn():
    class Deaf(FakeListener):
        def closeness(self, texts, candidates):
            raise MissingPart("gone")

    events = a_session(listener=Deaf()).take_turn("I see.")
    assert names(events) == ["turn_taken", "turn_read", "card", "problem"]


def test_what_answers_a_story_is_read_against_the_points_of_its_author():
    class Asked(FakeListener):
        def read_rows(self, rows):
            points.extend(row.key_points for row in rows)
            return super().read_rows(rows)

    points = []
    session = a_session(listener=Asked())
    for turn in ("Is it cold in here?", KILN, BACK):
        list(session.take_turn(turn))
    told = session.turns[1].reply
    assert told["key_points"] and points == [None, None, tuple(told["key_points"])]


def test_a_new_turn_takes_the_place_of_an_unread_one():
    listener = FakeListener(error=MissingPart("gone"))
    store = MemoryStore()
    session = a_session(listener=listener, store=store)
    list(session.take_turn(KILN))
    listener.error = None
    events = list(session.take_turn(GLAZE))
    assert names(events) == ["turn_taken", "turn_read", "card", "mentor_said"]
    assert (events[0].turn, events[0].attempt) == (1, 2)
    assert [turn.text for turn in session.turns] == [GLAZE]
    assert [turn.text for turn in store.turns(1)] == [KILN, GLAZE]


def test_a_disk_that_fills_after_the_turn_is_kept_leaves_it_unread():
    class Full(MemoryStore):
        full = True

        def complete_turn(self, turn_id, **made):
            if self.full:
                raise StorageError("The disk is full; make room.")
            return super().complete_turn(turn_id, **made)

        def save_draft(self, talk_id, text):
            raise StorageError("The disk is full; make room.")

    store = Full()
    session = a_session(store=store)
    events = list(session.take_turn(KILN))
    assert names(events) == ["turn_taken", "turn_read", "card", "problem"]
    store.full = False
    assert names(session.read_again()) == ["turn_read", "card", "mentor_said"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00", "\u200b\u00a0", "\x1b"])
def test_an_empty_turn_is_refused_and_nothing_is_kept(text):
    store = MemoryStore()
    session = a_session(store=store)
    with pytest.raises(BadInput, match="type what you would say"):
        session.take_turn(text)
    assert store.turns(session.talk.id) == []


def test_text_is_kept_as_typed_but_for_what_no_record_holds():
    session = a_session()
    text = "  [b]What\x00\x1b[31m\ud800 now?  "
    taken = next(session.take_turn(text))
    assert taken.text == "  [b]What\x1b[31m? now?  "


def test_a_pasted_book_is_kept_whole():
    session = a_session()
    book = "What did the kiln do then? " * 4000
    events = list(session.take_turn(book))
    assert events[0].text == book
    assert "card" in names(events)


def talk(*texts, **options):
    session = a_session(**options)
    events = list(session.opening())
    for text in texts:
        events += session.take_turn(text)
    return session, events


def test_same_seed_same_words_same_talk():
    texts = (KILN, BACK, "I see", "Thank you for that", "What is the capital of Peru?")
    _, once = talk(*texts, seed=5)
    _, again = talk(*texts, seed=5)
    assert once == again


def test_a_turn_taken_again_starts_from_the_state_before_it():
    session, _ = talk(KILN, "I see that", "Anything else?")
    reopened = list(session.reopen(2))
    assert reopened == [TurnReopened(turn=2, context=session.turns[1].context, text="I see that")]
    events = list(session.take_turn(BACK))
    assert names(events) == ["turn_taken", "turn_read", "card", "comparison", "mentor_said"]
    assert (events[0].turn, events[0].attempt) == (2, 2)
    fresh, straight = talk(KILN, BACK)
    assert of_kind(events, MentorSaid) == of_kind(straight, MentorSaid)[-1:]
    assert session.turns[-1].state == fresh.turns[-1].state
    assert [turn.text for turn in session.turns] == [KILN, BACK]


def test_the_exchange_before_is_read_with_what_could_be_replied():
    listener = FakeListener()
    session = a_session(listener=listener)
    opening = session.talk.opening["text"]
    asked = ["Do you like Thursdays?", "Are you fond of boats?", "Do you own a dog?"]
    for text in asked[:2]:
        list(session.take_turn(text))
    assert listener.read_before[-1] == (opening, asked[0], session.turns[1].context)
    list(session.reopen(1))
    list(session.take_turn(asked[2]))
    assert listener.read_before[-1] == (opening,)


def test_a_talk_taken_up_again_knows_the_exchange_before():
    listener, store = FakeListener(), MemoryStore()
    session = a_session(listener=listener, store=store)
    opening, asked = session.talk.opening["text"], "Do you like Thursdays?"
    list(session.take_turn(asked))
    listener.error = MissingPart("gone")
    list(session.take_turn("Are you fond of boats?"))
    listener.error = None
    session = Session.resume(session.talk.id, a_scenario(), listener, store)
    list(session.read_again())
    assert listener.read_before[-1] == (opening, asked, session.turns[0].reply["text"])


def test_the_comparison_sets_both_tries_side_by_side():
    session, _ = talk("Did the kiln crack?", GLAZE)
    before = session.turns[0].card
    list(session.reopen(1))
    events = list(session.take_turn(KILN))
    (compared,) = of_kind(events, TurnCompared)
    assert (compared.before_text, compared.after_text) == ("Did the kiln crack?", KILN)
    assert compared.before == before
    assert compared.after == of_kind(events, CardReady)[0].card
    assert "was closed and is open now" in compared.words


def test_a_third_try_is_compared_with_the_second():
    session, _ = talk("Did the kiln crack?")
    for text in (KILN, GLAZE):
        list(session.reopen(1))
        (compared,) = of_kind(session.take_turn(text), TurnCompared)
    assert (compared.before_text, compared.after_text) == (KILN, GLAZE)


def test_nothing_is_overwritten_by_branches():
    store = MemoryStore()
    session, _ = talk(KILN, BACK, GLAZE, store=store)
    list(session.reopen(1))
    list(session.take_turn(GLAZE))
    list(session.take_turn("And then?"))
    assert [turn.text for turn in session.turns] == [GLAZE, "And then?"]
    assert [turn.text for turn in store.turns(1)] == [KILN, BACK, GLAZE, GLAZE, "And then?"]


def test_a_reopened_turn_can_be_left_as_it_was():
    session, _ = talk(KILN, BACK)
    list(session.reopen(1))
    session.cancel_reopen()
    (taken, *_) = session.take_turn(GLAZE)
    assert (taken.turn, taken.attempt) == (3, 1)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_only_turns_that_are_there_can_be_reopened(number):
    session, _ = talk(KILN, BACK)
    with pytest.raises(BadInput, match="turns 1 to 2"):
        session.reopen(number)
    with pytest.raises(BadInput, match="no turn to take again yet"):
        a_session().reopen(1)


def test_a_goodbye_ends_the_talk_and_taking_it_again_does_not():
    session, events = talk(KILN, "Goodbye.")
    assert events[-1].closing and session.over
    with pytest.raises(BadInput, match="over"):
        session.take_turn("One more thing")
    assert list(session.hint()) == []
    list(session.reopen(2))
    assert not session.over
    list(session.take_turn(GLAZE))
    assert not session.over and len(session.turns) == 2


def test_a_resumed_talk_is_told_again_and_goes_on_the_same():
    store = MemoryStore()
    session, _ = talk(KILN, BACK, store=store, seed=4)
    list(session.reopen(2))
    list(session.take_turn("I see that"))
    resumed = Session.resume(session.talk.id, a_scenario(), FakeListener(), store)
    events = list(resumed.opening())
    assert events[0].resumed
    assert names(events) == [
        "talk_started",
        "mentor_said",
        *("turn_taken", "turn_read", "card", "mentor_said") * 2,
    ]
    assert [event.text for event in of_kind(events, TurnTaken)] == [KILN, "I see that"]
    assert list(resumed.take_turn(GLAZE)) == list(
        talk(KILN, "I see that", seed=4)[0].take_turn(GLAZE)
    )


def test_a_turn_killed_before_it_was_read_is_offered_again():
    store = MemoryStore()
    session, _ = talk(KILN, store=store)
    events = session.take_turn(BACK)
    next(events)
    del events  # killed here
    resumed = Session.resume(1, a_scenario(), FakeListener(), store)
    assert names(resumed.opening())[-1] == "turn_taken"
    assert resumed.unread is not None and resumed.unread.text == BACK
    assert names(resumed.read_again()) == ["turn_read", "card", "mentor_said"]
    assert [turn.text for turn in resumed.turns] == [KILN, BACK]


def test_a_line_being_typed_is_kept():
    store = MemoryStore()
    session, _ = talk(KILN, store=store)
    session.save_draft("And the cust\x00omer")
    assert Session.resume(1, a_scenario(), FakeListener(), store).draft == "And the customer"
    session.take_turn(BACK)
    assert session.draft == ""
    # Killed after the turn was kept and before the draft was cleared.
    store.save_draft(1, BACK)
    assert Session.resume(1, a_scenario(), FakeListener(), store).draft == ""


def test_a_talk_is_resumed_with_its_own_scenario():
    store = MemoryStore()
    a_session(store=store)
    with pytest.raises(BadInput, match="tile-maker"):
        Session.resume(1, a_scenario(id="other"), FakeListener(), store)
    with pytest.raises(BadInput, match="no talk 9"):
        Session.resume(9, a_scenario(), FakeListener(), store)


def test_pause_leaves_the_talk_unfinished():
    store = MemoryStore()
    session = a_session(store=store, learner="Kim")
    assert list(session.pause()) == [TalkPaused(talk=1)]
    assert store.unfinished() == store.unfinished("Kim") == [session.talk]
    assert store.unfinished("Lee") == []


def test_finish_asks_for_the_learners_own_rating_first():
    store = MemoryStore()
    session, _ = talk(KILN, BACK, GLAZE, store=store)
    (asked,) = session.finish()
    assert isinstance(asked, RatingAsked) and asked.choices == RATING_CHOICES
    assert session.over and store.unfinished() == []
    ended = session.talk.ended
    assert list(session.finish()) == [asked] and session.talk.ended == ended
    for refused in (lambda: session.take_turn("More"), lambda: session.reopen(1)):
        with pytest.raises(BadInput):
            refused()


def test_the_debrief_is_kept_with_the_rating():
    store = MemoryStore()
    session, _ = talk(KILN, BACK, GLAZE, store=store)
    list(session.finish())
    (ready,) = session.debrief(4, "Went w\x00ell.")
    assert isinstance(ready, DebriefReady)
    assert (ready.own_rating, ready.own_words) == (4, "Went well.")
    assert ready.debrief.judged and ready.debrief.figures.turns == 3
    assert "The kiln that cracked" in ready.debrief.heard
    assert len(ready.debrief.heard) + ready.debrief.unheard == 5
    assert store.talk(1).debrief == ready.debrief
    again = Session.resume(1, a_scenario(), FakeListener(), store)
    assert list(again.opening())[-1] == ready


@pytest.mark.parametrize("rating", [0, 6, -3])
def test_a_rating_that_was_not_asked_for_is_refused(rating):
    with pytest.raises(BadInput, match="1 to 5"):
        list(a_session().debrief(rating, ""))


def test_a_debrief_without_a_turn():
    session = a_session()
    (ready,) = session.debrief(None, "")
    assert not ready.debrief.judged and session.over
    assert (ready.debrief.heard, ready.debrief.unheard) == ((), 5)


def test_hints_rise_and_stop_at_their_level():
    session = a_session(hint_level=3)
    hints = [of_kind(session.hint(), HintGiven)[0] for _ in range(4)]
    assert [hint.level for hint in hints] == [1, 2, 3, 3]
    assert len({hint.text for hint in hints}) == 3
    scenario = a_scenario()
    assert hints[2].text.endswith(f"“{scenario.topics[0].better_question}”")
    list(session.take_turn(KILN))
    assert session.turns[0].hints == tuple(hint.text for hint in hints[:3])
    assert next(session.hint()).level == 1


@pytest.mark.parametrize("level", [0, 1, 2])
def test_hints_fade(level):
    session = a_session(hint_level=level)
    given = [hint.level for _ in range(3) for hint in session.hint()]
    assert given == [min(at, level) for at in (1, 2, 3) if level]


def test_a_hint_after_a_story_is_its_paraphrase():
    session = a_session(hint_level=3)
    list(session.take_turn(KILN))
    nudge, pointer, wording = (next(session.hint()).text for _ in range(3))
    assert "Say it back" in nudge
    assert "“I was afraid the customer would leave us.”" in pointer
    assert a_scenario().topics[0].better_paraphrase in wording


def test_a_hint_after_a_confidence_names_its_points():
    session = a_session(hint_level=3)
    list(session.take_turn(KILN))
    said = of_kind(session.take_turn(BACK), MentorSaid)[0]
    assert said.depth == "confidence"
    for _ in range(3):
        hint = next(session.hint())
    assert "the ticking had been there for a week" in hint.text


def test_the_better_wording_is_the_scenarios():
    session = a_session()
    events = list(session.take_turn("Did the kiln crack?"))
    card = of_kind(events, CardReady)[0].card
    # One closed question is no fault; a second one running is.
    assert card.try_next is None or card.try_next.skill != "question_closed"
    events = list(session.take_turn("Did you refuse an order?"))
    card = of_kind(events, CardReady)[0].card
    assert card.try_next.skill == "question_closed"
    assert card.try_next.example == "What went into turning the hotel down?"
    list(session.take_turn(KILN))
    card = of_kind(session.take_turn("Business goes on, they say"), CardReady)[0].card
    assert card.try_next.example == a_scenario().topics[0].better_paraphrase


def test_listener_that_cannot_prepare_is_no_problem():
    class Unready(FakeListener):
        def prepare(self, texts):
            raise MissingPart("still loading")

    session = a_session(listener=Unready())
    assert names(session.opening()) == ["talk_started", "mentor_said"]
    assert names(session.take_turn(KILN))[-1] == "mentor_said"


def test_shown_text_keeps_its_length():
    text = "a\x1b[31m\u202eb\n\tc\x07"
    assert shown(text) == "a\ufffd[31m\ufffdb\n\tc\ufffd"
    assert len(shown(text)) == len(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_kept_or_refused(text):
    assert "\x00" not in kept(text)
    kept(text).encode("utf-8")
    try:
        assert kept_turn(text).strip()
    except BadInput:
        assert not any(char.isalnum() for char in text)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("say", "again", "hint", "cancel", "resume")),
            st.text(max_size=40)
            | st.sampled_from((KILN, BACK, GLAZE, "Goodbye.", "I see", "سلام")),
            st.integers(0, 4),
        ),
        max_size=10,
    )
)
def test_any_talk_can_be_told_again_word_for_word(steps):
    store = MemoryStore()
    session = a_session(store=store, hint_level=3)
    for step, text, number in steps:
        try:
            if step == "say":
                list(session.take_turn(text))
            elif step == "again":
                list(session.reopen(number))
            elif step == "hint":
                list(session.hint())
            elif step == "cancel":
                session.cancel_reopen()
            else:
                session = Session.resume(1, a_scenario(), FakeListener(), store, hint_level=3)
        except BadInput:
            continue
    branch = session.turns
    assert [turn.number for turn in branch] == list(range(1, len(branch) + 1))
    texts = [turn.text for turn in branch]
    fresh, _ = talk(*texts)
    assert [t.reply for t in fresh.turns] == [t.reply for t in branch]
    assert [t.card for t in fresh.turns] == [t.card for t in branch]
    resumed = Session.resume(1, a_scenario(), FakeListener(), store)
    told = list(resumed.opening())
    assert [e.text for e in of_kind(told, TurnTaken)] == texts
    assert [e.reading for e in of_kind(told, TurnRead)] == [t.reading for t in branch]
    (ready,) = session.debrief(3, "")
    assert ready.debrief.figures.turns == len(branch)


def test_content_of_no_hint_is_invented():
    """Every quoted wording of a hint stands in the scenario."""
    import re

    whole = a_scenario().model_dump_json()
    session = a_session(hint_level=3)
    for text in (KILN, BACK, "I see", GLAZE, "Did you refuse an order?"):
        for _ in range(3):
            for quoted in re.findall("“([^”]*)”", next(session.hint()).text):
                assert quoted in whole or content_words(quoted) == []
        list(session.take_turn(text))


def test_a_question_after_a_question_is_seen_across_turns():
    session, _ = talk(KILN)
    question = "How did the customer take it?"
    card = of_kind(session.take_turn(question), CardReady)[0].card
    assert card.try_next.skill == "questions_in_a_row"


def test_a_mentor_met_again_goes_on_from_the_last_talk_and_strangers_do_not():
    store = MemoryStore()
    first = a_session(store=store, learner="Kim")
    list(first.opening())
    list(first.take_turn("What went wrong with the kiln?"))
    list(first.debrief(None, ""))
    again = a_session(store=store, learner="Kim")
    assert said(again)[0].startswith("You again, and the kiln is hot.")
    assert MentorState.model_validate(again.talk.opening_state).met == 1
    for other in (
        a_session(store=store, learner="Lee"),
        a_session(store=store, learner="Kim", anew=True),
    ):
        assert said(other)[0].startswith("The kiln is cooling")


def test_a_mentor_remembers_past_a_last_talk_that_could_not_be_read():
    store = MemoryStore()
    first = a_session(store=store, learner="Kim")
    list(first.take_turn("What went wrong with the kiln?"))
    list(first.debrief(None, ""))
    deaf = FakeListener(MissingPart("The models are gone."))
    unread = a_session(store=store, learner="Kim", listener=deaf)
    list(unread.take_turn("What about the glaze?"))
    list(unread.finish())
    again = a_session(store=store, learner="Kim")
    assert said(again)[0] in a_scenario().again.opening
    assert MentorState.model_validate(again.talk.opening_state).met == 2


def test_a_talk_without_a_turn_or_without_an_end_is_no_meeting():
    store = MemoryStore()
    list(a_session(store=store, learner="Kim").debrief(None, ""))
    under_way = a_session(store=store, learner="Kim")
    list(under_way.take_turn("What went wrong with the kiln?"))
    assert store.met("tile-maker", "Kim") == []


def test_why_the_mentor_spoke_is_told_with_where_they_stand():
    session = a_session()
    first = next(e for e in session.opening() if isinstance(e, MentorSaid))
    assert "trust stands at 50 of 100" in first.why and first.mind.moved == ()
    told = next(e for e in session.take_turn("How is it?") if isinstance(e, MentorSaid))
    assert told.rule in told.why and "What moved them: an open question" in told.why
