"""Everything that changes environment files: `profile`, `papers`, `yearly`."""
