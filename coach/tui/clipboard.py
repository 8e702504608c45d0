"""Copying that also works over SSH and inside tmux: several routes, tried in turn.

Nothing here raises. What happened is said in one sentence, because a terminal that ignores
the copy escape does so silently.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

_PATIENCE = 1.0
"""Seconds a clipboard program may take; one that waits for a display would hold up the app."""

_LARGEST_ESCAPE = 74_000
"""Characters many terminals take in one copy escape; more is cut or ignored."""

_TOOLS: tuple[tuple[tuple[str, ...], str | None], ...] = (
    (("pbcopy",), None),
    (("wl-copy",), "WAYLAND_DISPLAY"),
    (("xclip", "-selection", "clipboard"), "DISPLAY"),
    (("xsel", "--clipboard", "--input"), "DISPLAY"),
)
"""A clipboard program, and the variable without which it has no clipboard to reach."""


def copy_text(app: App[Any], text: str) -> str:
    """Copy a text by every route there is, and say what was done.

    The system's own program first, unless one sits at another machine: then only the terminal
    reaches the clipboard of the person who types.
    """
    # Half a character cannot be sent anywhere; a question mark can.
    text = text.encode("utf-8", "replace").decode("utf-8")
    app._clipboard = text
    tool = None if app.is_web else _by_tool(text.encode("utf-8"))
    if tool is not None:
        return f"Copied ({tool})."
    in_tmux = bool(os.environ.get("TMUX")) and not app.is_web
    if in_tmux and _run(("tmux", "load-buffer", "-w", "-"), text.encode("utf-8")):
        return "Copied to tmux and, where your terminal lets it, to the clipboard."
    escape = copy_escape(text, in_tmux=in_tmux)
    if not _write(app, escape):
        return "This terminal cannot copy; export the talk to a file instead."
    if len(escape) > _LARGEST_ESCAPE:
        return "Sent to the terminal to copy; it is long and may be cut, an export is not."
    return "Sent to the terminal to copy. If pasting gives nothing, export the talk instead."


def copy_escape(text: str, *, in_tmux: bool = False) -> str:
    """The terminal's copy escape (OSC 52); wrapped so that tmux hands it on."""
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    escape = f"\x1b]52;c;{encoded}\x07"
    if not in_tmux:
        return escape
    doubled = escape.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"


def _by_tool(text: bytes) -> str | None:
    remote = bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))
    for command, needs in _TOOLS:
        # A display that is set over SSH is the person's own, forwarded; pbcopy would fill the
        # clipboard of a machine nobody sits at.
        reaches = not remote if needs is None else bool(os.environ.get(needs))
        if reaches and shutil.which(command[0]) and _run(command, text):
            return command[0]
    return None


def _run(command: Sequence[str], text: bytes) -> bool:
    try:
        done = subprocess.run(
            command,
            input=text,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _write(app: App[Any], escape: str) -> bool:
    driver = app._driver
    if driver is None:
        return False
    with suppress(Exception):  # a terminal that is gone is no reason to stop
        driver.write(escape)
        return True
    return False
