"""Who reads where nobody waits for each turn: files, kept talks, whole scenarios."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from coach.listening.listener import Listener


def batch_listener() -> Listener:
    """The workshop's server where one is set, else models in this process; to be closed.

    Raises:
        BadInput: the settings cannot be used.
        MissingPart: the models are not there.
    """
    from coach.settings import load_settings

    settings = load_settings()
    if settings.listener_url:
        from coach.listening.remote import RemoteListener

        return RemoteListener(settings.listener_url)
    if sys.stderr.isatty():
        typer.echo("Loading the models...", err=True)
    # What a library prints while it loads is no reading.
    with redirect_stdout(sys.stderr):
        from coach.listening.inprocess import InProcessListener

        return InProcessListener(encoder=settings.encoder)
