"""Strengths that are one helpful move: a promise, thanks, an honest look at oneself."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.feedback.card import Quote
from coach.feedback.checking import put_up_for_checking
from coach.feedback.facts import Facts
from coach.feedback.margins import margin
from coach.feedback.quotes import closest, quote, word_count
from coach.feedback.rule import Rule, Said

_BARE_THANKS, _SHORT = 3, 5
"""Words: thanks of no more, in a turn of more, are no more than manners."""
_DECLINES = re.compile(
    r"\b(?:thanks?|thank you|cheers|ta|nice of you|kind of you)\b[^.!?]{0,12}\bbut\b"
    r"|\bthank (?:god|goodness|heavens|christ)\b"
    r"|\bno,? (?:thanks|thank you)\b|\bthanks? for nothing\b|\bthanks?\b.*\bnot\W*$"
    r"|\bthanks?,? i['’]?(?:ve| have) had\b"
    r"|\bi(?:['’]?m| am) (?:all right|alright|ok|okay|fine|good|well)\b"
    r"|^\W*(?:that['’]?s |ok(?:ay)?,? |right,? )?(?:great|good|fine|perfect|ok(?:ay)?)[,.!]* "
    r"(?:thanks|thank you)\W*$"
    r"|^\W*(?:(?:yes|yeah|oh|please|lovely|go on(?: then)?|i (?:will|would|might)"
    r"|i['’]?(?:ll|d) (?:love|like|have)(?: (?:to|one|some|it|that))?)[,.! ]+){1,2}"
    r"(?:thanks|thank you|ta|cheers)\W*$",
    re.IGNORECASE,
)
"""Thanks that lead up to something else, or are the small change of an answer."""
_CREDITS = re.compile(
    r"\b(?:thank\w*|thx|ty|ta|cheers|grateful|gratitude|appreciat\w+|kind|generous|decent|good of"
    r"|great|lovely|brilliant|wonderful|amazing|means a lot|glad|well done|fair play|respect|admire"
    r"|proud|bless|honou?r\w*|learn(?:ed|t)|help(?:s|ed|ful)|made my|useful|brave|patien\w+"
    r"|honest)\b",
    re.IGNORECASE,
)
"""Words of thanks or credit, which the models take from the tone of a turn as well."""
_OF_WORDS = re.compile(
    r"\bbetween (?:us|you|me|the two|ourselves)\b|\bto (?:myself|yourself)\b"
    r"|\b(?:no|any) further\b|\b(?:stay|stays|stop|stops|keep|keeps|kept|keeping)"
    r" (?:it |this |that )?(?:here|in (?:here|this|the)|with (?:me|you|us)|quiet|safe|private"
    r"|out of|between)\b"
    r"|\b(?:private\w*|privately|secrets?|confiden\w+|off the record|these walls|a soul)\b"
    r"|\b(?:tell|say|repeat|pass|mention|share)(?:ing)?\b"
    r"(?: (?:it|that|this|them|any of it|a word))?(?: on)? (?:to |with )?(?:any(?:one|body)"
    r"|no ?(?:one|body)|upstairs|the (?:others|office|rest|team)|him|her|them)\b"
    r"|\b(?:repeat (?:it|that|this|what)|pass (?:it|that|this) on|breathe a word"
    r"|say (?:a word|nothing (?:to|of|about)))\b"
    r"|\bnames? (?:out|off)\b|\b(?:his|her|their|your|the|no|any|my) names?\b"
    r"|\bwho (?:else )?(?:may|can|should|gets to|will|knows?|hears?)\b"
    r"|\b(?:get|gets|go|goes|come|comes|comin|coming) out of\b",
    re.IGNORECASE,
)
"""Words of some kind in nearly every line that says where what is said may go."""
_LINGERS = re.compile(
    r"\bmust (?:have |['’]?ve )?stay(?:ed)? with\b"
    r"|\bstay(?:s|ed) with (?:you|u|a|one|people|some\w*|him|her|them)\b",
    re.IGNORECASE,
)
"""What is not forgotten stays with somebody too, which the models take for a secret kept."""

_FIRST_PERSON = re.compile(r"\b(?:i|il|ill|im|id|ive|we|let['’]?s)\b|\bi['’]", re.IGNORECASE)
_ANOTHERS = re.compile(
    r"\?|[^\W\d_]+(?:['’]ll| will)\b|^\W*(?:(?:so|and|but|then) )?"
    r"(?:you|he|she|they|it|that|somebody|which|what|don['’]?t|do not)\b",
    re.IGNORECASE,
)
"""What somebody else will do, or is asked."""
_COMES_TO_PASS = re.compile(
    r"\b(?:i['’]?m|am|be|left) (?:all )?on my own\b|\b(?:going to|gonna|i['’]?ll) get"
    r" (?:told|taught|caught|beaten|taken|given|paid|sent|left|hurt"
    r"|(?!started|finished|sorted)(?-i:[a-z])\w+ed(?= (?:again|and|at|because|by|down"
    r"|for|from|if|in|off|on|or|out|over|then|too|when|with)\b|\W*$))\b"
    r"|\bi['’]?ll (?:be (?:fine|ok|okay|all ?right|glad|happy|lucky)|miss|never forget|feel)\b"
    r"|(?<!\bit )(?<!\bthat )(?<!\bthis )(?<!\bthem )(?<!\bthings )(?<!\ball )\bright\W*$"
    r"|\b(?:yes|yeah|is (?:that|it) right"
    r"|if (?:that|it)(?:['’]?s| is) (?:ok(?:ay)?|all ?right|fine))\W*$",
    re.IGNORECASE,
)
"""What will happen to one, which is no promise; or is put up for a yes."""

_TAKES = re.compile(r"\b(?:help|teach|show|give) me\b|\b(?:do|will|would) i get\b", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?:for|help|teach|show|give|tell) (?:you|u)\b|\b(?:you|u) (?:get|gain|want|need|like)\b"
    r"|\bin (?:return|exchange)\b|\bboth\b|\beach other\b|\bfrom me\b|\bwith you\b"
    r"|\bi (?:can|could|['’]?ll|will|['’]?d)\b|\b(?:i['’](?:ll|d)|let me)\b",
    re.IGNORECASE,
)
"""What one has of the other, and what the other has of it."""

_TAKES_IN, _LEAVES_THE_FLOOR = 4, 14
"""Words of a nod that takes something in; words of a turn that is not much more than that."""

_MOVES = {
    "confidentiality": (
        "Where words may go",
        "The turn speaks of who may hear what, and who not. That makes it easier to say more.",
        "Rule: say early what stays between the two of you.",
    ),
    "perspective_seeking": (
        "A difference made welcome",
        "The turn treats a difference between the two as something to learn from.",
        "Rule: ask what things look like from where they stand.",
    ),
    "mutual_benefit": (
        "Both sides in view",
        "The turn keeps in mind what this gives them, and not only what it takes.",
        "Rule: a talk that gives something to both goes on.",
    ),
    "own_observation": (
        "An honest look at yourself",
        "This says plainly how you see yourself or your work. It gives them something real to "
        "answer.",
        "Rule: say what you see in your own work before asking others.",
    ),
    "guidance_preference": (
        "How to work together",
        "The turn speaks about what kind of guidance helps. Few people say it, and it saves both "
        "guessing.",
        "Rule: say how you learn best, and ask how they like to help.",
    ),
    "feedback_request": (
        "Their view, asked for",
        "The turn asks how they see your work, which takes some trust.",
        "Rule: ask for feedback on one thing at a time.",
    ),
    "knowledge_share": (
        "Something given in return",
        "This gives them something they may not have known. The learning goes both ways.",
        "Rule: share what you know without waiting to be asked twice.",
    ),
    "commitment": (
        "A promise with an action",
        "This promises something that can be done and seen. It can be asked after next time.",
        "Rule: promise an action, not a feeling.",
    ),
    "casual_invite": (
        "A door to more talk",
        "The turn offers to meet away from the desk, where talk comes easier.",
        "Rule: a relaxed meeting now and then carries the serious ones.",
    ),
    "topic_proposal": (
        "A subject put forward",
        "The turn brings a subject of its own and asks for time for it.",
        "Rule: come with what you want to talk about.",
    ),
    "appreciation": (
        "Thanks, said aloud",
        "This gives credit for something they did or said.",
        "Rule: thank people for the thing itself.",
    ),
    "acknowledgment": (
        "A sign of listening",
        "These few words show that theirs were taken in, and leave them the floor.",
        "Rule: small signs keep somebody talking.",
    ),
}


def move_rule(move: str) -> Rule:
    """The rule that praises a move."""
    title, words, rule = _MOVES[move]

    def says(facts: Facts) -> Said:
        yours = facts.yours_moving(move)
        theirs = _answered(yours.text, facts) if yours else None
        return Said(title=title, words=words, rule=rule, yours=yours, theirs=theirs)

    return Rule(move, _CERTAINTIES.get(move) or _certainty_of(move), says, margin(move))


def _answered(text: str, facts: Facts) -> Quote | None:
    """The mentor's words that a move takes up; one word in common is chance."""
    theirs = quote(facts.context, closest(facts.context, text, least=2))
    return None if theirs is None or theirs.text.endswith("?") else theirs


