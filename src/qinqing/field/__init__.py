"""The protocol with the officers' phones: devices, records, receipts, the bundle."""
