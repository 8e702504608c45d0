"""A small talk on record with everything in it that an export has to show."""

from datetime import UTC, datetime, timedelta
from itertools import count

from coach.feedback.card import Card, PointKept, QuestionNote, Quote, Remark
from coach.feedback.debrief_model import Debrief, Figures, Moment
from coach.listening.reading import Reading
from coach.practice.store import TalkHead, TurnRecord
from coach.records.store import RecordStore
from tests.fakes import FakeListener

LINE = "Claims come in by the hundred after a storm, and each one is somebody's roof."
REPLY = {"text": "Yes. That's it.", "kind": "encouraged", "rule": "An accurate paraphrase landed."}
STATE = {"trust": 0.5}
HOSTILE = (
    "# not a heading\n\n<script>alert('x')</script> & [a link](http://example.org) **bold** |\n"
    "=1+1\n- item\n1. item\n    code\n\u202edesrever \x1b[31mred"
)


def begin(store: RecordStore, **changes: object) -> TalkHead:
    told = {
        "scenario": "storm-claims",
        "title": "A storm's worth of claims",
        "mentor": "Ada",
        "learner": "Kim",
        "seed": 7,
        "opening": {"text": LINE, "kind": "opening", "rule": "The scenario's opening."},
        "opening_state": STATE,
    }
    return store.begin_talk(**{**told, **changes})


def read(text: str, context: str = LINE) -> Reading:
    return FakeListener().read(context, text)


def full_card(text: str) -> Card:
    return Card(
        strength=Remark(
            skill="paraphrase_faithful",
            title="Handed it back",
            words="This turn says in other words what the storm means for people.",
            rule="A paraphrase keeps what was meant and changes the words.",
            yours=Quote(text=text[:16], span=(0, 16)),
            theirs=Quote(text=LINE[:6], span=(0, 6)),
        ),
        try_next=Remark(
            skill="open_question",
            title="Leave the answer open",
            words="The question can be answered with yes or no.",
            rule="A question that starts with 'what' or 'how' leaves the answer to them.",
            example="How do you decide which roof comes first?",
        ),
        question=QuestionNote(
            kind="closed", flags=("leading",), words=(), why="It starts with 'is'."
        ),
        points=(
            PointKept(text="claims come by the hundred", span=(0, 26), status="covered", sure=True),
            PointKept(
                text="for the mentor each is somebody's roof",
                span=None,
                status="missed",
                sure=False,
            ),
        ),
        added=(Quote(text="the firm is slow", span=(0, 16)),),
        copied=(Quote(text="after a storm", span=(0, 13)),),
        depth="close to the words",
        score=78,
        moves=("feedback_request", "appreciation"),
    )


def not_judged() -> Card:
    return Card(judged=False, reason="one word is not enough to judge")


def debrief() -> Debrief:
    moment = Moment(turn=1, theirs=LINE, yours="So you <see> people", why="It kept the point.")
    return Debrief(
        judged=True,
        opening="You gave yourself a four; here is what the turns show.",
        worked=(moment,),
        missed=(moment.model_copy(update={"turn": 2, "better": "What happened then?"}),),
        practise_next="Ask one thing at a time.",
        practise_skill="one_question",
        heard=("The night of the flood",),
        unheard=4,
        figures=Figures(
            turns=3,
            judged=2,
            questions=2,
            reflections=1,
            reflections_to_questions=0.5,
            open_share=None,
            talk_share=0.41,
            uptake=(0.2, 0.75),
            uptake_turns=(1, 2),
            note="These describe this talk, not you.",
        ),
    )


def fix_clock(monkeypatch) -> None:
    """Let the store's clock start at one moment and go on by a minute at each look."""
    start = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    moments = (start + timedelta(minutes=n) for n in count())
    monkeypatch.setattr("coach.records.store._now", lambda: next(moments))


def whole_talk(store: RecordStore) -> int:
    """Two turns, the second taken again after the talk had gone on; the last not read yet."""
    head = begin(store, notes="Ask about <the flood>\nand *thank* her")

    def turn(text: str, parent: TurnRecord | None, number: int, card: Card | None, hints=()):
        record = store.add_turn(
            head.id,
            parent=parent.id if parent else None,
            number=number,
            context=LINE if parent is None else REPLY["text"],
            text=text,
            hints=tuple(hints),
        )
        if card is None:
            return record
        return store.complete_turn(
            record.id, reading=read(text), card=card, reply=REPLY, state=STATE
        )

    first = "So you see people where others see paper. Is that hard?"
    one = turn(first, None, 1, full_card(first), ["Say back what you heard."])
    left = turn("Ok", one, 2, not_judged())
    turn("What did the flood change?", left, 3, full_card("What did the flood change?"))
    again = turn(HOSTILE, one, 2, full_card(HOSTILE))
    turn("سقف كل واحد\nis somebody's 🏠", again, 3, None)
    store.end_talk(head.id)
    store.end_talk(head.id, own_rating=4, own_words="I listened, *mostly*.", debrief=debrief())
    return head.id
