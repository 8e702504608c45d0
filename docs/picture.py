"""Draw the README's picture from the app itself, with the real models: python -m docs.picture."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

TURNS = (
    "How do you judge a claim when it first lands on your desk?",
    "On the third reading you saw the flour bills stop in February, so you rang the mill, and "
    "he had shut up shop weeks before.",
)


async def _draw(target: Path) -> None:
    from benchmarks.screen import reach_briefing, start_talk, take_turn
    from coach.tui.app import CoachApp

    app = CoachApp(scenario="insurance-claims", seed=1)
    async with app.run_test(size=(120, 36)) as pilot:
        await reach_briefing(app, pilot)
        screen = await start_talk(app, pilot)
        for text in TURNS:
            await take_turn(screen, pilot, text)
        await pilot.pause(0.5)
        app.save_screenshot(target.name, path=str(target.parent))


def main() -> None:
    """Write ``docs/conversation.svg``."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        asyncio.run(_draw(Path(__file__).with_name("conversation.svg")))


if __name__ == "__main__":
    main()
