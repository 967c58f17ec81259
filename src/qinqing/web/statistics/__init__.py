"""Screens of the statistics."""
