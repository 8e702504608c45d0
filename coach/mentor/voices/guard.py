"""Whether a voiced line may be said: the role kept, nothing invented, nothing obeyed.

Plain signs first, which can be looked at while the words still come; then the listening models,
which read the voiced line as a paraphrase of the authored one.
"""

from __future__ import annotations

import re

from coach.listening.contrast import Said
from coach.listening.listener import Listener, Row

_ROLE = re.compile(
    r"\b(?:as an? (?:ai|language model|assistant|chatbot)|(?:an|your) ai\b|language model"
    r"|system prompt|(?:previous|above|my|these) instructions|role-?play|as requested"
    r"|here is the line|i cannot help|i can't assist|the line to say|stage direction)\b"
    r"|https?://|```|[«»<>{}]",
    re.IGNORECASE,
)
_COACHES = re.compile(
    r"\b(?:active(?:ly)? listen|open(?:-ended)? question|closed question|paraphras|good listener"
    r"|listening skills?|(?:great|good|excellent|wonderful) question"
    r"|thank you for (?:sharing|listening)|well done for asking"
    r"|you (?:listened|reflected) (?:well|back))",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.?!:\"'“‘]\s)(?<!^)\b[A-Z][a-zà-ÿ]+")
_LONGER, _MARGIN = 1.6, 8
"""A voiced line has at most so many times the words of the authored one, and so many more."""
_SURE = 0.6
_KEPT = 0.5
_TELLS = 8
"""An authored line of fewer words tells nothing that could be checked."""


def strays(line: str, said: str, voiced: str, known: str) -> str | None:
    """Why a voiced line, or its beginning, may not be said; None where plain signs show nothing.

    Args:
        line: the authored line.
        said: the learner's words it answers.
        voiced: what the voice made of it so far.
        known: other words of the scenario in which names may stand.
    """
    if _ROLE.search(voiced) and not _ROLE.search(line):
        return "it left its role"
    if _COACHES.search(voiced) and not _COACHES.search(line):
        return "it began to coach"
    if len(voiced.split()) > _LONGER * len(line.split()) + _MARGIN:
        return "it talked on"
    heard = f"{line} {said} {known}".lower()
    if any(name.lower() not in heard for name in _NAME.findall(voiced)):
        return "it named somebody or something of its own"
    if Said.of(voiced).numbers() - Said.of(f"{line} {said}").numbers():
        return "it named an amount of its own"
    return None


def invents(line: str, voiced: str, listener: Listener) -> str | None:
    """What the listening models have against a whole voiced line; None where nothing."""
    if not voiced.strip():
        return "it said nothing"
    if len(line.split()) < _TELLS:
        return None
    row = Row(context=line, text=voiced, task="paraphrase")
    read = listener.read_rows([row])[0].paraphrase
    if read is None:
        return "it could not be read"
    if any(p.status == "distorted" and p.p >= _SURE for p in read.key_points):
        return "it turned something round"
    if read.coverage < _KEPT:
        return "it left out what was to be said"
    if read.added:
        return "it added something of its own"
    return None
