"""What changes on the ladder: reminders and proposals by the clock, decisions by people."""
