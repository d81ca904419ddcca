"""Plays a sale calendar and a virtual clock against an embedded AWS with the real template and the real functions."""
