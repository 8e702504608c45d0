"""What to try with questions: one at a time, open, without the answer in them."""

from __future__ import annotations

import re

from coach.feedback.aims import ADVISES, LEAD_IN
from coach.feedback.asking import (
    NO_TITLE,
    SURE,
    VERB,
    WITHIN,
    answered_by,
    asks_for_a_yes,
    asks_outright,
    asks_why_not,
    held_back,
    opened,
)
from coach.feedback.facts import Facts
from coach.feedback.margins import margin
from coach.feedback.quotes import quote, stems, word_count
from coach.feedback.rule import Rule, Said
from coach.feedback.stacks import apart, how_many, one_of
from coach.feedback.waiting import BIDDEN, INVITES_A_QUESTION
from coach.listening.reading import Question

_ANSWERS = {
    "fact": "One fact answers this.",
    "choice": "This offers answers to pick from, and theirs may be another.",
    "yes_no": "A yes or a no answers this.",
    "words": "A word or two answers this.",
}
_A_VIEW = re.compile(
    r"\b(?:i (?:thought|think|felt|feel|noticed|saw|found|reckon|guess|know|worry|was)|to me|i['’]m"
    r"|my sense|my view)\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"\b(?:i|my)\b(?! (?:suppose|guess|think|bet|reckon|imagine|expect|assume|take it)\b)",
    re.IGNORECASE,
)
"""Goes on about oneself, and not with a guess at the answer."""
_OPENS_ALREADY = re.compile(r"\b(?:what|how)\b", re.IGNORECASE)
_A_STORY = 30
"""Words of theirs that are worth handing back before one asks on, where they name no feeling."""
_MUCH = 7
"""Words beside a question that say something, whatever it is."""
_GRANTS = re.compile(
    r"^\W*(?:oh,? )?(?:yes|yeah|aye|of course|certainly|gladly|sure|all right|with pleasure"
    r"|by all means|you may)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:was|were|had|did|went|said|came|told|left|took|(?!need|indeed)\w{3,}ed)\b", re.IGNORECASE
)
"""Words of what happened."""
_PERMISSION = re.compile(
    r"(?:^|[.,!] ?|\b(?:and|but|so)\s)(?:(?:may|can|could|shall|should|might) (?:i|we)\b|would you "
    r"mind|do you mind|is it (?:ok|okay|all right|alright)|(?:can|could|will|would) you\b"
    r"|would it (?:help|be (?:ok|okay|all right|alright|possible))|do you want me to)",
    re.IGNORECASE,
)
# "What a day that was" and "How you managed that I don't know" ask nothing; "What an effect did it
# have?" and "How did you feel when I don't tell you things?" do.
_BEGINS_A_GUESS = r"(?:is|was|are|were|do|did|does|has|have)"
_BEGINS = (
    r"(?:^|[.!?,]\s+|\b(?:and|but|so|then)\s+)"
    r"(?P<open>(?:what(?! an?\b(?! (?:[\w'’-]+ ){1,3}?"
    r"(?:did|does|do|has|have|had|would|will|could|can) (?:i|you|he|she|it|they|we|that|this|the)"
    r"\b))(?:['’]?s)?|how|why)\b"
    r"(?! (?:many|much|long|old|often|far|about|if))"
    rf"(?!{WITHIN}{{0,200}}?"
    r"\bi(?: do not| don['’]?t| will never|['’]ll never| can['’]?t| cannot)"
    r" (?:know|tell|say|understand|imagine)\b(?: (?:yet|either|exactly|really|for sure|at all))?"
    rf"(?=\W{{0,8}}(?:[.!?,;]|$)|\W{{1,4}}{_BEGINS_A_GUESS} (?:it|that|this|they|you|he|she|we)\b))"
)
_OR = rf"{WITHIN}{{0,200}}\bor\b{WITHIN}{{0,200}}"
_NARROWED = re.compile(
    rf"{_BEGINS}(?:(?:(?![!?]|{NO_TITLE}\.\s)\W){{1,4}}\w++(?:['’]\w++)*+){{2,40}}?['’]?)"
    rf"(?:\W{{0,4}}?\?\s+|,\s+(?={_BEGINS_A_GUESS} ))"
    r"(?P<guess>(?!(?:and|also|but|or)\b)"
    rf"(?!{WITHIN}{{0,300}}\b(?:what|how|why|who|when|where|which)\b){_OR}\?)",
    re.IGNORECASE,
)
"""An open question with answers to pick from right after it.

Each part is bounded: a learner may paste a book, and the search must not grow with its square.
"""
_NARROWED_IN_HASTE = re.compile(
    rf"{_BEGINS}(?: [\w'’]+){{2,40}}?)"
    r"(?<! it)(?<! that)(?<! this)(?<! he)(?<! she)(?<! they) "
    r"(?P<guess>(?:(?:is|was|are|were) (?:it|that|this|they)|(?:do|did|does) (?:you|he|she|they))\b"
    rf"{_OR}(?:\?|$))",
    re.IGNORECASE,
)
"""The same without a mark between: "whats the worst of it is it the quiet or being alone"."""
_ONLY_LEADS_IN = re.compile(LEAD_IN, re.IGNORECASE)
_ADVISES = re.compile(ADVISES, re.IGNORECASE)
_SEVERAL = re.compile(rf"\balso\b|\band\s+{VERB}\b", re.IGNORECASE)
"""Not answers to pick from, but questions of their own."""
# Where asking for yes or no is the honest form: offers, requests, what may be repeated.
_CLOSED_IS_FINE = frozenset(
    (
        "casual_invite",
        "knowledge_share",
        "confidentiality",
        "feedback_request",
        "guidance_preference",
        "mutual_benefit",
        "topic_proposal",
    )
)


