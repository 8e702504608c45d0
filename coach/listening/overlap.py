"""How much of a turn was taken over from what it answers, word by word; no models.

Words are compared as a listener would hear them: case, punctuation and the swap of persons
("I was" heard, "you were" handed back) make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.listening.reading import Span

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_APOSTROPHES = str.maketrans("’ʼ", "''")

# I, we and you name the same person from the two sides of a talk.
_SAME = {
    **dict.fromkeys(("i", "me", "we", "us", "you"), "<you>"),
    **dict.fromkeys(("my", "our", "your"), "<your>"),
    **dict.fromkeys(("mine", "ours", "yours"), "<yours>"),
    **dict.fromkeys(("myself", "ourselves", "yourself", "yourselves"), "<yourself>"),
    **dict.fromkeys(("am", "are", "is"), "<be>"),
    **dict.fromkeys(("was", "were"), "<was>"),
}
_ENDINGS = {"m": "<be>", "re": "<be>", "s": "<be>", "ve": "have", "ll": "will", "d": "<'d>"}
# Where 's is a verb; elsewhere ("the client's") it belongs to its noun.
_BEFORE_IS = frozenset(("it", "he", "she", "that", "there", "what", "who", "here", "how", "where"))

_GRAMMAR = """
a about above after again against all also although am an and another any anybody anyone
anything are around as at away back be because been before being below between both but by
can cannot could did do does doing done down during each either else even ever every
everybody everyone everything for from further get gets getting go goes going gone got had
has have having he her here hers herself him himself his how however i if in into is it its
itself just kind know let like lot made make makes many may me mean might mine more most much
must my myself neither no nobody none nor not nothing now of off oh ok okay on once one only
onto or other our ours ourselves out over own perhaps put quite rather really right s said
same say says shall she should so some somebody someone something sort still such t than that
the their theirs them themselves then there these they thing things think this those though
through to too um uh under until up upon us very was way we well went were what when where
whether which while who whom whose why will with within without would yeah yes yet you your
yours yourself yourselves hmm i'm i've i'd i'll you're you've you'd you'll we're we've we'd
we'll they're they've they'd they'll he's she's it's that's there's what's who's here's how's
where's isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't
can't couldn't shouldn't mustn't let's
"""
FUNCTION_WORDS = frozenset(_GRAMMAR.split())
"""Words that carry grammar or talk rather than matter, as `content_words` leaves them out."""

_FREE_WORDS = 12
_CONCISE = 0.6
_TOO_LONG = 2.0


class _Token(NamedTuple):
    same: str
    start: int
    end: int
    content: bool


def content_words(text: str) -> list[str]:
    """The words that carry the matter, in order, folded for comparison."""
    return [word for word, _, _ in _words(text) if word not in FUNCTION_WORDS]


def folded(text: str) -> list[str]:
    """All words, in order, contractions taken apart, as two speakers' words are compared."""
    return [token.same for token in _tokens(text)]


def copied_runs(context: str, text: str, *, at_least: int = 4) -> list[Span]:
    """Runs of words the text took over from the context in order.

    A run has ``at_least`` words and carries matter: two content words or more, as a run of
    function words ("and then it was the") is the language's, not the partner's. I and you, my
    and your count as the same. Runs do not overlap; each is as long as it can be, from the left.

    Returns:
        ``(start, end)`` character offsets into ``text``, in order.
    """
    theirs, yours = list(_tokens(context)), list(_tokens(text))
    ends = _longest_matches([token.same for token in theirs], [token.same for token in yours])
    runs: list[Span] = []
    free = 0
    for last, length in enumerate(ends):
        if last + 1 < len(ends) and ends[last + 1] == length + 1:
            continue  # the run goes on
        first = max(free, last + 1 - length)
        run = yours[first : last + 1]
        if len(run) >= at_least and sum(token.content for token in run) >= 2:
            runs.append((run[0].start, run[-1].end))
            free = last + 1
    return runs


def own_words(context: str, text: str) -> float:
    """How far a turn uses words of its own: 1 none copied, 0 copied whole.

    The share of the turn's neighbouring content words that do not stand so in the context. A
    single shared word costs nothing, as names and numbers have to be said again.
    """
    yours = content_words(text)
    pairs = list(zip(yours, yours[1:], strict=False))
    if not pairs:
        return 1.0
    theirs = content_words(context)
    taken = set(zip(theirs, theirs[1:], strict=False))
    return 1.0 - sum(pair in taken for pair in pairs) / len(pairs)


def concision(context: str, text: str) -> float:
    """Whether a turn is shorter than what it hands back: 1 well shorter, 0 twice as long.

    Falls evenly from three fifths of the context's length in words. Twelve words are free
    whatever the context, as very short lines cannot be made shorter.
    """
    theirs, yours = len(_words(context)), len(_words(text))
    if theirs == 0 or yours <= _FREE_WORDS:
        return 1.0
    fall = (yours / theirs - _CONCISE) / (_TOO_LONG - _CONCISE)
    return 1.0 - min(1.0, max(0.0, fall))


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    """Folded words with their places; a turn is compared in a dozen ways, word by word."""
    return tuple(
        (
            unicodedata.normalize("NFKC", match.group().translate(_APOSTROPHES)).casefold(),
            match.start(),
            match.end(),
        )
        for match in _WORD.finditer(text)
    )


def _tokens(text: str) -> Iterator[_Token]:
    """Words with contractions taken apart and persons made the same."""
    for word, start, end in _words(text):
        head, mark, tail = word.rpartition("'")
        if mark and tail == "t" and head.endswith("n"):
            yield _Token(_SAME.get(head[:-1], head[:-1]), start, end, False)
            yield _Token("not", start, end, False)
        elif mark and tail in _ENDINGS and (tail != "s" or head in _BEFORE_IS):
            yield _Token(_SAME.get(head, head), start, end, head not in FUNCTION_WORDS)
            yield _Token(_ENDINGS[tail], start, end, False)
        else:
            yield _Token(_SAME.get(word, word), start, end, word not in FUNCTION_WORDS)


def _longest_matches(theirs: Sequence[str], yours: Sequence[str]) -> list[int]:
    """For each place in ``yours`` the length of the longest run ending there found in ``theirs``.

    By a suffix automaton (Blumer et al. 1985), so that pasted books cost linear time.
    """
    following: list[dict[str, int]] = [{}]
    link, length = [-1], [0]
    last = 0
    for word in theirs:
        state = len(following)
        following.append({})
        length.append(length[last] + 1)
        link.append(0)
        at = last
        while at != -1 and word not in following[at]:
            following[at][word] = state
            at = link[at]
        if at != -1:
            target = following[at][word]
            if length[at] + 1 != length[target]:
                clone = len(following)
                following.append(dict(following[target]))
                length.append(length[at] + 1)
                link.append(link[target])
                while at != -1 and following[at].get(word) == target:
                    following[at][word] = clone
                    at = link[at]
                link[target] = clone
                target = clone
            link[state] = target
        last = state

    ends: list[int] = []
    state = matched = 0
    for word in yours:
        while state != 0 and word not in following[state]:
            state = link[state]
            matched = length[state]
        if word in following[state]:
            state = following[state][word]
            matched += 1
        ends.append(matched)
    return ends
