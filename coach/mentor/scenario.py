"""What a scenario file says, and nothing it does not say: the mentor never invents.

A scenario is data: YAML read safely and validated here. `data/schema/scenario.json` is this
model's JSON Schema, for editors. Docstrings below a field are what an author reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from coach.mentor.follow_ups import FollowUp

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, strict=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", strict=True)]

Depth = Literal["short", "full", "confidence"]

Difficulty = Literal["gentle", "middling", "hard"]
"""From the easiest to the hardest."""

Situation = Literal[
    "first_meeting",
    "mid_course",
    "difficult_news",
    "disagreement",
    "broken_promise",
    "confidentiality",
    "feedback_after_failure",
    "casual_invite",
    "reverse_mentoring",
    "role_swap",
    "last_meeting",
]
Element = Literal[
    "trust",
    "listening",
    "constructive_input",
    "shared_benefit",
    "diverse_perspectives",
    "respect_and_initiative",
]
Step = Literal[
    "follow_through",
    "reflective_listening",
    "request_feedback",
    "differences",
    "prepare_questions",
    "share_knowledge",
    "apply_insights",
    "casual_interaction",
]
Sign = Literal[
    "handed_back_well",
    "handed_back_wrongly",
    "open",
    "closed",
    "builds",
    "leading",
    "multiple",
    "long_winded",
    "nod",
    "appreciation",
    "commitment",
    "follow_through",
    "confidentiality",
    "insight_applied",
    "own_observation",
    "feedback_request",
    "guidance_preference",
    "mutual_benefit",
    "perspective_seeking",
    "knowledge_share",
    "topic_proposal",
    "casual_invite",
    "unsolicited_advice",
    "topic_hijack",
    "dismissal",
]
"""What a turn can show that moves a mentor; `coach.mentor.state` says by how much."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Person(_Part):
    """Who the mentor is."""

    name: Words
    role: Words
    """Trade and position, as one would introduce them."""
    age: int | None = Field(default=None, ge=16, le=99)
    about: Words
    """Two to five sentences for the briefing: history, temperament, how to talk to them."""
    manner: Words
    """How they speak, in one line."""


class Temper(_Part):
    """How the mentor is made: where trust, patience and interest stand, and what moves them."""

    trust: float = Field(default=0.5, ge=0, le=1)
    """How far they trust somebody they hardly know: 0.3 a sceptic, 0.6 a warm heart."""
    patience: float = Field(default=0.6, ge=0, le=1)
    """How long they bear nods, stacked questions and speeches: 0.3 somebody in a hurry."""
    interest: float = Field(default=0.5, ge=0, le=1)
    """How curious they are about the learner: below a half they seldom ask back."""
    warms_to: list[Sign] = Field(default_factory=list)
    """What counts double with this one, for the better."""
    cools_at: list[Sign] = Field(default_factory=list)
    """What counts double with this one, for the worse."""


class Hears(_Part):
    """What the mentor makes of one sort of answer to a line of theirs."""

    answers: list[Words] = Field(min_length=2)
    """Answers of that sort, in different people's words; matched by meaning."""
    says: Words
    """Takes up the substance of it, and follows it up."""
    leads_to: Id | None = None
    """The topic that `says` offers to tell ("Ask me how that went."), so that "go on" gets it."""
    hears: list[Hears] = Field(default_factory=list)
    """What the mentor makes of answers to `says`, where that asks in turn."""


class Depths(_Part):
    """What the mentor says on a topic, the more the better they were listened to."""

    short: Words
    """The answer to a closed question or a first mention: one or two sentences."""
    full: Words
    """The story an open question opens: two to five sentences with something to paraphrase."""
    confidence: Words
    """What lies deeper, told after an accurate paraphrase: two to five sentences."""


class Detail(_Part):
    """What a listener may ask about a story once it is told: a name, a feeling, what came of it."""

    asked_as: list[Words] = Field(min_length=2)
    """Follow-up questions, in different people's words; matched by meaning."""
    says: Words
    """The answer, in one or two sentences."""
    after: Depth = "full"
    """From which depth on it makes sense; asked before, the question opens the story."""


