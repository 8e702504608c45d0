"""The numbers of a talk, for those who ask: a short table, and uptake over the turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Horizontal, Vertical
from textual_plotext import PlotextPlot

from coach.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from coach.feedback.debrief_model import Figures

NONE = "none to count"


class FiguresView(Vertical):
    """Counts and shares with what trainers call fair and good, and a plot of uptake."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures = figures

    def compose(self) -> ComposeResult:
        figures = self._figures
        yield PlainText("Numbers", classes="title part")
        for name, value, meaning in _rows(figures):
            yield Horizontal(
                PlainText(name, classes="name"),
                PlainText(value, classes="value"),
                PlainText(meaning, classes="meaning"),
                classes="figure",
            )
        yield PlainText(figures.note, classes="note")
        if len(figures.uptake) > 1:
            yield PlainText("How far each turn built on what was just said", classes="heading")
            with Horizontal(id="uptake"):
                yield PlotextPlot()
                yield PlainText(_uptake_words(figures), classes="numbers")

    def on_mount(self) -> None:
        if len(self._figures.uptake) < 2:
            return
        plot = self.query_one(PlotextPlot).plt
        # The one accent of the theme, instead of a colour of the plot's own.
        colour = Color.parse(self.app.theme_variables["primary"]).rgb
        turns = [float(turn) for turn in self._figures.uptake_turns]
        values = list(self._figures.uptake)
        plot.plot(turns, values, marker="dot", color=colour)
        plot.ylim(0, 1)
        plot.yticks([0, 0.5, 1], ["0", "half", "1"])
        step = max(1, len(turns) // 8)
        plot.xticks(turns[::step], [f"{turn:.0f}" for turn in turns[::step]])


def _rows(figures: Figures) -> list[tuple[str, str, str]]:
    ratio = figures.reflections_to_questions
    return [
        ("Turns", str(figures.turns), f"{figures.judged} could be judged"),
        ("Questions", str(figures.questions), ""),
        ("Reflections", str(figures.reflections), ""),
        (
            "Reflections to questions",
            NONE if ratio is None else f"{ratio:.1f} : 1",
            "1 : 1 is fair, 2 : 1 good",
        ),
        ("Questions that were open", _share(figures.open_share), ""),
        ("Your share of the words", _share(figures.talk_share), ""),
    ]


def _share(value: float | None) -> str:
    return NONE if value is None else f"{round(value * 100)}%"


def _uptake_words(figures: Figures) -> str:
    return "\n".join(
        f"turn {turn}: {round(value * 100)}%"
        for turn, value in zip(figures.uptake_turns, figures.uptake, strict=True)
    )
