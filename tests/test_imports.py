"""What starts fast must not load a model library: looked at in a fresh interpreter each."""

import subprocess
import sys

import pytest

MODELS = {"spacy", "torch", "transformers", "sentence_transformers", "thinc", "sklearn"}
SCREEN = {"textual"}
RECORDS = {"sqlalchemy", "alembic"}

HELP = """
import sys
from contextlib import suppress
from coach.cli import main
sys.stdout = open(__import__("os").devnull, "w")
with suppress(SystemExit):
    main(["--help"])
sys.stdout = sys.__stdout__
"""

STARTS = {
    "coach --help": (HELP, MODELS | SCREEN | RECORDS | {"pydantic", "rich", "httpx", "yaml"}),
    "coach": ("import coach", MODELS | SCREEN | RECORDS | {"pydantic", "typer"}),
    "the app": ("import coach.tui.app", MODELS | RECORDS),
    "the engine": ("import coach.practice.session", MODELS | SCREEN | RECORDS),
    "plain mode": ("import coach.plain", MODELS | SCREEN | RECORDS),
    "the listener's protocol": ("import coach.listening", MODELS | SCREEN),
    "the child's door": ("import coach.listening.child", MODELS | SCREEN),
    "the remote door": ("import coach.listening.remote", MODELS | SCREEN),
    "scoring": ("import coach.listening.scoring", MODELS | SCREEN),
    "the worker": ("import coach.listening.worker", MODELS | SCREEN),
    "the records": ("import coach.records.store", MODELS | SCREEN),
    "the mentor": ("import coach.mentor.mentor, coach.mentor.library", MODELS | SCREEN),
    "the doctor": ("import coach.cli.checks; list(coach.cli.checks.examine())", MODELS),
}


@pytest.mark.parametrize("start", STARTS)
def test_loads_nothing_heavy(start, tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    code, forbidden = STARTS[start]
    script = f"{code}\nimport sys\nprint(*sorted(name.split('.')[0] for name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    assert not forbidden & set(done.stdout.split())


def test_public_names_are_found_when_used():
    code = (
        "import coach, sys\n"
        "assert 'pydantic' not in sys.modules\n"
        "for name in coach.__all__: getattr(coach, name)\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