class Topic(_Part):
    """One thing the mentor can talk about."""

    id: Id
    title: Words
    """A few words, for the debrief and the map."""
    says: Depths
    key_points: dict[Depth, list[Words]]
    """What a listener should be able to hand back, per depth; each really in the line."""
    opened_by: list[Words] = Field(min_length=2)
    """Questions, in different people's words, that lead here; matched by meaning."""
    corrections: list[Words] = Field(min_length=1)
    """What the mentor says when misheard on this topic; never repeats `says` word for word."""
    door: Words | None = None
    """Said when the learner gives nothing to go on: offers to tell it ("Ask me how that went.").
    Who then asks, or says yes, is told."""
    asks_back: Words | None = None
    """A real question the mentor asks the learner on this topic."""
    hears: list[Hears] = Field(default_factory=list)
    """What the mentor says to answers to `asks_back`; to others, a line of `manners.answered`."""
    details: list[Detail] = Field(default_factory=list)
    """What the mentor knows beside the story, for those who ask on."""
    follow_ups: dict[FollowUp, Words] = Field(default_factory=dict)
    """The answer to what is asked after any story, by kind ("How old were you then?"): true once
    `full` is told, and giving nothing of `confidence` away."""
    confided: dict[FollowUp, Words] = Field(default_factory=dict)
    """The answer once `confidence` is told, for those kinds where it must be another by then."""
    better_question: Words
    """An open question that would have suited here, for hints and the debrief."""
    better_paraphrase: Words
    """A faithful paraphrase of `full` in own words, for hints and the debrief."""
    needs: list[Id] = Field(default_factory=list)
    """Topics that must have been opened before this one is brought up by the mentor."""


class Answer(_Part):
    """A small fact or remark outside the topics: asked by meaning, each wording said once."""

    asked_as: list[Words] = Field(min_length=2)
    says: list[Words] = Field(min_length=1)


class MoveReply(_Part):
    """What the mentor says to a move of the learner's (thanks, a promise, an offer...)."""

    to: Literal[
        "appreciation",
        "commitment",
        "follow_through",
        "confidentiality",
        "insight_applied",
        "casual_invite",
        "knowledge_share",
        "mutual_benefit",
        "feedback_request",
        "guidance_preference",
        "own_observation",
        "perspective_seeking",
        "topic_proposal",
        "unsolicited_advice",
        "topic_hijack",
        "dismissal",
    ]
    says: list[Words] = Field(min_length=1)


class Unknown(_Part):
    """What the mentor says to a question the scenario has no answer to, by what it asks for.

    Plain, vague and short, as people answer without thinking much ("Now and then.", "More than
    I'd own up to."); each line fits any question of its sort and asserts nothing that could be
    checked. Where a list is empty, `does_not_know` speaks.
    """

    yes_no: list[Words] = Field(default_factory=list)
    """To "Did you...?", "Is she...?"."""
    choice: list[Words] = Field(default_factory=list)
    """To "This or that?": one of them without a name ("The second, if it were me.")."""
    who: list[Words] = Field(default_factory=list)
    """To who, whose and which of them: no name is given."""
    when_where: list[Words] = Field(default_factory=list)
    """To when and where."""
    how_many: list[Words] = Field(default_factory=list)
    """To how many, how much, how long, how often, how old."""
    why: list[Words] = Field(default_factory=list)
    """To why."""
    how: list[Words] = Field(default_factory=list)
    """To how something is done or came about."""
    feeling: list[Words] = Field(default_factory=list)
    """To how something felt, and whether somebody was angry, afraid, proud."""
    verdict: list[Words] = Field(default_factory=list)
    """To "Was that wrong?", "Do you think...?": what the mentor thinks of somebody or something."""
    advice: list[Words] = Field(default_factory=list)
    """To "What should I do?"."""
    would: list[Words] = Field(default_factory=list)
    """To "Will you...?", "Could you...?": neither a yes nor a no ("Let me think about that.")."""
    what: list[Words] = Field(default_factory=list)
    """To every other question."""


