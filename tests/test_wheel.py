"""The wheel works away from the checkout, with the models and the data inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _run(*command: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "PYTHON"))}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **env},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a fresh environment that holds the built wheel and its needs."""
    folder = tmp_path_factory.mktemp("wheel")
    built = _run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT, cwd=folder
    )
    assert built.returncode == 0, built.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    binaries = folder / "env" / "bin"
    done = _run(binaries / "python", "-m", "pip", "install", "-q", wheel, cwd=folder)
    assert done.returncode == 0, done.stderr[-2000:]
    return binaries


@pytest.mark.slow
def test_scores_a_file_from_another_folder(installed: Path, tmp_path: Path) -> None:
    rows = tmp_path / "turns.jsonl"
    row = {
        "id": "t1",
        "context": "The roof came off in the storm and I had to ring forty families.",
        "text": "What was that like, ringing forty families?",
    }
    rows.write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = _run(
        installed / "coach", "score", "turns.jsonl", cwd=tmp_path, COACH_HOME=str(tmp_path / "home")
    )
    assert done.returncode == 0, done.stderr
    (reading,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert reading["id"] == "t1"
    assert reading["question"]["kind"] == "open"


@pytest.mark.slow
def test_lists_its_scenarios_from_another_folder(installed: Path, tmp_path: Path) -> None:
    done = _run(
        installed / "coach", "scenarios", "list", cwd=tmp_path, COACH_HOME=str(tmp_path / "home")
    )
    assert done.returncode == 0, done.stderr
    for scenario in ("insurance-claims", "law-firm", "hospital-ward"):
        assert scenario in done.stdout
