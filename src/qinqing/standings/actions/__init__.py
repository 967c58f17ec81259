"""What changes a list, in the order of its way: calculate, check, object, rule, approve, publish."""
