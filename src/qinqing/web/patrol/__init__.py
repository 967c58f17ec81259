"""走访巡查: visits, coverage, announced visits, references to 行政检查; and what the enterprise sees of them."""
