"""Which talk and which scenario: as asked for, or from a numbered list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from coach.errors import BadInput, MissingPart

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario
    from coach.plain.lines import Lines
    from coach.practice.store import Store, TalkHead


def unfinished(store: Store, learner: str | None, scenario: str | None) -> TalkHead:
    """The newest talk that was begun and not ended.

    Raises:
        BadInput: there is none.
    """
    talks = store.unfinished(learner)
    if scenario is not None:
        talks = [talk for talk in talks if talk.scenario == scenario]
    if not talks:
        raise BadInput(
            "There is no unfinished talk to resume"
            + (f" with the scenario '{scenario}'" if scenario else "")
            + "; `coach history` lists those there are."
        )
    return talks[0]


def choose_talk(
    store: Store, learner: str | None, scenario: str | None, resume: bool, lines: Lines
) -> TalkHead | None:
    """The talk to go on with, offered to a person who named no scenario; None to begin one.

    Raises:
        BadInput: one is to be resumed and there is none.
    """
    from coach.plain.words import line

    if resume:
        return unfinished(store, learner, scenario)
    if scenario is not None or not lines.typed:
        return None
    for talk in store.unfinished(learner)[:1]:
        when = f"{talk.started.astimezone():%d %B, %H:%M}"
        about = line(f"{talk.title}, with {talk.mentor}, {when}")
        typer.echo(f"There is an unfinished talk: {about}.")
        return talk if _pick(["Go on with it", "Begin another"], lines) == 0 else None
    return None


def scenario_of(talk: TalkHead) -> Scenario:
    """The scenario that a talk was begun with.

    Raises:
        BadInput: it is not in the library, or its file cannot be used.
    """
    from coach.mentor.library import find_scenario

    try:
        return find_scenario(talk.scenario)
    except BadInput as problem:
        raise BadInput(
            f"{problem} If talk {talk.id} was begun with a file, give it: --resume --scenario FILE"
        ) from problem


def choose_scenario(lines: Lines) -> Scenario:
    """A person's choice; in a pipe, the first.

    Raises:
        MissingPart: there is no scenario at all.
    """
    from coach.mentor.library import load_library

    library = load_library()
    for problem in library.problems:
        typer.echo(f"coach: {problem}", err=True)
    scenarios = list(library.scenarios.values())
    if not scenarios:
        raise MissingPart("There is no scenario on this machine; run `coach doctor`.")
    if not lines.typed:
        return scenarios[0]
    return scenarios[
        _pick([f"{one.title}: {one.mentor.name}, {one.mentor.role}" for one in scenarios], lines)
    ]


def _pick(choices: list[str], lines: Lines) -> int:
    """Which of the numbered choices; Enter takes the first."""
    from coach.plain.words import line

    for number, choice in enumerate(choices, start=1):
        typer.echo(f"  {number}  {line(choice)}")
    while True:
        answer = lines.next(f"1 to {len(choices)}, Enter for 1: ")
        if answer is None:
            raise KeyboardInterrupt
        if not answer.strip():
            return 0
        if answer.strip().isdecimal() and 1 <= int(answer) <= len(choices):
            return int(answer) - 1
