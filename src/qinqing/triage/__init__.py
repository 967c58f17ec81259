"""Suggestions at triage: which topic, office and route a text is likely about, and why. Never a decision."""
