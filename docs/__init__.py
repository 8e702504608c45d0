"""Pictures for the README, drawn by the app."""
