"""Visits 走访巡查 and the duties due: who was visited, with which checklists, and what is still to be visited."""
