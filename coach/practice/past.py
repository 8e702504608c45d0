"""What a mentor remembers of earlier talks, taken from the records."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import ValidationError

from coach.mentor.state import Before, MentorState
from coach.practice.store import Store, TalkHead, branch


def met_before(store: Store, scenario: str, learner: str) -> Before | None:
    """What went before between a learner and a scenario's mentor; None: they never met.

    Only talks that were brought to an end count, and of each the branch it ended on. The mentor
    remembers up to the last of them that can be read.
    """
    talks = store.met(scenario, learner)
    if not talks:
        return None
    state = next((s for talk in talks if (s := _last_state(store, talk)) is not None), None)
    if state is None:
        return None
    ended = talks[0].ended or talks[0].started
    days = (datetime.now(UTC) - ended).total_seconds() / 86400
    return Before(met=len(talks), days=days, state=state)


def _last_state(store: Store, head: TalkHead) -> MentorState | None:
    """The mentor at the end of a talk; None where nothing of it was answered."""
    kept = [turn.state for turn in branch(store.turns(head.id), head.tip) if turn.state]
    if not kept:
        return None
    try:
        return MentorState.model_validate(kept[-1])
    except ValidationError:
        return None  # kept by a version whose mentors remembered other things
