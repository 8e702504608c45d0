"""A changed setting: used from now on, and kept in the settings file."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.theme import Theme
from textual.worker import Worker, WorkerError

from coach.errors import CoachError
from coach.tui.themes import DEFAULT_THEME

if TYPE_CHECKING:
    from coach.tui.app import CoachApp

QUIT_PATIENCE = 2.0
"""Seconds that leaving the app waits for what is being written."""
_ONE_AT_A_TIME = threading.Lock()
_GROUP = "keep setting"


def change_setting(app: CoachApp, name: str, value: Any) -> None:
    """Use a setting from now on and keep it.

    Only this one is changed: what the command line asked for (no history, another learner)
    holds for this run and is not written.
    """
    if app.settings is None:
        return
    app.settings = app.settings.model_copy(update={name: value})
    app.services.use_settings(app.settings)
    app.use_looks(app.settings.theme or DEFAULT_THEME, app.settings.motion)

    def keep() -> None:
        from coach.settings import save_setting

        try:
            with _ONE_AT_A_TIME:
                # As it stands by now: a later change may have got here first.
                save_setting(name, getattr(app.settings, name))
        except CoachError as problem:
            app.call_from_thread(app.tell_problem, str(problem), "Not kept")

    app.run_worker(keep, thread=True, group=_GROUP, exit_on_error=False)


async def settings_kept(app: CoachApp) -> None:
    """Wait a moment for what is being written: its workers are let go with the app."""
    being_kept = [asyncio.create_task(_ended(one)) for one in app.workers if one.group == _GROUP]
    if being_kept:
        await asyncio.wait(being_kept, timeout=QUIT_PATIENCE)


async def _ended(worker: Worker[Any]) -> None:
    """Wait for a worker, however it ends."""
    with suppress(WorkerError):
        await worker.wait()


def keep_theme(app: CoachApp) -> None:
    """Keep a theme that is chosen anywhere, the stock palette's picker included."""

    def chosen(theme: Theme) -> None:
        # While the settings are being read, a change of theme is theirs and not the learner's.
        if app.settings is not None and theme.name != (app.settings.theme or DEFAULT_THEME):
            change_setting(app, "theme", theme.name)

    app.theme_changed_signal.subscribe(app, chosen)
