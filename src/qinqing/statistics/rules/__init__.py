"""Pure decisions of the statistics: what one case adds to which month of which office, and the rates made of sums."""
