"""A past talk to read: one widget per stretch of it, mounted bit by bit, searchable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from coach.feedback.words import PLAIN
from coach.tui.card_words import short_blocks
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, shortened, showable

if TYPE_CHECKING:
    from coach.feedback.card import Card
    from coach.records.retold import ToldTalk, ToldTurn

AT_ONCE = 30
"""Stretches mounted in one go; mounting a long talk whole would hold up the screen."""

_STYLES = {"worked": "$text-success", "try": "$text-accent"}
FOUND = "reverse"
FOUND_HERE = "bold reverse underline"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the talk. ``kind`` is ``theirs``, ``mine``, ``aside``, ``card`` or ``notes``.

    ``card`` is the index of the turn's card among the talk's cards, where it has one.
    """

    kind: str
    content: Content
    card: int | None = None


class StretchView(PlainText):
    """One piece of the talk on the screen."""

    def __init__(self, stretch: Stretch) -> None:
        super().__init__(stretch.content, classes=f"stretch -{stretch.kind}")
        self.stretch = stretch

    def on_click(self, event: events.Click) -> None:
        if self.stretch.card is not None:
            event.stop()
            self.post_message(Transcript.CardAsked(self.stretch.card))


class Transcript(VerticalScroll):
    """The whole talk in order."""

    @dataclass
    class CardAsked(Message):
        """A turn or its short card was clicked."""

        card: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stretches: Sequence[Stretch] = ()
        self._views: list[StretchView] = []
        self._hits: list[tuple[int, int, int]] = []
        """Where the words were found: stretch, first and last character."""
        self._at = 0

    def show(self, stretches: Sequence[Stretch]) -> None:
        """Show a talk, from its start."""
        self._stretches = stretches
        self._views = [StretchView(stretch) for stretch in stretches]
        self._mount_more(0)

    def _mount_more(self, first: int) -> None:
        views = self._views[first : first + AT_ONCE]
        if views and self.is_attached:
            self.mount(*views)
            self.call_after_refresh(self._mount_more, first + AT_ONCE)

    # ---------------------------------------------------------------- finding

    def find(self, words: str) -> int:
        """Mark these words wherever they stand in order, in any case; go to the first.

        Returns:
            How often they were found.
        """
        marked = {hit[0] for hit in self._hits}
        self._hits = list(self._find(words.strip()))
        self._at = 0
        self._mark(marked | {hit[0] for hit in self._hits})
        return len(self._hits)

    def _find(self, words: str) -> Iterator[tuple[int, int, int]]:
        if not words:
            return
        pattern = re.compile(re.escape(words), re.IGNORECASE)
        for number, stretch in enumerate(self._stretches):
            for hit in pattern.finditer(stretch.content.plain):
                yield number, hit.start(), hit.end()

    def step(self, by: int) -> int:
        """Go to a later or earlier find, around the ends; returns which one it is, from 1."""
        if not self._hits:
            return 0
        before = self._hits[self._at][0]
        self._at = (self._at + by) % len(self._hits)
        self._mark({before, self._hits[self._at][0]})
        return self._at + 1

    def _mark(self, numbers: set[int]) -> None:
        for number in numbers:
            content = self._stretches[number].content
            for at, (where, start, end) in enumerate(self._hits):
                if where == number:
                    content = content.stylize(FOUND_HERE if at == self._at else FOUND, start, end)
            self._views[number].show(content)
        if self._hits:
            number, start, _ = self._hits[self._at]
            self.call_after_refresh(self._go_to, number, start)

    def _go_to(self, number: int, start: int) -> None:
        view = self._views[number]
        if not view.is_attached:
            return
        # A stretch may be longer than the window: the line counts, not its beginning.
        share = start / max(1, len(view.stretch.content.plain))
        line = view.virtual_region.y + int(share * view.virtual_region.height)
        self.scroll_to(y=max(0, line - self.size.height // 3), animate=False)

    # ---------------------------------------------------------------- cards

    def card_in_view(self) -> int | None:
        """The card of the turn nearest the top of the window."""
        shown = [v for v in self._views if v.is_attached and v.stretch.card is not None]
        top = self.scroll_offset.y
        below = [view for view in shown if view.virtual_region.bottom > top]
        return (below or shown)[-1 if not below else 0].stretch.card if shown else None


def stretches_of(talk: ToldTalk) -> tuple[list[Stretch], list[ToldTurn]]:
    """A talk as stretches, and the turns whose cards they point to.

    Turns the talk did not go on from stand before the turn that took their place.
    """
    cards: list[ToldTurn] = []
    mentor = talk.head.mentor
    told = [Stretch("notes", _said("What you prepared", talk.head.notes))] * bool(talk.head.notes)
    told.append(Stretch("theirs", _said(mentor, talk.opening)))
    for other in talk.aside:
        told += _turn(other, mentor, cards, aside=True)
    for turn in talk.turns:
        for other in turn.others:
            told += _turn(other, mentor, cards, aside=True)
        told += _turn(turn, mentor, cards)
    return told, cards


def _turn(
    turn: ToldTurn, mentor: str, cards: list[ToldTurn], *, aside: bool = False
) -> Iterator[Stretch]:
    number: int | None = None
    if turn.card is not None:
        number = len(cards)
        cards.append(turn)
    label = f"You, {turn.label[:1].lower()}{turn.label[1:]}"
    label += ", set aside" if aside else ""
    kind = "aside" if aside else "mine"
    yield Stretch(kind, _said(label, turn.record.text), number)
    if turn.card is not None and not aside:
        yield Stretch("card", _card(turn.card), number)
    if turn.reply is not None:
        yield Stretch("aside" if aside else "theirs", _said(mentor, turn.reply))
    elif not aside:
        yield Stretch("card", Content("This turn is kept but was not read yet."))


def _said(who: str, text: str) -> Content:
    return Content.assemble((showable(who), QUIET), "\n", showable(shortened(text)))


def _card(card: Card) -> Content:
    """The strength and the thing to try, a line each."""
    lines = []
    for block in short_blocks(card):
        if block.kind == "words" and block.label == "":
            continue
        label = f"{block.label}: " if block.label else ""
        lines.append(
            Content.assemble((label, _STYLES.get(block.kind, QUIET)), showable(block.text))
        )
    return Content("\n").join(lines or [Content.styled(PLAIN, QUIET)])
