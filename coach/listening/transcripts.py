"""Turns in transcripts: `Name: text` lines and WebVTT captions.

Every turn is read as the answer to what the other speakers said just before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from coach.errors import BadInput
from coach.listening.rows import Rows, Unit, checked_row, row_error

# One to four words, the later ones capitalised or in brackets: "Dr. Ama Boateng", "Speaker 1",
# "Mentor (Ada)". "Here's the thing: ..." is no name.
_NAME = re.compile(
    r"\s*([^\W\d_][\w.'\u2019-]*(?: \(?[A-Z0-9][\w.'\u2019-]*\)?| \(\w+\)){0,3})\s*:(?:\s+(.*))?$"
)


def read_txt(lines: Iterable[str], name: str) -> Rows:
    """A transcript of ``Name: text`` lines; every line is a turn.

    Its context is what the other speakers said just before. A line without a name carries on
    the line above; blank lines are passed over.
    """
    return _turns(_utterances(lines))


def read_vtt(lines: Iterable[str], name: str) -> Rows:
    """WebVTT captions with ``<v Name>`` voices or ``Name: text`` cues.

    Captions are cut by time, so those of one speaker in a row are one turn.

    Raises:
        BadInput: this is no WebVTT file.
    """
    # Imported late: only captions need it.
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        cues = webvtt.from_buffer(io.StringIO("".join(lines)))
    except (MalformedFileError, MalformedCaptionError) as problem:
        raise BadInput(
            f"{name}: this is not a WebVTT file ({str(problem).lower() or 'no WEBVTT header'}); "
            "its first line must be WEBVTT."
        ) from problem
    return _turns(_merged(_spoken(cues.captions)), "caption")


_Utterance = tuple[int, str | None, str]
"""Line or caption, speaker and words; a speaker of None marks words that are nobody's."""


def _utterances(lines: Iterable[str]) -> Iterator[_Utterance]:
    speaker: str | None = None
    words, start = "", 0
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if not line:
            continue
        found = _NAME.match(line)
        if found is None and speaker is not None:
            words = f"{words}\n{line}" if words else line
            continue
        if speaker is not None:
            yield start, speaker, words
        start, words, speaker = number, line, None
        if found is None:
            yield number, None, line
            continue
        speaker, words = found[1].strip(), (found[2] or "").strip()
    if speaker is not None:
        yield start, speaker, words


def _spoken(cues: Iterable[Any]) -> Iterator[_Utterance]:
    """What each caption says and who; a caption may hold several speakers."""
    for number, cue in enumerate(cues, start=1):
        raw = "\n".join(cue.lines)
        before, *voiced = re.split(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", raw)
        last: str | None = None
        for line in _untagged(before, join="\n").split("\n"):
            found = _NAME.match(line)
            if found:
                last = found[1].strip()
            yield number, last, (found[2] or "").strip() if found else line.strip()
        for speaker, words in zip(voiced[::2], voiced[1::2], strict=True):
            yield number, speaker.strip(), _untagged(words)


def _untagged(text: str, join: str = " ") -> str:
    plain = unescape(re.sub(r"<[^>]*>", "", text))
    return join.join(part.strip() for part in plain.split("\n") if part.strip())


def _merged(spoken: Iterable[_Utterance]) -> Iterator[_Utterance]:
    """Captions of one speaker in a row, as one; a caption without a name carries on."""
    now: _Utterance | None = None
    for number, speaker, words in spoken:
        if not words:
            continue
        if now is not None and speaker in (None, now[1]):
            now = (now[0], now[1], f"{now[2]} {words}")
            continue
        if now is not None:
            yield now
        now = (number, speaker, words)
    if now is not None:
        yield now


def _turns(utterances: Iterable[_Utterance], unit: Unit = "line") -> Rows:
    """A turn for everything said, answering what others said just before."""
    speaker: str | None = None
    said: list[str] = []
    context = ""
    for count, (number, who, words) in enumerate(utterances, start=1):
        row_id = f"t{count}"
        if who is None:
            what = "nobody is named as saying this; write `Name: text`"
            yield row_error(row_id, number, what, unit)
            continue
        if who != speaker:
            context, said, speaker = "\n".join(said), [], who
        said.append(words)
        yield checked_row({"context": context, "text": words}, row_id, number, unit)
