"""Pure decisions of the patrol: periods, what fulfils what, what is questionable, how often is often."""