def seen(move: str, facts: Facts) -> float:
    """How sure it is that a move is there at all, by the model and its words."""
    check = _SEEN.get(move)
    return facts.move(move) if check is None else check(facts)


def _certainty_of(move: str) -> Callable[[Facts], float]:
    return lambda facts: facts.move(move)


def _thanked_certainty(facts: Facts) -> float:
    # "Thank you" for a chair, before what one came to say, is manners.
    said = facts.yours_moving("appreciation")
    bare = said is None or word_count(said.text) <= _BARE_THANKS
    if said is None or _DECLINES.search(said.text) or (bare and facts.words > _SHORT):
        return 0.0
    if not _CREDITS.search(said.text):
        return 0.0
    return facts.move("appreciation")


def _promised_certainty(facts: Facts) -> float:
    # "So if I've got it right, I can write on the cards by Friday" hands back what was settled.
    said = facts.yours_moving("commitment")
    if said is None or put_up_for_checking(said.text) or _COMES_TO_PASS.search(said.text):
        return 0.0
    theirs = _ANOTHERS.search(said.text) and not _FIRST_PERSON.search(said.text)
    return 0.0 if theirs else facts.move("commitment")


def _discreet_certainty(facts: Facts) -> float:
    said = facts.yours_moving("confidentiality")
    if said is None or _LINGERS.search(said.text) or not _OF_WORDS.search(said.text):
        return 0.0
    return facts.move("confidentiality")


