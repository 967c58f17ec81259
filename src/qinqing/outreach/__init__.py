"""The other contacts with enterprises: meetings, publicity, alerts, tasks, contact log, accidents."""
