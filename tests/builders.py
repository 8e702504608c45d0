"""Readings, scenarios and turns made by hand, for everyone's tests."""

from __future__ import annotations

from typing import Any

from coach.feedback.debrief_model import ReadTurn
from coach.feedback.rules import write_card
from coach.listening.reading import (
    MOVES,
    KeyPoint,
    Paraphrase,
    Question,
    Reading,
    Reflection,
    Span,
)
from coach.mentor.scenario import Scenario


def span_of(text: str, part: str | None) -> tuple[Span, ...]:
    """Where a part stands in a text, as evidence; none for None."""
    if part is None:
        return ()
    start = text.index(part)
    return ((start, start + len(part)),)


def a_reading(
    text: str = "",
    *,
    asks: str = "none",
    sure: float = 0.98,
    flags: tuple[str, ...] = (),
    asking: tuple[str, ...] | None = None,
    reflects: str = "none",
    reflecting: str | None = None,
    uptake: float = 0.5,
    paraphrase: Paraphrase | None = None,
    moves: dict[str, float] | tuple[str, ...] = (),
    shows: dict[str, str] | None = None,
    judged: bool = True,
    reason: str | None = None,
) -> Reading:
    """A reading of ``text``.

    ``asks`` and ``reflects`` are kinds, held with probability ``sure``; ``asking``,
    ``reflecting`` and ``shows`` (by move) are the parts of the text that are the evidence, the
    whole text where not given. ``moves`` named without a probability have 0.99.
    """
    whole = ((0, len(text)),)
    rest = (1 - sure) / 2
    present = moves if isinstance(moves, dict) else dict.fromkeys(moves, 0.99)
    spans = {move: span_of(text, part) for move, part in (shows or {}).items()}
    parts = None if asking is None else tuple(span_of(text, part)[0] for part in asking)
    return Reading(
        question=Question(
            kind=asks,
            p={kind: sure if kind == asks else rest for kind in ("none", "open", "closed")},
            flags=flags,
            evidence=() if asks == "none" else (whole if parts is None else parts),
        ),
        reflection=Reflection(
            kind=reflects,
            p={kind: sure if kind == reflects else rest for kind in ("none", "simple", "complex")},
            evidence=() if reflects == "none" else (span_of(text, reflecting) or whole),
        ),
        uptake=uptake,
        paraphrase=paraphrase,
        moves={move: present.get(move, 0.0) for move in MOVES},
        move_evidence={move: spans.get(move, whole) for move in present},
        judged=judged,
        reason=reason,
        model="by hand",
    )


def a_point(context: str, part: str, status: str = "covered", p: float = 0.97) -> KeyPoint:
    """A key point that stands literally in the context."""
    return KeyPoint(text=part, span=span_of(context, part)[0], status=status, p=p)


def a_paraphrase(*points: KeyPoint, **changes: Any) -> Paraphrase:
    """A paraphrase with these points; faithful and in own words unless changed."""
    covered = sum(point.status == "covered" for point in points)
    data: dict[str, Any] = {
        "score": 75,
        "coverage": covered / len(points) if points else 0.0,
        "faithfulness": 1.0,
        "own_words": 0.9,
        "concision": 1.0,
        "key_points": points,
    }
    return Paraphrase(**data | changes)


def a_read_turn(number: int, context: str, text: str, reading: Reading, **changes: Any) -> ReadTurn:
    """A turn as the debrief sees it, its card written by the rules."""
    better = changes.pop("better", None)
    card = write_card(context, text, reading, better_paraphrase=better)
    data: dict[str, Any] = {
        "number": number,
        "context": context,
        "text": text,
        "reading": reading,
        "card": card,
        "reply": "Go on.",
    }
    return ReadTurn(**data | changes)


def _topic(topic_id: str, **words: Any) -> dict[str, Any]:
    return {"id": topic_id, "needs": [], **words}


