"""What can be done with a talk from anywhere: take it up again, copy it; and which one is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.practice.store import TalkHead
    from coach.tui.app import CoachApp
    from coach.tui.engine import Talk


def talk_held(app: CoachApp) -> Talk | None:
    """The talk that is open on some screen; two at a time would draw on one another's draft."""
    for screen in reversed(app.screen_stack):
        talk: Talk | None = getattr(screen, "talk", None)
        if talk is not None:
            return talk
    return None


def take_up(app: CoachApp, talk: TalkHead) -> None:
    """Go on with an unfinished talk, whose scenario is looked up in a worker."""

    def find() -> None:
        try:
            scenario = app.services.library().scenarios.get(talk.scenario)
        except CoachError as problem:
            app.call_from_thread(app.tell_problem, str(problem))
            return
        if scenario is None:
            sentence = (
                f"The scenario '{talk.scenario}' of this talk is not there any more; put its "
                "file back to go on. The talk can still be read here."
            )
            app.call_from_thread(app.tell_problem, sentence)
            return
        app.call_from_thread(app.resume_talk, talk.id, scenario, talk.notes)

    app.run_worker(find, thread=True, group="take up", exclusive=True, exit_on_error=False)


def copy_talk(app: CoachApp, talk_id: int) -> None:
    """Copy a whole talk as text."""

    def copy() -> None:
        from coach.records.export import export_talk
        from coach.tui.clipboard import copy_text

        numbers = bool(app.setting("numbers", False))
        try:
            text = export_talk(app.services.store(), talk_id, "md", numbers=numbers)
        except CoachError as problem:
            app.call_from_thread(app.tell_problem, str(problem))
            return
        said = copy_text(app, text)
        app.call_from_thread(lambda: app.notify(said, markup=False))

    app.run_worker(copy, thread=True, group="copy", exclusive=True, exit_on_error=False)
