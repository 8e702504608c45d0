"""``coach`` with a listener without models: ``python -m tests.fake_coach practice --plain``.

Where ``FAKE_GATE`` names a file, turns are read only while that file is there.
"""

import os
import threading
from pathlib import Path

from coach.cli import batch, main, talk
from coach.tui.services import Services
from tests.fakes import FakeListener


class GatedListener(FakeListener):
    """Reads while the gate is open; its tests decide how long a reply takes."""

    def read(self, context, text):
        gate = os.environ.get("FAKE_GATE")
        while gate and not Path(gate).exists():
            threading.Event().wait(0.01)
        return super().read(context, text)


if __name__ == "__main__":
    talk.make_listener = lambda _settings: GatedListener()
    batch.batch_listener = GatedListener
    Services._make_listener = lambda self: (GatedListener(), self._tell_state("ready"))[0]
    main()
