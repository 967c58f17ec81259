"""Screens of the papers: what can be drawn up of a matter, the register, a paper as it will be printed."""
