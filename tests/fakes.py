"""A listener without models, for tests of everything above listening.

It reads by plain rules that a test can foresee, and remembers what it was asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.listening.listener import Reply, Row
from coach.listening.reading import MOVES, KeyPoint, Paraphrase, Question, Reading, Reflection

_STEMS = ("so you", "it sounds like", "you're saying", "what i'm hearing")
_CUES = {
    "appreciation": "thank",
    "commitment": "i will",
    "confidentiality": "between us",
    "unsolicited_advice": "you should",
    "topic_hijack": "anyway",
    "dismissal": "whatever",
    "feedback_request": "feedback",
    "acknowledgment": "i see",
}


def _words(text: str) -> set[str]:
    return {word.strip(".,?!'\"").lower() for word in text.split()} - {""}


_COVERS = 0.2
"""A turn that takes over so much of the words covers, and sums up, what was said."""


class FakeListener:
    """Reads turns by rules: a wh-word opens, another '?' closes, 'so you' reflects."""

    version = "fake-1"

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self.prepared: list[str] = []
        self.read_before: list[tuple[str, ...]] = []
        """What stood before each turn that replies were read against."""
        self.error = error
        self.closed = False

    def read(self, context: str, text: str) -> Reading:
        if self.error is not None:
            raise self.error
        self.asked.append((context, text))
        low = text.strip().lower()
        kind = "none"
        if any(low.startswith(w) or f". {w}" in low for w in ("how", "what", "why", "tell me")):
            kind = "open"
        elif "?" in text:
            kind = "closed"
        reflects = low.startswith(_STEMS)
        shared = len(_words(text) & _words(context)) / max(1, len(_words(context)))
        judged = len(text.split()) >= 2
        return Reading(
            question=Question(
                kind=kind,
                p={"none": 0.0, "open": 0.0, "closed": 0.0, kind: 1.0},
                evidence=((0, len(text)),) if kind != "none" else (),
            ),
            reflection=Reflection(
                kind="simple" if reflects else "none",
                p={"none": float(not reflects), "simple": float(reflects), "complex": 0.0},
                evidence=((0, len(text)),) if reflects else (),
            ),
            uptake=min(1.0, shared * 2),
            paraphrase=self._paraphrase(context, shared) if reflects else None,
            moves={move: float(_CUES.get(move, "\0") in low) for move in MOVES}
            | {"summary": float(reflects and shared > _COVERS)},
            judged=judged,
            reason=None if judged else "one word is not enough to judge",
            model=self.version,
        )

    @staticmethod
    def _paraphrase(context: str, shared: float) -> Paraphrase:
        covered = shared > _COVERS
        return Paraphrase(
            score=80 if covered else 20,
            coverage=float(covered),
            faithfulness=1.0,
            own_words=max(0.0, 1 - shared),
            concision=1.0,
            key_points=(
                KeyPoint(
                    text=context,
                    span=(0, len(context)),
                    status="covered" if covered else "missed",
                    p=0.9,
                ),
            ),
        )

    def read_rows(self, rows: Sequence[Row]) -> list[Reading]:
        return [self.read(row.context, row.text).model_copy(update={"id": row.id}) for row in rows]

    def closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        theirs = [_words(candidate) for candidate in candidates]
        return [
            [len(mine & one) / max(1, len(mine | one)) for one in theirs]
            for mine in map(_words, texts)
        ]

    def fits(
        self, context: str, text: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """Nothing speaks against what the rules say."""
        self.read_before.append((*earlier, context))
        return [0.5] * len(replies)

    def prepare(self, texts: Sequence[str]) -> None:
        self.prepared.extend(texts)

    def close(self) -> None:
        self.closed = True
