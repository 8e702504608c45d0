"""For trainers: authoring checks and workshops."""
