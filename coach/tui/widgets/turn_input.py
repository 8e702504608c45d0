"""Where the learner types: Enter sends, the line can be broken, earlier turns come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.widgets import TextArea

from coach.tui.editor import edit_text

_OWN = ("send", "break_line")


class TurnInput(TextArea):
    """A text area whose Enter sends.

    ``earlier`` holds the learner's own earlier turns; up on the first line and down on the
    last walk through them, and what was being typed comes back at the end. So does a turn that
    was brought back and then changed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "Send", id="talk.send", show=False, tooltip="Send"),
        Binding(
            "shift+enter,ctrl+j,alt+enter",
            "break_line",
            "New line",
            id="talk.newline",
            show=False,
            tooltip="Break the line without sending",
        ),
        Binding(
            "ctrl+g",
            "edit",
            "Editor",
            id="talk.editor",
            show=False,
            tooltip="Write this turn in your own editor",
        ),
        Binding("pageup", "screen.page_talk(-1)", "Up", id="talk.page_up", show=False),
        Binding("pagedown", "screen.page_talk(1)", "Down", id="talk.page_down", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """The learner sent this."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, show_line_numbers=False, tab_behavior="focus")
        self.earlier: list[str] = []
        self._recalled: int | None = None
        self._typed = ""

    async def _on_key(self, event: Key) -> None:
        # A text area takes Enter for itself before bindings are asked. Priority bindings would
        # overtake letters that are still on their way to this widget (a slow line sends a whole
        # sentence and its Enter at once), so the two keys are looked up here, in their turn.
        if event.is_printable:
            return
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self and active.binding.action in _OWN:
            event.stop()
            event.prevent_default()
            await self.run_action(active.binding.action)

    def action_send(self) -> None:
        """Send what was typed."""
        self.post_message(self.Submitted(self.text))

    def action_break_line(self) -> None:
        """Break the line."""
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        at_top = self.navigator.is_first_wrapped_line(self.cursor_location)
        if at_top and not select and self._recall(-1):
            return
        super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        at_bottom = self.navigator.is_last_wrapped_line(self.cursor_location)
        if at_bottom and not select and self._recall(1):
            return
        super().action_cursor_down(select)

    def _recall(self, step: int) -> bool:
        """Show the earlier or later of one's own turns; False where there is none."""
        here = len(self.earlier) if self._recalled is None else self._recalled
        there = here + step
        if not 0 <= there <= len(self.earlier):
            return False
        self._keep_typed()
        self._recalled = there if there < len(self.earlier) else None
        text = self._typed if self._recalled is None else self.earlier[there]
        self.fill(text)
        return True

    def _keep_typed(self) -> None:
        """What is typed waits at the end, after what may wait there already."""
        if self._recalled is not None:
            if self.text == self.earlier[self._recalled]:
                return
            if self._typed:
                self.earlier.append(self._typed)
        self._typed = self.text

    @property
    def unsent(self) -> str:
        """What emptying the field would lose: one's own earlier turn, brought back, is not."""
        if self._recalled is None:
            return self.text
        changed = "" if self.text == self.earlier[self._recalled] else self.text
        return "\n".join(filter(None, (self._typed, changed)))

    def fill(self, text: str) -> None:
        """Put this into the field, the cursor at its end."""
        self.text = text
        self.move_cursor(self.document.end)

    def empty(self) -> None:
        """Clear the field and forget where recall stood."""
        self._recalled = None
        self._typed = ""
        self.text = ""

    def sent(self, text: str) -> None:
        """These words are on their way; what was typed before or since stays in the field."""
        before = self._typed if self._recalled is not None else ""
        since = self.text[len(text) :] if self.text.startswith(text) else ""
        self.earlier.append(text)
        self.empty()
        self.fill("\n".join(filter(None, (before, since))))

    def lay_by(self) -> None:
        """Clear the field; what was typed can be brought back as one's earlier turns can."""
        if self.unsent:
            self.earlier.append(self.unsent)
        self.empty()

    def action_edit(self) -> None:
        """Write this turn in the learner's own editor."""
        edited = edit_text(self.app, self.text)
        if edited is not None:
            self.fill(edited)
