"""The palette: everything the screen can do now, and the places one can go from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from coach.tui.bindings import LiveBinding, key_words, live_bindings
from coach.tui.talks import copy_talk, talk_held

if TYPE_CHECKING:
    from coach.tui.app import CoachApp
    from coach.tui.screens.card_view import SeenTurn

_PLACES = {
    "history": ("History", "Every talk you had"),
    "settings": ("Settings", "Colours, motion, figures, hints"),
    "help": ("Help", "What this screen is for, and its keys"),
    "home": ("Home", "Back to the home screen"),
}
_ERASING = (
    "To take every talk away, leave the coach and run 'coach erase' in a terminal; it asks first."
)
_MOVES = {
    "page_talk",
    "read_on",
    "focus_next",
    "focus_previous",
    "to_list",
    "command_palette",
    "send",
}
"""Actions that only make sense as a key."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    name: str
    words: str
    run: Callable[[], Any]

    def tells_of(self, query: str) -> bool:
        """Whether words of its name or description begin with all that was typed."""
        words = f"{self.name} {self.words}".lower().split()
        return all(any(word.startswith(part) for word in words) for part in query.lower().split())


class CoachCommands(Provider):
    """The current screen's actions by name, each with its key, then the places to go."""

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.name, command.run, help=command.words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.name) or (0.1 if command.tells_of(query) else 0)
            if score > 0:
                name = matcher.highlight(command.name)
                yield Hit(score, name, command.run, text=command.name, help=command.words)

    @property
    def _app(self) -> CoachApp:
        return cast("CoachApp", self.app)

    def _commands(self) -> Iterator[Command]:
        there: set[str] = set()
        for live in live_bindings(self.screen):
            action = live.binding.action.removeprefix("app.").partition("(")[0]
            if live.usable and action not in _MOVES:
                there.add(action)
                yield self._as_command(live)
        yield from self._about_the_talk(there)
        for action, (name, words) in _PLACES.items():
            # A talk is left by its own key, which keeps what is being typed.
            if action not in there and (action != "home" or talk_held(self._app) is None):
                yield Command(name, words, partial(self._app.run_action, action))
        if "delete" not in there:
            yield Command("Delete or export a talk", "In the history", self._app.action_history)
        erasing = partial(self._app.notify, _ERASING, timeout=12)
        yield Command("Erase everything", "Every talk, for good", erasing)

    def _as_command(self, live: LiveBinding) -> Command:
        key = key_words(self._app, live.binding)
        return Command(
            live.binding.description,
            f"{live.words} ({key})",
            partial(self._app.run_action, live.binding.action, live.node),
        )

    def _about_the_talk(self, there: set[str]) -> Iterator[Command]:
        talk_id = _talk_of(self.screen)
        if talk_id is None:
            return
        if "export" not in there:
            write = partial(self._app.action_export_talk, talk_id)
            yield Command("Export this talk", "Keep it as Markdown, web page or JSON", write)
        if "copy" not in there:
            copy = partial(copy_talk, self._app, talk_id)
            yield Command("Copy this talk", "All of it, as text, to the clipboard", copy)
        cards: dict[int, SeenTurn] = getattr(self.screen, "cards", {})
        if cards:
            copy = partial(_copy_card, self._app, cards[max(cards)])
            yield Command("Copy the last card", "What worked and what to try, as text", copy)


def _copy_card(app: CoachApp, seen: SeenTurn) -> None:
    from coach.tui.card_words import card_text

    numbers = bool(app.setting("numbers", False))
    text = f"{seen.text}\n\n{card_text(seen.card, 'They said', numbers=numbers)}"
    app.copy(text)


def _talk_of(screen: object) -> int | None:
    """The talk a screen is about."""
    found = getattr(screen, "talk_id", None)
    if found is None:
        found = getattr(getattr(screen, "talk", None), "talk_id", None)
    return found if isinstance(found, int) else None
