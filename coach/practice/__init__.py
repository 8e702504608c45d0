"""The session engine: turns, retries, hints, pauses and the debrief, as typed events."""
