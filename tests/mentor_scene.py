"""A small scenario and readings made by hand, for the mentor's tests."""

from __future__ import annotations

from typing import Any

from coach.listening.reading import MOVES, KeyPoint, Paraphrase, Question, Reading, Reflection
from coach.mentor.mentor import Mentor, MentorState
from coach.mentor.scenario import Manners, Scenario
from tests.fakes import FakeListener

# Topics share no words, so that the fake listener's word overlap tells them apart.
_TOPICS = {
    "rope": ("rope walk", "hemp twisted slowly"),
    "storm": ("great gale", "masts snapped overnight"),
    "ledger": ("account books", "figures never balanced"),
    "engine": ("steam boiler", "valves kept leaking"),
    "pilot": ("harbour pilot", "currents turned early"),
    "guild": ("craftsmen's lodge", "elders voted against"),
}


def _topic(topic_id: str, title: str, words: str, needs: list[str]) -> dict[str, Any]:
    return {
        "id": topic_id,
        "title": title,
        "says": {
            "short": f"{title}: {words}, mostly.",
            "full": f"{words} while everyone watched, {title} and no help came.",
            "confidence": f"nobody knows {title} shamed me since {words}.",
        },
        "key_points": {
            "short": [words],
            "full": [f"{words} while everyone watched", "no help came"],
            "confidence": [f"{title} shamed me"],
        },
        "opened_by": [f"how did {title} begin", f"tell me about {title}"],
        "corrections": [f"no, {title} went differently {n}" for n in ("once", "twice")],
        "asks_back": f"has {title} ever troubled your family?",
        "better_question": f"what was {title} like",
        "better_paraphrase": f"so you saw {title}",
        "needs": needs,
    }


def a_scenario(**changes: Any) -> Scenario:
    """Six topics of three depths, one answer, two replies, lists at their minimum."""
    data: dict[str, Any] = {
        "id": "small-port",
        "title": "A small port",
        "summary": "A talk on a quay.",
        "trade": "shipping",
        "difficulty": "gentle",
        "minutes": 10,
        "skills": ["listening"],
        "situation": "first_meeting",
        "aims": {"element": "listening", "step": "reflective_listening"},
        "mentor": {"name": "Bo", "role": "quartermaster", "about": "Old hand.", "manner": "Dry."},
        "learner_role": "You are new.",
        "goal": "Learn the place.",
        "setting": "On the quay.",
        "opening": "Welcome aboard. Did you sleep?",
        "topics": [
            _topic(key, title, words, ["storm"] if key == "guild" else [])
            for key, (title, words) in _TOPICS.items()
        ],
        "answers": [
            {"asked_as": ["are you married", "do you have children"], "says": ["Two sons."]}
        ],
        "replies": [
            {"to": "appreciation", "says": ["No need for thanks.", "Kind of you."]},
            {"to": "commitment", "says": ["I hold you to it."]},
            {"to": "dismissal", "says": ["That was rude.", "Rude again."]},
            {"to": "unsolicited_advice", "says": ["Did I ask?"]},
            {"to": "topic_proposal", "says": ["If you wish."]},
        ],
        "manners": {
            name: [f"{name} number {n}." for n in range(field.metadata[0].min_length)]
            for name, field in Manners.model_fields.items()
            if field.metadata
        }
        | {"leads_on": [f"leads_on number {n}." for n in range(5)]},
        "again": {
            "opening": ["Aboard again?", "Still afloat?"],
            "after_long": "A long voyage.",
            "asks_after": ["You swore “{promise}”. And?", "What of “{promise}”?"],
        },
        "closing": ["Warm goodbye.", "Goodbye.", "Off with you."],
        "farewells": ["goodbye then", "i must be off", "see you tomorrow"],
    }
    return Scenario.model_validate(data | changes)


def a_reading(
    asks: str = "none",
    reflects: str = "none",
    *,
    moves: tuple[str, ...] = (),
    points: str = "",
    added: bool = False,
    **more: Any,
) -> Reading:
    """A reading; ``points`` has one letter per key point: c(overed), m(issed), d(istorted).

    The nets are sure that who goes over half of a story sums it up.
    """
    status = {"c": "covered", "m": "missed", "d": "distorted"}
    paraphrase = None
    if points:
        paraphrase = Paraphrase(
            score=50,
            coverage=points.count("c") / len(points),
            faithfulness=0.2 if "d" in points else 0.9,
            own_words=0.8,
            concision=1.0,
            key_points=tuple(KeyPoint(text=p, status=status[p], p=0.9) for p in points),
            added=((0, 4),) if added else (),
        )
    goes_over = bool(points) and 2 * (len(points) - points.count("m")) >= len(points)
    made = {*moves, "summary"} if goes_over else set(moves)
    return Reading(
        question=Question(
            kind=asks,
            p={kind: float(kind == asks) for kind in ("none", "open", "closed")},
            flags=more.pop("flags", ()),
        ),
        reflection=Reflection(
            kind=reflects,
            p={kind: float(kind == reflects) for kind in ("none", "simple", "complex")},
        ),
        uptake=more.pop("uptake", 0.5),
        paraphrase=paraphrase,
        moves={move: 0.9 if move in made else 0.0 for move in MOVES},
        model="by hand",
        **more,
    )


WELL = a_reading(reflects="simple", points="cc")
WRONGLY = a_reading(reflects="simple", points="cd")
PARTLY = a_reading(reflects="simple", points="cmmm")
OPEN = a_reading("open")
CLOSED = a_reading("closed")
PLAIN = a_reading(uptake=0.1)
UNJUDGED = a_reading(judged=False, reason="too short", uptake=0.0)


def a_mentor(state: MentorState | None = None, seed: int = 0, **changes: Any) -> Mentor:
    """A mentor of `a_scenario` who has said the opening, unless a state is given."""
    mentor = Mentor(a_scenario(**changes), FakeListener().closeness, seed, state)
    if state is None:
        mentor.opening()
    return mentor
