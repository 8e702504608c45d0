"""What the mentor remembers of a talk, and the rules by which they warm and cool.

Three numbers make the person: trust decides how deep they go, patience how long they bear being
listened to badly, interest whether they ask back. `RULES` is the whole of what moves them, on one
page; a scenario's `Temper` says where they start and what counts double.

`MentorState` is everything needed to go on with a talk: it is kept with every turn, so that
taking a turn again starts from the state before it. It is frozen; a reply makes a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.listening.reading import Reading
from coach.mentor.scenario import Depth, Temper

HandedBack = Literal["none", "well", "partly", "wrongly"]
"""What became of the mentor's words in the learner's mouth."""

GUARDED = 0.3
"""Trust below which the mentor keeps to short answers."""
CONFIDES = 0.4
"""Trust from which an accurate paraphrase opens what lies deeper."""
OPENS_UP = 0.56
"""Trust from which a good follow-up question alone opens what lies deeper."""
WALKS_OUT = 0.1
"""Trust below which, after one more slight, the mentor ends the talk."""
SHORT_TEMPERED = 0.25
"""Patience below which the mentor says a word and leaves a silence."""
BORED = 0.25
"""Interest below which the mentor turns to something of their own choosing."""
CURIOUS = 0.35
"""Interest from which the mentor asks back."""
_RESTS = 0.1
"""How much of the way patience goes back each turn to what it was by nature."""
_OWN_CHOICE = 0.2
"""How much a subject of their own choosing interests them."""
LONG_WINDED = 90
"""A turn of more words is a speech."""


class MentorState(BaseModel):
    """Where a talk stands, JSON-serialisable.

    Keys of lines are those of `coach.mentor.script.Script`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    turn: int = 0
    """Turns answered so far."""
    trust: float = Field(default=0.5, ge=0, le=1)
    patience: float = Field(default=0.6, ge=0, le=1)
    interest: float = Field(default=0.5, ge=0, le=1)
    met: int = 0
    """Earlier talks with this learner."""
    owed: str = ""
    """The promise of an earlier talk that is asked after in this one, in the learner's words."""
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
    offered: str | None = None
    """The untold topic that the line said last offers to tell, if it offers one."""
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

    @property
    def on_story(self) -> bool:
        """Whether the line said last told a topic, or put one right."""
        return any(key.startswith(("topic/", "correction/")) for key in self.last)

    @classmethod
    def of(cls, temper: Temper) -> MentorState:
        """The mentor before the first word to somebody never met."""
        return cls(trust=temper.trust, patience=temper.patience, interest=temper.interest)


@dataclass(frozen=True, slots=True)
class Before:
    """What went before a talk with somebody met already.

    ``met``: earlier talks; ``days`` since the last; ``state``: the mentor's at the end of it.
    """

    met: int
    days: float
    state: MentorState


_FADES = 0.25
"""How much of the warmth or coolness of the last talk is gone by the next."""