def _acknowledged_certainty(facts: Facts) -> float:
    # A bare nod is no strength; a few words that take in what was said are.
    said = facts.yours_moving("acknowledgment")
    if said is None or word_count(said.text) < _TAKES_IN or facts.words > _LEAVES_THE_FLOOR:
        return 0.0
    return facts.move("acknowledgment") if facts.their_statements and facts.overlap else 0.0


def _credited_certainty(facts: Facts) -> float:
    said = facts.yours_moving("appreciation")
    declined = said is not None and _DECLINES.search(said.text)
    return 0.0 if declined else facts.move("appreciation")


def _for_both_certainty(facts: Facts) -> float:
    # "You can help me with my essay" keeps nothing of theirs in view.
    said = facts.yours_moving("mutual_benefit")
    takes = said is not None and _TAKES.search(said.text) and not _GIVES.search(said.text)
    return 0.0 if takes else facts.move("mutual_benefit")


def _given_certainty(facts: Facts) -> float:
    # Who was asked answers.
    return 0.0 if facts.context_asks else facts.move("knowledge_share")


_CERTAINTIES = {
    "acknowledgment": _acknowledged_certainty,
    "appreciation": _thanked_certainty,
    "commitment": _promised_certainty,
    "confidentiality": _discreet_certainty,
    "knowledge_share": _given_certainty,
    "mutual_benefit": _for_both_certainty,
}
_SEEN: dict[str, Callable[[Facts], float]] = {
    "appreciation": _credited_certainty,
    "commitment": _promised_certainty,
    "confidentiality": _discreet_certainty,
    "mutual_benefit": _for_both_certainty,
}