def _flagged(facts: Facts, flag: str) -> float:
    return facts.asks if flag in facts.question.flags else 0.0


def _self_answered_certainty(facts: Facts) -> float:
    # "Why did you stop? That's not what I'd have guessed" answers nothing.
    spans = facts.reading.question.evidence
    after = facts.text[spans[0][1] :] if spans else ""
    return 0.0 if _MINE.search(after) else _flagged(facts, "self_answered")


def _self_answered(facts: Facts) -> Said:
    return Said(
        title="Leave the answer to them",
        words="The question is answered before they can speak. Stopping after the question mark "
        "leaves the answer to them.",
        rule="Rule: ask, then wait.",
        yours=facts.yours_from_question(),
        theirs=facts.theirs(),
        example=one_of(facts.text, facts.question, facts.context),
    )


def narrows(text: str) -> bool:
    """Whether answers to pick from follow an open question: "Why? Too hot or too cold?"."""
    return _narrowing(text) is not None


def _narrowing(text: str) -> re.Match[str] | None:
    return _NARROWED.search(text) or _NARROWED_IN_HASTE.search(text)


def _narrowed_certainty(facts: Facts) -> float:
    found = _narrowing(facts.text)
    # "What do you think?" alone would ask for nothing.
    if found is None or _ONLY_LEADS_IN.fullmatch(found["open"]) or _SEVERAL.search(found["guess"]):
        return 0.0
    return facts.asks


def _narrowed(facts: Facts) -> Said | None:
    found = _narrowing(facts.text)
    if found is None:
        return None
    return Said(
        title="Stop after the open question",
        words="The first question leaves the answer to them, and the second offers answers to pick "
        "from. The first alone lets them find their own.",
        rule="Rule: ask it openly, then wait.",
        yours=quote(facts.text, found.span("guess")),
        theirs=facts.theirs(found["open"]),
        example=f"{found['open'][0].upper()}{found['open'][1:]}?",
    )


