"""Small turns of phrase that several screens share, and text made safe to show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.practice.typed import shown

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario

LONGEST = 3000
"""Characters of one turn that are shown; laying out a pasted book would hold up the screen."""

QUIET = "$foreground 70%"
"""Secondary text inside a `Content`, where the theme's "auto" colours are not resolved."""

_DIFFICULTY = {"gentle": "gentle", "middling": "middling", "hard": "hard going"}


def showable(text: str) -> str:
    """The text as it may go to a terminal, on lines of its own and with tabs as spaces."""
    return shown(text.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(4)


def shortened(text: str, longest: int = LONGEST) -> str:
    """A very long text's beginning and how much more there is; all of it is on record."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rstrip()}... (and {len(text) - longest:,} characters more)"


def when(moment: datetime, now: datetime | None = None) -> str:
    """A moment as one would say it: "today 14:03", "yesterday 9:40", "3 March", "3 March 2024"."""
    # Records keep UTC; a reader wants their own clock.
    local = moment.astimezone() if moment.tzinfo is not None else moment
    today = now or (datetime.now().astimezone() if moment.tzinfo is not None else datetime.now())
    clock = f"{local.hour}:{local.minute:02}"
    if local.date() == today.date():
        return f"today {clock}"
    if local.date() == today.date() - timedelta(days=1):
        return f"yesterday {clock}"
    day = f"{local.day} {local.strftime('%B')}"
    return day if local.year == today.year else f"{day} {local.year}"


def difficulty(level: str) -> str:
    """A scenario's difficulty in words."""
    return _DIFFICULTY.get(level, level)


def skill(name: str) -> str:
    """A skill's id as words: ``open_questions`` is "open questions"."""
    return name.replace("_", " ").replace("-", " ")


def trains(scenario: Scenario) -> list[str]:
    """What a scenario trains, its main aims first, each once."""
    return list(dict.fromkeys([scenario.aims.step, scenario.aims.element, *scenario.skills]))


def trained(scenario: Scenario, most: int | None = None) -> str:
    """What a scenario trains in words; a name that another has in it is left out."""
    names = [skill(name) for name in trains(scenario)]
    told = [name for name in names if not any(name != other and name in other for other in names)]
    return ", ".join(told[:most])


def trouble(problem: Exception) -> str:
    """What went wrong, as a sentence; a fault of the coach's own says that it is one."""
    if isinstance(problem, CoachError):
        return str(problem)
    return (
        f"The coach stumbled over a fault of its own ({type(problem).__name__}: {problem}); try "
        "once more, and run 'coach doctor' in a terminal if it happens again."
    )


def models_words(state: str) -> str:
    """The models' state as a learner reads it; no promise that an answer comes at once."""
    if state.startswith("failed"):
        return "Models: not available"
    return {
        "off": "Models: asleep",
        "starting": "Models: warming up",
        "loading": "Models: warming up",
        "ready": "Models: awake",
    }.get(state, f"Models: {state}")


def first_name(name: str) -> str:
    """What the mentor is called in passing; titles such as "Dr" are kept with the family name."""
    parts = name.split()
    if len(parts) > 1 and parts[0].rstrip(".").lower() in {"dr", "mr", "mrs", "ms", "prof", "sir"}:
        return " ".join((parts[0], parts[-1]))
    return parts[0] if parts else name
