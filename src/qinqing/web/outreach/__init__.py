"""联系企业: meetings, publicity, alerts, errands, contact log, messages; and what the enterprise sees of them."""
