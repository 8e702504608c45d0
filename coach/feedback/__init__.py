"""What it means: turn card, debrief and talk figures, as pure functions of readings."""
