"""The golden readings: what the shipped models say of 200 turns, by number.

``python -m tests.golden_readings`` writes them anew after a training run; a change of them is a
change that users see, and belongs in the changelog.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coach.listening.listener import Row
from coach.listening.reading import Reading
from coach.training.data import labelled_turns
from tests.models import listener

PATH = Path(__file__).parent / "golden" / "readings.jsonl"
TURNS = 200


def rows() -> list[Row]:
    turns = sorted(labelled_turns("test"), key=lambda turn: turn.id)[:: 670 // TURNS][:TURNS]
    return [Row(id=turn.id, context=turn.context, text=turn.text) for turn in turns]


def numbers(reading: Reading) -> dict[str, Any]:
    return {
        "id": reading.id,
        "question": reading.question.p,
        "reflection": reading.reflection.p,
        "uptake": {"uptake": reading.uptake},
        "moves": reading.moves,
        "score": {"score": reading.paraphrase.score / 100 if reading.paraphrase else -1.0},
        "judged": reading.judged,
        "model": reading.model,
    }


if __name__ == "__main__":
    lines = [json.dumps(numbers(reading)) for reading in listener().read_rows(rows())]
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")
