"""Screens of the ladder: what is proposed, what waits for a reply, one order."""
