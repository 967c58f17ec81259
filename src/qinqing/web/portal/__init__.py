"""企业端: say what you need, see it travel, answer, rate. Phone first; every step works without JavaScript."""