def _multiple_certainty(facts: Facts) -> float:
    if INVITES_A_QUESTION.search(facts.context) or BIDDEN.search(facts.context):
        return 0.0
    question = _stack(facts)
    return facts.asks if "multiple" in question.flags and apart(facts.text, question) else 0.0


def _stack(facts: Facts) -> Question:
    """The question with its flags: also "Did I wait too long, and also is it right, or not?"."""
    found = _narrowing(facts.text)
    joined = found is not None and _SEVERAL.search(found["guess"]) is not None
    return facts.reading.question if joined else facts.question


def _multiple(facts: Facts) -> Said:
    question = _stack(facts)
    count = how_many(facts.text, question)
    many = {2: "Two questions stand", 3: "Three questions stand"}
    kept = one_of(facts.text, question, facts.context)
    return Said(
        title="Ask one question",
        words=f"{many.get(count, 'More than one question stands')} in this turn, and often only "
        "one gets its answer. One alone would have their whole attention.",
        rule="Rule: one question, then room for the answer.",
        yours=facts.yours_asking_all(),
        theirs=facts.theirs(),
        example=kept or facts.better_question,
    )


def _leading(facts: Facts) -> Said | None:
    asked = facts.yours_flagged("leading")
    if asked is None:
        return None
    advises = _ADVISES.search(asked.text) is not None
    return Said(
        title="Take the answer out",
        words=f"The question {'advises' if advises else 'leans towards one answer'}, and it is "
        "easier to agree than to say otherwise. Without that, any answer is as easy to give.",
        rule="Rule: a question makes every answer equally welcome.",
        yours=asked,
        theirs=facts.theirs(),
        example=opened(asked.text) or facts.better_question,
    )


def _why_not_certainty(facts: Facts) -> float:
    if facts.question.kind == "none" or facts.context_asks:
        return 0.0
    return facts.asks if asks_why_not(facts.asked) else 0.0


def _why_not(facts: Facts) -> Said:
    return Said(
        title="Ask without the “why not”",
        words="A “why” about what somebody did not do is easily heard as blame, and they defend "
        "themselves. Asking what stood in the way gets the story.",
        rule="Rule: ask for what happened, not for a defence.",
        yours=facts.yours_asking(),
        theirs=facts.theirs(),
        example=held_back(facts.asked),
    )


def _closed_certainty(facts: Facts) -> float:
    question = facts.question
    asked = facts.asked
    if question.kind != "closed" or facts.context_asks or facts.greeting:
        return 0.0
    if BIDDEN.search(facts.context):
        return 0.0
    # Checking a paraphrase, asking what was meant and asking leave are closed for good reason.
    fine = "clarifying" in facts.flags or facts.reading.reflects
    if fine or facts.helpful & _CLOSED_IS_FINE or _PERMISSION.search(asked):
        return 0.0
    # "How many?" needs no "how"; "You'd like me to say whether I want an answer." asks nothing.
    if _OPENS_ALREADY.search(asked) or not asks_outright(asked):
        return 0.0
    # Most closed questions want the fact they ask for. Worth opening is one that asks after what
    # something was like, or the second running.
    return question.p.get("closed", 0.0) if opened(asked) or _again(facts) else 0.0


def _again(facts: Facts) -> bool:
    before = facts.previous
    if before is None or not before.judged or before.reflects:
        return False
    return before.question.kind == "closed" and before.question.p.get("closed", 0.0) >= SURE


def _closed(facts: Facts) -> Said:
    answer = _ANSWERS[answered_by(facts.asked)]
    then = "The one before was closed as well; a" if _again(facts) else "A"
    return Said(
        title="Open the question",
        words=f"{answer} {then} question that begins with “what” or “how” lets them choose where "
        "to start.",
        rule="Rule: a question that starts with “what” or “how” leaves the answer to them.",
        yours=facts.yours_asking(),
        theirs=facts.theirs(),
        example=opened(facts.asked) or facts.better_question,
    )


