"""The front door: where each person's day begins."""
