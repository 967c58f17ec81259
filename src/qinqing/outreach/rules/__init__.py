"""Pure decisions: what a phone's record says, how meetings, publicity and alerts stand."""
