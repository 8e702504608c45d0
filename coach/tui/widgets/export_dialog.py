"""A talk as a file: which form, and where it went."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, OptionList
from textual.widgets.option_list import Option

from coach.tui.screens.base import CoachModal, Sheet
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, trouble

if TYPE_CHECKING:
    from coach.records.export import Format
    from coach.tui.app import CoachApp

_FORMS: tuple[tuple[Format, str, str], ...] = (
    ("md", "Markdown", "to read, edit and put among your notes"),
    ("html", "Web page", "one file that opens in any browser and prints"),
    ("json", "JSON", "everything, for other programs"),
)


@dataclass
class Exported(Message):
    """The talk is written; ``text`` instead of ``path`` where a browser takes it."""

    name: str
    path: Path | None = None
    text: str = ""


class ExportDialog(CoachModal[None]):
    """Asks for a form, writes the file, says where it is.

    Args:
        talk_id: which talk.
    """

    DEFAULT_CSS: ClassVar[str] = """
    ExportDialog {
        align: center middle;
        background: $background 60%;

        #sheet {
            width: 68;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            padding: 1 3;
        }

        #question { margin-bottom: 1; }
        #forms { height: auto; }
        #keys { margin-top: 1; }
        #where { height: auto; margin-bottom: 1; }
        #after { height: 1; }
    }
    """
    HELP = (
        "Choose a form with the arrow keys, Enter writes the file. It goes into the coach's own "
        "folder for exports, readable by you alone, and the dialog says where. From a browser "
        "it is handed to you as a download."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", id="export.back", tooltip="Back without a file"),
    ]

    def __init__(self, talk_id: int) -> None:
        super().__init__()
        self._talk_id = talk_id
        self._path: Path | None = None

    def compose(self) -> ComposeResult:
        with Sheet(id="sheet"):
            yield PlainText("Keep this talk as a file", id="question", classes="title")
            yield OptionList(
                *(
                    Option(Content.assemble((name, "bold"), (f"  {words}", QUIET)), id=form)
                    for form, name, words in _FORMS
                ),
                id="forms",
                markup=False,
            )
            yield PlainText("Enter writes it, Escape goes back.", id="keys", classes="muted")
            yield PlainText("", id="where")
            with Horizontal(id="after"):
                yield Button("Done", id="done", variant="primary")
                yield Button("Copy the file's place", id="copy")

    def on_mount(self) -> None:
        self.query_one("#where").display = False
        self.query_one("#after").display = False
        self.query_one("#forms").focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        forms = {form: form for form, _, _ in _FORMS}
        self.write(forms[cast("Format", event.option_id)])

    @work(thread=True, group="export", exclusive=True, exit_on_error=False)
    def write(self, form: Format) -> None:
        """Write the talk, in a worker."""
        from coach.records.export import export_name, export_talk, save_export

        app = cast("CoachApp", self.app)
        numbers = bool(app.setting("numbers", False))
        try:
            store = app.services.store()
            name = export_name(store.talk(self._talk_id), form)
            if app.is_web:
                # Whoever sits at the browser has no way to this machine's files.
                text = export_talk(store, self._talk_id, form, numbers=numbers)
                self.post_message(Exported(name, text=text))
            else:
                path = save_export(store, self._talk_id, form, numbers=numbers)
                self.post_message(Exported(name, path))
        except Exception as problem:  # the worker's last line
            app.call_from_thread(app.tell_problem, trouble(problem))

    def on_exported(self, message: Exported) -> None:
        if message.path is None:
            self.app.deliver_text(io.StringIO(message.text), save_filename=message.name)
            self.dismiss()
            return
        self._path = message.path
        where = self.query_one("#where", PlainText)
        where.show(f"Written to\n{message.path}")
        where.display = True
        self.query_one("#forms").display = False
        self.query_one("#keys").display = False
        self.query_one("#after").display = True
        self.query_one("#done").focus()

    @on(Button.Pressed, "#done")
    def _done(self) -> None:
        self.dismiss()

    @on(Button.Pressed, "#copy")
    def _copy(self) -> None:
        cast("CoachApp", self.app).copy(str(self._path))
