"""Findings 隐患线索: what was found, what was advised, rectification, recheck; they live across visits."""
