"""Everything that changes a case. One function a verb, always five beats: take, permit, decide, write, tell."""
