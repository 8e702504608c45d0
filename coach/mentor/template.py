"""A scenario file to start from, for ``coach scenarios new``: valid as it is, every line to fill.

Placeholders say what belongs where, so that the file explains itself in the editor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import get_args

from coach.errors import UsageError
from coach.mentor.scenario import Element, MoveReply, Situation, Step

_NTH = ("first", "second", "third", "fourth", "fifth")

_HEAD = """\
# yaml-language-server: $schema={schema}
# A scenario: everything this mentor knows. The program adds no word of its own.
# Put text in quotes (or after `>-`), or YAML reads yes, no and 12 as something else.
# No line may stand here twice. Look it over with: coach scenarios check {id}
id: {id}
title: "A few words that name the talk"
summary: "One sentence for the list of scenarios."
trade: "the trade or place"
difficulty: middling  # gentle, middling or hard
minutes: 15
skills: [listening, open_questions, paraphrasing]  # what it trains, most important first
situation: first_meeting  # {situations}
aims:  # what it trains above all
  element: listening  # {elements}
  step: reflective_listening  # {steps}

mentor:
  name: "The mentor's name"
  role: "their trade and position"
  age: 50
  about: >-
    Two to five sentences for the briefing: history, temperament, how to talk to them.
  manner: "How they speak, in one line."

temper:  # 0 to 1; warms_to and cools_at name what counts double with this mentor
  trust: 0.5  # 0.3 a sceptic, 0.6 a warm heart
  patience: 0.6  # 0.3 somebody in a hurry
  interest: 0.5  # below a half they seldom ask back
  warms_to: [handed_back_well]
  cools_at: [unsolicited_advice]

learner_plays: mentee  # mentee, mentor or teacher
learner_role: "You are ... (who the learner plays)."
goal: "What you want from this talk."
setting: "Where and when, in one or two sentences."
opening: "The mentor's first words. They end with something to answer, so what brings you here?"
hears:  # what the mentor says to first turns of this sort; twenty sorts or thirty
  - answers: ["I was told to come.", "they sent me to you"]
    says: "What the mentor makes of somebody who was sent. And would you have come by yourself?"
    hears:  # the same for answers to the question that `says` asks
      - answers: ["probably not", "no, to be honest"]
        says: "What the mentor makes of that."

# Five topics or more. An open question opens `full`, a closed one gets `short`, an accurate
# paraphrase of `full` opens `confidence`. Each tells something else and stands on its own.
topics:
"""

_TOPIC = """\
  - id: topic-{n}
    title: "The {nth} topic, in a few words"
    says:
      short: "The bare answer on the {nth} topic, in one or two sentences."
      full: >-
        The story of the {nth} topic, with names, amounts and what was said. Two to five
        sentences that a listener can hand back.
      confidence: >-
        What lies deeper in the {nth} topic: a regret or a doubt, told only to someone who
        listened. Two to five sentences.
    key_points:  # what a listener should be able to hand back; each really in the line
      short: ["the bare answer on the {nth} topic"]
      full: ["the story of the {nth} topic", "names and amounts and what was said"]
      confidence: ["what lies deeper in the {nth} topic", "told only to someone who listened"]
    opened_by:  # six questions or so in different people's words; matched by meaning
      - "How did the {nth} topic come about?"
      - "Tell me about the {nth} topic."
    corrections:  # said when misheard; says the right thing again in other words
      - "No, the other way round: the right thing about the {nth} topic in other words."
    door: "You could ask me about the {nth} topic."  # said when the learner has nothing to ask
    asks_back: "And you, what would you say about the {nth} topic?"
    hears:  # what the mentor says to an answer of this sort
      - answers: ["I know the {nth} topic well.", "I have done the {nth} topic before."]
        says: "So the {nth} topic is nothing new to you. What did you make of it?"
    details:  # what those who ask on are told once the story is out; eight or ten
      - asked_as: ["Who else was there in the {nth} topic?", "were you alone in the {nth} topic"]
        says: "A plain answer about who was there in the {nth} topic."
    follow_ups:  # what is asked after any story, by kind; write those that make sense
      felt: "How the {nth} topic felt, plainly."
      worked: "Yes or no, whether the {nth} topic worked, and why."
      age: "How old they were in the {nth} topic."
    confided:  # the same once the confidence is told, where the answer is another by then
      felt: "How what lies deeper in the {nth} topic felt."
    # Learners read these two on their cards, as what they might have said.
    better_question: "What was it like, the {nth} topic?"  # an open one that leads here
    better_paraphrase: "So for you the {nth} topic was about names, amounts and what was said."
    needs: []  # topics that must have been opened before the mentor brings this one up
"""

_ANSWERS = """
# Small things a newcomer might ask, outside the topics.
answers:
  - asked_as: ["How long have you worked here?", "When did you start?"]
    says: ["How long it has been, in a sentence.", "The same, when it is asked again."]