class Manners(_Part):
    """Small talk of the mentor's own making. Each list is used in order, no line twice."""

    encouraged: list[Words] = Field(min_length=6)
    """Said when an accurate paraphrase landed, before going deeper ("Yes. That's it.")."""
    partly: list[Words] = Field(min_length=6)
    """Said when some of it came back, as far as one can tell: hardly more than "near enough", and
    the floor stays with the learner ("More or less, yes.", "There's that in it.")."""
    agreed: list[Words] = Field(min_length=4)
    """Said when the learner asks for leave or agreement ("Shall we?"): a yes, and no more."""
    quiet: list[Words] = Field(min_length=4)
    """Said, and no more, when patience has run low: short, and it leaves a silence."""
    changes_subject: list[Words] = Field(min_length=4)
    """Said when interest has run low, before something of the mentor's own choosing."""
    acknowledged: list[Words] = Field(min_length=5)
    """Said to a bare "I see" or a short nod: a small push that leaves the floor to the learner."""
    leads_on: list[Words] = Field(default_factory=list)
    """Said, after the doors of the topics, when the learner gives nothing to go on: turns it back
    or opens a door of its own."""
    does_not_know: list[Words] = Field(min_length=6)
    """Said, gracefully, to what the scenario does not know."""
    unknown: Unknown = Field(default_factory=Unknown)
    """The same, closer to what was asked for."""
    first_this: list[Words] = Field(default_factory=list)
    """Said before the story that listening well has earned, where something else was asked that
    the scenario does not know ("I'll come to that. First this.")."""
    says_again: list[Words] = Field(default_factory=list)
    """Said before a story in other words, to a learner who did not follow ("Let me put it
    shorter.")."""
    misheard: list[Words] = Field(default_factory=list)
    """Said before whatever answers a learner who was taken wrongly ("I meant you, not him."): it
    owns that, and no more ("I ran off with that one.")."""
    meant_little: list[Words] = Field(default_factory=list)
    """Said to "What do you mean?" after a small remark ("Nothing much. It's a way of talking.")."""
    murmurs: list[Words] = Field(default_factory=list)
    """Said to what needs no answer: the sound of somebody listening ("Mm.", "I see.")."""
    not_understood: list[Words] = Field(min_length=4)
    """Said to something unreadable: a slip of the keyboard, another language, one letter."""
    answered: list[Words] = Field(min_length=5)
    """Said after the learner answered a question of the mentor's."""
    ran_dry: list[Words] = Field(min_length=4)
    """Said when all that was asked about has been told."""

    def lists(self) -> Iterator[tuple[str, list[str]]]:
        """Every list of lines by its name, those of `unknown` as ``unknown/why``."""
        for name in type(self).model_fields:
            if name != "unknown":
                yield name, getattr(self, name)
        for name in Unknown.model_fields:
            yield f"unknown/{name}", getattr(self.unknown, name)


class Promise(_Part):
    """Something either side may promise in this talk, asked after in the next."""

    id: Id
    by: Literal["learner", "mentor"]
    text: Words


class Again(_Part):
    """How a mentor who has met the learner before begins."""

    opening: list[Words] = Field(min_length=2)
    """First words of a later talk, used in order; each ends so that it can be answered."""
    after_long: Words
    """Said before them when more than a month has passed."""
    asks_after: list[Words] = Field(min_length=2)
    """Asks after a promise of the learner's, with ``{promise}`` where their own words stand."""


class Aims(_Part):
    """What the talk trains above all."""

    element: Element
    step: Step


class Scenario(_Part):
    """One conversation to rehearse."""

    id: Id
    title: Words
    summary: Words
    """One sentence for the list."""
    trade: Words
    difficulty: Difficulty
    minutes: int = Field(ge=5, le=60)
    skills: list[Words] = Field(min_length=1)
    """What it trains, most important first: listening, open_questions, paraphrasing, ..."""
    situation: Situation
    """What sort of meeting it is."""
    aims: Aims
    mentor: Person
    temper: Temper = Field(default_factory=Temper)
    learner_plays: Literal["mentee", "mentor", "teacher"] = "mentee"
    """What the learner is in this talk; where they teach or mentor, `mentor` is the one who is
    taught or mentored, and whoever listens is read by the same rules."""
    learner_role: Words
    """Who the learner plays, in the second person."""
    goal: Words
    """What the learner wants from this talk."""
    setting: Words
    """Where and when, one or two sentences."""
    opening: Words
    """The mentor's first words; ends so that the learner has something to answer."""
    hears: list[Hears] = Field(default_factory=list)
    """What the mentor makes of first turns: answers to `opening`, and what else is typed to it."""
    topics: list[Topic] = Field(min_length=5)
    answers: list[Answer] = Field(default_factory=list)
    replies: list[MoveReply] = Field(default_factory=list)
    manners: Manners
    promises: list[Promise] = Field(default_factory=list)
    again: Again
    closing: list[Words] = Field(min_length=2)
    """Goodbyes: the first warm, for a learner who listened; the last cooler."""
    farewells: list[Words] = Field(min_length=3)
    """Ways a learner says goodbye, matched by meaning."""

    def topic(self, topic_id: str) -> Topic:
        """The topic with this id; KeyError where there is none."""
        topic = self.known_topic(topic_id)
        if topic is None:
            raise KeyError(topic_id)
        return topic

    def known_topic(self, topic_id: str | None) -> Topic | None:
        """The topic with this id; None where there is none, as after the file was edited."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)
