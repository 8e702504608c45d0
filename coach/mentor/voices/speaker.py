"""Has a voice word a line under the guard's eyes, and falls back on the authored one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.listening.listener import Listener
from coach.mentor.line import Line
from coach.mentor.scenario import Scenario
from coach.mentor.voices.guard import invents, strays
from coach.mentor.voices.voice import Voice, VoiceTrouble, Wording

_SENTENCE = re.compile(r"[.?!…][\"'”’]?\s")
_MARKS = "\"'“”‘’ \n"


@dataclass(frozen=True, slots=True)
class Spoken:
    """So much of the line has been said; each piece goes beyond the one before."""

    text: str


class Speaker:
    """One voice in one talk."""

    def __init__(self, voice: Voice, listener: Listener, scenario: Scenario) -> None:
        self._voice = voice
        self._listener = listener
        self._scenario = scenario
        mentor = scenario.mentor
        self._known = f"{mentor.name} {mentor.role} {mentor.about} {scenario.learner_role}"

    @property
    def name(self) -> str:
        """What the screen calls the voice."""
        return self._voice.name

    def say(
        self, line: Line, said: str, before: tuple[tuple[str, str], ...] = ()
    ) -> Iterator[Spoken | Line]:
        """Whole sentences as they are found to be sound, then the line as it stands said.

        The last item is the `Line`: voiced, or as it was written with ``strayed`` saying why.
        """
        voiced, shown = "", 0
        try:
            for piece in self._voice.word(Wording(self._scenario, line.text, said, before)):
                voiced += piece
                self._watch(line.text, said, voiced)
                ends = [match.end() for match in _SENTENCE.finditer(voiced)]
                if ends and ends[-1] > shown:
                    shown = ends[-1]
                    yield Spoken(voiced[:shown].strip(_MARKS))
            voiced = voiced.strip(_MARKS)
            self._watch(line.text, said, voiced)
            if found := invents(line.text, voiced, self._listener):
                raise VoiceTrouble(found)
        except VoiceTrouble as trouble:
            yield line.model_copy(update={"strayed": str(trouble)})
            return
        yield line.model_copy(update={"text": voiced, "voice": self._voice.name})

    def _watch(self, line: str, said: str, voiced: str) -> None:
        if found := strays(line, said, voiced, self._known):
            raise VoiceTrouble(found)