def _feedback_certainty(facts: Facts) -> float:
    # A view may be offered in words that the models do not count as one.
    offered = facts.move("own_observation") >= 0.3 or _A_VIEW.search(facts.text)
    about_form = facts.helpful & {"guidance_preference", "topic_proposal"}
    if offered or about_form or "clarifying" in facts.flags:
        return 0.0
    return facts.move("feedback_request")


def _feedback(facts: Facts) -> Said:
    return Said(
        title="Say what you saw first",
        words="The turn asks for their view and keeps its own back. One honest observation first "
        "gives them something definite to answer.",
        rule="Rule: ask for feedback on one thing, and offer your own view of it.",
        yours=facts.yours_moving("feedback_request"),
    )


_SURELY_ASKED = 0.8
"""How sure it must be that the turn before asked."""
_OFFERS = re.compile(r"\bi(?:['’]ll| will| can| could) tell you\b[^.!?]*\W*$", re.IGNORECASE)
"""The end of a line that waits to be asked: "Pick one, and I'll tell you what did"."""


def _in_a_row_certainty(facts: Facts) -> float:
    before = facts.previous
    if before is None or not before.judged or before.reflects or before.question.kind == "none":
        return 0.0
    # "I'm worried about what becomes of them." may be one, and is not held against anybody.
    if 1.0 - before.question.p.get("none", 0.0) < _SURELY_ASKED:
        return 0.0
    # Asking twice after an answer or a "does not know" is no fault: there has to be a story.
    # Nor is asking what was meant: nobody can hand back what they did not follow.
    story = facts.told and (facts.told_words >= _A_STORY or facts.felt is not None)
    if not story or facts.context_asks or "clarifying" in facts.flags:
        return 0.0
    # Who was told to ask does as they were told.
    if BIDDEN.search(facts.context) or _OFFERS.search(facts.context):
        return 0.0
    # Nobody tells a story who says yes to a request.
    if before.question.kind == "closed" and _only_grants(facts.context):
        return 0.0
    if not _interviews(facts):
        return 0.0
    # Who says something of what they were told, or much of their own, does more than ask.
    beside = facts.beside_questions
    if word_count(beside) >= _MUCH or stems(beside) & stems(facts.context):
        return 0.0
    return min(facts.asks, facts.silent)


def _only_grants(line: str) -> bool:
    return _GRANTS.search(line) is not None and _TELLS.search(line) is None


def _interviews(facts: Facts) -> bool:
    """Whether its words ask to be told something: an offer does not, nor "I'll tell you how"."""
    if facts.helpful & _CLOSED_IS_FINE or asks_for_a_yes(facts.asked):
        return False
    return asks_outright(facts.asked)


def _in_a_row(facts: Facts) -> Said | None:
    theirs = facts.theirs_said()
    if theirs is None:
        return None
    return Said(
        title="Hand something back first",
        words="A question follows a question here. One sentence on what they just told, before "
        "the next, turns asking into listening.",
        rule="Rule: between two questions, say back what the first one brought.",
        yours=facts.yours_asking(),
        theirs=theirs,
        example=facts.better_paraphrase,
    )


QUESTION_SELF_ANSWERED = Rule("question_self_answered", _self_answered_certainty, _self_answered)
QUESTION_NARROWED = Rule("question_narrowed", _narrowed_certainty, _narrowed)
QUESTION_MULTIPLE = Rule("question_multiple", _multiple_certainty, _multiple)
QUESTION_LEADING = Rule("question_leading", lambda f: _flagged(f, "leading"), _leading)
QUESTION_WHY_NOT = Rule("question_why_not", _why_not_certainty, _why_not)
QUESTION_CLOSED = Rule("question_closed", _closed_certainty, _closed)
FEEDBACK_SPECIFIC = Rule(
    "feedback_specific", _feedback_certainty, _feedback, margin("feedback_request")
)
QUESTIONS_IN_A_ROW = Rule("questions_in_a_row", _in_a_row_certainty, _in_a_row)
