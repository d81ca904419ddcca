"""Plays a day in the embedded AWS and says what became of it."""
