"""The keys of a screen as data: for its help, the palette, the keymap and `coach keys`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.actions import parse
from textual.binding import Binding
from textual.keys import key_to_character

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from coach.tui.app import CoachApp

_SPOKEN = {
    "escape": "Esc",
    "pageup": "Page up",
    "pagedown": "Page down",
    "delete": "Delete",
    "slash": "/",
}


@dataclass(frozen=True, slots=True)
class LiveBinding:
    """A binding as it works on a screen right now.

    ``node`` is what has it, ``usable`` false where it does nothing at the moment.
    """

    node: DOMNode
    binding: Binding
    usable: bool

    @property
    def everywhere(self) -> bool:
        """Whether it works on every screen."""
        return str(self.binding.id).startswith("app.")

    @property
    def words(self) -> str:
        """What it does, in a few words."""
        return self.binding.tooltip or self.binding.description


def declared(cls: type) -> list[Binding]:
    """The coach's own bindings of a class: those with an id, its bases' included."""
    found: dict[str, Binding] = {}
    for base in cls.__mro__:
        for binding in base.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                found.setdefault(binding.id, binding)
    return list(found.values())


def live_bindings(screen: Screen[Any]) -> list[LiveBinding]:
    """What a screen's keys do now, from the focused widget outwards; hidden actions left out.

    Letters are listed although a focused field types them: the palette and the mouse still
    reach what they do.
    """
    chain = (
        screen.ancestors_with_self
        if screen.focused is None
        else (screen.focused.ancestors_with_self)
    )
    found: dict[str, LiveBinding] = {}
    for node in chain:
        if node is screen.app and screen.is_modal:
            break  # a modal shuts the app's keys out
        for binding in declared(type(node)):
            state = _state(binding.action, node)
            if state is not False:
                found.setdefault(str(binding.id), LiveBinding(node, binding, bool(state)))
    return list(found.values())


def _state(action: str, node: DOMNode) -> bool | None:
    namespace, name, parameters = parse(action)
    target = {"app": node.app, "screen": node.screen}.get(namespace, node)
    return target.check_action(name, parameters)


def key_words(app: CoachApp, binding: Binding) -> str:
    """A binding's keys as a person reads them: ``ctrl+p`` is "Ctrl+P"."""
    keys = app._keymap.get(str(binding.id), binding.key)  # there is no public way to ask
    return ", ".join(_spoken(key.strip()) for key in keys.split(","))


def _spoken(key: str) -> str:
    *modifiers, last = key.split("+") if key != "+" else [key]
    if last in _SPOKEN:
        last = _SPOKEN[last]
    elif modifiers or len(last) > 1:
        last = key_to_character(last) or last
        last = last.upper() if len(last) == 1 and modifiers else last
        last = last[:1].upper() + last[1:]
    return "+".join([*(modifier.capitalize() for modifier in modifiers), last])


def all_bindings() -> Iterator[Binding]:
    """Every binding with an id, each once: the app's, then those of screens and widgets.

    Imports every screen; slow, not for a start.
    """
    import coach.tui
    from coach.tui.app import CoachApp

    seen: set[str] = set()
    modules = pkgutil.walk_packages(coach.tui.__path__, "coach.tui.")
    classes: list[type] = [CoachApp]
    for module in sorted(modules, key=lambda found: found.name):
        loaded = importlib.import_module(module.name)
        classes += [c for c in vars(loaded).values() if isinstance(c, type)]
    for cls in classes:
        if cls.__module__.startswith("coach.tui"):
            for binding in declared(cls):
                if binding.id not in seen:
                    seen.add(str(binding.id))
                    yield binding
