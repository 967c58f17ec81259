"""Screens of the map: taking one in, and the cockpit that draws it."""
