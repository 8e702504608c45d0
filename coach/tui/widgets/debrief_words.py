"""A debrief in words: what worked, what was missed, what to practise next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, showable

if TYPE_CHECKING:
    from coach.feedback.debrief_model import Debrief, Moment


class DebriefWords(Vertical):
    """Everything a debrief says, numbers on demand.

    Args:
        debrief: what was seen.
        rating: the learner's own rating in words, if they gave one.
        own_words: the learner's sentence; may be empty.
    """

    def __init__(self, debrief: Debrief, rating: str | None = None, own_words: str = "") -> None:
        super().__init__()
        self._debrief = debrief
        self._rating = rating
        self._own_words = own_words

    def compose(self) -> ComposeResult:
        debrief = self._debrief
        if self._rating or self._own_words:
            own = ". ".join(part for part in (self._rating, self._own_words) if part)
            yield PlainText(_labelled("You said", own), classes="own")
        yield PlainText(debrief.opening, classes="opening")
        if not debrief.judged and debrief.reason:
            yield PlainText(_labelled("Not enough to judge", debrief.reason), classes="part")
        with Container(classes="moments"):
            if debrief.worked:
                yield _moments("\u2713 What worked", debrief.worked)
            if debrief.missed:
                yield _moments("\u2192 Openings that were missed", debrief.missed)
        if debrief.practise_next:
            yield PlainText("One thing to practise next", classes="title part")
            yield PlainText(debrief.practise_next, classes="body")
        if debrief.heard or debrief.unheard:
            yield PlainText("What opened up", classes="title part")
            yield PlainText(_heard(debrief.heard, debrief.unheard), classes="body")

    async def toggle_figures(self) -> None:
        """Show the numbers, or put them away."""
        # Late: plotting is a heavy import, and only for those who ask for numbers.
        from coach.tui.widgets.figures import FiguresView

        shown = self.query(FiguresView)
        if shown:
            await shown.remove()
            return
        view = FiguresView(self._debrief.figures)
        await self.mount(view)
        self.call_after_refresh(view.scroll_visible, animate=False, top=True)


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label}: ", QUIET), showable(text))


def _moments(title: str, moments: Sequence[Moment]) -> Vertical:
    return Vertical(
        PlainText(title, classes="title"), *(_moment(moment) for moment in moments), classes="side"
    )


def _moment(moment: Moment) -> Vertical:
    lines = [
        PlainText(f"Turn {moment.turn}. {moment.why}", classes="why"),
        PlainText(_labelled("They said", moment.theirs), classes="body"),
        PlainText(_labelled("You", moment.yours), classes="body"),
    ]
    if moment.better:
        better = Content.assemble(("To try: ", "bold $text-accent"), showable(moment.better))
        lines.append(PlainText(better, classes="body"))
    return Vertical(*lines, classes="moment")


def _heard(heard: Sequence[str], unheard: int) -> str:
    told = f"You got to hear about: {'; '.join(heard)}." if heard else "No subject opened up yet."
    if not unheard:
        return told
    rest = "one subject" if unheard == 1 else f"{unheard} subjects"
    return f"{told} There {'is' if unheard == 1 else 'are'} {rest} left for another talk."
