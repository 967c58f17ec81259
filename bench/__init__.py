"""The bench: data made by rule, the rows of the design's table measured on it, bare SQL and a peer beside them."""
