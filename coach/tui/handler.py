"""The one place where the engine's events become something on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.practice.events import (
    CardReady,
    DebriefReady,
    Event,
    HintGiven,
    MentorSaid,
    MentorSpeaking,
    RatingAsked,
    TalkStarted,
    TurnCompared,
    TurnFailed,
    TurnRead,
    TurnReopened,
    TurnTaken,
)
from coach.tui.screens.card_view import SeenTurn

if TYPE_CHECKING:
    from coach.tui.screens.conversation import ConversationScreen


def show_event(screen: ConversationScreen, event: Event) -> None:
    """Show what the engine told."""
    match event:
        case TalkStarted():
            screen.started(event.voice)
        case MentorSaid():
            screen.voice_strayed(event.strayed)
            screen.mentor_said(event.text, event.turn, event.why, closing=event.closing)
        case MentorSpeaking():
            screen.mentor_speaking(event.text)
        case TurnTaken():
            screen.turn_kept(event.turn, event.text)
        case TurnRead():
            screen.set_stage("thinking")
        case CardReady():
            screen.show_card(event.turn, event.card)
        case TurnCompared():
            screen.show_comparison(
                SeenTurn(
                    event.turn,
                    event.after_text,
                    event.after,
                    event.before_text,
                    event.before,
                    event.words,
                )
            )
        case TurnReopened():
            screen.turn_open_again(event.turn)
        case HintGiven():
            screen.show_hint(event.text)
        case TurnFailed():
            screen.show_failure(event.message)
        case RatingAsked():
            screen.ask_rating(event.question, event.choices)
        case DebriefReady():
            pass  # a finished talk's debrief; the debrief screen shows its own
