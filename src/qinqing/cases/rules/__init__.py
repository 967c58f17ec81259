"""Pure decisions about a case: what is seen of it, what may be pressed, where it goes, what waits where."""
