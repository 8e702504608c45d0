"""A talk as a file to keep: Markdown, one self-contained HTML page, or JSON.

Everything somebody typed or wrote into a scenario is data here: the HTML template escapes by
default, the Markdown one does the same by `coach.records.markdown`, and the page forbids itself
to load anything.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coach import paths
from coach.errors import BadInput, StorageError
from coach.practice.store import Store, TalkHead
from coach.practice.typed import shown
from coach.records.markdown import inline, quote
from coach.records.retold import (
    figure_words,
    plot_points,
    point_words,
    question_words,
    retell,
)

if TYPE_CHECKING:
    from jinja2 import Environment

Format = Literal["md", "html", "json"]
FORMATS: tuple[Format, ...] = ("md", "html", "json")

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_LONGEST_NAME = 60


def export_talk(store: Store, talk_id: int, fmt: Format, *, numbers: bool = True) -> str:
    """One talk with everything said and marked in it, turns not read yet included.

    Args:
        store: where the talk is.
        talk_id: which talk.
        fmt: ``md``, ``html`` or ``json``.
        numbers: whether the talk's figures and the paraphrase scores are shown; JSON has all.

    Raises:
        BadInput: there is no such talk, or no such format.
        StorageError: the records cannot be read.
    """
    if fmt not in FORMATS:
        raise BadInput(f"There is no export format '{fmt}'; choose one of {', '.join(FORMATS)}.")
    head, turns = store.talk(talk_id), store.turns(talk_id)
    if fmt == "json":
        return _as_json(head, turns)
    template = _environment(fmt).get_template(f"talk.{fmt}.j2")
    text = template.render(talk=retell(head, turns), numbers=numbers)
    return re.sub(r"\n{3,}", "\n\n", text) if fmt == "md" else text


def export_name(head: TalkHead, fmt: Format) -> str:
    """A file name for an exported talk: its day, number and title, in plain letters."""
    plain = unicodedata.normalize("NFKD", head.title).encode("ascii", "ignore").decode().lower()
    title = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    parts = [f"{head.started.astimezone():%Y-%m-%d}", f"talk-{head.id}", title]
    return "-".join(part for part in parts if part) + f".{fmt}"


def save_export(
    store: Store,
    talk_id: int,
    fmt: Format,
    *,
    folder: Path | None = None,
    numbers: bool = True,
) -> Path:
    """Write an exported talk into a folder and say where.

    The file is readable by its owner alone and appears whole or not at all; one of the same
    name, which is the same talk exported before, is replaced.

    Args:
        store: where the talk is.
        talk_id: which talk.
        fmt: ``md``, ``html`` or ``json``.
        folder: where to; None for the user's own exports folder.
        numbers: as for `export_talk`.

    Raises:
        BadInput: there is no such talk, or no such format.
        StorageError: the records cannot be read, or the file cannot be written.
    """
    text = export_talk(store, talk_id, fmt, numbers=numbers)
    target = (folder or paths.exports_dir()) / export_name(store.talk(talk_id), fmt)
    try:
        if folder is None:
            paths.private_home()
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with paths.writing_whole(target) as file:
            file.write(text.encode("utf-8", "replace").decode())
    except OSError as error:
        raise StorageError(
            f"The talk could not be written to {target} ({error.strerror or error}); free some "
            "space or choose another place, then export it again."
        ) from error
    return target


def _as_json(head: TalkHead, turns: list[Any]) -> str:
    import json

    from coach.records.exported import exported

    data = exported(head, turns).model_dump(mode="json")
    # Readings take the form that `coach score` writes.
    for row, turn in zip(data["turns"], turns, strict=True):
        if turn.reading is not None:
            row["reading"] = turn.reading.to_json()
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@cache
def _environment(fmt: Format) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def marked(value: Any) -> Any:
        # Called for every value a template puts out, before jinja escapes it for HTML. Markdown
        # is escaped here and marked as safe; so is what a filter or a macro made.
        if isinstance(value, Markup):
            return value
        return Markup(inline(str(value))) if fmt == "md" else shown(str(value))

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=marked,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quote"] = lambda text: Markup(quote(text))
    environment.filters["question"] = question_words
    environment.filters["figures"] = figure_words
    environment.filters["plot"] = plot_points
    environment.filters["move"] = lambda name: name.replace("_", " ")
    environment.globals["point_words"] = point_words
    return environment
