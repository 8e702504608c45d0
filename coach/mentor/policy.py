"""What the mentor says to what: one page of rules, read from the top.

The first that can speak does, where its line stands: some lines always do, a story where it makes
any sense after the turn. Otherwise it only proposes: what the rules after it, and the lines nearest
to the turn, would say is read against the turn as well, and what answers it best is said. Each
rule's sentence goes out with the line, so that nobody has to guess why it was said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.listening.listener import Reply
from coach.mentor import replies
from coach.mentor.hearing import Heard
from coach.mentor.matching import REMARK
from coach.mentor.state import BORED, SHORT_TEMPERED, WALKS_OUT
from coach.mentor.telling import Say, Teller

Fits = Callable[[Sequence[Reply]], Sequence[float]]
"""How likely each line makes sense right after the turn, 0 to 1."""

STAYS = 0.6
"""From this uptake on a question stays with what was just told."""
RULED = 1.0
"""So much, in log odds, the first rule's line is ahead of what else could be said, unless it says
that nothing is known."""
EVASIVE, AGAIN = 0.25, 1.0
"""So much one that does not answer is behind what does: once, and where the last did not either.
In judged talks as many replies fit as without, and the one after an evasion fits least of all."""
JOINED = 0.4
"""How likely what takes up the rest of a turn must make sense to be said before an answer: of those
below it one in four fitted, and the answer alone two of three times."""
ALWAYS, EARNED, STORY, WEIGHED = 0.0, 0.1, 0.3, 1.0
"""How likely a rule's line must make sense after the turn to stand unweighed. A story earned is
told: weighed against small answers it would hardly ever be. But of 184 between the two bars, in
lists of mentors kept out, one in six fits a turn that asks, of the best other lines over half."""
_LEAST = 1e-6
_NEAREST = "Of all the mentor could say, this fits what you said best."


@dataclass(frozen=True, slots=True)
class Rule:
    """``why`` in plain English; ``says`` gives a line where ``when`` holds, or None to pass.

    ``stands``: how likely what it says must make sense to be said unweighed. A ``last`` rule speaks
    only where none before it can.
    """

    why: str
    when: Callable[[Heard], bool]
    says: Callable[[Teller], Say | None]
    stands: Callable[[Heard], float] = lambda heard: WEIGHED
    last: bool = False


def _always(_: Heard) -> bool:
    return True


def _stands(_: Heard) -> float:
    return ALWAYS


def _earned(_: Heard) -> float:
    return EARNED


RULES: tuple[Rule, ...] = (
    Rule(
        "You said goodbye, so the talk ends: warmly if you listened, coolly if not.",
        lambda heard: heard.goodbye,
        replies.says_goodbye,
        stands=_stands,
    ),
    Rule(
        "What you typed could not be read, so the mentor says so.",
        lambda heard: heard.unreadable and heard.state.unreadable <= 3,
        lambda teller: teller.manners("not_understood", "unreadable"),
        stands=_stands,
    ),
    Rule(
        "You slighted the mentor once too often, so they end the talk.",
        lambda heard: (
            bool(heard.harmful) and heard.state.slights >= 4 and heard.state.trust < WALKS_OUT
        ),
        replies.says_goodbye,
        stands=_stands,
    ),
    Rule(
        "You gave advice unasked, changed the subject or brushed something off, and they say so.",
        lambda heard: bool(heard.harmful),
        lambda teller: teller.move(teller.heard.harmful),
        stands=_stands,
    ),
    Rule(
        "You took up what they offered to tell, so they tell it.",
        lambda heard: heard.takes_offer,
        replies.offered,
        stands=_stands,
    ),
    Rule(
        "You told something that the mentor has an answer to.",
        replies.knows_what_was_told,
        Teller.told,
    ),
    Rule(
        "You misheard the mentor, so they put it right.",
        lambda heard: heard.handed_back == "wrongly" and heard.on_story,
        Teller.correction,
        stands=_stands,
    ),
    Rule(
        "You said back what you heard, and rightly, so the mentor goes deeper.",
        lambda heard: heard.handed_back == "well",
        replies.landed,
        stands=lambda heard: WEIGHED if heard.asks_for_something else ALWAYS,
    ),
    Rule(
        "The mentor is losing patience, so there is a word and a silence.",
        lambda heard: (
            heard.state.patience < SHORT_TEMPERED
            and heard.asks == "none"
            and not heard.listened
            and not heard.answers
            and heard.answer is None
            and not any(key.startswith("quiet/") for key in heard.state.last)
        ),
        lambda teller: teller.manners("quiet", "quiet"),
        stands=_stands,
    ),
    Rule(
        "You answered the mentor, and they take up what you said.",
        lambda heard: heard.answer is not None and not (replies.known_answer(heard) and heard.sure),
        Teller.took_up,
    ),
    Rule(
        "You did not follow, so it is said again in other words.",
        # After a small answer, what they ask beside it is answered.
        lambda heard: heard.lost and (heard.on_story or not heard.corrects),
        replies.in_other_words,
        stands=_earned,
    ),
    Rule(
        "You asked whether you got it right, and some of it you did.",
        lambda heard: heard.wants_a_check and heard.handed_back == "partly",
        replies.partly,
    ),
    Rule(
        "You asked whether you got it right, and it is not certain that you did.",
        lambda heard: heard.may_be_made_up or (heard.put_up_for_a_check and not heard.sure),
        replies.partly,
    ),
    Rule(
        "You asked something small that the mentor knows.",
        replies.known_answer,
        lambda teller: teller.after_told(teller.answer()),
    ),
    Rule(
        "You did more than ask (a thank-you, a promise, an offer): the mentor answers that.",
        lambda heard: (
            bool(heard.helpful)
            and (heard.asks == "none" or heard.asks_by_move)
            and not heard.names_something
        ),
        replies.moved,
        stands=_earned,
    ),
    Rule(
        "You asked about something the mentor can tell.",
        lambda heard: heard.asks != "none" and (heard.leans or replies.names_a_topic(heard)),
        lambda teller: teller.after_told(replies.asked(teller)),
    ),
    Rule(
        "You asked for leave or a yes, and the mentor gives it.",
        lambda heard: heard.wants_leave or (heard.wants_a_check and not heard.may_be_made_up),
        lambda teller: teller.after_told(teller.manners("agreed", "answer")),
    ),
    Rule(
        "Your question stayed with the story, so more of it comes.",
        lambda heard: heard.asks != "none" and heard.on_story and heard.reading.uptake >= STAYS,
        replies.more_of_it,
    ),
    Rule(
        "What you asked about has been told, so the mentor turns to what is next to it.",
        lambda heard: (
            heard.asks != "none"
            and (heard.topic or heard.found.about) is not None
            and ((heard.leans and not heard.lost) or replies.same_again(heard))
        ),
        replies.told_already,
    ),
    Rule(
        "You said back part of it: the mentor says so and leaves the next word to you.",
        lambda heard: heard.handed_back == "partly" and not heard.asks_for_something,
        replies.partly,
    ),
    Rule(
        "The mentor does not know, so they take up what you told, or pass the question over.",
        lambda heard: heard.asks != "none",
        replies.does_not_know,
    ),
    Rule(
        "You answered the mentor's question.",
        lambda heard: (
            heard.answers
            and not (heard.helpful and heard.names_something)
            and not heard.names_untold
        ),
        lambda teller: teller.manners("answered", "answered"),
    ),
    Rule(
        "The talk has left what interests the mentor, so they turn to something of their own.",
        lambda heard: heard.state.interest < BORED and heard.asks == "none",
        Teller.turns_away,
    ),
    Rule(
        "You touched on something the mentor knows about, so they mention it.",
        lambda heard: heard.asks == "none" and heard.found.topic_score >= REMARK,
        replies.mentioned,
    ),
    Rule(
        "You nodded, so there is a small push that leaves the next word to you.",
        lambda heard: (
            heard.nod and (heard.state.nods <= 2 or heard.on_story) and not heard.after_nothing
        ),
        lambda teller: teller.manners("acknowledged", "nod"),
    ),
    Rule(
        "You remarked on a story, so the mentor asks for yours.",
        lambda heard: heard.reading.judged and heard.on_story,
        lambda teller: teller.asks_back(teller.state.current),
    ),
    Rule(
        "You said something and asked nothing, so the mentor leaves the next word to you.",
        lambda heard: heard.reading.judged and heard.asks == "none" and heard.says_something,
        lambda teller: teller.manners("answered", "answered"),
    ),
    Rule(
        "You gave little to go on, so the mentor offers something to ask about.",
        _always,
        replies.lead,
        last=True,
    ),
    Rule(
        "Small talk has run dry, so the mentor tells what is left.",
        _always,
        lambda teller: teller.brings_up() or teller.left_over(),
        last=True,
    ),
    Rule(
        "Everything has been told.",
        lambda heard: not any(key.startswith("ran_dry/") for key in heard.state.last),
        lambda teller: teller.manners("ran_dry", "dry"),
        last=True,
    ),
    Rule(
        "Everything has been told and said, so the mentor draws the talk to a close.",
        _always,
        replies.says_goodbye,
        last=True,
    ),
)


def decide(teller: Teller, fits: Fits | None = None) -> tuple[Say, str]:
    """What is said, and why.

    Args:
        teller: what can be said to the turn.
        fits: reads lines against the turn; None: the first rule that holds and has something
            unsaid speaks.
    """
    say, why = _decide(teller, fits)
    return teller.owns_up(teller.asks_on(say)), why


def _decide(teller: Teller, fits: Fits | None) -> tuple[Say, str]:
    options: list[tuple[Say, str]] = []
    least = ALWAYS
    for rule in RULES:
        if options and rule.last:
            break
        say = rule.says(teller) if rule.when(teller.heard) else None
        if say is None:
            continue
        # Where nothing else can be said somebody has to begin, and small talk never does.
        stands = ALWAYS if rule.last else rule.stands(teller.heard)
        stands = min(stands, STORY if say.kind == "story" else WEIGHED)
        if not options and (fits is None or stands == ALWAYS):
            return say, say.why or rule.why
        if stands > ALWAYS:
            least = least or stands
            options.append((say, say.why or rule.why))
    assert fits is not None, "the last rule always speaks"
    options += [(say, say.why or _NEAREST) for say in teller.others()]
    return _best(options, least, teller, fits)


def _best(
    options: Sequence[tuple[Say, str]], least: float, teller: Teller, fits: Fits
) -> tuple[Say, str]:
    """What answers the turn best; in doubt, or from so likely on, what the first rule says."""
    # A line that a rule put up may be put up again for being near.
    lines = dict.fromkeys(teller.reply(one) for say, _ in options for one in (say, *say.halves))
    likely = dict(zip(lines, fits([*lines]), strict=True))

    def fit(say: Say) -> float:
        return likely[teller.reply(say)]

    kept = [(_said(say, fit), why) for say, why in options]
    first = kept[0][0]
    if fit(first) >= least:
        return kept[0]
    evasive = AGAIN if teller.heard.after_evasion else EVASIVE

    def rank(option: tuple[Say, str]) -> float:
        say = option[0]
        ahead = RULED if say is first else 0.0
        return _log_odds(fit(say)) + (-evasive if say.kind == "unknown" else ahead)

    return max(kept, key=rank)


def _said(say: Say, fit: Callable[[Say], float]) -> Say:
    """All of it, or only what answers where the line joined to it makes no sense by itself."""
    if say.halves and fit(say.halves[0]) < JOINED:
        return say.halves[1]
    return say


def _log_odds(p: float) -> float:
    return math.log((p + _LEAST) / (1 - p + _LEAST))
