"""Questions: found by grammar and cue phrases, judged as the taxonomy says."""

from __future__ import annotations

import pytest

from coach.listening.pipeline import load_pipeline
from coach.listening.questions import turn_question


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


OPEN = [
    "What happened after the merger?",
    "How did you handle the first complaint?",
    "Why did the board change its mind?",
    "so how did you cope with that",
    "what was it like walking back in there",
    "What's been the hardest part of running the branch?",
    "How's the new team settling in?",
    "Tell me how that first winter went.",
    "tell me more about the audit",
    "Could you walk me through it?",
    "Can you say a bit more about that?",
    "Would you be willing to share what changed for you?",
    "I'd love to hear how you decided.",
    "I would like to understand why that mattered so much.",
    "I'm curious what made you stay.",
    "I wonder how that landed with your family.",
    "Help me understand what the regulator wanted.",
    "Say more about the night shift.",
    "Could you give me an example?",
    "Do you have any advice on handling angry callers?",
    "Any thoughts on my draft?",
    "What about the other partners?",
    "And then?",
    "How so?",
    "how come",
    "Why?",
    "Was it the money, or what made you leave?",
    "That sounds lonely how did you get through it",
    "Before we stop: what would you do differently?",
    "In your view, what makes a good claim file?",
    "If you had to pick one habit, what would it be and why?",
    "You lost the tender twice. What kept you bidding?",
    "Can I ask what made you apply?",
    "Could you look over my notes and tell me what you think?",
    "Where do you see the department going?",
    "Right. So what did the ward look like at four in the morning?",
    "Let me know what you think of the outline.",
    "Describe a day when it all went wrong.",
    "Walk me through your first trial, please.",
    "I wanted to ask you about the strike, how it was for your lot.",
    "what do you reckon to the new system",
    "wat did u do when they said no",
    "Do you mind telling me how you got into welding?",
    "My question is how you knew it was time.",
    "To what extent did they listen?",
    "What did you mean by slow money?",
    "When you say the culture changed, what changed?",
    "I'd really value your take on how I opened the meeting.",
    "How do I come across when I'm nervous?",
    "Talk me through what you saw.",
    "Take me back to that first morning.",
    "And what did your father make of it?",
    "how would you have handled the second caller",
    "what helped",
    "I have to ask, why did you go back?",
    "Please explain how the rota works.",
]

CLOSED = [
    "Did you stay in that role long?",
    "did you stay in that role long",
    "Are you still in touch with her?",
    "Who taught you to read a balance sheet?",
    "When did the contract end?",
    "Where were you based then?",
    "How many people reported to you?",
    "how long did it take",
    "How often do you meet them?",
    "Which of the two did you choose?",
    "What time is the hearing?",
    "What's the name of the tool?",
    "You felt cornered, is that right?",
    "So you moved because of the kids, right?",
    "So you never went back?",
    "You stayed on?",
    "Was it the hours or the pay?",
    "Could you send me that template?",
    "Can we meet on Thursday?",
    "Would you mind if I took notes?",
    "May I share something I noticed?",
    "Should I tell her before the review?",
    "Is it okay if I bring this to my manager?",
    "Could you tell me when the report is due?",
    "Tell me whether you'd sign it.",
    "I wonder if you'd have time on Monday.",
    "I was wondering whether you could read my draft.",
    "Shall we start with the budget?",
    "Have I got that right?",
    "You'd seen it coming and nobody listened. Did I get that?",
    "That must have hurt. Were you angry",
    "ok so is the deadline friday",
    "Does Tuesday still work for you",
    "Do you have a minute?",
    "And he never apologised?",
    "Is there a form for that?",
    "Am I too blunt in the meetings?",
    "Would you prefer email, or shall I ring?",
    "Can you pass me the file?",
    "Have you told the family yet?",
    "So it was your idea, was it?",
    "Do you want me to write it up?",
    "how old were you",
    "What if we met every other week?",
    "Would mornings suit you better?",
    "Is she going to be all right?",
    "Will the inspectors come back this year?",
    "was that before or after the fire",
]

