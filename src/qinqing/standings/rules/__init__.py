"""Pure decisions of the red and black lists: points out of sums, ranks and sides out of points."""
