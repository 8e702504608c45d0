"""``coach practice``: hold a talk, in the app or in lines of text."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach import paths
from coach.cli.choosing import choose_scenario, choose_talk, scenario_of, unfinished
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.listening.listener import Listener
    from coach.plain.telling import Teller
    from coach.practice.store import Store
    from coach.settings import Settings

_SEEDS = 1_000_000


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(practice)


def practice(  # noqa: PLR0913, PLR0917 - one argument per option of the command line
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Which scenario: its id, or a .yaml file; without it you choose, and in a pipe "
            "the first of `coach scenarios list` is taken.",
        ),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Lines of text instead of the app.")] = (
        False
    ),
    json: Annotated[bool, typer.Option("--json", help="Plain mode as one JSON event a line.")] = (
        False
    ),
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Your name in the records.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Same seed, same words: the same talk.")
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take the turns in a file, exported or one a line."),
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Write nothing to this machine.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the last unfinished talk.")
    ] = False,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Meet as strangers, whatever talks are on record.")
    ] = False,
) -> None:
    """Rehearse a talk with a mentor.

    In plain mode every line of input is a turn; /help names the commands. Without a terminal
    practice is always plain. A mentor you have met before goes on from your last talk, unless
    --afresh is given, or --seed without --learner: then the same words give the same talk.
    """
    if resume and no_history:
        raise UsageError("--resume needs the records that --no-history leaves alone; drop one.")
    text_only = plain or json or replay is not None or not _has_screen()
    overrides = {"learner": learner, "history": False if no_history else None}
    if not text_only:
        _open_app(overrides, scenario, seed, resume, afresh=afresh)
        return
    anew = afresh or replay is not None or (seed is not None and learner is None)
    _hold_plain(overrides, scenario, seed, replay, resume, as_json=json, anew=anew)


def _has_screen() -> bool:
    if os.environ.get("TEXTUAL_DRIVER"):
        return True  # A browser is the screen: textual-serve speaks over pipes.
    # stderr too: that is where Textual draws.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def _open_app(
    overrides: dict[str, str | bool | None],
    scenario: str | None,
    seed: int | None,
    resume: bool,
    *,
    afresh: bool,
) -> None:
    from coach.tui.app import CoachApp

    settings: Settings | None = None
    talk: int | None = None
    if resume or any(value is not None for value in overrides.values()):
        # Only then: the app reads its own settings after its first paint.
        from coach.settings import load_settings

        settings = load_settings(overrides)
        if resume:
            from coach.mentor.library import find_scenario

            asked = find_scenario(scenario).id if scenario is not None else None
            with opened_store(settings) as store:
                talk = unfinished(store, settings.learner or None, asked).id
    app = CoachApp(
        settings=settings,
        scenario=scenario,
        learner=overrides["learner"] if isinstance(overrides["learner"], str) else None,
        seed=seed,
        resume=talk,
    )
    app.afresh = afresh
    app.run()
    if app.return_code:
        raise typer.Exit(app.return_code)


def _hold_plain(
    overrides: dict[str, str | bool | None],
    scenario_id: str | None,
    seed: int | None,
    replay: Path | None,
    resume: bool,
    *,
    as_json: bool,
    anew: bool,
) -> None:
    from coach.mentor.library import find_scenario
    from coach.mentor.voices import open_voice
    from coach.plain import Options, practise
    from coach.plain.keyboard import Keyboard
    from coach.plain.lines import Lines, replayed_turns
    from coach.plain.telling import LEFT_KEPT, LEFT_UNKEPT, JsonTeller, TextTeller
    from coach.settings import load_settings

    settings = load_settings(overrides)
    teller: Teller = (
        JsonTeller(sys.stdout, sys.stderr)
        if as_json
        else TextTeller(sys.stdout, numbers=settings.numbers, kept=settings.history)
    )
    typed = sys.stdin.isatty() and not as_json
    replayed = replayed_turns(replay) if replay is not None else []
    if typed:
        keyboard = Keyboard()
        lines = Lines(keyboard, note=teller.note, prompt=keyboard.prompt, replayed=replayed)
    else:
        # A replayed file is the whole talk: nobody sits there to go on with it.
        source = None if replayed else sys.stdin.buffer
        lines = Lines(source, note=teller.note, replayed=replayed)
    with ExitStack() as stack:
        # The models warm up while the records open and a scenario is chosen.
        listener = stack.enter_context(closing(make_listener(settings)))
        store = stack.enter_context(opened_store(settings))
        # Read first: a file's talks are kept under the id that stands in it.
        asked = find_scenario(scenario_id) if scenario_id is not None else None
        head = choose_talk(
            store, settings.learner or None, asked.id if asked else None, resume, lines
        )
        scenario = asked or (scenario_of(head) if head else choose_scenario(lines))
        options = Options(
            learner=settings.learner,
            seed=random.SystemRandom().randrange(_SEEDS) if seed is None else seed,
            hint_level=settings.hint_level,
            resume=head.id if head else None,
            anew=anew,
            voice=open_voice(settings.voice_url, settings.voice_model),
        )
        if options.voice is not None:
            stack.enter_context(closing(options.voice))
        try:
            code = practise(scenario, listener, store, lines=lines, teller=teller, options=options)
        except KeyboardInterrupt as left:
            kept = str(left) or LEFT_KEPT
            teller.note(kept if settings.history else LEFT_UNKEPT)
            raise
    if code:
        raise typer.Exit(int(code))


def make_listener(settings: Settings) -> Listener:
    """Who reads the turns of a talk: the workshop's server, or models that begin to warm up.

    Raises:
        BadInput: the server's address is none.
        MissingPart: the models' process cannot be started.
    """
    if settings.listener_url:
        from coach.listening.remote import RemoteListener

        return RemoteListener(settings.listener_url)
    from coach.listening.child import ChildListener

    # Where no history is wanted nothing is written, not even what is no history.
    cache = paths.vectors_file() if settings.history else None
    listener = ChildListener(encoder=settings.encoder, cache=cache)
    listener.start()
    return listener


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The records, or a store that writes nothing where no history is wanted; closed after use.

    Raises:
        StorageError: the records cannot be opened.
    """
    from coach.records import choose_store

    store = choose_store(settings.history, settings.database_url)
    try:
        yield store
    finally:
        close = getattr(store, "close", None)
        if close is not None:
            close()
