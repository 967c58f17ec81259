"""Screens of the red and black lists."""
