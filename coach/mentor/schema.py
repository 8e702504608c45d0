"""The JSON Schema of scenario files, for editors: ``python -m coach.mentor.schema`` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from coach import paths
from coach.mentor.scenario import Scenario


def schema_text() -> str:
    """``data/schema/scenario.json`` as it should be."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Scenario.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schema(path: Path | None = None) -> Path:
    """Write the schema, by default to where it ships; returns its path."""
    path = path or paths.data_dir() / "schema" / "scenario.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(schema_text(), encoding="utf-8")
    return path


if __name__ == "__main__":
    write_schema()