# What the mentor says to a move of the learner's; a few lines to each.
replies:
"""

_MANNERS: dict[str, tuple[int, str, str]] = {
    "encouraged": (6, "an accurate paraphrase landed", "Yes, that is what I meant"),
    "partly": (6, "some of it came back: no more than nearly a yes", "More or less, yes"),
    "agreed": (4, "the learner asks for leave or agreement", "By all means"),
    "quiet": (4, "patience has run low: short, and a silence", "I see"),
    "changes_subject": (4, "interest has run low: on to something else", "Let us leave that"),
    "acknowledged": (5, "a bare nod: leave the floor to the learner", "Mm, go on"),
    "does_not_know": (6, "the file does not know", "That I could not tell you"),
    "first_this": (3, "a story first, where something else was asked", "I will come to that"),
    "says_again": (3, "a story in other words, to one who did not follow", "Let me be shorter"),
    "misheard": (3, "the learner says that something else was asked", "I took that wrong"),
    "meant_little": (3, "'What do you mean?' to a small remark", "Nothing much, go on"),
    "murmurs": (5, "what was told needs no answer: a listener's sound", "Mm, I see"),
    "not_understood": (4, "what was typed cannot be read", "Say that again for me"),
    "answered": (5, "the learner answered the mentor's question", "Good to know, thank you"),
    "ran_dry": (4, "all that was asked about is told", "That is all there is to it"),
}

_UNKNOWN: dict[str, tuple[str, str]] = {
    "yes_no": ("Did you ...? Is she ...?", "Now and then"),
    "choice": ("This or that?", "The second, if it were me"),
    "who": ("Who? Whose?", "Somebody from those days, the name is gone"),
    "when_where": ("When? Where?", "A good while back, and not far from here"),
    "how_many": ("How many, how long, how much?", "More than I would own up to"),
    "why": ("Why?", "It seemed the only thing to do"),
    "how": ("How?", "Slowly, and with help"),
    "feeling": ("Were you angry? How did it feel?", "A bit of everything, and not in order"),
    "verdict": ("Was that wrong? Do you think ...?", "Better than you fear"),
    "advice": ("What should I do?", "The small thing first, and then see"),
    "would": ("Will you ...? Could you ...?", "I will think about it and tell you"),
    "what": ("everything else", "About what you would expect"),
}

_TAIL = """
# How a mentor who has met the learner before begins.
again:
  opening:
    - "The first words of a second talk. What has happened since?"
    - "The first words of a third talk. What would you like to take up today?"
  after_long: "Said first when more than a month has passed."
  asks_after:  # {promise} stands for the learner's own words
    - "Last time you told me, “{promise}”. How did it go?"
    - "There is still one thing open. “{promise}”. What became of it?"

# Goodbyes: the first warm, for a learner who listened; the last cooler.
closing:
  - "A warm goodbye to someone who listened."
  - "A plain goodbye."
  - "A cool goodbye."
farewells:  # ways in which a learner says goodbye; matched by meaning
  - "Goodbye, and thanks for your time."
  - "I have to go now."
  - "That was all I wanted to ask."

# Something either side may promise here.
promises:
  - id: report-back
    by: learner  # or mentor
    text: "Tell how it went."
"""


ASKED: dict[str, str] = {
    "A few words that name the talk": "A title, in a few words",
    "One sentence for the list of scenarios.": "One sentence that says what happens",
    "the trade or place": "The trade or place",
    "The mentor's name": "The mentor's name",
    "their trade and position": "The mentor's trade and position",
    "You are ... (who the learner plays).": "Who the learner plays (You are ...)",
    "What you want from this talk.": "What the learner wants from the talk",
    "Where and when, in one or two sentences.": "Where and when it takes place",
}
"""What a wizard asks before it writes the file: each placeholder with its question."""


def template(
    scenario_id: str, schema: str = "scenario.json", known: Mapping[str, str] | None = None
) -> str:
    """A commented YAML file for a new scenario.

    Args:
        scenario_id: its id and the file's name.
        schema: what editors should look it up in.
        known: answers to `ASKED` by their placeholder; blank ones leave it standing.

    Raises:
        coach.errors.UsageError: the id is not made of small letters, digits, - and _.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", scenario_id):
        raise UsageError(
            f"'{scenario_id}' cannot be a scenario's id: "
            "use small letters, digits, - and _, starting with a letter."
        )
    choices = {
        "situations": ", ".join(get_args(Situation)),
        "elements": ", ".join(get_args(Element)),
        "steps": ", ".join(get_args(Step)),
    }
    head = _HEAD.format(id=scenario_id, schema=schema, **choices)
    for placeholder, answer in (known or {}).items():
        if answer.strip():
            # JSON's quoting is YAML's, so that quotes and colons in an answer do no harm.
            quoted = json.dumps(" ".join(answer.split()), ensure_ascii=False)
            head = head.replace(f'"{placeholder}"', quoted)
    parts = [head]
    parts += [_TOPIC.format(n=n, nth=nth) for n, nth in enumerate(_NTH, 1)]
    parts.append(_ANSWERS)
    for move in get_args(MoveReply.model_fields["to"].annotation):
        says = f"What the mentor says to {move.replace('_', ' ')}."
        parts.append(f'  - to: {move}\n    says: ["{says}"]\n')
    parts.append("\n# Small talk of the mentor's own making, each list used in order.\nmanners:\n")
    for name, (count, when, words) in _MANNERS.items():
        parts.append(f"  {name}:  # {when}\n")
        parts += [f'    - "{words} ({n})."\n' for n in range(1, count + 1)]
    parts.append("  unknown:  # to questions nothing here answers, by what they ask for\n")
    for sort, (when, words) in _UNKNOWN.items():
        parts.append(f"    {sort}:  # {when}\n")
        parts += [f'      - "{words} ({n})."\n' for n in range(1, 3)]
    return "".join([*parts, _TAIL])