_TOPICS = [
    _topic(
        "kiln",
        title="The kiln that cracked",
        says={
            "short": "The old kiln cracked in March.",
            "full": "The old kiln cracked in March with four hundred tiles inside. I was afraid "
            "the customer would leave us. I drove out and told her myself, and she waited.",
            "confidence": "I had heard the ticking for a week and said nothing to anybody.",
        },
        key_points={
            "short": ["the kiln cracked in March"],
            "full": ["the kiln cracked with four hundred tiles inside", "the customer waited"],
            "confidence": ["the ticking had been there for a week"],
        },
        opened_by=["What happened to the kiln?", "Tell me about the kiln that cracked."],
        corrections=["No, it was the kiln that went, not the oven.", "Not quite: she did wait."],
        asks_back="What would you have told her?",
        better_question="What happened on the day the kiln cracked?",
        better_paraphrase="So a whole order was lost in one night, and telling her straight kept "
        "her with you.",
    ),
    _topic(
        "glaze",
        title="Learning to mix glaze",
        says={
            "short": "I mixed glaze by eye for years.",
            "full": "I mixed glaze by eye for years, until a trainee weighed it all. Hers came out "
            "the same twice running. Mine never had.",
            "confidence": "I was jealous of her scales, if you want the truth.",
        },
        key_points={
            "short": ["glaze was mixed by eye"],
            "full": ["a trainee weighed the glaze", "hers came out the same twice"],
            "confidence": ["there was jealousy of the scales"],
        },
        opened_by=["How did you learn to mix glaze?", "Who taught you about glaze?"],
        corrections=["By eye, I said, not by weight.", "She weighed it, I did not."],
        asks_back="What have you taught somebody older?",
        better_question="How did you come to change the way you mixed glaze?",
        better_paraphrase="So a newcomer with scales showed you what years of practice had not.",
    ),
    _topic(
        "order",
        title="Turning an order down",
        says={
            "short": "I turned down a hotel once.",
            "full": "I turned down a hotel once, six bathrooms at half the price. My brother did "
            "not speak to me for a month. The hotel closed the year after.",
            "confidence": "I was less sure than I made out; I only did not want to work nights.",
        },
        key_points={
            "short": ["a hotel's order was turned down"],
            "full": ["six bathrooms at half the price were refused", "the brother was angry"],
            "confidence": ["not wanting to work nights was the reason"],
        },
        opened_by=["When did you refuse an order?", "How do you turn work down?"],
        corrections=["It was the price, not the hotel.", "He was angry for a month, no more."],
        asks_back="What have you said no to?",
        better_question="What went into turning the hotel down?",
        better_paraphrase="So you gave up a large order over its price and a month of peace at "
        "home, and time proved you right.",
    ),
    _topic(
        "apprentice",
        title="The first apprentice",
        says={
            "short": "My first apprentice stayed nine years.",
            "full": "My first apprentice broke something every day for a month. I kept one piece "
            "from each week on a shelf. When the shelf stayed empty I gave her the key.",
            "confidence": "When she left I could not look at that shelf.",
        },
        key_points={
            "short": ["the first apprentice stayed nine years"],
            "full": ["she broke something daily for a month", "the key came with an empty shelf"],
            "confidence": ["the shelf was hard to look at after she left"],
        },
        opened_by=["What was your first apprentice like?", "How do you train somebody new?"],
        corrections=["She broke things, I never did the shouting.", "It was a month, not a year."],
        asks_back="Who gave you a key?",
        better_question="How did you teach your first apprentice?",
        better_paraphrase="So you let her fail in plain sight until there was nothing left to "
        "show, and then trusted her with the door.",
    ),
    _topic(
        "market",
        title="Selling on market days",
        says={
            "short": "Saturdays I sell on the square.",
            "full": "Saturdays I sell on the square, rain or not. People tell me what broke before "
            "they tell me what they want. I write that down in the van.",
            "confidence": "Some weeks the square is the only talk I have.",
        },
        key_points={
            "short": ["Saturdays are for the square"],
            "full": ["people say first what broke", "it is written down in the van"],
            "confidence": ["the square can be the only talk in a week"],
        },
        opened_by=["What do you sell on the square?", "How are market days?"],
        corrections=["Saturdays, not Sundays.", "They tell me; I do not ask."],
        better_question="What do you hear on market days?",
        better_paraphrase="So the square is where you learn what people need, by listening to "
        "what went wrong.",
    ),
]  # fmt: skip

_MANNERS = {
    "encouraged": ["Yes, that is it.", "You have it.", "Just so.", "That is how it was.",
                   "You heard me.", "Right."],
    "partly": ["In part.", "Some of it.", "One side of it.", "Perhaps.", "Near it.", "Half."],
    "agreed": ["By all means.", "Do.", "I do not see why not.", "You may."],
    "quiet": ["Hm.", "Yes.", "So.", "Well."],
    "changes_subject": ["Enough of that.", "To other things.", "Leave it.", "Now then."],
    "acknowledged": ["Well?", "And what do you make of it?", "Go on.", "Say it.", "Yes?"],
    "leads_on": ["You could ask about the kiln.", "There is the glaze, too.",
                 "I turned an order down once.", "I have trained a few.", "Saturdays are better."],
    "does_not_know": ["That I cannot tell you.", "You would have to ask my brother.",
                      "I never learned.", "No idea.", "Not my trade.", "Who knows."],
    "not_understood": ["Say that again?", "I did not catch it.", "Once more?", "Pardon?"],
    "answered": ["Good to know.", "I see that.", "Fair enough.", "Well said.", "That makes sense."],
    "ran_dry": ["I have told you that.", "There is no more to it.", "That was all.",
                "We have been through that."],
}  # fmt: skip


def a_scenario(**changes: Any) -> Scenario:
    """A valid small scenario: a tile maker and somebody new to the trade."""
    data: dict[str, Any] = {
        "id": "tile-maker",
        "title": "An afternoon at the kiln",
        "summary": "A tile maker talks about work that went wrong and work that went well.",
        "trade": "ceramics",
        "difficulty": "gentle",
        "minutes": 10,
        "skills": ["listening", "open_questions"],
        "situation": "first_meeting",
        "aims": {"element": "listening", "step": "reflective_listening"},
        "mentor": {
            "name": "Ines",
            "role": "tile maker",
            "about": "Ines has made tiles for thirty years. She answers what she is asked.",
            "manner": "Plain, in short sentences.",
        },
        "learner_role": "You are in your first month at the workshop.",
        "goal": "Find out how she learned from what went wrong.",
        "setting": "The workshop, after closing.",
        "opening": "The kiln is cooling, so there is time. What would you like to know?",
        "topics": _TOPICS,
        "answers": [
            {"asked_as": ["How many people work here?", "How big is the workshop?"],
             "says": ["Three of us, and the cat."]}
        ],
        "replies": [
            {"to": "appreciation", "says": ["You are welcome.", "Glad of it."]},
            {"to": "dismissal", "says": ["That was not kind.", "I heard that."]},
        ],
        "manners": _MANNERS,
        "promises": [{"id": "notes", "by": "learner", "text": "Bring your notes next week."}],
        "again": {
            "opening": ["You again, and the kiln is hot. What now?", "Back so soon? Ask."],
            "after_long": "The tiles have cooled since then.",
            "asks_after": ["You said, “{promise}”. And?", "There was “{promise}”. Well?"],
        },
        "closing": ["Come again, I liked this.", "Until next week.", "Well. Goodbye."],
        "farewells": ["Goodbye.", "I have to go now.", "See you next week."],
    }  # fmt: skip
    return Scenario.model_validate(data | changes)
