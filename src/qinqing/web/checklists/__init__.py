"""Screens of the checklists 巡查清单."""
