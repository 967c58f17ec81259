"""事故快报: the quick report of an accident, who was told at once, what was done on the spot and afterwards."""
