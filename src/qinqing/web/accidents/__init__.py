"""事故快报: the telephone first, then four fields; who was told and who has seen it; what was done."""
