"""Reading lists of firms as offices send them: .xlsx and .csv, any heading, any mess, each bad cell by name."""
