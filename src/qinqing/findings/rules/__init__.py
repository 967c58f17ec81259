"""Pure decisions about findings and the two registers."""