NONE = [
    "I keep asking myself, why bother?",
    "That makes sense.",
    "So you stayed because of the team.",
    "It sounds like the second year was the hard one.",
    "What I'm hearing is that nobody asked you.",
    "What strikes me is how calm you were.",
    "When I started, nobody showed me anything.",
    'He asked me, "Are you even listening?"',
    "My boss said, what were you thinking?",
    "She wanted to know where the money went.",
    "I told him how it works.",
    "How lovely that they remembered you.",
    "What a day you had.",
    "I don't know why it took me so long.",
    "Tell me about it.",
    "Had I known, I would have called.",
    "Should you need anything, I'm here.",
    "Have a good weekend.",
    "Do let me know.",
    "So do I.",
    "Neither did she.",
    "Don't worry about the form.",
    "I'll send it on Friday, okay?",
    "I was so tired, you know?",
    "Who knows?",
    "What do I know?",
    "Oh really?",
    "Yeah?",
    "I understand what you mean about the queue.",
    "Whatever you decide is fine by me.",
    "You told me how to file it and it worked.",
    "Did that on Tuesday, as promised.",
    "I wonder if I'm cut out for this.",
    "Why I left is a long story.",
    "Which is why I never went back.",
    "Will do.",
    "I asked myself whether it was worth it.",
    "And I thought, why am I even here?",
    "That's what I did.",
    "The question is a fair one.",
    "Is what it is.",
    "They could tell me anything and I'd believe it.",
    "I'd love to come along.",
    "I can explain the new system if that helps.",
    "You know what, I'll ring her tonight.",
    "Once I saw how you do it I stopped guessing.",
    "",
    "...",
    "?",
]

FLAGS = [
    ("Don't you think she was scared?", {"leading"}),
    ("Isn't it better to wait?", {"leading"}),
    ("Wouldn't it be better to resign?", {"leading"}),
    ("Surely you could have called?", {"leading"}),
    ("Have you tried writing it down?", {"leading"}),
    ("Shouldn't you tell them first?", {"leading"}),
    ("You were furious, weren't you?", {"leading"}),
    ("It was unfair, don't you think?", {"leading"}),
    ("Why don't you just ask her?", {"leading"}),
    ("Why didn't you get the promotion?", set()),
    ("So that's the whole story, is that right?", set()),
    ("What happened then? Who told the client?", {"multiple"}),
    ("Why did you leave, and what did you miss?", {"multiple"}),
    ("Was it hard? How did your wife take it? Did you regret it?", {"multiple"}),
    ("Was it the money or was it the boss?", set()),
    ("Did they pay you, or did it all go to the bank?", set()),
    ("What was it like? Like a school, or more like a prison?", set()),
    ("Which one would you keep, and why?", set()),
    ("What do you mean by a clean file?", {"clarifying"}),
    ("When you say quiet, do you mean shy?", {"clarifying"}),
    ("What's a runbook?", {"clarifying"}),
    ("You mean the second hearing?", {"clarifying"}),
    ("What does triage stand for here?", {"clarifying"}),
    ("Why did they close it? I guess the rent went up.", {"self_answered"}),
    ("What kept you going? Probably the kids.", {"self_answered"}),
    ("Why did you stay? Because of the team, I imagine.", {"self_answered"}),
    ("Could you keep this to yourself? Because I haven't told my boss.", set()),
    ("How was the first week? I remember mine was awful.", set()),
]


def kind_of(nlp, text):
    return turn_question(nlp(text)).kind


@pytest.mark.parametrize("text", OPEN)
def test_open(nlp, text):
    assert kind_of(nlp, text) == "open"


@pytest.mark.parametrize("text", CLOSED)
def test_closed(nlp, text):
    assert kind_of(nlp, text) == "closed"


@pytest.mark.parametrize("text", NONE)
def test_none(nlp, text):
    assert kind_of(nlp, text) == "none"


@pytest.mark.parametrize(("text", "flags"), FLAGS)
def test_flags(nlp, text, flags):
    assert set(turn_question(nlp(text)).flags) == flags
