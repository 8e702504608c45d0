"""Text that somebody wrote: shown as it stands, never read as markup."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from coach.tui.words import showable


class PlainText(Static):
    """A Static for foreign words. Square brackets stay square brackets.

    Accepts a string, or a `Content` whose parts were put together in code.
    """

    def __init__(
        self,
        text: str | Content = "",
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(_safe(text), markup=False, name=name, id=id, classes=classes)

    def show(self, text: str | Content) -> None:
        """Show something else."""
        self.update(_safe(text))


def _safe(text: str | Content) -> str | Content:
    return showable(text) if isinstance(text, str) else text