def met_again(before: Before, temper: Temper) -> MentorState:
    """The mentor before the first word of a later talk.

    What was told stays told and what was said is not said again, so that no story comes twice;
    small talk may. Trust carries over, patience and interest are those of a new day.
    """
    last = before.state
    fresh = MentorState.of(temper)
    stories = tuple(key for key in last.said if key.startswith(("topic/", "again/")))
    trust = last.trust + _FADES * (temper.trust - last.trust)
    return fresh.model_copy(
        update={
            "trust": round(trust, 4),
            "met": before.met,
            "told": last.told,
            "said": stories,
            "owed": last.promises[-1] if last.promises else "",
        }
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """One sign in a turn, why it moves the mentor in plain English, and by how much."""

    sign: str
    why: str
    trust: float = 0.0
    patience: float = 0.0
    interest: float = 0.0


RULES: tuple[Moves, ...] = (
    Moves("handed_back_well", "their words came back whole, put afresh", 0.12, 0.06, 0.04),
    Moves("handed_back_partly", "some of it came back", 0.03),
    Moves("handed_back_wrongly", "they were misheard", -0.05, -0.06),
    Moves("open", "an open question left the answer to them", 0.03, 0.02, 0.02),
    Moves("closed", "a closed question asked for a word or two", 0.0, -0.02),
    Moves("builds", "the question took up what they had just said", 0.0, 0.04, 0.02),
    Moves("leading", "the answer was already in the question", -0.04, -0.04),
    Moves("multiple", "several questions came at once", -0.02, -0.06),
    Moves("long_winded", "they were made a speech to", 0.0, -0.10, -0.04),
    Moves("nod", "another nod, and nothing with it", 0.0, -0.06, -0.03),
    Moves("appreciation", "they were thanked", 0.03, 0.02),
    Moves("commitment", "something was promised", 0.04),
    Moves("follow_through", "a promise was kept, or its failing owned up to", 0.06, 0.04, 0.04),
    Moves("confidentiality", "what they say is protected", 0.05),
    Moves("insight_applied", "something they said was put to use", 0.06, 0.04, 0.08),
    Moves("own_observation", "the learner was honest about their own work", 0.03, 0.02, 0.04),
    Moves("feedback_request", "their view was asked for", 0.03, 0.0, 0.03),
    Moves("guidance_preference", "the way of working together was talked about", 0.02),
    Moves("mutual_benefit", "it was asked what is in it for them", 0.04, 0.0, 0.05),
    Moves("perspective_seeking", "a difference was taken as a lesson", 0.04, 0.0, 0.06),
    Moves("knowledge_share", "they learned something themselves", 0.03, 0.02, 0.10),
    Moves("topic_proposal", "the learner brought something to talk about", 0.0, 0.02, 0.04),
    Moves("casual_invite", "they were asked along", 0.02, 0.0, 0.03),
    Moves("unsolicited_advice", "they were told what to do without asking", -0.10, -0.12, -0.04),
    Moves("topic_hijack", "their point was left behind", -0.12, -0.14, -0.10),
    Moves("dismissal", "what they said or felt was brushed aside", -0.20, -0.16, -0.08),
)  # fmt: skip


def signs(
    reading: Reading, handed_back: HandedBack, moves: tuple[str, ...], *, words: int, nods: int
) -> tuple[str, ...]:
    """The signs of `RULES` that a turn shows.

    Args:
        reading: the turn's; one not judged shows no more than its length.
        handed_back: what became of the mentor's words in it.
        moves: those the mentor acts on; a doubtful one moves nothing.
        words: how many the turn has.
        nods: turns in a row, this one included, that gave nothing to go on.
    """
    found = ["nod"] if nods > 1 else []
    if not reading.judged:
        return tuple(found)
    found += [*moves, *reading.question.flags]
    if handed_back != "none":
        found.append(f"handed_back_{handed_back}")
    if reading.question.kind != "none":
        found.append(reading.question.kind)
        if reading.uptake >= 0.5:
            found.append("builds")
    if words > LONG_WINDED:
        found.append("long_winded")
    return tuple(found)


def moved(state: MentorState, shown: tuple[str, ...], temper: Temper) -> MentorState:
    """The mentor after a turn that showed these signs; values rounded so that they print alike."""
    rules = [rule for rule in RULES if rule.sign in shown]

    def after(name: str, start: float) -> float:
        change = sum(_felt(rule, name, temper) for rule in rules)
        return round(min(1.0, max(0.0, start + change)), 4)

    rested = state.patience + _RESTS * (temper.patience - state.patience)
    return state.model_copy(
        update={
            "trust": after("trust", state.trust),
            "patience": after("patience", rested),
            "interest": after("interest", state.interest),
        }
    )


def _felt(rule: Moves, name: str, temper: Temper) -> float:
    by: float = getattr(rule, name)
    doubled = rule.sign in (temper.warms_to if by > 0 else temper.cools_at)
    return 2 * by if doubled else by


def turned_to_own(state: MentorState) -> MentorState:
    """The mentor after choosing the subject themselves."""
    return state.model_copy(update={"interest": round(min(1.0, state.interest + _OWN_CHOICE), 4)})
