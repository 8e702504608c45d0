"""Writing a turn in the learner's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach import paths

if TYPE_CHECKING:
    from textual.app import App

_FILE = "turn.md"


def editor_command(preferred: str | None) -> list[str]:
    """The editor to start: as set, else ``$VISUAL``, ``$EDITOR``, or the platform's plainest."""
    fallback = "notepad" if os.name == "nt" else "vi"
    chosen = preferred or os.environ.get("VISUAL") or os.environ.get("EDITOR") or fallback
    return shlex.split(chosen, posix=os.name != "nt")


def edit_text(app: App[Any], text: str) -> str | None:
    """Hand the terminal to the editor and take back what was written.

    Returns:
        The edited text, or None where there was no editing (the app says why).
    """
    if app.is_web:
        app.notify("An editor cannot be opened from a browser; type here instead.")
        return None
    preferred = getattr(getattr(app, "settings", None), "editor", None)
    try:
        command = editor_command(preferred)
    except ValueError as error:  # a quote that is not closed
        app.notify(
            f"The editor setting cannot be read ({error}); mend 'editor' in the settings.",
            severity="warning",
            markup=False,
        )
        return None
    folder: Path | None = None
    handed: bytes | None = None
    edited, problem = None, ""
    try:
        # In the private home, not in a shared temporary folder.
        folder = Path(tempfile.mkdtemp(prefix=paths.EDITED, dir=paths.private_home()))
        path = folder / _FILE
        path.write_text(text, encoding="utf-8")
        handed = path.read_bytes()
        with app.suspend():
            subprocess.run([*command, str(path)], check=True)
        edited = path.read_text("utf-8").rstrip("\n")
    except FileNotFoundError:
        problem = f"There is no editor '{command[0]}' here; set 'editor' in the settings."
    except subprocess.CalledProcessError as error:
        problem = f"The editor ended with status {error.returncode}; your text here is unchanged."
    except UnicodeDecodeError:
        problem = "The editor saved no UTF-8, so it could not be read; your text here is unchanged."
    except OSError as error:
        problem = f"The text could not be handed to the editor: {error}. It is unchanged here."
    except Exception as error:  # the driver cannot suspend (a test, a browser)
        problem = f"The editor cannot be opened here ({type(error).__name__}); type here instead."
    if folder is not None and problem and _written(folder, handed):
        problem += f" What you wrote in it is in {folder / _FILE}."
    elif folder is not None:
        # Whatever copies the editor made beside it go too.
        shutil.rmtree(folder, ignore_errors=True)
    if problem:
        app.notify(problem, severity="warning", timeout=12, markup=False)
    return edited


def _written(folder: Path, handed: bytes | None) -> bool:
    """Whether the file holds something else than was handed to the editor."""
    with suppress(OSError):
        return handed is not None and (folder / _FILE).read_bytes() != handed
    return False
