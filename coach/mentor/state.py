"""What the mentor remembers of a talk, and the rules by which trust grows and shrinks.

`MentorState` is everything needed to go on with a talk: it is kept with every turn, so that
taking a turn again starts from the state before it. It is frozen; a reply makes a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.listening.reading import HARMFUL_MOVES, Reading
from coach.mentor.scenario import Depth

HandedBack = Literal["none", "well", "partly", "wrongly"]
"""What became of the mentor's words in the learner's mouth."""

START = 0.5
"""Trust at the first word: neither warm nor guarded."""
GUARDED = 0.3
"""Below this the mentor keeps to short answers."""
CONFIDES = 0.4
"""At this and above an accurate paraphrase opens what lies deeper."""
OPENS_UP = 0.56
"""At this and above a good follow-up question alone opens what lies deeper."""
WALKS_OUT = 0.1
"""Below this, after one more slight, the mentor ends the talk."""


class MentorState(BaseModel):
    """Where a talk stands, JSON-serialisable.

    Keys of lines are those of `coach.mentor.script.Script`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    turn: int = 0
    """Turns answered so far."""
    trust: float = Field(default=START, ge=0, le=1)
    current: str | None = None
    """Topic of the mentor's last line that had one."""
    told: dict[str, Depth] = Field(default_factory=dict)
    """How deep each topic has been told."""
    said: tuple[str, ...] = ()
    """Keys of every line said."""
    last: tuple[str, ...] = ()
    """Keys of the line said last."""
    pending: str | None = None
    """Key of the mentor's question that waits for an answer."""
    promises: tuple[str, ...] = ()
    """What the learner promised, in their own words."""
    nods: int = 0
    """Turns in a row that gave nothing to go on."""
    unreadable: int = 0
    """Turns in a row that could not be read."""
    slights: int = 0
    """Harmful turns so far."""
    closed: bool = False
    """The mentor has said goodbye."""


@dataclass(frozen=True, slots=True)
class TrustRule:
    """One thing that moves trust: by how much, and why in plain English."""

    sign: str
    by: float
    why: str


TRUST_RULES: tuple[TrustRule, ...] = (
    TrustRule("handed_back_well", +0.12, "their words came back whole, in the learner's own"),
    TrustRule("handed_back_partly", +0.03, "some of it came back"),
    TrustRule("handed_back_wrongly", -0.05, "they were misheard"),
    TrustRule("open", +0.03, "an open question left the answer to them"),
    TrustRule("builds", +0.02, "the question took up what they had just said"),
    TrustRule("leading", -0.04, "the answer was already in the question"),
    TrustRule("multiple", -0.02, "several questions came at once"),
    TrustRule("appreciation", +0.03, "they were thanked"),
    TrustRule("commitment", +0.04, "something was promised"),
    TrustRule("follow_through", +0.06, "a promise was kept, or its failing owned up to"),
    TrustRule("confidentiality", +0.05, "what they say is protected"),
    TrustRule("insight_applied", +0.06, "something they said was put to use"),
    TrustRule("own_observation", +0.03, "the learner was honest about their own work"),
    TrustRule("feedback_request", +0.03, "their view was asked for"),
    TrustRule("guidance_preference", +0.02, "the way of working together was talked about"),
    TrustRule("mutual_benefit", +0.04, "it was asked what is in it for them"),
    TrustRule("perspective_seeking", +0.04, "a difference was treated as something to learn from"),
    TrustRule("knowledge_share", +0.03, "they learned something themselves"),
    TrustRule("casual_invite", +0.02, "they were asked along"),
    TrustRule("unsolicited_advice", -0.10, "they were told what to do without asking"),
    TrustRule("topic_hijack", -0.12, "their point was left behind"),
    TrustRule("dismissal", -0.20, "what they said or felt was brushed aside"),
)


def signs(reading: Reading, handed_back: HandedBack, harmful: tuple[str, ...]) -> tuple[str, ...]:
    """The signs of `TRUST_RULES` that a turn shows; none where it was not judged.

    ``harmful`` are the harmful moves the mentor takes to heart: a turn that listened or asked
    well all the same is not held to a doubtful mark.
    """
    if not reading.judged:
        return ()
    helpful = [move for move in reading.present() if move not in HARMFUL_MOVES]
    found = [*helpful, *harmful, *reading.question.flags]
    if handed_back != "none":
        found.append(f"handed_back_{handed_back}")
    if reading.question.kind == "open":
        found.append("open")
    if reading.question.kind != "none" and reading.uptake >= 0.5:
        found.append("builds")
    return tuple(found)


def moved_trust(trust: float, shown: tuple[str, ...]) -> float:
    """Trust after a turn that showed these signs, 0 to 1, rounded so that it prints the same."""
    change = sum(rule.by for rule in TRUST_RULES if rule.sign in shown)
    return round(min(1.0, max(0.0, trust + change)), 4)
