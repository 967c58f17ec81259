"""Checklists 巡查清单 as versioned data: items, versions that cannot be edited once published, which enterprise needs which."""
