"""Optional voices: a language model that words what the engine decided to say.

Off by default, and told on the screen when on. The scenario stays the only source of what is
said; `coach.mentor.voices.guard` checks each line, and where a voice strays, is late or breaks
off, the authored line is used and the learner is told.
"""

from coach.mentor.voices.speaker import Speaker, Spoken
from coach.mentor.voices.voice import Voice, VoiceTrouble, Wording

__all__ = ["Speaker", "Spoken", "Voice", "VoiceTrouble", "Wording", "open_voice"]


def open_voice(url: str | None, model: str | None) -> Voice | None:
    """The voice that the settings name; None where they name none.

    Args:
        url: an OpenAI-compatible server; then ``model`` is a name there.
        model: without ``url``, a folder or hub id to be run on this machine.

    Raises:
        coach.errors.MissingPart: the model's process cannot be started.
    """
    if url:
        from coach.mentor.voices.server import ServerVoice

        return ServerVoice(url, model)
    if model:
        from coach.mentor.voices.local import LocalVoice

        return LocalVoice(model)
    return None
